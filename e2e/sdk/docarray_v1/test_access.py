import pytest
import requests
from docarray import DocumentArray
from hubble import Client
from hubble.excepts import AuthenticationRequiredError
from support.naming import fresh
from support.station import EXPIRED_TOKEN

from docarray_v1.documents import serialised, text_array


def status_of_pull(name: str) -> int:
    with pytest.raises(requests.HTTPError) as failed:
        DocumentArray.pull(name)
    return failed.value.response.status_code


def test_a_public_array_can_be_pulled_by_another_user(alice, bob, log_in):
    pushed, name = text_array('for all'), fresh('public')
    pushed.push(name)
    log_in(bob)
    assert serialised(DocumentArray.pull(f'{alice.name}/{name}')) == serialised(pushed)


def test_a_private_array_does_not_exist_for_another_user(alice, bob, log_in):
    pushed, name = text_array('for me'), fresh('private')
    pushed.push(name, public=False)
    assert serialised(DocumentArray.pull(name)) == serialised(pushed)
    log_in(bob)
    assert status_of_pull(f'{alice.name}/{name}') == 404
    assert status_of_pull(f'{alice.name}/{name}-that-never-was') == 404
    assert status_of_pull(name) == 404


def test_an_array_made_private_can_no_longer_be_pulled_by_another_user(alice, bob, log_in):
    name = fresh('withdrawn')
    text_array('x').push(name)
    log_in(bob)
    assert len(DocumentArray.pull(f'{alice.name}/{name}', local_cache=False)) == 1
    log_in(alice)
    text_array('x').push(name, public=False)
    log_in(bob)
    assert status_of_pull(f'{alice.name}/{name}') == 404


@pytest.mark.parametrize('token', ['', 'somerandomtoken', EXPIRED_TOKEN], ids=['none', 'unknown', 'expired'])
def test_without_a_valid_token_every_call_asks_to_log_in(log_in, token):
    log_in(token)
    for call in (
        lambda: text_array('x').push('x'),
        lambda: DocumentArray.pull('x'),
        lambda: DocumentArray.cloud_list(),
        lambda: DocumentArray.cloud_delete('x'),
    ):
        with pytest.raises(AuthenticationRequiredError):
            call()


def test_a_revoked_token_fails_on_the_next_request(alice, log_in):
    name, token_name = fresh('revoked'), fresh('token')
    token = Client(jsonify=True).create_personal_access_token(token_name)['data']['token']
    log_in(token)
    text_array('before').push(name)
    Client(token=alice.token).delete_personal_access_token(token_name)
    with pytest.raises(AuthenticationRequiredError):
        text_array('after').push(name)
    log_in(alice)
    assert DocumentArray.pull(name).texts == ['before']
