import pytest
from matrix.documents.client import client
from matrix.documents.refusal import assert_not_there
from matrix.operations import operation
from packaging.version import Version
from support.naming import awkward, fresh
from support.station import ALICE, BOB
from support.versions import DOCARRAY
from support.wire import detail

NO_LOGIN = {'<0.11.3': 'it cannot log in'}
OPEN = {'<0.11.3': 'on a server with ANONYMOUS_PUSH=on'}


@operation('push, and pull by name: equal to the last byte', notes=OPEN)
def test_a_pulled_array_equals_what_was_pushed(pusher):
    pushed, name = client.rich_array(), fresh('rich')
    client.push(pushed, name)
    assert client.serialised(client.pull(name)) == client.serialised(pushed)


@operation('push: public unless told otherwise', absent=NO_LOGIN)
def test_a_push_is_public_by_default(alice):
    name = fresh('public')
    assert client.push(client.text_array('x'), name)['visibility'] == 'public'
    assert detail(BOB, f'{ALICE.name}/{name}')['visibility'] == 'public'


@operation('push: private', absent={**NO_LOGIN, '<0.13.8': 'all that it pushes is public'})
def test_a_private_push_is_private(alice):
    name = fresh('private')
    assert client.push(client.text_array('x'), name, public=False)['visibility'] == 'private'
    assert detail(BOB, f'{ALICE.name}/{name}') is None
    assert client.texts(client.pull(name)) == ['x']


@operation('push to <you>/<name>: the same as <name>', absent=NO_LOGIN)
def test_the_own_namespace_before_a_name_changes_nothing(alice):
    name = fresh('mine')
    assert client.push(client.text_array('mine'), f'{ALICE.name}/{name}')['name'] == name
    assert client.texts(client.pull(name)) == ['mine']


@operation('push again: replaced under the same id', notes=OPEN)
def test_a_push_under_the_same_name_replaces(pusher):
    name = fresh('again')
    client.push(client.text_array('old'), name)
    first = pusher.detail(name)
    client.push(client.text_array('new', 'newer'), name)
    second = pusher.detail(name)
    assert second['_id'] == first['_id']
    assert second['updatedAt'] > first['updatedAt']
    assert client.texts(client.pull(name)) == ['new', 'newer']


@operation('names with spaces, dots and unicode', notes=OPEN)
def test_an_awkward_name_is_kept_exactly(pusher):
    for kind in ('spaces', 'dots', 'unicode'):
        name = awkward(kind)
        client.push(client.text_array(kind), name)
        assert pusher.detail(name)['name'] == name
        assert client.texts(client.pull(name)) == [kind]


@operation(
    'an empty array',
    absent={
        '>=0.9.6,<0.11.3': 'the body that it sends lacks its beginning',
        '>=0.30': 'it looks at the first document before it sends anything',
    },
    notes=OPEN,
)
@pytest.mark.usefixtures('pusher')
def test_an_empty_array_comes_back_empty():
    name = fresh('empty')
    client.push(client.empty(), name)
    assert len(client.pull(name)) == 0


@operation('3,000 documents', notes=OPEN)
@pytest.mark.usefixtures('pusher')
def test_thousands_of_documents_come_back():
    pushed, name = client.text_array(*[f'document {number}' for number in range(3000)]), fresh('many')
    client.push(pushed, name)
    assert client.texts(client.pull(name)) == client.texts(pushed)


@operation('8 MB in many pieces', notes=OPEN)
def test_megabytes_come_back_whole(pusher):
    pushed, name = client.array_of_bytes(8_000_000, 100), fresh('large')
    client.push(pushed, name)
    assert len(pusher.stored_bytes(name)) > 8_000_000
    assert client.serialised(client.pull(name)) == client.serialised(pushed)


@operation('pull a second time, from the client’s cache', absent={'<0.8.1': 'it has no cache'}, notes=OPEN)
@pytest.mark.usefixtures('pusher')
def test_a_second_pull_from_the_cache_is_the_same():
    pushed, name = client.text_array('one', 'two'), fresh('cached')
    client.push(pushed, name)
    for _ in range(2):
        assert client.serialised(client.pull(name, cached=True)) == client.serialised(pushed)


@operation('what the array is (its summary) arrives unchanged', absent={'<0.17': 'it sends no metadata'})
def test_the_summary_arrives_unchanged(alice):
    branding, name = {'icon': '🎁', 'background': '#fff'}, fresh('meta')
    meta_data = client.push(client.text_array('a', 'b', 'c'), name, branding=branding)['metaData']
    assert [(item['name'], item['value']) for item in meta_data['summary']][1] == ('Length', 3)
    assert meta_data['branding'] == branding
    if DOCARRAY >= Version('0.19'):
        assert meta_data['version']['docarray'] == str(DOCARRAY)
    assert detail(ALICE, name)['metaData'] == meta_data


@operation(
    'push and pull as a stream', absent={'<0.30': 'it has no streams', '<0.31': 'its push of a stream never ends'}
)
@pytest.mark.usefixtures('alice')
def test_a_streamed_push_and_pull_is_equal_to_the_last_byte():
    pushed, name = client.rich_array(), fresh('streamed')
    client.push_stream(pushed, name)
    assert client.serialised(client.pull_stream(name)) == client.serialised(pushed)


@operation('pull what is not there: not found')
def test_a_name_that_is_not_there_is_not_found(pusher):
    assert_not_there(lambda: client.pull(fresh('nothing')), 404 if pusher.user else 401)
