import pytest
import requests
from docarray import DocumentArray
from support.naming import fresh
from support.station import MAX_UPLOAD_BYTES, QUOTA_BYTES
from support.wire import detail, push_then_hang_up, stored_bytes

from docarray_v1.documents import array_of_bytes, text_array


def test_a_push_cut_half_way_leaves_the_old_version_whole(alice):
    name = fresh('cut')
    before = text_array('the old version').push(name)
    push_then_hang_up(alice, name, b'\x01' + bytes(3_000_000))
    assert detail(alice, name) == before
    assert DocumentArray.pull(name).texts == ['the old version']


def test_a_first_push_cut_half_way_lists_nothing(alice):
    push_then_hang_up(alice, fresh('cut'), b'\x01' + bytes(3_000_000))
    assert DocumentArray.cloud_list() == []


def test_a_push_that_is_too_large_is_refused_with_a_sentence(alice):
    name = fresh('too-large')
    text_array('small').push(name)
    before = stored_bytes(alice, name)
    with pytest.raises(requests.HTTPError, match='FileTooLargeError') as refused:
        array_of_bytes(MAX_UPLOAD_BYTES + 8_000_000, 100).push(name)
    assert refused.value.response.status_code == 413
    assert stored_bytes(alice, name) == before


def test_a_push_over_the_quota_is_refused_with_a_sentence(carol, log_in):
    log_in(carol)
    name = fresh('over-quota')
    text_array('small').push(name)
    with pytest.raises(requests.HTTPError, match='MaximumUploadSizeReachedError') as refused:
        array_of_bytes(QUOTA_BYTES + 100_000, 100).push(fresh('over-quota'))
    assert refused.value.response.status_code == 413
    assert DocumentArray.cloud_list() == [name]


def test_a_delete_gives_the_space_back(carol, log_in):
    log_in(carol)
    first, second = fresh('first'), fresh('second')
    most = array_of_bytes(int(QUOTA_BYTES * 0.8), 100)
    most.push(first)
    with pytest.raises(requests.HTTPError, match='MaximumUploadSizeReachedError'):
        most.push(second)
    DocumentArray.cloud_delete(first)
    most.push(second)
    assert DocumentArray.cloud_list() == [second]
