import random

from matrix.executors.machine import KNOWS_NAMESPACES, NEIGHBOUR, SCHEME, address, owned
from matrix.operations import operation
from support import station
from support.executors import files_of, write
from support.naming import fresh

LOG_IN = 'requires login to Jina AI, please ' if KNOWS_NAMESPACES else 'You are not logged in'
NO_LOGIN = {'jina<3.4.1': 'it cannot log in'}


@operation('refused: a folder without an Executor, with what to do')
def test_a_folder_without_an_executor_is_refused(owner, tmp_path):
    files = {**files_of(fresh('Empty')), 'executor.py': 'nothing = 1\n'}
    printed = owner.refused('push', '--private', write(tmp_path / 'folder', files))
    # The client's own hint, where it looks at the code; else the server's sentence.
    hints = 'did not contain any valid executor', 'correct jtype or py_modules.'
    assert any(hint in printed for hint in hints), printed


@operation('refused: into another’s namespace')
def test_a_push_into_anothers_namespace_is_refused(owner, tmp_path):
    name = f'{NEIGHBOUR.name}/{fresh("Foreign")}'
    printed = owner.refused('push', '--force', name, write(tmp_path / 'folder', files_of(name)))
    assert f'The namespace {NEIGHBOUR.name} is not yours.' in printed


@operation('refused: without a token, or with one that ended', absent=NO_LOGIN)
def test_a_push_without_a_login_says_so(nobody, tmp_path):
    folder = write(tmp_path / 'folder', files_of(fresh('Nobody')))
    assert LOG_IN in nobody.refused('push', folder)
    nobody.token = station.EXPIRED_TOKEN
    assert LOG_IN in nobody.refused('push', folder)


@operation('refused: 20 MB where one upload has at most 16')
def test_a_push_that_is_too_large_is_refused(owner, tmp_path):
    folder = write(tmp_path / 'folder', files_of(fresh('Large')))
    (folder / 'weights.bin').write_bytes(random.randbytes(station.MAX_UPLOAD_BYTES + 4_000_000))
    assert 'This upload is larger than this server takes' in owner.refused('push', '--private', folder)


@operation('pull …+docker://: says that there is no image', absent={'jina<3': 'it asks for Docker first'})
def test_an_image_is_not_there(owner):
    uri = address(owned(files_of(fresh('Image'))))
    assert 'There is no image of this Executor' in owner.refused('pull', uri.replace(SCHEME, f'{SCHEME}+docker', 1))
