"""What docarray itself needs for a push and a pull, beside what they take: JSON on stdout, seconds."""

import json
import sys
import time

import numpy as np
from docarray import Document, DocumentArray

DOCUMENTS = 1000
FLOATS = 8192


def seconds(work):
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def serialise(array):
    """As push() does it, chunk by chunk, with nobody to send it to."""
    size = 0
    for batch in array.batch(batch_size=32):
        size += len(b''.join(d._to_stream_bytes(protocol='protobuf', compress='gzip') for d in batch))
    return size


def main(rounds):
    random = np.random.default_rng(1)
    array = DocumentArray(Document(tensor=random.random(FLOATS, dtype=np.float32)) for _ in range(DOCUMENTS))
    stored = array.to_bytes(protocol='protobuf', compress='gzip')
    results = []
    for number in range(rounds):
        name = f'bench-docarray-{number}'
        own_push, size = seconds(lambda: serialise(array))
        push, _ = seconds(lambda: array.push(name, public=False))
        own_pull, _ = seconds(lambda: DocumentArray.load_binary(stored, protocol='protobuf', compress='gzip'))
        pull, pulled = seconds(lambda: DocumentArray.pull(name, local_cache=False))
        assert (pulled[-1].tensor == array[-1].tensor).all()
        DocumentArray.cloud_delete(name)
        results.append({'bytes': size, 'ownPush': own_push, 'push': push, 'ownPull': own_pull, 'pull': pull})
    json.dump(results, sys.stdout)


main(int(sys.argv[1]))
