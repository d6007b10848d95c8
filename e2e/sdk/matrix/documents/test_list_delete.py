import pytest
from matrix.documents.client import client
from matrix.operations import operation
from support.naming import fresh
from support.station import ALICE, BOB
from support.wire import detail, upload

NO_LIST = {'<0.17': 'it has no list and no delete'}


@operation('list: one’s own, in the order of their making', absent=NO_LIST)
def test_the_list_has_the_own_arrays_in_order(alice, log_in):
    names = [fresh(label) for label in ('zebra', 'apple', 'mango')]
    for name in names:
        client.push(client.text_array(name), name)
    log_in(BOB)
    client.push(client.text_array('not hers'), fresh('of-bob'))
    log_in(ALICE)
    assert client.names() == names


@operation('list: the table has length and access, of old pushes too', absent=NO_LIST)
def test_the_table_shows_length_and_access(alice, capsys):
    client.push(client.text_array('a', 'b'), 't-one')
    client.push(client.text_array('a', 'b', 'c'), 't-two', public=False)
    # As docarray before 0.17 pushes: without a summary. The count is in the bytes.
    blob = b'\x01' + (4).to_bytes(8, 'big')
    upload(ALICE, blob, name='t-old', type='documentArray').raise_for_status()
    client.names(show_table=True)
    shown = capsys.readouterr().out
    rows = {line.split()[0]: line.split()[1:3] for line in shown.splitlines() if ' t-' in line}
    assert rows == {'t-one': ['2', 'public'], 't-two': ['3', 'private'], 't-old': ['4', 'private']}


@operation('delete: gone, and the name is free', absent=NO_LIST)
def test_a_deleted_array_is_gone(alice):
    name = fresh('deleted')
    first = client.push(client.text_array('first life'), name)
    client.delete(name)
    assert client.names() == []
    assert detail(ALICE, name) is None
    second = client.push(client.text_array('second life'), name)
    assert second['_id'] != first['_id']
    assert client.texts(client.pull(name)) == ['second life']


@operation('delete what is not there, or another’s: refused', absent=NO_LIST)
def test_only_what_is_there_and_ones_own_can_be_deleted(alice, log_in):
    from hubble.excepts import OperationNotAllowedError, RequestedEntityNotFoundError

    name = fresh('guarded')
    client.push(client.text_array('still here'), name)
    log_in(BOB)
    for missing in (name, f'{ALICE.name}/{name}-that-never-was'):
        with pytest.raises(RequestedEntityNotFoundError):
            client.delete(missing)
    with pytest.raises(OperationNotAllowedError):
        client.delete(f'{ALICE.name}/{name}')
    log_in(ALICE)
    assert client.names() == [name]
