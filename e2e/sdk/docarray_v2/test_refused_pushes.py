import pytest
import requests
from docarray import DocList
from docarray.store.jac import JACDocStore
from support.naming import fresh
from support.station import MAX_UPLOAD_BYTES, QUOTA_BYTES
from support.wire import detail, push_then_hang_up, stored_bytes

from docarray_v2.documents import Page, pages, pages_of_bytes


def test_a_push_cut_half_way_leaves_the_old_version_whole(alice):
    name = fresh('cut')
    before = pages('the old version').push(f'jac://{name}')
    push_then_hang_up(alice, name, b'\x02' + bytes(3_000_000))
    assert detail(alice, name) == before
    assert [page.title for page in DocList[Page].pull(f'jac://{name}')] == ['the old version']


def test_a_first_push_cut_half_way_lists_nothing(alice):
    push_then_hang_up(alice, fresh('cut'), b'\x02' + bytes(3_000_000))
    assert JACDocStore.list() == []


def test_a_push_that_is_too_large_is_refused_with_a_sentence(alice):
    name = fresh('too-large')
    pages('small').push(f'jac://{name}')
    before = stored_bytes(alice, name)
    with pytest.raises(requests.HTTPError, match='FileTooLargeError') as refused:
        pages_of_bytes(MAX_UPLOAD_BYTES + 8_000_000, 100).push(f'jac://{name}')
    assert refused.value.response.status_code == 413
    assert stored_bytes(alice, name) == before


def test_a_push_over_the_quota_is_refused_with_a_sentence(carol, log_in):
    log_in(carol)
    name = fresh('over-quota')
    pages('small').push(f'jac://{name}')
    with pytest.raises(requests.HTTPError, match='MaximumUploadSizeReachedError') as refused:
        pages_of_bytes(QUOTA_BYTES + 100_000, 100).push(f'jac://{fresh("over-quota")}')
    assert refused.value.response.status_code == 413
    assert JACDocStore.list() == [name]
