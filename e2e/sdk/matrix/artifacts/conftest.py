import json

import pytest


@pytest.fixture
def log_in_by_file(own_home):
    """Makes the holder of a token the one who calls, by config.json, as `jina auth login` leaves it."""

    def with_token(token: str) -> None:
        (own_home / '.jina' / 'config.json').write_text(json.dumps({'auth_token': token}))

    return with_token
