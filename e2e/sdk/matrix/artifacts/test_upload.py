import pytest
from hubble import Client
from hubble.excepts import RequestedEntityNotFoundError
from matrix.artifacts.calls import download, info, upload
from matrix.operations import operation
from support.naming import awkward, fresh
from support.station import ALICE, BOB
from support.wire import detail

NO_NAME = {'<0.29': 'it uploads without a name'}
BLOB = bytes(range(256)) * 1000


@operation('upload and download: equal to the last byte')
def test_a_downloaded_artifact_equals_what_was_uploaded(alice):
    for blob in (b'', b'1', BLOB):
        artifact = upload(blob)
        assert artifact['size'] == len(blob)
        assert download(artifact['_id']) == blob


@operation('upload from a file, download to a file')
def test_files_go_in_and_come_out(alice, tmp_path):
    source, target = tmp_path / 'source.bin', tmp_path / 'target.bin'
    source.write_bytes(BLOB)
    artifact = Client(jsonify=True).upload_artifact(f=str(source), show_progress=True)['data']
    Client().download_artifact(artifact['_id'], str(target), show_progress=True)
    assert target.read_bytes() == BLOB


@operation('8 MB')
def test_megabytes_come_back_whole(alice):
    blob = BLOB * 32
    assert download(upload(blob)['_id']) == blob


@operation('upload: private unless told otherwise')
def test_an_upload_is_private_by_default(alice, log_in):
    artifact = upload()
    assert artifact['visibility'] == 'private'
    log_in(BOB)
    for hidden in (lambda: info(id=artifact['_id']), lambda: download(artifact['_id'])):
        with pytest.raises(RequestedEntityNotFoundError):
            hidden()


@operation('upload: public; anybody downloads it by its id, without a token too')
def test_a_public_artifact_is_anybodys_to_download(alice, log_in):
    artifact = upload(BLOB, is_public=True)
    assert artifact['visibility'] == 'public'
    for somebody in (BOB, ''):
        log_in(somebody)
        assert download(artifact['_id']) == BLOB


@operation('metadata comes back as it was sent')
def test_metadata_comes_back_as_it_was_sent(alice):
    metadata = {'z': 1, 'a': [1.5, None, True, {'ü': '東京'}], 'big': 2**47}
    artifact = upload(metadata=metadata)
    assert artifact['metaData'] == metadata
    assert list(info(id=artifact['_id'])['metaData']) == list(metadata)


@operation('upload by id: replaced')
def test_an_upload_by_id_replaces(alice):
    first = upload(b'old', metadata={'kept': True})
    second = upload(b'new', id=first['_id'])
    assert second['_id'] == first['_id']
    assert second['metaData'] == {'kept': True}
    assert download(first['_id']) == b'new'


@operation('upload under a name; again: replaced under the same id', absent=NO_NAME)
def test_an_upload_under_the_same_name_replaces(alice):
    name = fresh('again')
    first, second = upload(b'old', name=name), upload(b'new', name=f'{ALICE.name}/{name}')
    assert second['_id'] == first['_id']
    assert second['name'] == name
    assert download(first['_id']) == b'new'


@operation('names with spaces, dots and unicode', absent=NO_NAME)
def test_an_awkward_name_is_kept_exactly(alice):
    for kind in ('spaces', 'dots', 'unicode', 'quotes'):
        name = awkward(kind)
        artifact = upload(name=name)
        assert artifact['name'] == name
        assert info(name=name) == artifact


@operation('what there is, by id and by name')
def test_the_details_of_an_artifact_are_those_of_its_upload(alice):
    artifact = upload(b'found')
    assert info(id=artifact['_id']) == artifact
    assert detail(ALICE, artifact['_id']) is None
    with pytest.raises(RequestedEntityNotFoundError, match='^40403: '):
        info(name=fresh('nothing'))
