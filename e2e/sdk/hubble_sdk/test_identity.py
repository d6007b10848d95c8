import re

import hubble
import pytest
from hubble import Client
from hubble.excepts import AuthenticationRequiredError
from support import station
from support.station import EXPIRED_TOKEN

INVALID = pytest.mark.parametrize('token', ['', 'somerandomtoken', EXPIRED_TOKEN, 'None'])
TIME = re.compile(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$')


def test_whoami_tells_who_the_token_belongs_to_in_every_variant(alice):
    client = Client(jsonify=True)
    full = client.get_user_info(variant='full')
    assert full['code'] == 200
    assert full['status'] == 20000
    assert full['data']['name'] == alice.name
    assert {'_id', 'name', 'nickname', 'avatarUrl'} <= full['data'].keys()
    assert client.get_user_info(variant='data') == full['data']
    assert Client().get_user_info().json() == full


def test_username_and_login_state_come_from_the_token(alice, bob, log_in):
    assert Client(jsonify=True).username == alice.name
    assert hubble.is_logged_in() is True
    assert hubble.get_token() == alice.token
    log_in(bob)
    assert Client(jsonify=True).username == bob.name
    assert Client(token=alice.token, jsonify=True).username == alice.name


@INVALID
def test_a_token_that_does_not_count_is_not_logged_in(log_in, token):
    log_in(token)
    assert hubble.is_logged_in() is False
    assert hubble.get_token() is None
    with pytest.raises(AuthenticationRequiredError, match='^40103: '):
        Client().get_user_info()


@INVALID
def test_every_call_that_needs_a_login_says_so(log_in, token):
    log_in(token)
    client = Client()
    for call in (
        lambda: client.get_raw_session(),
        lambda: client.create_personal_access_token('x'),
        lambda: client.list_personal_access_tokens(),
        lambda: client.delete_personal_access_token('x'),
        lambda: client.list_artifacts(),
        lambda: client.get_artifact_info(name='x'),
        lambda: client.update_artifact('64b0c0ffee0000000000a11c', name='y'),
        lambda: client.delete_artifact(name='x'),
        lambda: client.delete_multiple_artifacts(names=['x']),
        lambda: client.download_artifact('64b0c0ffee0000000000a11c', 'nowhere'),
    ):
        with pytest.raises(AuthenticationRequiredError):
            call()


def test_credentials_that_netrc_slips_in_read_as_not_logged_in(alice, own_home):
    host = station.URL.split('//')[1].split(':')[0]
    netrc = own_home / '.netrc'
    netrc.write_text(f'machine {host} login somebody password secret\n')
    netrc.chmod(0o600)
    with pytest.raises(AuthenticationRequiredError):
        Client().get_user_info()


def test_the_raw_session_of_a_personal_access_token_has_an_end(alice):
    data = Client(jsonify=True).get_raw_session()['data']
    user = Client(jsonify=True).get_user_info(variant='data')
    assert data['userId'] == user['_id']
    assert TIME.match(data['createdAt'])
    assert TIME.match(data['expireAt'])


def test_the_internal_registries_are_a_list_of_host_names(alice):
    hosts = Client(jsonify=True).list_internal_docker_registries()['data']
    assert len(hosts) >= 1
    assert all(isinstance(host, str) and '/' not in host for host in hosts)
