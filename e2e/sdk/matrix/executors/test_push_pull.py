import hashlib
import random

import requests
from matrix.executors.machine import HUB, LOGS_IN, OWNER, URL, WITH_SECRET, address, id_in, meta, owned, secret_in
from matrix.operations import WITHOUT_JINA, operation
from support.executors import answer_to_push, files_of, write
from support.naming import fresh
from support.station import ALICE, SLOW_PREFIX
from support.versions import JINA
from support.wire import rpc

NO_PROTECTED_TAGS = {'jina<3': 'it has no protected tags'}
NO_BUILD_ENV = {'jina<3': 'it has no build variables'}
LATE = 'it prints what comes after it has asked for the status'
NOT_VERBOSE = {
    'jina<3': 'it prints no lines of a push',
    'jina>=3.8,<3.10': LATE,
    WITHOUT_JINA: LATE,
}


@operation('new, push --private, pull: the same files come back')
def test_a_pushed_folder_comes_back(owner, tmp_path):
    folder, command = tmp_path / 'made', ('jina', 'hub') if JINA else HUB
    owner.hub('new', '--name', 'MyExecutor', '--path', folder, stdin='n\n', command=command)
    printed = owner.hub('push', '--private', folder, command=command)
    executor = {'id': id_in(printed), 'name': 'MyExecutor', 'secret': secret_in(printed)}
    found = meta(executor)
    assert (found['name'], found['visibility'], found['commit']['tags']) == ('MyExecutor', 'private', ['latest'])
    owner.hub('pull', address(executor), command=command)
    package = owner.package(executor['id'])
    assert (package / 'executor.py').read_bytes() == (folder / 'executor.py').read_bytes()
    assert 'jtype: MyExecutor' in (package / 'config.yml').read_text()


@operation('push --public')
def test_a_public_push_is_public(owner, tmp_path):
    executor = owned(files := files_of(fresh('Public')))
    assert meta(executor)['visibility'] == 'private'
    secret = ['--secret', executor['secret']] if executor['secret'] else []
    owner.hub('push', '--public', '--force', executor['id'], *secret, write(tmp_path / 'folder', files))
    assert meta(executor)['visibility'] == 'public'


@operation('push again: the next commit; pull --force brings it')
def test_the_next_push_is_an_upgrade(owner, tmp_path):
    name = fresh('Again')
    folder = write(tmp_path / 'folder', files_of(name, 'hello'))
    printed = owner.hub('push', '--private', folder)
    executor = {'id': id_in(printed), 'name': name, 'secret': secret_in(printed)}
    first = meta(executor)['commit']['id']
    owner.hub('pull', address(executor))
    marker = owner.marker(executor['id'])
    write(folder, files_of(name, 'good morning'))
    assert id_in(owner.hub('push', folder)) == executor['id']
    second = meta(executor)
    assert (second['visibility'], second['commit']['id'] == first) == ('private', False)
    owner.hub('pull', '--force', address(executor))
    assert "greeting='good morning'" in (owner.package(executor['id']) / 'executor.py').read_text()
    after = owner.marker(executor['id'])
    assert (marker, after) == ((first, second['commit']['id']) if LOGS_IN else ('1', '2'))


@operation('push -t: the commit has exactly these tags; pull by one of them')
def test_tags_lead_to_their_commit(owner, tmp_path):
    name = fresh('Tagged')
    folder = write(tmp_path / 'folder', files_of(name, 'hello'))
    printed = owner.hub('push', '--private', '-t', 'v1', '-t', 'stable', folder)
    executor = {'id': id_in(printed), 'name': name, 'secret': secret_in(printed)}
    assert meta(executor, tag='stable')['commit']['tags'] == ['stable', 'v1']
    fields = {'id': executor['id'], 'secret': executor['secret']} if executor['secret'] else {}
    owned(files_of(name, 'good morning'), **fields)
    assert meta(executor)['commit']['tags'] == ['latest']
    owner.hub('pull', address(executor, 'v1'))
    assert "greeting='hello'" in (owner.package(executor['id']) / 'executor.py').read_text()
    assert owner.marker(executor['id'], 'v1')


