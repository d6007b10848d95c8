import pytest
import requests
from hubble.excepts import AuthenticationRequiredError, FileTooLargeError, OperationNotAllowedError, ParamValidationError
from matrix.artifacts.calls import upload
from matrix.operations import operation
from packaging.version import Version
from support import station
from support.naming import fresh
from support.station import ALICE, BOB, CAROL, EXPIRED_TOKEN
from support.versions import SDK
from support.wire import artifact_names, rpc

NO_NAME = {'<0.29': 'it uploads without a name'}


@pytest.fixture(autouse=True)
def serves_on():
    """The server outlives each refusal."""
    yield
    assert requests.get(f'{station.URL}/ping').status_code == 200


@operation('refused: 20 MB where one upload has at most 16')
def test_an_upload_that_is_too_large_is_refused(alice):
    with pytest.raises(FileTooLargeError, match='^41301: This upload is larger than this server takes'):
        upload(bytes(station.MAX_UPLOAD_BYTES + 4_000_000))
    assert artifact_names(ALICE) == []
    assert upload(b'small')['size'] == 5


@operation('refused: over the quota', notes={'<0.16.2': 'it does not know the code and raises KeyError: 41302'})
def test_an_upload_over_the_quota_is_refused(log_in):
    log_in(CAROL)
    expected = {'match': '^41302: This push does not fit into your storage quota. '}
    if SDK < Version('0.16.2'):
        expected = {'match': '^41302$'}
        error = KeyError
    else:
        from hubble.excepts import MaximumUploadSizeReachedError as error
    kept = upload(b'small')
    with pytest.raises(error, **expected):
        upload(bytes(station.QUOTA_BYTES + 1))
    assert rpc('artifact.list', CAROL) == [kept]


@operation('refused: without a token, or with one that ended')
def test_an_upload_without_a_valid_token_is_refused(log_in):
    for token in ('', 'somerandomtoken', EXPIRED_TOKEN):
        log_in(token)
        with pytest.raises(AuthenticationRequiredError, match='^40103: You are not logged in'):
            upload(bytes(12_000_000))
    assert artifact_names(ALICE) == []


@operation('refused: into another’s namespace', absent=NO_NAME)
def test_an_upload_into_another_namespace_is_refused(alice):
    with pytest.raises(OperationNotAllowedError, match='^40301: The namespace '):
        upload(bytes(3_000_000), name=f'{BOB.name}/{fresh("intruder")}')
    assert artifact_names(ALICE) == artifact_names(BOB) == []


@operation('refused: a name that cannot be', absent=NO_NAME)
def test_a_name_that_cannot_be_is_refused(alice):
    for name in (fresh('long').ljust(256, 'x'), f'{fresh("two")}\nlines'):
        with pytest.raises(ParamValidationError, match='^40001: The name '):
            upload(name=name)
    assert artifact_names(ALICE) == []
