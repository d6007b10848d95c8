"""docarray up to 0.21: DocumentArray, by the calls that its users make."""

from typing import List, Optional

from docarray import DocumentArray
from packaging.version import Version
from support.versions import DOCARRAY

from docarray_v1 import documents

array_of_bytes = documents.array_of_bytes
rich_array = documents.rich_array
serialised = documents.serialised
text_array = documents.text_array

# 0.8.0 has no cache to turn off.
_HAS_CACHE = DOCARRAY > Version('0.8.0')


def push(array: DocumentArray, name: str, **options) -> Optional[dict]:
    return array.push(name, **options)


def pull(name: str, cached: bool = False) -> DocumentArray:
    return DocumentArray.pull(name, **({'local_cache': cached} if _HAS_CACHE else {}))


def names(show_table: bool = False) -> List[str]:
    return DocumentArray.cloud_list(show_table=show_table)


def delete(name: str) -> None:
    DocumentArray.cloud_delete(name)


def texts(array: DocumentArray) -> List[str]:
    return [document.text for document in array]


def empty() -> DocumentArray:
    return DocumentArray()


def stream(array: DocumentArray) -> bytes:
    """The bytes of which the client makes a push."""
    return array.to_bytes(protocol='protobuf', compress='gzip')
