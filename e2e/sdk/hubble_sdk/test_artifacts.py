import io

import pytest
from hubble import Client
from hubble.excepts import RequestedEntityNotFoundError
from support.naming import AWKWARD, awkward, fresh

BLOB = bytes(range(256)) * 1000


def upload(blob: bytes = BLOB, **options) -> dict:
    return Client(jsonify=True).upload_artifact(f=io.BytesIO(blob), **options)['data']


def download(artifact_id: str) -> bytes:
    target = io.BytesIO()
    Client().download_artifact(artifact_id, target)
    return target.getvalue()


def info(**which) -> dict:
    return Client(jsonify=True).get_artifact_info(**which)['data']


def test_a_downloaded_artifact_equals_what_was_uploaded_from_a_file_and_to_a_file(alice, tmp_path):
    source, target = tmp_path / 'source.bin', tmp_path / 'target.bin'
    source.write_bytes(BLOB)
    artifact = Client(jsonify=True).upload_artifact(f=str(source), name=fresh('file'), show_progress=True)['data']
    Client().download_artifact(artifact['_id'], str(target), show_progress=True)
    assert target.read_bytes() == BLOB


@pytest.mark.parametrize('size_bytes', [0, 1, 65_536, 5_000_000])
def test_artifacts_of_any_size_come_back_the_same(alice, size_bytes):
    blob = (BLOB * (size_bytes // len(BLOB) + 1))[:size_bytes]
    artifact = upload(blob, name=fresh('sized'))
    assert artifact['size'] == size_bytes
    assert download(artifact['_id']) == blob


def test_an_upload_is_private_and_has_no_name_type_or_metadata_unless_told(alice, bob, log_in):
    artifact = upload()
    assert artifact['visibility'] == 'private'
    assert [artifact.get(key) for key in ('name', 'type', 'metaData')] == [None, None, None]
    assert info(id=artifact['_id']) == artifact
    log_in(bob)
    with pytest.raises(RequestedEntityNotFoundError):
        info(id=artifact['_id'])


def test_two_uploads_without_a_name_are_two_artifacts(alice):
    assert upload(b'one')['_id'] != upload(b'two')['_id']


def test_metadata_comes_back_as_it_was_sent(alice):
    metadata = {'z': 1, 'a': [1.5, None, True, {'ü': '東京'}], 'big': 2**47, 'text': 'x' * 5000}
    artifact = upload(name=fresh('meta'), metadata=metadata)
    assert artifact['metaData'] == metadata
    assert list(info(name=artifact['name'])['metaData']) == list(metadata)


def test_a_public_artifact_is_anybodys_to_read(alice, bob, log_in):
    artifact = upload(name=fresh('open'), is_public=True)
    log_in(bob)
    assert info(id=artifact['_id']) == artifact
    assert info(name=f'{alice.name}/{artifact["name"]}') == artifact
    assert download(artifact['_id']) == BLOB


def test_an_upload_under_the_same_name_replaces_and_keeps_the_id(alice):
    name = fresh('again')
    first = upload(b'old bytes', name=name, metadata={'version': 1})
    second = upload(b'new bytes!', name=name, metadata={'version': 2}, is_public=True)
    assert second['_id'] == first['_id']
    assert second['createdAt'] == first['createdAt']
    assert second['visibility'] == 'public'
    assert second['metaData'] == {'version': 2}
    assert download(first['_id']) == b'new bytes!'
    assert Client(jsonify=True).list_artifacts()['meta']['total'] == 1


def test_an_upload_of_the_same_bytes_again_moves_the_times_and_nothing_else(alice):
    name = fresh('same')
    first, second = upload(name=name), upload(name=name)
    times = {'updatedAt', 'expireAt'}
    assert all(second[key] > first[key] for key in times)
    assert {key: second[key] for key in second.keys() - times} == {key: first[key] for key in first.keys() - times}
    assert download(first['_id']) == BLOB


def test_an_upload_by_id_replaces_that_artifact(alice):
    first = upload(b'old', name=fresh('by-id'), metadata={'kept': True})
    second = upload(b'new', id=first['_id'])
    assert second['_id'] == first['_id']
    assert second['name'] == first['name']
    assert second['metaData'] == {'kept': True}
    assert download(first['_id']) == b'new'


@pytest.mark.parametrize('kind', AWKWARD)
def test_an_awkward_name_is_kept_exactly(alice, kind):
    name = awkward(kind)
    artifact = upload(name=name)
    assert artifact['name'] == name
    assert info(name=name) == artifact
    Client().delete_artifact(name=name)
    with pytest.raises(RequestedEntityNotFoundError):
        info(name=name)


def test_the_own_namespace_before_a_name_changes_nothing(alice):
    name = fresh('mine')
    artifact = upload(name=f'{alice.name}/{name}')
    assert artifact['name'] == name
    assert info(name=name) == info(name=f'{alice.name}/{name}') == artifact
    assert upload(name=name)['_id'] == artifact['_id']
