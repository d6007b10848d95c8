import io

import pytest
import requests
from docarray import DocumentArray
from hubble import Client
from hubble.excepts import OperationNotAllowedError, RequestedEntityNotFoundError
from support.naming import fresh
from support.wire import stored_bytes, upload

from docarray_v1.documents import text_array


def test_the_list_has_the_own_arrays_in_the_order_of_their_making(alice, bob, log_in):
    names = [fresh(label) for label in ('zebra', 'apple', 'mango')]
    for name in names:
        text_array(name).push(name)
    log_in(bob)
    text_array('not hers').push(fresh('of-bob'))
    log_in(alice)
    assert DocumentArray.cloud_list() == names


def test_the_table_shows_total_length_and_access(alice, capsys):
    text_array('a', 'b').push('t-public')
    text_array('a', 'b', 'c').push('t-private', public=False)
    DocumentArray.cloud_list(show_table=True)
    shown = capsys.readouterr().out
    assert 'You have 2 DocumentArray on the cloud' in shown
    rows = {line.split()[0]: line.split()[1:3] for line in shown.splitlines() if 't-p' in line}
    assert rows == {'t-public': ['2', 'public'], 't-private': ['3', 'private']}


def test_other_artifacts_are_not_in_the_list(alice):
    Client().upload_artifact(f=io.BytesIO(b'model'), name=fresh('model'))
    assert DocumentArray.cloud_list() == []


def test_an_array_pushed_without_a_summary_is_listed_with_its_length(alice, capsys):
    source, name = fresh('source'), fresh('bare')
    text_array('a', 'b', 'c', 'd').push(source)
    blob = stored_bytes(alice, source)
    DocumentArray.cloud_delete(source)
    upload(alice, blob, name=name, type='documentArray').raise_for_status()
    assert DocumentArray.cloud_list(show_table=True) == [name]
    row = next(line for line in capsys.readouterr().out.splitlines() if name[:8] in line)
    assert '4' in row.split()


def test_a_deleted_array_is_gone(alice):
    name = fresh('deleted')
    text_array('x').push(name)
    DocumentArray.cloud_delete(name)
    assert DocumentArray.cloud_list() == []
    with pytest.raises(requests.HTTPError) as failed:
        DocumentArray.pull(name)
    assert failed.value.response.status_code == 404
    with pytest.raises(RequestedEntityNotFoundError):
        DocumentArray.cloud_delete(name)


def test_a_name_can_be_used_again_after_a_delete_and_is_a_new_artifact(alice):
    name = fresh('reborn')
    first = text_array('first life').push(name)
    DocumentArray.cloud_delete(name)
    second = text_array('second life').push(name)
    assert second['_id'] != first['_id']
    assert DocumentArray.pull(name).texts == ['second life']


@pytest.mark.parametrize(
    ('public', 'error'), [(True, OperationNotAllowedError), (False, RequestedEntityNotFoundError)]
)
def test_nobody_deletes_somebody_elses_array(alice, bob, log_in, public, error):
    name = fresh('guarded')
    text_array('still here').push(name, public=public)
    log_in(bob)
    with pytest.raises(error):
        DocumentArray.cloud_delete(f'{alice.name}/{name}')
    with pytest.raises(RequestedEntityNotFoundError):
        DocumentArray.cloud_delete(name)
    log_in(alice)
    assert DocumentArray.pull(name).texts == ['still here']
