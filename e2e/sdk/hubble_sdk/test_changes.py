import io

import pytest
from hubble import Client
from hubble.excepts import (
    IdentifierNamespaceOccupiedError,
    OperationNotAllowedError,
    ParamValidationError,
    RequestedEntityNotFoundError,
)
from support.naming import fresh


def upload(blob: bytes = b'bytes', **options) -> dict:
    return Client(jsonify=True).upload_artifact(f=io.BytesIO(blob), **options)['data']


def update(artifact_id: str, **options) -> dict:
    return Client(jsonify=True).update_artifact(artifact_id, **options)['data']


def info(**which) -> dict:
    return Client(jsonify=True).get_artifact_info(**which)['data']


def names() -> list:
    return [artifact.get('name') for artifact in Client(jsonify=True).list_artifacts()['data']]


def test_an_update_changes_what_it_names_and_nothing_else(alice):
    artifact = upload(name=fresh('before'), metadata={'a': 1})
    name = fresh('after')
    assert update(artifact['_id'], name=name)['name'] == name
    assert update(artifact['_id'], metadata={'b': 2})['metaData'] == {'b': 2}
    assert update(artifact['_id'], is_public=True)['visibility'] == 'public'
    assert update(artifact['_id'], is_public=False)['visibility'] == 'private'
    final = info(id=artifact['_id'])
    assert (final['name'], final['metaData'], final['visibility']) == (name, {'b': 2}, 'private')
    assert final['createdAt'] == artifact['createdAt']
    with pytest.raises(RequestedEntityNotFoundError):
        info(name=artifact['name'])


def test_a_name_that_is_taken_cannot_be_given_but_the_own_one_can(alice):
    first, second = upload(name=fresh('first')), upload(name=fresh('second'))
    with pytest.raises(IdentifierNamespaceOccupiedError, match='^42202: '):
        update(second['_id'], name=first['name'])
    assert update(second['_id'], name=second['name'])['name'] == second['name']
    assert info(name=first['name'])['_id'] == first['_id']


@pytest.mark.parametrize('name', ['', 'line\nbreak', 'x' * 256])
def test_a_name_that_cannot_be_is_refused(alice, name):
    artifact = upload(name=fresh('fine'))
    with pytest.raises(ParamValidationError):
        update(artifact['_id'], name=name)
    assert info(id=artifact['_id'])['name'] == artifact['name']


@pytest.mark.parametrize(
    ('public', 'error'), [(True, OperationNotAllowedError), (False, RequestedEntityNotFoundError)]
)
def test_nobody_changes_somebody_elses_artifact(alice, bob, log_in, public, error):
    artifact = upload(name=fresh('guarded'), is_public=public)
    log_in(bob)
    for change in (
        lambda: update(artifact['_id'], name='stolen'),
        lambda: upload(b'overwritten', id=artifact['_id']),
        lambda: Client().delete_artifact(id=artifact['_id']),
    ):
        with pytest.raises(error):
            change()
    log_in(alice)
    assert info(id=artifact['_id']) == artifact


def test_an_upload_into_somebody_elses_namespace_is_refused(alice, bob):
    with pytest.raises(OperationNotAllowedError, match='^40301: '):
        upload(name=f'{bob.name}/{fresh("intruder")}')
    assert names() == []


def test_a_deleted_artifact_is_gone_by_id_and_by_name(alice):
    by_id, by_name = upload(name=fresh('by-id')), upload(name=fresh('by-name'))
    Client().delete_artifact(id=by_id['_id'])
    Client().delete_artifact(name=by_name['name'])
    assert names() == []
    for which in ({'id': by_id['_id']}, {'name': by_id['name']}, {'name': by_name['name']}):
        with pytest.raises(RequestedEntityNotFoundError):
            info(**which)
        with pytest.raises(RequestedEntityNotFoundError):
            Client().delete_artifact(**which)


def test_a_delete_of_many_takes_what_is_there_and_ones_own(alice, bob, log_in):
    log_in(bob)
    foreign = upload(name=fresh('of-bob'), is_public=True)
    log_in(alice)
    first, second, third, kept = (upload(name=fresh(label)) for label in 'abcd')
    reply = Client(jsonify=True).delete_multiple_artifacts(
        ids=[first['_id'], second['_id'], foreign['_id'], '64b0c0ffee0000000000a11c'],
        names=[third['name'], fresh('never-was')],
    )
    assert reply['data'] == {'deletedCount': 3}
    assert names() == [kept['name']]
    assert Client(jsonify=True).delete_multiple_artifacts(ids=[kept['_id']])['data'] == {'deletedCount': 1}
    log_in(bob)
    assert info(id=foreign['_id']) == foreign
