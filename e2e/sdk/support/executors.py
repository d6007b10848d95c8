"""Executors as folders and zips, and pushes by hand where the client's own push is not the subject."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Dict, Optional

import requests

from support.station import URL, User

_MODULE = """
from jina import Executor, requests


class Greeter(Executor):
    def __init__(self, greeting='{greeting}', **kwargs):
        super().__init__(**kwargs)
        self.greeting = greeting

    @requests
    def greet(self, docs, **kwargs):
        for document in docs:
            document.text = f'{{self.greeting}} {{document.text}}'
"""
# jina 2 knows modules below `metas` only.
_CONFIG = """
jtype: Greeter
metas:
  name: {name}
  py_modules:
    - executor.py
"""


def files_of(name: str, greeting: str = 'hello') -> Dict[str, str]:
    """An Executor that puts its greeting before each text."""
    return {'config.yml': _CONFIG.format(name=name), 'executor.py': _MODULE.format(greeting=greeting)}


def write(folder: Path, files: Dict[str, str]) -> Path:
    """The folder, made when it is not there, with these files in it."""
    folder.mkdir(exist_ok=True)
    for path, text in files.items():
        (folder / path).write_text(text)
    return folder


def _zip_of(files: Dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED) as zipped:
        for path, text in files.items():
            zipped.writestr(path, text)
    return target.getvalue()


def answer_to_push(
    user: Optional[User], files: Dict[str, str], url: str = URL, method: str = 'executor.push', **fields: str
) -> str:
    """Pushes and gives the whole answer, a line for each event; raises when it is refused at once."""
    zipped = _zip_of(files)
    response = requests.post(
        f'{url}/v2/rpc/{method}',
        data={'public': 'False', 'private': 'True', 'md5sum': hashlib.md5(zipped).hexdigest(), **fields},
        files={'file': ('filename', zipped)},
        headers={'Authorization': f'token {user.token}'} if user else {},
    )
    response.raise_for_status()
    return response.text


def push(user: Optional[User], files: Dict[str, str], url: str = URL, **fields: str) -> dict:
    """The payload of a finished push: id, name, visibility, commit, and secret where one was given or made."""
    last = json.loads(answer_to_push(user, files, url, **fields).splitlines()[-1])
    assert last['type'] == 'complete', last
    return last['payload']
