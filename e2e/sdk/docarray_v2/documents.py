"""Lists to push, and what "equal to the last byte" means for them."""

import gzip
from typing import Dict, List, Optional

import numpy as np
from docarray import BaseDoc, DocList
from docarray.documents import ImageDoc
from docarray.typing import NdArray


class Page(BaseDoc):
    title: str
    tensor: Optional[NdArray] = None
    payload: Optional[bytes] = None
    tags: Dict = {}
    parts: DocList[ImageDoc] = DocList[ImageDoc]()


def pages(*titles: str) -> DocList[Page]:
    return DocList[Page]([Page(title=title) for title in titles])


def rich_pages() -> DocList[Page]:
    random = np.random.default_rng(7)
    return DocList[Page](
        [
            Page(title='größer 東京 🚀', tags={'nested': {'list': [1.0, True]}, 'empty': ''}),
            Page(title='tensor', tensor=random.random((3, 5, 7))),
            Page(title='bytes', payload=bytes(range(256)) * 40),
            Page(title='nested', parts=DocList[ImageDoc]([ImageDoc(tensor=random.random((4, 4, 3)))])),
        ]
    )


def pages_of_bytes(size_bytes: int, count: int) -> DocList[Page]:
    """`count` documents with random content, which gzip cannot make smaller, of `size_bytes` altogether."""
    random = np.random.default_rng(11)
    return DocList[Page](
        [Page(title=str(number), payload=random.bytes(size_bytes // count)) for number in range(count)]
    )


def serialised(docs: DocList[Page]) -> List[bytes]:
    return [doc.to_protobuf().SerializeToString(deterministic=True) for doc in docs]


def documents_in(blob: bytes) -> List[bytes]:
    """The documents of a stored blob, unpacked by hand; fails when a byte is missing or left over."""
    assert blob[:1] == b'\x02'
    count = int.from_bytes(blob[1:9], 'big')
    documents, offset = [], 9
    for _ in range(count):
        length = int.from_bytes(blob[offset : offset + 4], 'big')
        documents.append(gzip.decompress(blob[offset + 4 : offset + 4 + length]))
        offset += 4 + length
    assert offset == len(blob)
    return documents
