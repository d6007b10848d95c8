"""The docarray of this environment, whichever it is, behind the same few functions."""

from packaging.version import Version
from support.versions import DOCARRAY

if DOCARRAY < Version('0.30'):
    from matrix.documents import v1 as client
else:
    from matrix.documents import v2 as client

__all__ = ['client']
