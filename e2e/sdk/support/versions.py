"""Which clients this environment has: what a test may expect follows from it, and from nothing that it tries."""

from importlib import metadata
from typing import Optional

from packaging.version import Version


def _installed(package: str) -> Optional[Version]:
    for distribution in metadata.distributions(name=package):
        return Version(distribution.version)
    return None


# None for a client that is not there.
DOCARRAY = _installed('docarray')
SDK = _installed('jina-hubble-sdk')
JINA = _installed('jina')
