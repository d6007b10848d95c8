"""What a notebook does with docarray 0.21.

push NAME TEXT..., push-large NAME MEGABYTES, pull NAME, list, delete NAME, read FILE. Prints JSON.
"""

import json
import os
import sys

from docarray import Document, DocumentArray


def texts(docs):
    return [doc.text for doc in docs]


def main(command, *arguments):
    if command == 'push':
        name, *words = arguments
        DocumentArray([Document(text=word) for word in words]).push(name, show_progress=False)
        return None
    if command == 'push-large':
        name, megabytes = arguments
        docs = DocumentArray([Document(blob=os.urandom(1_000_000)) for _ in range(int(megabytes))])
        docs.push(name, show_progress=False)
        return docs[-1].id
    if command == 'pull':
        return texts(DocumentArray.pull(arguments[0], show_progress=False, local_cache=False))
    if command == 'list':
        return DocumentArray.cloud_list(show_table=False)
    if command == 'delete':
        DocumentArray.cloud_delete(arguments[0])
        return None
    return texts(DocumentArray.load_binary(arguments[0], protocol='protobuf', compress='gzip', streaming=True))


print(json.dumps(main(*sys.argv[1:])))
