"""Names without a namespace: what is pushed without a token where that is allowed, and what an administrator imports.

The server counts 60 pushes without a token an hour from one address; all environments together come to 50.
"""

import pytest
from matrix.documents.client import client
from matrix.documents.refusal import IMPORTED, ONLY_PUBLIC, OWNED, assert_refused
from matrix.operations import operation
from packaging.version import Version
from support.admin import admin
from support.naming import fresh
from support.station import DORA, OPEN_DATA_DIR, OPEN_URL
from support.versions import DOCARRAY
from support.wire import detail, upload

LOGIN_ONLY = {'>=0.17': 'it does nothing before you log in'}
PULLS_WITHOUT_LOGIN = DOCARRAY < Version('0.17')

pytestmark = pytest.mark.usefixtures('open_server')


@pytest.fixture
def puller(log_in, log_out):
    """Nobody where the client allows it, else somebody who did not push."""
    if PULLS_WITHOUT_LOGIN:
        log_out()
    else:
        log_in(DORA)


@pytest.fixture
def imported(tmp_path):
    """The name and the array that the administrator imported, gone after the test."""
    array, name, file = client.rich_array(), fresh('imported'), tmp_path / 'imported.bin'
    file.write_bytes(client.stream(array))
    admin('artifact', 'import', '--legacy', name, str(file), data_dir=OPEN_DATA_DIR)
    yield name, array
    admin('artifact', 'delete', '--legacy', name, data_dir=OPEN_DATA_DIR)


@operation('ANONYMOUS_PUSH=on: push and pull without a token', absent=LOGIN_ONLY)
def test_who_has_no_token_pushes_and_pulls_by_name(log_out):
    log_out()
    pushed, name = client.rich_array(), fresh('nobodys')
    client.push(pushed, name)
    assert client.serialised(client.pull(name)) == client.serialised(pushed)
    artifact = detail(DORA, name, OPEN_URL)
    assert (artifact['name'], artifact['visibility']) == (name, 'public')


@operation('ANONYMOUS_PUSH=on: pull what was pushed without a token, by its bare name')
@pytest.mark.usefixtures('puller')
def test_what_was_pushed_without_a_token_is_anybodys_to_pull():
    pushed, name = client.rich_array(), fresh('nobodys')
    upload(None, client.stream(pushed), OPEN_URL, name=name, type='documentArray').raise_for_status()
    assert client.serialised(client.pull(name)) == client.serialised(pushed)


@operation('ANONYMOUS_PUSH=on: into somebody’s namespace, or in private: refused', absent=LOGIN_ONLY)
def test_who_has_no_token_pushes_neither_into_a_namespace_nor_in_private(log_out):
    log_out()
    name = fresh('intruder')
    assert_refused(lambda: client.push(client.text_array('x'), f'{DORA.name}/{name}'), OWNED)
    if DOCARRAY >= Version('0.13.8'):
        assert_refused(lambda: client.push(client.text_array('x'), name, public=False), ONLY_PUBLIC)
    assert detail(DORA, name, OPEN_URL) is None


@operation('pull what an administrator imported, by its bare name')
@pytest.mark.usefixtures('puller')
def test_an_imported_array_is_anybodys_to_pull(imported):
    name, array = imported
    assert client.serialised(client.pull(name)) == client.serialised(array)


@operation('ANONYMOUS_PUSH=on: what was imported is not replaced', absent=LOGIN_ONLY)
def test_an_imported_array_is_not_replaced(log_out, imported):
    log_out()
    name, _ = imported
    before = detail(DORA, name, OPEN_URL)
    assert_refused(lambda: client.push(client.text_array('x'), name), IMPORTED)
    assert detail(DORA, name, OPEN_URL) == before
