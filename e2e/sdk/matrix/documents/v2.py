"""docarray from 0.30 on: DocList at `jac://`, by the calls that its users make."""

from typing import List

from docarray import DocList
from docarray.store.jac import JACDocStore

from docarray_v2 import documents
from docarray_v2.documents import Page

array_of_bytes = documents.pages_of_bytes
rich_array = documents.rich_pages
serialised = documents.serialised
text_array = documents.pages


def push(array: DocList, name: str, **options) -> dict:
    return array.push(f'jac://{name}', **options)


def pull(name: str, cached: bool = False) -> DocList:
    return DocList[Page].pull(f'jac://{name}', local_cache=cached)


def push_stream(array: DocList, name: str) -> dict:
    return DocList[Page].push_stream(iter(array), f'jac://{name}')


def pull_stream(name: str) -> DocList:
    return DocList[Page](DocList[Page].pull_stream(f'jac://{name}'))


def names(show_table: bool = False) -> List[str]:
    return JACDocStore.list(show_table=show_table)


def delete(name: str) -> None:
    """Where the name is not there: RequestedEntityNotFoundError, as with the older docarray."""
    JACDocStore.delete(name, missing_ok=False)


def texts(array: DocList) -> List[str]:
    return [page.title for page in array]


def stream(array: DocList) -> bytes:
    """The bytes of which the client makes a push."""
    return b''.join(array._to_binary_stream(protocol='protobuf', compress='gzip'))
