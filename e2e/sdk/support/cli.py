"""The command lines of the clients, as somebody at a terminal calls them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Dict, Optional

BIN = Path(sys.executable).parent
# Only ends what hangs: each import of jina takes seconds on a busy machine.
TIMEOUT_SECONDS = 120


def run(
    *words: object, cwd: Path, stdin: str = '', variables: Optional[Dict[str, str]] = None
) -> subprocess.CompletedProcess:
    """Runs `words`, of which the first is a program of this environment; `stdin` is what somebody types."""
    return subprocess.run(
        [str(BIN / str(words[0])), *map(str, words[1:])],
        cwd=cwd,
        input=stdin,
        env={
            **os.environ,
            'JINA_OPTOUT_TELEMETRY': '1',
            'JINA_HIDE_SURVEY': '1',
            # Else it asks PyPI which version is the newest.
            'NO_VERSION_CHECK': '1',
            # A sentence stays on its line.
            'COLUMNS': '500',
            **(variables or {}),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
