"""What a client does that nobody but its variables has told of a private authority: each in its own way."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path


def docarray1(megabytes: int) -> None:
    """A push and a pull of so many megabytes by docarray 0.21."""
    from docarray import Document, DocumentArray

    array = DocumentArray(Document(blob=os.urandom(1_000_000)) for _ in range(megabytes))
    array.push('by-docarray-1', public=False)
    back = DocumentArray.pull('by-docarray-1', local_cache=False)
    assert [document.blob for document in back] == [document.blob for document in array]
    assert 'by-docarray-1' in DocumentArray.cloud_list()


def docarray2(megabytes: int) -> None:
    """The same by docarray 0.38."""
    from docarray import BaseDoc, DocList

    class Thing(BaseDoc):
        content: bytes

    array = DocList[Thing]([Thing(content=os.urandom(1_000_000)) for _ in range(megabytes)])
    array.push('jac://by-docarray-2', public=False)
    back = DocList[Thing].pull('jac://by-docarray-2', local_cache=False)
    assert [thing.content for thing in back] == [thing.content for thing in array]


def sdk(megabytes: int) -> None:
    """The same by jina-hubble-sdk."""
    import hubble

    client = hubble.Client(max_retries=None, jsonify=True)
    with tempfile.TemporaryDirectory() as folder:
        given, got = Path(folder, 'given'), Path(folder, 'got')
        given.write_bytes(os.urandom(megabytes * 1_000_000))
        made = client.upload_artifact(f=str(given), is_public=False)['data']
        client.download_artifact(id=made['_id'], f=str(got))
        assert got.read_bytes() == given.read_bytes()


def whoami(_: int) -> None:
    """One short call of the SDK; shows what the user would see."""
    import hubble

    print(hubble.Client(max_retries=None, jsonify=True).get_user_info()['data']['name'])


def logout(_: int) -> None:
    """The one call that every SDK makes by aiohttp; it prints what went wrong, and raises nothing."""
    from hubble.utils.auth import Auth

    asyncio.run(Auth.logout())


operation, amount = sys.argv[1], int(sys.argv[2])
{'docarray1': docarray1, 'docarray2': docarray2, 'sdk': sdk, 'whoami': whoami, 'logout': logout}[operation](amount)
print('done')
