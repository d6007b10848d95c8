import pytest
import requests
from docarray import DocList
from docarray.store.jac import JACDocStore
from hubble import Client
from hubble.excepts import AuthenticationRequiredError
from support.naming import fresh
from support.station import EXPIRED_TOKEN

from docarray_v2.documents import Page, pages, serialised


def status_of_pull(name: str) -> int:
    with pytest.raises(requests.HTTPError) as failed:
        DocList[Page].pull(f'jac://{name}')
    return failed.value.response.status_code


def test_a_public_list_can_be_pulled_by_another_user(alice, bob, log_in):
    pushed, name = pages('for all'), fresh('public')
    pushed.push(f'jac://{name}')
    log_in(bob)
    assert serialised(DocList[Page].pull(f'jac://{alice.name}/{name}')) == serialised(pushed)


def test_a_private_list_does_not_exist_for_another_user(alice, bob, log_in):
    pushed, name = pages('for me'), fresh('private')
    pushed.push(f'jac://{name}', public=False)
    assert serialised(DocList[Page].pull(f'jac://{name}')) == serialised(pushed)
    log_in(bob)
    assert status_of_pull(f'{alice.name}/{name}') == 404
    assert status_of_pull(f'{alice.name}/{name}-that-never-was') == 404
    assert status_of_pull(name) == 404


@pytest.mark.parametrize('token', ['', 'somerandomtoken', EXPIRED_TOKEN], ids=['none', 'unknown', 'expired'])
def test_without_a_valid_token_every_call_asks_to_log_in(log_in, token):
    log_in(token)
    for call in (
        lambda: pages('x').push('jac://x'),
        lambda: DocList[Page].push_stream(iter(pages('x')), 'jac://x'),
        lambda: DocList[Page].pull('jac://x'),
        lambda: list(DocList[Page].pull_stream('jac://x')),
        lambda: JACDocStore.list(),
        lambda: JACDocStore.delete('x'),
    ):
        with pytest.raises(AuthenticationRequiredError):
            call()


def test_a_revoked_token_fails_on_the_next_request(alice, log_in):
    name, token_name = fresh('revoked'), fresh('token')
    token = Client(jsonify=True).create_personal_access_token(token_name)['data']['token']
    log_in(token)
    pages('before').push(f'jac://{name}')
    Client(token=alice.token).delete_personal_access_token(token_name)
    with pytest.raises(AuthenticationRequiredError):
        pages('after').push(f'jac://{name}')
    log_in(alice)
    assert [page.title for page in DocList[Page].pull(f'jac://{name}')] == ['before']
