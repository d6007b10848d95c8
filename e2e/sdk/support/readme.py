"""The examples that users will paste, from the README itself."""

import re
from pathlib import Path

README = Path(__file__).parents[3] / 'README.md'


def example(mark: str) -> str:
    """The one Python block of the README that holds `mark`."""
    blocks = re.findall(r'```python\n(.*?)```', README.read_text(encoding='utf-8'), re.DOTALL)
    (found,) = [block for block in blocks if mark in block]
    return found
