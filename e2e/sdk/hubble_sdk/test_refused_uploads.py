import io

import pytest
import requests
from hubble import Client
from hubble.excepts import FileTooLargeError, MaximumUploadSizeReachedError
from support import station
from support.naming import fresh
from support.wire import detail, push_then_hang_up, stored_bytes


def upload(blob: bytes, **options) -> dict:
    return Client(jsonify=True).upload_artifact(f=io.BytesIO(blob), **options)['data']


def test_an_upload_cut_half_way_leaves_the_old_version_whole(alice):
    before = upload(b'the old version', name=fresh('cut'))
    push_then_hang_up(alice, before['name'], bytes(3_000_000))
    assert detail(alice, before['name']) == before
    assert stored_bytes(alice, before['name']) == b'the old version'


def test_an_upload_that_is_too_large_is_refused_with_a_sentence(alice):
    with pytest.raises(FileTooLargeError, match='^41301: '):
        upload(bytes(station.MAX_UPLOAD_BYTES + 1), name=fresh('too-large'))
    assert Client(jsonify=True).list_artifacts()['meta']['total'] == 0
    exact = upload(bytes(station.MAX_UPLOAD_BYTES), name=fresh('exact'))
    assert exact['size'] == station.MAX_UPLOAD_BYTES


def test_an_upload_over_the_quota_is_refused_with_a_sentence(carol, log_in):
    log_in(carol)
    with pytest.raises(MaximumUploadSizeReachedError, match='^41302: '):
        upload(bytes(station.QUOTA_BYTES + 1), name=fresh('over'))
    exact = upload(bytes(station.QUOTA_BYTES), name=fresh('exact'))
    with pytest.raises(MaximumUploadSizeReachedError):
        upload(b'1', name=fresh('one-more'))
    assert upload(b'smaller', name=exact['name'])['_id'] == exact['_id']


def test_an_upload_whose_token_ended_after_the_check_is_answered_readably(alice):
    """Clients that ask nobody before they push learn it from the upload itself."""

    def parts():
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
        for _ in range(64):
            yield bytes(65_536)
        yield b'\r\n--b--\r\n'

    response = requests.post(
        f'{station.URL}/v2/rpc/artifact.upload',
        data=parts(),
        headers={'Authorization': 'token somerandomtoken', 'Content-Type': 'multipart/form-data; boundary=b'},
    )
    assert response.status_code == 401
    assert response.json()['status'] == 40103
    assert response.json()['readableMessage'].startswith('AuthenticationRequiredError: ')
