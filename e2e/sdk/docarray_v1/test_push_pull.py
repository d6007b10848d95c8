from docarray import DocumentArray
from support.naming import fresh
from support.wire import detail, stored_bytes

from docarray_v1.documents import array_of_bytes, documents_in, rich_array, serialised, text_array


def test_a_pulled_array_equals_what_was_pushed_to_the_last_byte(alice):
    pushed, name = rich_array(), fresh('rich')
    pushed.push(name)
    pulled = DocumentArray.pull(name)
    assert serialised(pulled) == serialised(pushed)


def test_the_stored_blob_is_the_stream_that_the_client_sent(alice):
    pushed, name = rich_array(), fresh('stream')
    pushed.push(name)
    assert documents_in(stored_bytes(alice, name)) == [
        document.to_bytes(protocol='protobuf') for document in pushed
    ]


def test_an_array_of_many_megabytes_comes_back_whole(alice):
    pushed, name = array_of_bytes(12_000_000, 1500), fresh('large')
    pushed.push(name)
    assert serialised(DocumentArray.pull(name)) == serialised(pushed)


def test_an_empty_array_comes_back_empty(alice):
    name = fresh('empty')
    DocumentArray().push(name)
    assert len(DocumentArray.pull(name)) == 0


def test_a_second_pull_from_the_clients_cache_is_the_same(alice, tmp_path):
    pushed, name = text_array('one', 'two'), fresh('cached')
    pushed.push(name)
    first = DocumentArray.pull(name)
    assert (tmp_path / 'cache' / f'{name}.da').read_bytes() == stored_bytes(alice, name)
    assert serialised(DocumentArray.pull(name)) == serialised(first) == serialised(pushed)


def test_a_push_answers_with_the_artifact_and_its_metadata_unchanged(alice):
    name, branding = fresh('meta'), {'icon': '🎁', 'background': '#fff'}
    artifact = text_array('a', 'b', 'c').push(name, branding=branding)
    meta_data = artifact['metaData']
    assert artifact['name'] == name
    assert artifact['type'] == 'documentArray'
    assert artifact['visibility'] == 'public'
    assert meta_data['branding'] == branding
    assert meta_data['version']['docarray'] == '0.21.0'
    assert [item['name'] for item in meta_data['summary']][:2] == ['Type', 'Length']
    assert meta_data['summary'][1]['value'] == 3
    assert detail(alice, name)['metaData'] == meta_data


def test_a_push_under_the_same_name_replaces_the_array_and_keeps_its_id(alice):
    name = fresh('again')
    first = text_array('old').push(name)
    second = text_array('new', 'newer').push(name, public=False)
    assert second['_id'] == first['_id']
    assert second['createdAt'] == first['createdAt']
    assert second['updatedAt'] > first['updatedAt']
    assert second['visibility'] == 'private'
    assert DocumentArray.pull(name, local_cache=False).texts == ['new', 'newer']
    assert DocumentArray.cloud_list() == [name]
