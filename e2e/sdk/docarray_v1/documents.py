"""Arrays to push, and what "equal to the last byte" means for them."""

import gzip
from typing import List

import numpy as np
from docarray import Document, DocumentArray
from docarray.score import NamedScore


def text_array(*texts: str) -> DocumentArray:
    return DocumentArray([Document(text=text) for text in texts])


def rich_array() -> DocumentArray:
    """Every kind of content that a v1 Document carries."""
    random = np.random.default_rng(7)
    array = DocumentArray(
        [
            Document(text='größer 東京 🚀', tags={'nested': {'list': [1, 2.5, None, True]}, 'empty': ''}),
            Document(blob=bytes(range(256)) * 40, mime_type='application/octet-stream'),
            Document(tensor=random.random((3, 5, 7)), embedding=random.random(128).astype('float32')),
            Document(uri='https://example.org/a b?c=1', weight=0.25, modality='image', location=[1.0, 2.0]),
            Document(scores={'cos': NamedScore(value=0.5)}, evaluations={'f1': NamedScore(value=0.75)}),
        ]
    )
    array[0].chunks = text_array('first part', 'second part')
    array[0].matches = text_array('a match')
    return array


def array_of_bytes(size_bytes: int, count: int) -> DocumentArray:
    """`count` documents with random content, which gzip cannot make smaller, of `size_bytes` altogether."""
    random = np.random.default_rng(11)
    return DocumentArray([Document(blob=random.bytes(size_bytes // count)) for _ in range(count)])


def serialised(array: DocumentArray) -> List[bytes]:
    return [document.to_protobuf().SerializeToString(deterministic=True) for document in array]


def documents_in(blob: bytes) -> List[bytes]:
    """The documents of a stored blob, unpacked by hand; fails when a byte is missing or left over."""
    assert blob[:1] == b'\x01'
    count = int.from_bytes(blob[1:9], 'big')
    documents, offset = [], 9
    for _ in range(count):
        length = int.from_bytes(blob[offset : offset + 4], 'big')
        documents.append(gzip.decompress(blob[offset + 4 : offset + 4 + length]))
        offset += 4 + length
    assert offset == len(blob)
    return documents
