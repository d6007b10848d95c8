import io

import pytest
import requests
from docarray import DocList
from docarray.store.jac import JACDocStore
from hubble import Client
from hubble.excepts import OperationNotAllowedError, RequestedEntityNotFoundError
from support.naming import fresh
from support.wire import stored_bytes, upload

from docarray_v2.documents import Page, pages


def test_the_list_has_the_own_lists_in_the_order_of_their_making(alice, bob, log_in):
    names = [fresh(label) for label in ('zebra', 'apple', 'mango')]
    for name in names:
        pages(name).push(f'jac://{name}')
    log_in(bob)
    pages('not hers').push(f'jac://{fresh("of-bob")}')
    log_in(alice)
    assert JACDocStore.list() == names


def test_the_table_shows_total_length_and_access(alice, capsys):
    pages('a', 'b').push('jac://t-public')
    pages('a', 'b', 'c').push('jac://t-private', public=False)
    JACDocStore.list(show_table=True)
    shown = capsys.readouterr().out
    assert 'You have 2 DocList on the cloud' in shown
    rows = {line.split()[0]: line.split()[1:3] for line in shown.splitlines() if 't-p' in line}
    assert rows == {'t-public': ['2', 'public'], 't-private': ['3', 'private']}


def test_other_artifacts_are_not_in_the_list(alice):
    Client().upload_artifact(f=io.BytesIO(b'model'), name=fresh('model'))
    assert JACDocStore.list() == []


def test_a_list_pushed_without_a_summary_does_not_break_the_listing(alice, capsys):
    source, name = fresh('source'), fresh('bare')
    pages('a', 'b', 'c', 'd').push(f'jac://{source}')
    blob = stored_bytes(alice, source)
    JACDocStore.delete(source)
    upload(alice, blob, name=name, type='documentArray').raise_for_status()
    assert JACDocStore.list(show_table=True) == [name]
    row = next(line for line in capsys.readouterr().out.splitlines() if name[:8] in line)
    assert '4' in row.split()


def test_a_deleted_list_is_gone(alice):
    name = fresh('deleted')
    pages('x').push(f'jac://{name}')
    assert JACDocStore.delete(name, missing_ok=False) is True
    assert JACDocStore.list() == []
    with pytest.raises(requests.HTTPError) as failed:
        DocList[Page].pull(f'jac://{name}')
    assert failed.value.response.status_code == 404


@pytest.mark.parametrize('name', ['never-was', 'jac://never-was', 'nobody-of-this-name/x', 'no\nsuch', '東' * 200])
def test_deleting_what_is_not_there_is_false_or_an_error_as_asked(alice, name):
    assert JACDocStore.delete(name) is False
    with pytest.raises(RequestedEntityNotFoundError):
        JACDocStore.delete(name, missing_ok=False)


@pytest.mark.parametrize(
    ('public', 'error'), [(True, OperationNotAllowedError), (False, RequestedEntityNotFoundError)]
)
def test_nobody_deletes_somebody_elses_list(alice, bob, log_in, public, error):
    name = fresh('guarded')
    pages('still here').push(f'jac://{name}', public=public)
    log_in(bob)
    with pytest.raises(error):
        JACDocStore.delete(f'{alice.name}/{name}', missing_ok=False)
    assert JACDocStore.delete(name) is False
    log_in(alice)
    assert [page.title for page in DocList[Page].pull(f'jac://{name}')] == ['still here']
