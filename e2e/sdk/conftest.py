import pytest

from support import station
from support.versions import SDK
from support.wire import remove_everything


@pytest.fixture(autouse=True)
def own_home(monkeypatch, tmp_path):
    """A home, a client configuration and caches of its own for each test, pointed at the server under test."""
    monkeypatch.setenv('HOME', str(tmp_path))
    monkeypatch.setenv('JINA_HUB_ROOT', str(tmp_path / '.jina'))
    monkeypatch.setenv('DOCARRAY_CACHE', str(tmp_path / 'cache'))
    monkeypatch.setenv('DOCKER_CONFIG', str(tmp_path / '.docker'))
    monkeypatch.setenv('JINA_HUBBLE_REGISTRY', station.URL)
    monkeypatch.setenv('SHOW_HUBBLE_HINT', 'ONCE')
    monkeypatch.delenv('JINA_AUTH_TOKEN', raising=False)
    # docarray before 0.14 keeps what it pulled in the working directory.
    monkeypatch.chdir(tmp_path)
    (tmp_path / '.jina').mkdir()
    if SDK:
        from hubble.utils.config import config

        # The SDK fixes these two when it is imported.
        monkeypatch.setattr(config, 'root', tmp_path / '.jina')
        monkeypatch.setattr(config, 'config_file', tmp_path / '.jina' / 'config.json')
    return tmp_path


@pytest.fixture(autouse=True)
def nothing_left():
    """Each test starts and ends with empty storages."""
    yield
    for user in (station.ALICE, station.BOB, station.CAROL):
        remove_everything(user)


@pytest.fixture
def log_in(monkeypatch):
    """Makes a user, or the holder of a token, the one who calls."""

    def as_user(who):
        monkeypatch.setenv('JINA_AUTH_TOKEN', who if isinstance(who, str) else who.token)

    return as_user


@pytest.fixture
def alice(log_in):
    """Alice, logged in."""
    log_in(station.ALICE)
    return station.ALICE


@pytest.fixture
def bob():
    """Bob, not logged in yet."""
    return station.BOB


@pytest.fixture
def carol():
    """Carol, whose storage is small, not logged in yet."""
    return station.CAROL
