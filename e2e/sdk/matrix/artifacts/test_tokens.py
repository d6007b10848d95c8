import re

import pytest
from hubble import Client
from hubble.excepts import (
    AuthenticationRequiredError,
    IdentifierNamespaceOccupiedError,
    ParamValidationError,
    RequestedEntityNotFoundError,
)
from matrix.artifacts.calls import jina_auth, token_names
from matrix.operations import operation
from support.naming import fresh
from support.station import ALICE


@operation('tokens: make, use, list, delete')
def test_a_token_counts_until_it_is_deleted(alice):
    name = fresh('ci')
    token = Client(jsonify=True).create_personal_access_token(name, expiration_days=3)['data']['token']
    assert Client(token=token, jsonify=True).username == ALICE.name
    assert name in token_names()
    Client().delete_personal_access_token(name)
    assert name not in token_names()
    with pytest.raises(AuthenticationRequiredError):
        Client(token=token).get_user_info()


@operation('tokens: a name twice, a life of no days, one that is not there: refused')
def test_what_cannot_be_is_refused(alice):
    name = fresh('once')
    Client().create_personal_access_token(name)
    with pytest.raises(IdentifierNamespaceOccupiedError):
        Client().create_personal_access_token(name)
    Client().delete_personal_access_token(name)
    with pytest.raises(RequestedEntityNotFoundError):
        Client().delete_personal_access_token(name)
    with pytest.raises(ParamValidationError, match='^40001: '):
        Client().create_personal_access_token(name, expiration_days=0)


@operation('jina-auth token create, list, delete')
def test_the_command_line_makes_shows_and_deletes_tokens(alice):
    name = fresh('cli')
    shown = jina_auth('token', 'create', name, '-e', '2')
    # The panel is 50 wide, so a token takes two lines.
    token = re.search(r'gst_\w+', re.sub(r'[\s│]', '', shown)).group()[:51]
    assert Client(token=token, jsonify=True).username == ALICE.name
    assert name in jina_auth('token', 'list')
    assert 'Successfully deleted' in jina_auth('token', 'delete', name)
    assert name not in token_names()
