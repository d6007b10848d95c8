"""What the clients remember beyond a call, and where they leave files."""

from pathlib import Path

from support.naming import RUN

# The one name of the README's example.
_OF_THE_README = 'my-photos'


def forget_jac_caches() -> None:
    """docarray 0.30 and newer fixes its cache directory at the first pull, and leaves streamed pulls in /tmp."""
    from docarray.utils._internal.cache import _get_cache_path

    _get_cache_path.cache_clear()
    # Other environments are tested at the same time: only what this one named is removed.
    for pattern in (f'*{RUN}*.docs', f'*{_OF_THE_README}.docs'):
        for left in Path('/tmp').glob(pattern):
            left.unlink()
