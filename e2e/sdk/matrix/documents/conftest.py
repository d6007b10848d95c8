import json
from dataclasses import dataclass
from typing import Optional

import pytest
from packaging.version import Version
from support import station, wire
from support.versions import DOCARRAY

CAN_LOG_IN = DOCARRAY >= Version('0.11.3')
# Before, there is only the configuration file.
READS_VARIABLE = DOCARRAY >= Version('0.13.17')


@dataclass(frozen=True)
class Pusher:
    """Who pushes where; None is somebody without an account."""

    user: Optional[station.User]
    url: str

    def detail(self, name: str) -> Optional[dict]:
        return wire.detail(self.user, name, self.url)

    def stored_bytes(self, name: str) -> bytes:
        return wire.stored_bytes(self.user, name, self.url)


def _forget() -> None:
    """docarray before 0.14.10 remembers the address and the token of its first call."""
    from docarray.array.mixins.io import pushpull

    pushpull._get_cloud_api.cache_clear()
    if CAN_LOG_IN:
        pushpull._get_hub_config.cache_clear()


@pytest.fixture(autouse=True)
def own_caches(own_home, monkeypatch):
    """Nothing of one test in another: the address, the token, and what was pulled."""
    if DOCARRAY >= Version('0.30'):
        from support.caches import forget_jac_caches

        forget_jac_caches()
        yield
        forget_jac_caches()
        return
    if DOCARRAY >= Version('0.14.10'):
        from docarray.array.mixins.io import pushpull

        monkeypatch.setattr(pushpull, '__cache_path__', str(own_home / 'cache'))
    else:
        _forget()
    yield


@pytest.fixture
def log_in_by_file(own_home):
    """Makes a user the one who calls, by a token in config.json, as `jina auth login` leaves it."""

    def as_user(who):
        token = who if isinstance(who, str) else who.token
        (own_home / '.jina' / 'config.json').write_text(json.dumps({'auth_token': token}))
        if not READS_VARIABLE:
            _forget()

    return as_user


@pytest.fixture
def log_in(monkeypatch, log_in_by_file):
    """Makes a user, or the holder of a token, the one who calls, in the client's own best way."""

    def by_variable(who):
        monkeypatch.setenv('JINA_AUTH_TOKEN', who if isinstance(who, str) else who.token)

    return by_variable if READS_VARIABLE else log_in_by_file


@pytest.fixture
def open_server(monkeypatch):
    """Points the client at the server with `ANONYMOUS_PUSH=on`."""
    monkeypatch.setenv('JINA_HUBBLE_REGISTRY', station.OPEN_URL)
    if not READS_VARIABLE:
        _forget()


@pytest.fixture
def pusher(request):
    """Alice, logged in; for a client that cannot log in, nobody, on the server that takes that."""
    if CAN_LOG_IN:
        return Pusher(request.getfixturevalue('alice'), station.URL)
    request.getfixturevalue('open_server')
    return Pusher(None, station.OPEN_URL)


@pytest.fixture
def log_out(monkeypatch, own_home):
    """Makes nobody the one who calls."""

    def as_nobody():
        monkeypatch.delenv('JINA_AUTH_TOKEN', raising=False)
        (own_home / '.jina' / 'config.json').unlink(missing_ok=True)
        if not READS_VARIABLE:
            _forget()

    return as_nobody
