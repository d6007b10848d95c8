from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_cache():
    """docarray remembers its cache directory, and writes each pull to /tmp first and may leave it there."""
    from docarray.utils._internal.cache import _get_cache_path

    before = set(Path('/tmp').glob('*.docs'))
    _get_cache_path.cache_clear()
    yield
    _get_cache_path.cache_clear()
    for left in set(Path('/tmp').glob('*.docs')) - before:
        left.unlink()
