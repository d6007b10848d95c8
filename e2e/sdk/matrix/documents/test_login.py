import pytest
from matrix.documents.client import client
from matrix.operations import operation
from support.naming import fresh
from support.station import ALICE, EXPIRED_TOKEN
from support.wire import detail

NO_LOGIN = {'<0.11.3': 'it cannot log in'}
ASKS_NOBODY = {'<0.17': 'it does not look whether you are logged in; the server does'}


@operation(
    'log in: a token in JINA_AUTH_TOKEN',
    absent={**NO_LOGIN, '<0.13.17': 'it reads its token from config.json only'},
)
def test_a_token_in_the_environment_counts(monkeypatch):
    monkeypatch.setenv('JINA_AUTH_TOKEN', ALICE.token)
    name = fresh('variable')
    client.push(client.text_array('x'), name)
    assert detail(ALICE, name)['name'] == name


@operation('log in: a token in config.json', absent=NO_LOGIN)
def test_a_token_in_the_configuration_file_counts(log_in_by_file):
    log_in_by_file(ALICE)
    name = fresh('file')
    client.push(client.text_array('x'), name)
    assert detail(ALICE, name)['name'] == name


@operation('without a token, the client says that you are to log in', absent=ASKS_NOBODY)
def test_nobody_is_told_to_log_in(log_out):
    from hubble.excepts import AuthenticationRequiredError

    log_out()
    calls = (
        lambda: client.push(client.text_array('x'), 'x'),
        lambda: client.pull('x'),
        lambda: client.names(),
        lambda: client.delete('x'),
    )
    for call in calls:
        with pytest.raises(AuthenticationRequiredError, match='log'):
            call()


@operation(
    'with a token that ended, the client says that you are to log in',
    absent={**ASKS_NOBODY, '<0.19': 'its SDK looks only whether there is a token; the server answers'},
)
def test_who_has_a_token_that_ended_is_told_to_log_in(log_in):
    from hubble.excepts import AuthenticationRequiredError

    log_in(EXPIRED_TOKEN)
    for call in (lambda: client.push(client.text_array('x'), 'x'), lambda: client.names()):
        with pytest.raises(AuthenticationRequiredError):
            call()
