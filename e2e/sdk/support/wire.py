"""What the clients do on the wire, by hand, where a test needs more than they offer."""

import json
import socket
from typing import Iterator, Optional
from urllib.parse import urlsplit

import requests

from support.station import URL, User


def _headers(user: Optional[User]) -> dict:
    return {'Authorization': f'token {user.token}'} if user else {}


def rpc(method: str, user: Optional[User], url: str = URL, **kwargs) -> dict:
    """The `data` of a reply to a JSON call; raises for an error. Without a user nobody calls."""
    response = requests.post(f'{url}/v2/rpc/{method}', json=kwargs, headers=_headers(user))
    response.raise_for_status()
    return response.json()['data']


def detail(user: Optional[User], name: str, url: str = URL) -> Optional[dict]:
    """The artifact `name` as `user` sees it, or None."""
    response = requests.post(f'{url}/v2/rpc/artifact.getDetail', json={'name': name}, headers=_headers(user))
    return None if response.status_code == (404 if user else 401) else response.json()['data']


def stored_bytes(user: Optional[User], name: str, url: str = URL) -> bytes:
    """The blob of the artifact `name`, as the server keeps it."""
    response = requests.get(rpc('artifact.getDownloadUrl', user, url, name=name)['download'])
    response.raise_for_status()
    return response.content


def artifact_names(user: User, url: str = URL) -> list:
    """What `user` has, of every type, the oldest first."""
    return [artifact['name'] for artifact in rpc('artifact.list', user, url, sort={'createdAt': 1})]


def remove_everything(user: User) -> None:
    ids = [artifact['_id'] for artifact in rpc('artifact.list', user)]
    if ids:
        rpc('artifact.deleteMany', user, ids=ids)


def upload(user: Optional[User], blob: bytes, url: str = URL, **fields: str) -> requests.Response:
    """A multipart push with exactly these fields after the file, as some other tool may send it."""
    files = {'file': ('blob', blob)}
    return requests.post(f'{url}/v2/rpc/artifact.upload', files=files, data=fields, headers=_headers(user))


def push_then_hang_up(user: User, name: str, blob: bytes, sent_share: float = 0.5) -> None:
    """Starts docarray's chunked push of `blob` and closes the socket after `sent_share` of it."""
    boundary = 'cut'
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="DocumentArray"\r\n'
        'Content-Type: application/octet-stream\r\n\r\n'
    ).encode()
    target = urlsplit(URL)
    with socket.create_connection((target.hostname, target.port)) as connection:
        request = (
            f'POST /v2/rpc/artifact.upload HTTP/1.1\r\nHost: {target.netloc}\r\n'
            f'Authorization: token {user.token}\r\nTransfer-Encoding: chunked\r\n'
            f'Content-Type: multipart/form-data; boundary={boundary}\r\n\r\n'
        )
        connection.sendall(request.encode())
        for chunk in _chunks(head + blob[: int(len(blob) * sent_share)]):
            connection.sendall(f'{len(chunk):x}\r\n'.encode() + chunk + b'\r\n')


def _chunks(data: bytes, size: int = 16_384) -> Iterator[bytes]:
    for offset in range(0, len(data), size):
        yield data[offset : offset + size]


def summary(length: int) -> str:
    """metaData as docarray writes it, cut down to what its list needs."""
    return json.dumps({'summary': [{'name': 'Length', 'value': length, 'description': ''}]})
