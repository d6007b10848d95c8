"""What the clients do on the wire, by hand, where a test needs more than they offer."""

import json
import socket
from typing import Iterator, Optional
from urllib.parse import urlsplit

import requests

from support.station import URL, User


def rpc(method: str, user: User, **kwargs) -> dict:
    """The `data` of a reply to a JSON call; raises for an error."""
    headers = {'Authorization': f'token {user.token}'}
    response = requests.post(f'{URL}/v2/rpc/{method}', json=kwargs, headers=headers)
    response.raise_for_status()
    return response.json()['data']


def detail(user: User, name: str) -> Optional[dict]:
    """The artifact `name` as `user` sees it, or None."""
    headers = {'Authorization': f'token {user.token}'}
    response = requests.post(f'{URL}/v2/rpc/artifact.getDetail', json={'name': name}, headers=headers)
    return None if response.status_code == 404 else response.json()['data']


def stored_bytes(user: User, name: str) -> bytes:
    """The blob of the artifact `name`, as the server keeps it."""
    url = rpc('artifact.getDownloadUrl', user, name=name)['download']
    response = requests.get(url)
    response.raise_for_status()
    return response.content


def remove_everything(user: User) -> None:
    headers = {'Authorization': f'token {user.token}'}
    listed = requests.post(f'{URL}/v2/rpc/artifact.list', headers=headers).json()['data']
    ids = [artifact['_id'] for artifact in listed]
    if ids:
        rpc('artifact.deleteMany', user, ids=ids)


def upload(user: User, blob: bytes, **fields: str) -> requests.Response:
    """A multipart push with exactly these fields after the file, as some other tool may send it."""
    headers = {'Authorization': f'token {user.token}'}
    return requests.post(
        f'{URL}/v2/rpc/artifact.upload', files={'file': ('blob', blob)}, data=fields, headers=headers
    )


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
