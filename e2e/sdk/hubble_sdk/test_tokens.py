import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hubble import Client
from hubble.excepts import (
    AuthenticationRequiredError,
    IdentifierNamespaceOccupiedError,
    ParamValidationError,
    RequestedEntityNotFoundError,
)
from support.naming import fresh
from support.station import EXPIRED_TOKEN

JINA_AUTH = Path(sys.executable).with_name('jina-auth')


@pytest.fixture
def tokens(alice, bob):
    """Makes tokens of Alice's and Bob's that are gone after the test."""
    made = []

    def make(user, name, days=30):
        client = Client(token=user.token, jsonify=True)
        token = client.create_personal_access_token(name, expiration_days=days)['data']['token']
        made.append((user, name))
        return token

    yield make
    for user, name in made:
        try:
            Client(token=user.token).delete_personal_access_token(name)
        except RequestedEntityNotFoundError:
            pass


def listed(user) -> dict:
    items = Client(token=user.token, jsonify=True).list_personal_access_tokens()['data']['personal_access_tokens']
    return {item['name']: item for item in items}


def jina_auth(*arguments: str) -> str:
    """What the command-line client prints; it is called as people call it."""
    environment = {**os.environ, 'COLUMNS': '200'}
    done = subprocess.run([JINA_AUTH, *arguments], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_a_new_token_logs_its_owner_in(alice, tokens):
    token = tokens(alice, fresh('ci'))
    assert re.fullmatch(r'gst_[0-9A-Za-z]{40}_[0-9A-Za-z]{6}', token)
    assert Client(token=token, jsonify=True).username == alice.name


def test_the_list_has_what_the_client_shows_and_never_the_secret(alice, tokens):
    name = fresh('listed')
    token = tokens(alice, name, days=3)
    item = listed(alice)[name]
    assert token not in str(item)
    assert all(isinstance(item[key], str) for key in ('_id', 'type', 'createdAt', 'expireAt'))
    assert item['updatedAt'] is None or isinstance(item['updatedAt'], str)


def test_the_last_use_shows_in_the_list(alice, tokens):
    name = fresh('used')
    token = tokens(alice, name)
    Client(token=token).get_user_info()
    # It is written beside the answer, not before it; each look is a request of its own.
    deadline = time.monotonic() + 10
    while listed(alice)[name]['updatedAt'] is None:
        assert time.monotonic() < deadline


def test_a_deleted_token_fails_on_the_next_request_of_the_same_connection(alice, tokens):
    name = fresh('revoked')
    client = Client(token=tokens(alice, name))
    client.get_user_info()
    Client().delete_personal_access_token(name)
    assert name not in listed(alice)
    with pytest.raises(AuthenticationRequiredError):
        client.get_user_info()
    with pytest.raises(AuthenticationRequiredError):
        client.list_artifacts()


def test_a_token_can_delete_itself(alice, tokens):
    name = fresh('itself')
    client = Client(token=tokens(alice, name))
    client.delete_personal_access_token(name)
    with pytest.raises(AuthenticationRequiredError):
        client.get_user_info()


def test_an_expired_token_is_refused_and_not_listed(alice):
    with pytest.raises(AuthenticationRequiredError):
        Client(token=EXPIRED_TOKEN).get_user_info()
    assert 'expired' not in listed(alice)


def test_a_name_is_one_tokens_of_one_user(alice, bob, tokens):
    name = fresh('twice')
    tokens(alice, name)
    with pytest.raises(IdentifierNamespaceOccupiedError):
        Client().create_personal_access_token(name)
    tokens(bob, name)
    Client(token=bob.token).delete_personal_access_token(name)
    assert name in listed(alice)


def test_a_token_that_is_not_there_cannot_be_deleted(alice, bob, tokens):
    name = fresh('of-bob')
    tokens(bob, name)
    with pytest.raises(RequestedEntityNotFoundError):
        Client().delete_personal_access_token(name)
    assert name in listed(bob)


@pytest.mark.parametrize('days', [0, -1, 'soon', 1.5])
def test_a_lifetime_that_is_no_positive_whole_number_is_refused(alice, days):
    name = fresh('days')
    with pytest.raises(ParamValidationError, match='^40001: '):
        Client().create_personal_access_token(name, expiration_days=days)
    assert name not in listed(alice)


def test_a_token_without_a_name_is_refused(alice):
    with pytest.raises(ParamValidationError):
        Client().create_personal_access_token('')


def test_the_command_line_makes_shows_and_deletes_tokens(alice):
    name = fresh('cli')
    token = jina_auth('token', 'create', name, '-e', '2', '--format', 'raw').strip()
    assert re.fullmatch(r'gst_\w{47}', token)
    assert Client(token=token, jsonify=True).username == alice.name
    shown = jina_auth('token', 'list')
    assert 'Your Personal Access Tokens' in shown
    assert name in shown
    assert 'Successfully deleted' in jina_auth('token', 'delete', name)
    assert name not in jina_auth('token', 'list')
    with pytest.raises(AuthenticationRequiredError):
        Client(token=token).get_user_info()


def test_the_command_line_shows_a_new_token_in_a_panel(alice, tokens):
    name = fresh('panel')
    shown = jina_auth('token', 'create', name)
    try:
        assert 'New token created' in shown
        assert 'gst_' in shown
    finally:
        jina_auth('token', 'delete', name)
