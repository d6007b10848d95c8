"""`USES WITH WORD…`: serves an Executor in a Flow, calls it with the words, and prints what comes back."""

import json
import sys

import jina
from jina import Document, Flow


def call(uses, uses_with, words):
    """What the Executor made of the words; jina 2 gives its answers as requests that hold documents."""
    with Flow().add(uses=uses, uses_with=uses_with) as flow:
        documents = [Document(text=word) for word in words]
        answers = flow.post('/', documents, return_results=True)
    if jina.__version__.startswith('2.'):
        answers = [document for answer in answers for document in answer.docs]
    return [document.text for document in answers]


# The processes of the Flow may load this file anew.
if __name__ == '__main__':
    print('\n' + json.dumps(call(sys.argv[1], json.loads(sys.argv[2]), sys.argv[3:])))
