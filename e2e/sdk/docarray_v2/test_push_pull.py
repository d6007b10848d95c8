from docarray import DocList
from docarray.store.jac import JACDocStore
from support.naming import fresh
from support.wire import detail, stored_bytes

from docarray_v2.documents import Page, documents_in, pages, pages_of_bytes, rich_pages, serialised


def test_a_pulled_list_equals_what_was_pushed_to_the_last_byte(alice):
    pushed, name = rich_pages(), fresh('rich')
    pushed.push(f'jac://{name}')
    assert serialised(DocList[Page].pull(f'jac://{name}')) == serialised(pushed)


def test_the_stored_blob_is_the_stream_that_the_client_sent(alice):
    pushed, name = rich_pages(), fresh('stream')
    pushed.push(f'jac://{name}')
    assert documents_in(stored_bytes(alice, name)) == [doc.to_bytes(protocol='protobuf') for doc in pushed]


def test_a_streamed_push_and_a_streamed_pull_equal_to_the_last_byte(alice):
    pushed, name = rich_pages(), fresh('streamed')
    DocList[Page].push_stream(iter(pushed), f'jac://{name}')
    assert serialised(DocList[Page].pull_stream(f'jac://{name}')) == serialised(pushed)


def test_a_list_of_many_megabytes_comes_back_whole_both_ways(alice):
    pushed, name = pages_of_bytes(12_000_000, 1500), fresh('large')
    pushed.push(f'jac://{name}')
    expected = serialised(pushed)
    assert serialised(DocList[Page].pull(f'jac://{name}')) == expected
    assert serialised(DocList[Page].pull_stream(f'jac://{name}')) == expected


def test_a_second_pull_from_the_clients_cache_is_the_same(alice, tmp_path):
    pushed, name = pages('one', 'two'), fresh('cached')
    pushed.push(f'jac://{name}')
    first = DocList[Page].pull(f'jac://{name}')
    assert (tmp_path / 'cache' / f'{name}.docs').read_bytes() == stored_bytes(alice, name)
    assert serialised(DocList[Page].pull(f'jac://{name}')) == serialised(first) == serialised(pushed)


def test_a_push_answers_with_the_artifact_and_its_metadata_unchanged(alice):
    name, branding = fresh('meta'), {'icon': '🎁', 'background': '#fff'}
    artifact = pages('a', 'b', 'c').push(f'jac://{name}', branding=branding)
    meta_data = artifact['metaData']
    assert artifact['name'] == name
    assert artifact['type'] == 'documentArray'
    assert artifact['visibility'] == 'public'
    assert meta_data['branding'] == branding
    assert meta_data['version']['docarray'] == '0.38.0'
    assert [item['name'] for item in meta_data['summary']][:2] == ['Type', 'Length']
    assert meta_data['summary'][1]['value'] == 3
    assert detail(alice, name)['metaData'] == meta_data


def test_a_push_under_the_same_name_replaces_the_list_and_keeps_its_id(alice):
    name = fresh('again')
    first = pages('old').push(f'jac://{name}')
    second = pages('new', 'newer').push(f'jac://{name}', public=False)
    assert second['_id'] == first['_id']
    assert second['createdAt'] == first['createdAt']
    assert second['updatedAt'] > first['updatedAt']
    assert second['visibility'] == 'private'
    assert [page.title for page in DocList[Page].pull_stream(f'jac://{name}')] == ['new', 'newer']
    assert JACDocStore.list() == [name]
