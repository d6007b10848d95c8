import pytest
from hubble import Client
from hubble.excepts import IdentifierNamespaceOccupiedError, OperationNotAllowedError, RequestedEntityNotFoundError
from matrix.artifacts.calls import info, listed, upload
from matrix.operations import operation
from support.naming import fresh
from support.station import ALICE, BOB
from support.wire import detail

NO_UPDATE = {'<0.25': 'it has no update'}


@operation('update: name, metadata, access', absent=NO_UPDATE)
def test_an_update_changes_what_it_names_and_nothing_else(alice):
    artifact, name = upload(metadata={'a': 1}), fresh('renamed')
    changed = Client(jsonify=True).update_artifact(artifact['_id'], name=name, is_public=True)['data']
    assert (changed['name'], changed['visibility'], changed['metaData']) == (name, 'public', {'a': 1})
    Client().update_artifact(artifact['_id'], metadata={'b': 2})
    assert info(name=name)['metaData'] == {'b': 2}
    assert detail(BOB, f'{ALICE.name}/{name}')['_id'] == artifact['_id']


@operation('update: a name that is taken is refused', absent=NO_UPDATE)
def test_a_name_that_is_taken_is_refused(alice):
    one, two, name = upload(b'one'), upload(b'two'), fresh('taken')
    Client().update_artifact(one['_id'], name=name)
    with pytest.raises(IdentifierNamespaceOccupiedError, match='^42202: '):
        Client().update_artifact(two['_id'], name=name)
    assert info(name=name)['_id'] == one['_id']


@operation('delete by id; what is not there is not found')
def test_a_deleted_artifact_is_gone(alice):
    artifact = upload()
    Client().delete_artifact(id=artifact['_id'])
    for gone in (lambda: info(id=artifact['_id']), lambda: Client().delete_artifact(id=artifact['_id'])):
        with pytest.raises(RequestedEntityNotFoundError):
            gone()
    with pytest.raises(RequestedEntityNotFoundError):
        Client().delete_artifact(name=fresh('nothing'))


@operation('delete many; what is not there is left out', absent={'<0.28': 'it deletes one at a time'})
def test_many_are_deleted_at_once(alice):
    kept, *gone = [upload(str(number).encode()) for number in range(3)]
    Client().delete_multiple_artifacts(ids=[artifact['_id'] for artifact in gone], names=[fresh('nothing')])
    assert listed()['data'] == [kept]


@operation('another’s public artifact cannot be changed: OperationNotAllowedError')
def test_nobody_changes_somebody_elses(alice, log_in):
    artifact = upload(b'hers', is_public=True)
    log_in(BOB)
    for change in (lambda: Client().delete_artifact(id=artifact['_id']), lambda: upload(b'x', id=artifact['_id'])):
        with pytest.raises(OperationNotAllowedError, match='^40301: '):
            change()
    log_in(ALICE)
    assert listed()['data'] == [artifact]
