import json

import hubble
import pytest
import requests
from hubble import Client
from hubble.excepts import AuthenticationRequiredError
from matrix.artifacts.calls import jina_auth, listed, upload
from matrix.operations import operation
from support import station
from support.station import ALICE, BOB, EXPIRED_TOKEN


def session_of(user) -> str:
    """A session's token, as a login leaves it in the client's configuration."""
    response = requests.post(
        f'{station.URL}/v2/rpc/user.identity.passwordLogin', json={'name': user.name, 'password': user.password}
    )
    response.raise_for_status()
    return response.json()['data']['token']


@operation('log in: a token in JINA_AUTH_TOKEN, in config.json, or given')
def test_a_token_counts_wherever_the_client_finds_it(monkeypatch, log_in_by_file):
    log_in_by_file(ALICE.token)
    assert Client(jsonify=True).username == ALICE.name
    monkeypatch.setenv('JINA_AUTH_TOKEN', BOB.token)
    assert Client(jsonify=True).username == BOB.name
    assert Client(token=ALICE.token, jsonify=True).username == ALICE.name


@operation('whoami')
def test_whoami_tells_who_the_token_belongs_to(alice):
    reply = Client(jsonify=True).get_user_info()
    assert reply['code'] == 200
    assert reply['data']['name'] == ALICE.name
    assert hubble.get_token() == ALICE.token


@operation('whether somebody is logged in', absent={'<0.14': 'it has no such call'})
def test_is_logged_in_tells_whether_the_token_counts(alice, log_in):
    assert hubble.is_logged_in() is True
    for token in ('', 'somerandomtoken', EXPIRED_TOKEN):
        log_in(token)
        assert hubble.is_logged_in() is False


@operation('without a token, or with one that ended: AuthenticationRequiredError')
def test_every_call_that_needs_a_login_says_so(log_in):
    for token in ('', 'somerandomtoken', EXPIRED_TOKEN):
        log_in(token)
        for call in (Client().get_user_info, listed, upload, Client().list_personal_access_tokens):
            with pytest.raises(AuthenticationRequiredError, match='^40103: You are not logged in'):
                call()


@operation('jina-auth login, when logged in: says so')
def test_a_login_is_not_repeated(alice):
    shown = jina_auth('login')
    assert 'already log' in shown
    assert ALICE.name in shown


@operation('login(), when logged in: asks nobody', absent={'<0.22': 'it always opens a browser'})
def test_login_asks_nobody_who_is_logged_in(alice, own_home):
    hubble.login()
    assert hubble.get_token() == ALICE.token
    assert not (own_home / '.jina' / 'config.json').exists()


@operation('logout: ends the session and forgets it')
def test_logging_out_ends_the_session(log_in_by_file, own_home):
    token = session_of(ALICE)
    log_in_by_file(token)
    assert Client(jsonify=True).username == ALICE.name
    hubble.logout()
    assert json.loads((own_home / '.jina' / 'config.json').read_text()) == {}
    with pytest.raises(AuthenticationRequiredError):
        Client(token=token).get_user_info()
    assert Client(token=ALICE.token, jsonify=True).username == ALICE.name


@operation('logout without a login: says so')
def test_logging_out_without_a_login_says_so(capsys):
    hubble.logout()
    assert 'You are not log' in capsys.readouterr().out


@operation('the session behind a token', absent={'<0.32': 'it has no such call'})
def test_the_raw_session_has_an_end(alice):
    assert Client(jsonify=True).get_raw_session()['data']['expireAt'].endswith('Z')


@operation('the internal registries', absent={'<0.18': 'it has no such call'})
def test_the_internal_registries_are_host_names(alice):
    hosts = Client(jsonify=True).list_internal_docker_registries()['data']
    assert len(hosts) >= 1
    assert all(isinstance(host, str) and '/' not in host for host in hosts)
