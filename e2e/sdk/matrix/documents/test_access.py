import pytest
from matrix.documents.client import client
from matrix.documents.refusal import assert_not_there
from matrix.operations import operation
from packaging.specifiers import SpecifierSet
from support.naming import fresh
from support.station import ALICE, BOB
from support.versions import DOCARRAY
from support.wire import upload

NO_LOGIN = {'<0.11.3': 'it cannot log in'}
LOGIN_ONLY = {'>=0.17': 'it does nothing before you log in'}
# What it pulls with its cache on it writes under the whole name, in a folder that is not there.
SLASH_IN_CACHE = '>=0.16,<0.19.1'
CACHE_FAILS = {SLASH_IN_CACHE: 'with local_cache=False only: its cache takes the slash for a folder'}


def pull_by_full_name(name: str):
    """Pulls `<user>/<name>`; where the client's own cache cannot take that, shows it, and pulls without."""
    if DOCARRAY in SpecifierSet(SLASH_IN_CACHE):
        with pytest.raises(FileNotFoundError):
            client.pull(name, cached=True)
    return client.pull(name)


@operation('pull one’s own by <you>/<name>', absent=NO_LOGIN, notes=CACHE_FAILS)
def test_an_own_array_can_be_pulled_by_its_full_name(alice):
    pushed, name = client.text_array('mine'), fresh('mine')
    client.push(pushed, name)
    assert client.serialised(pull_by_full_name(f'{ALICE.name}/{name}')) == client.serialised(pushed)


@operation('pull another’s public array by <user>/<name>', absent=NO_LOGIN, notes=CACHE_FAILS)
def test_a_public_array_can_be_pulled_by_another_user(alice, log_in):
    pushed, name = client.text_array('for all'), fresh('public')
    client.push(pushed, name)
    log_in(BOB)
    assert client.serialised(pull_by_full_name(f'{ALICE.name}/{name}')) == client.serialised(pushed)


@operation('pull a public array by <user>/<name> without a token', absent=LOGIN_ONLY)
def test_a_public_array_can_be_pulled_without_a_token(log_out):
    pushed, name = client.rich_array(), fresh('public')
    upload(ALICE, client.stream(pushed), name=name, type='documentArray', public='True').raise_for_status()
    log_out()
    assert client.serialised(client.pull(f'{ALICE.name}/{name}')) == client.serialised(pushed)


@operation('another’s private array does not exist', absent={**NO_LOGIN, '<0.13.8': 'all that it pushes is public'})
def test_a_private_array_does_not_exist_for_another_user(alice, log_in):
    name = fresh('private')
    client.push(client.text_array('for me'), name, public=False)
    log_in(BOB)
    for hidden in (f'{ALICE.name}/{name}', f'{ALICE.name}/{name}-that-never-was', name):
        assert_not_there(lambda: client.pull(hidden), 404)


@operation('a private array cannot be pulled without a token', absent=LOGIN_ONLY)
def test_a_private_array_cannot_be_pulled_without_a_token(log_out):
    name = fresh('private')
    blob = client.stream(client.text_array('secret'))
    upload(ALICE, blob, name=name, type='documentArray', public='False').raise_for_status()
    log_out()
    for hidden in (f'{ALICE.name}/{name}', f'{ALICE.name}/{name}-that-never-was'):
        assert_not_there(lambda: client.pull(hidden), 401)
