import io

import pytest
from hubble import Client
from hubble.excepts import AuthenticationRequiredError, OperationNotAllowedError
from support.admin import admin
from support.naming import fresh
from support.station import ALICE, BOB


@pytest.fixture
def given_token():
    """Has the administrator make a token of Alice's, which is gone after the test."""
    made = []

    def give(*options: str):
        name = fresh('given')
        token = admin('token', 'add', ALICE.name, '--name', name, *options)
        made.append(name)
        return name, token

    yield give
    left = Client(token=ALICE.token, jsonify=True).list_personal_access_tokens()['data']['personal_access_tokens']
    for name in {item['name'] for item in left} & set(made):
        Client(token=ALICE.token).delete_personal_access_token(name)


def test_a_token_from_the_administrator_counts_until_it_is_revoked(given_token):
    name, token = given_token('--days', '1')
    client = Client(token=token, jsonify=True)
    assert client.username == ALICE.name
    admin('token', 'revoke', ALICE.name, '--name', name)
    with pytest.raises(AuthenticationRequiredError):
        client.get_user_info()


def test_a_token_without_an_end_says_so_wherever_clients_look(given_token):
    name, token = given_token()
    client = Client(token=token, jsonify=True)
    assert client.get_raw_session()['data'].get('expireAt') is None
    items = client.list_personal_access_tokens()['data']['personal_access_tokens']
    assert next(item for item in items if item['name'] == name)['expireAt'] is None


def test_a_limited_token_does_what_its_scope_names_and_nothing_else(given_token):
    artifact = Client(token=ALICE.token, jsonify=True).upload_artifact(f=io.BytesIO(b'kept'), name=fresh('x'))['data']
    _, token = given_token('--scope', 'artifact:read')
    client = Client(token=token, jsonify=True)
    assert client.list_artifacts()['meta']['total'] == 1
    assert client.get_artifact_info(id=artifact['_id'])['data'] == artifact
    for forbidden in (
        lambda: client.upload_artifact(f=io.BytesIO(b'new'), name=artifact['name']),
        lambda: client.update_artifact(artifact['_id'], is_public=True),
        lambda: client.delete_artifact(id=artifact['_id']),
        lambda: client.delete_multiple_artifacts(ids=[artifact['_id']]),
        lambda: client.create_personal_access_token(fresh('wider')),
    ):
        with pytest.raises(OperationNotAllowedError, match='^40301: '):
            forbidden()
    assert client.get_artifact_info(id=artifact['_id'])['data'] == artifact


def test_a_disabled_user_is_logged_out_and_public_things_stay(alice):
    artifact = Client(jsonify=True).upload_artifact(f=io.BytesIO(b'kept'), name=fresh('x'), is_public=True)['data']
    admin('user', 'disable', ALICE.name)
    try:
        with pytest.raises(AuthenticationRequiredError):
            Client().get_user_info()
        target = io.BytesIO()
        Client(token=BOB.token).download_artifact(artifact['_id'], target)
        assert target.getvalue() == b'kept'
    finally:
        admin('user', 'disable', ALICE.name, '--undo')
    assert Client(jsonify=True).username == ALICE.name