@operation('push --protected-tag: it stays where it is, and another push of it is refused', absent=NO_PROTECTED_TAGS)
def test_a_protected_tag_stays(owner, tmp_path):
    name = fresh('Protected')
    folder = write(tmp_path / 'folder', files_of(name))
    executor = {'id': id_in(owner.hub('push', '--private', '--protected-tag', 'v1', folder)), 'name': name}
    before = meta(executor, tag='v1')
    write(folder, files_of(name, 'good morning'))
    assert 'The tag v1 is protected and stays at its commit.' in owner.refused('push', '--protected-tag', 'v1', folder)
    assert meta(executor, tag='v1') == before


@operation('push --build-env: pull names the variable and never its value', absent=NO_BUILD_ENV)
def test_build_variables_are_named_only(owner, tmp_path):
    name, value = fresh('Built'), f'0.{random.randrange(10**9)}'
    files = {**files_of(name), 'requirements.txt': 'pytest>=${MINIMUM}'}
    folder = write(tmp_path / 'folder', files)
    pushed = owner.hub('push', '--private', '--verbose', '--build-env', f'MINIMUM={value}', folder)
    executor = {'id': id_in(pushed), 'name': name}
    assert list(meta(executor)['commit']['commitParams']['buildEnv']) == ['MINIMUM']
    # It cannot look at the requirements without.
    owner.variables = {'MINIMUM': '1'}
    pulled = owner.hub('pull', address(executor))
    assert 'MINIMUM' in pulled
    assert value not in pushed + pulled


@operation(
    'push --force NAME or ID: replaced under the same id',
    notes={'jina>=3.10': 'the name in the folder says which one, whatever --force says'},
)
def test_a_forced_push_replaces(owner, tmp_path):
    name = fresh('Forced')
    executor = owned(files_of(name, 'hello'))
    secret = ['--secret', executor['secret']] if executor['secret'] else []
    folder = write(tmp_path / 'folder', files_of(name, 'good morning'))
    assert id_in(owner.hub('push', '--force', executor['id'], *secret, folder)) == executor['id']
    assert meta(executor)['commit']['id'] != executor['commit']['id']


@operation('push --force --secret: to another’s with its secret; a wrong one is refused')
def test_a_secret_opens_to_pushes(stranger, tmp_path):
    name, secret = fresh('Shared'), fresh('sesame')
    executor = owned(files_of(name, 'hello'), method=WITH_SECRET, id=name, secret=secret)
    folder = write(tmp_path / 'folder', files_of(name, 'good morning'))
    to = ['push', '--force', executor['id'], '--secret']
    assert 'This secret does not open the Executor of this name.' in stranger.refused(*to, 'wrong', folder)
    assert meta(executor)['commit']['id'] == executor['commit']['id']
    assert id_in(stranger.hub(*to, secret, folder)) == executor['id']
    assert meta(executor)['commit']['id'] != executor['commit']['id']


@operation('push --verbose: lines that look like markup are printed as they are', absent=NOT_VERBOSE)
def test_lines_of_a_builder_are_shown(owner, tmp_path):
    printed = owner.hub('push', '--private', '--verbose', write(tmp_path / 'folder', files_of(fresh('Verbose'))))
    assert 'found in' in printed
    assert '[/usr/lib] and' in printed


@operation('push: a server that is silent for a while, but for spaces')
def test_a_silent_push_ends_well(owner, tmp_path):
    spaces = answer_to_push(ALICE, files_of(fresh(SLOW_PREFIX))).splitlines()[-1].partition('{')[0]
    assert spaces.strip(' ') == ''
    assert len(spaces) > 2
    folder = write(tmp_path / 'folder', files_of(fresh(SLOW_PREFIX)))
    assert id_in(owner.hub('push', '--private', folder))


@operation('pull: goes on where a download was cut')
def test_a_pull_resumes(owner):
    executor = owned(files_of(fresh('Cut')))
    which = {'id': executor['id'], 'include': ['code']}
    if executor['secret']:
        which['secret'] = executor['secret']
    package = rpc('executor.getPackage', OWNER, URL, **which)['package']
    whole = requests.get(package['download']).content
    assert hashlib.md5(whole).hexdigest() == package['md5']
    cache = owner.home / '.cache/jina'
    cache.mkdir(parents=True)
    (cache / f'{executor["id"]}-{package["md5"]}.zip').write_bytes(whole[: len(whole) // 2])
    owner.hub('pull', address(executor))
    assert (owner.package(executor['id']) / 'executor.py').exists()
