import pytest
import requests
from docarray import DocList
from docarray.store.jac import JACDocStore
from support.naming import AWKWARD, awkward, fresh
from support.wire import detail

from docarray_v2.documents import Page, pages, serialised


def titles(name: str) -> list:
    return [page.title for page in DocList[Page].pull_stream(f'jac://{name}')]


@pytest.mark.parametrize('kind', AWKWARD)
def test_an_awkward_name_is_kept_exactly(alice, kind):
    pushed, name = pages(kind), awkward(kind)
    assert pushed.push(f'jac://{name}')['name'] == name
    assert JACDocStore.list() == [name]
    assert serialised(DocList[Page].pull(f'jac://{name}')) == serialised(pushed)
    assert JACDocStore.delete(name) is True
    assert JACDocStore.list() == []


def test_the_own_namespace_before_a_name_changes_nothing(alice):
    name = fresh('mine')
    pages('by the full name').push(f'jac://{alice.name}/{name}')
    assert JACDocStore.list() == [name]
    assert titles(name) == ['by the full name']
    assert titles(f'{alice.name}/{name}') == ['by the full name']
    assert JACDocStore.delete(f'{alice.name}/{name}') is True
    assert JACDocStore.list() == []


def test_a_bare_name_is_each_users_own(alice, bob, log_in):
    name = fresh('shared-word')
    pages('of alice').push(f'jac://{name}')
    log_in(bob)
    pages('of bob').push(f'jac://{name}')
    assert titles(name) == ['of bob']
    assert titles(f'{alice.name}/{name}') == ['of alice']


def test_a_push_into_somebody_elses_namespace_is_refused(alice, bob):
    name = fresh('intruder')
    with pytest.raises(requests.HTTPError, match='OperationNotAllowedError') as refused:
        pages('no').push(f'jac://{bob.name}/{name}')
    assert refused.value.response.status_code == 403
    assert JACDocStore.list() == []
    assert detail(bob, name) is None
