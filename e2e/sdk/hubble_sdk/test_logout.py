import hubble
import pytest
import requests
from hubble import Client
from hubble.excepts import AuthenticationRequiredError
from hubble.utils.config import config
from support import station


def session_of(user) -> str:
    """A session's token, as a login leaves it in the client's configuration."""
    response = requests.post(
        f'{station.URL}/v2/rpc/user.identity.passwordLogin', json={'name': user.name, 'password': user.password}
    )
    response.raise_for_status()
    return response.json()['data']['token']


def test_logging_out_ends_the_session_and_forgets_the_token():
    token = session_of(station.ALICE)
    config.set('auth_token', token)
    assert Client(jsonify=True).username == station.ALICE.name
    hubble.logout()
    assert config.get('auth_token') is None
    with pytest.raises(AuthenticationRequiredError):
        Client(token=token).get_user_info()


def test_logging_out_ends_no_other_session_and_no_personal_access_token():
    config.set('auth_token', session_of(station.ALICE))
    other = session_of(station.ALICE)
    hubble.logout()
    assert Client(token=other, jsonify=True).username == station.ALICE.name
    assert Client(token=station.ALICE.token, jsonify=True).username == station.ALICE.name


def test_logging_out_with_a_personal_access_token_forgets_it_here_and_keeps_it_valid():
    config.set('auth_token', station.ALICE.token)
    hubble.logout()
    assert config.get('auth_token') is None
    assert Client(token=station.ALICE.token, jsonify=True).username == station.ALICE.name


def test_logging_out_without_a_login_says_so(capsys):
    hubble.logout()
    assert 'not logged in' in capsys.readouterr().out


def test_a_session_may_do_what_a_personal_access_token_may():
    client = Client(token=session_of(station.BOB), jsonify=True)
    assert client.get_raw_session()['data']['expireAt'].endswith('Z')
    assert client.list_artifacts()['meta']['total'] == 0
