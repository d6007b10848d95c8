import pytest
import requests
from docarray import DocumentArray
from support.naming import AWKWARD, awkward, fresh
from support.wire import detail

from docarray_v1.documents import serialised, text_array


@pytest.mark.parametrize('kind', AWKWARD)
def test_an_awkward_name_is_kept_exactly(alice, kind):
    pushed, name = text_array(kind), awkward(kind)
    assert pushed.push(name)['name'] == name
    assert DocumentArray.cloud_list() == [name]
    assert serialised(DocumentArray.pull(name)) == serialised(pushed)
    DocumentArray.cloud_delete(name)
    assert DocumentArray.cloud_list() == []


def test_names_that_differ_only_in_case_are_two_names(alice):
    name = fresh('case')
    text_array('small').push(name)
    text_array('large').push(name.upper())
    assert DocumentArray.pull(name).texts == ['small']
    assert DocumentArray.pull(name.upper()).texts == ['large']


def test_a_name_of_255_bytes_is_taken_and_one_of_256_is_refused(alice):
    # Not pulled: its name would be too long for a file of the client's cache.
    name = fresh('long').ljust(255, 'x')
    text_array('long').push(name)
    assert DocumentArray.cloud_list() == [name]
    with pytest.raises(requests.HTTPError, match='ParamValidationError'):
        text_array('longer').push(name + 'x')
    assert DocumentArray.cloud_list() == [name]


def test_the_own_namespace_before_a_name_changes_nothing(alice):
    name = fresh('mine')
    text_array('by the full name').push(f'{alice.name}/{name}')
    assert DocumentArray.cloud_list() == [name]
    assert DocumentArray.pull(name).texts == ['by the full name']
    assert DocumentArray.pull(f'{alice.name}/{name}').texts == ['by the full name']
    DocumentArray.cloud_delete(f'{alice.name}/{name}')
    assert DocumentArray.cloud_list() == []


def test_a_bare_name_is_each_users_own(alice, bob, log_in):
    name = fresh('shared-word')
    text_array('of alice').push(name)
    log_in(bob)
    text_array('of bob').push(name)
    assert DocumentArray.pull(name, local_cache=False).texts == ['of bob']
    assert DocumentArray.pull(f'{alice.name}/{name}').texts == ['of alice']


def test_a_push_into_somebody_elses_namespace_is_refused(alice, bob, log_in):
    name = fresh('intruder')
    with pytest.raises(requests.HTTPError, match='OperationNotAllowedError') as refused:
        text_array('no').push(f'{bob.name}/{name}')
    assert refused.value.response.status_code == 403
    assert DocumentArray.cloud_list() == []
    assert detail(bob, name) is None
