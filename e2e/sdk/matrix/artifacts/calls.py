"""The SDK's calls, as its users make them."""

import io
import os
import subprocess
import sys
from pathlib import Path

from hubble import Client


def upload(blob: bytes = b'bytes', **options) -> dict:
    return Client(jsonify=True).upload_artifact(f=io.BytesIO(blob), **options)['data']


def download(artifact_id: str) -> bytes:
    target = io.BytesIO()
    Client().download_artifact(artifact_id, target)
    return target.getvalue()


def info(**which) -> dict:
    return Client(jsonify=True).get_artifact_info(**which)['data']


def listed(**options) -> dict:
    return Client(jsonify=True).list_artifacts(**options)


def token_names() -> list:
    tokens = Client(jsonify=True).list_personal_access_tokens()['data']['personal_access_tokens']
    return [token['name'] for token in tokens]


def jina_auth(*arguments: str) -> str:
    """What the command-line client prints; it is called as people call it."""
    command = Path(sys.executable).with_name('jina-auth')
    environment = {**os.environ, 'COLUMNS': '200'}
    done = subprocess.run([command, *arguments], env=environment, capture_output=True, text=True, check=True)
    return done.stdout
