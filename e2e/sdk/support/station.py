"""The servers under test and the people on them, as e2e/sdk/run.ts hands them over in the environment."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class User:
    name: str
    token: str
    password: str


def user(key: str) -> User:
    """The user whose facts are in GS_<key>, GS_<key>_TOKEN and GS_<key>_PASSWORD."""
    return User(os.environ[f'GS_{key}'], os.environ[f'GS_{key}_TOKEN'], os.environ[f'GS_{key}_PASSWORD'])


URL = os.environ['GS_URL']
DATA_DIR = os.environ['GS_DATA_DIR']
ALICE = user('ALICE')
BOB = user('BOB')
# Her quota is QUOTA_BYTES; the other two have the server's default.
CAROL = user('CAROL')
QUOTA_BYTES = int(os.environ['GS_CAROL_QUOTA_BYTES'])
MAX_UPLOAD_BYTES = int(os.environ['GS_MAX_UPLOAD_BYTES'])
# Executors whose names begin so are pushed slowly, and in silence.
SLOW_PREFIX = os.environ['GS_SLOW_PREFIX']
# A second server, on which nobody needs a token to push, and Dora who has an account there.
OPEN_URL = os.environ['GS_OPEN_URL']
OPEN_DATA_DIR = os.environ['GS_OPEN_DATA_DIR']
DORA = user('DORA')
# A token of Alice's that was valid once.
EXPIRED_TOKEN = os.environ['GS_EXPIRED_TOKEN']
