"""Python's clients read nothing before they have written everything: what is refused must be read to its end first."""

import pytest
import requests
from matrix.documents.client import client
from matrix.documents.refusal import (
    CONTROL_NAME,
    FOREIGN,
    LOG_IN,
    LONG_NAME,
    OVER_QUOTA,
    TOO_LARGE,
    assert_refused,
)
from matrix.operations import operation
from support.naming import fresh
from support.station import ALICE, BOB, CAROL, EXPIRED_TOKEN, MAX_UPLOAD_BYTES, QUOTA_BYTES, URL
from support.wire import artifact_names, stored_bytes

NO_LOGIN = {'<0.11.3': 'it cannot log in'}
OPEN = {'<0.11.3': 'on a server with ANONYMOUS_PUSH=on'}
# Without a valid token the server reads on for 16 MiB; docs/limits.md.
UNDER_DRAIN_BYTES, OVER_DRAIN_BYTES = 12_000_000, 40_000_000
# From 0.19 on the client asks who somebody is before it pushes.
ASKS_FIRST = {'>=0.19': 'it asks whether the token counts before it sends anything'}


@operation('refused: 20 MB where one upload has at most 16', notes=OPEN)
def test_a_push_that_is_too_large_is_refused_and_changes_nothing(pusher):
    name = fresh('too-large')
    client.push(client.text_array('small'), name)
    before = pusher.detail(name), pusher.stored_bytes(name)
    too_large = client.array_of_bytes(MAX_UPLOAD_BYTES + 4_000_000, 100)
    assert_refused(lambda: client.push(too_large, name), TOO_LARGE)
    assert (pusher.detail(name), pusher.stored_bytes(name)) == before


@operation('refused: over the quota', absent={'<0.11.3': 'it cannot log in, and has no quota of its own'})
def test_a_push_over_the_quota_is_refused_and_changes_nothing(log_in):
    log_in(CAROL)
    name = fresh('over-quota')
    client.push(client.text_array('small'), name)
    before = stored_bytes(CAROL, name)
    too_much = client.array_of_bytes(QUOTA_BYTES + 100_000, 100)
    assert_refused(lambda: client.push(too_much, name), OVER_QUOTA)
    assert_refused(lambda: client.push(too_much, fresh('over-quota')), OVER_QUOTA)
    assert artifact_names(CAROL) == [name]
    assert stored_bytes(CAROL, name) == before


@operation('refused: into another’s namespace', absent=NO_LOGIN)
def test_a_push_into_another_namespace_is_refused(alice):
    name = fresh('intruder')
    array = client.array_of_bytes(3_000_000, 100)
    assert_refused(lambda: client.push(array, f'{BOB.name}/{name}'), FOREIGN)
    assert artifact_names(ALICE) == artifact_names(BOB) == []


@operation('refused: a name that cannot be', notes=OPEN)
@pytest.mark.usefixtures('pusher')
def test_a_name_that_cannot_be_is_refused():
    array = client.text_array('x')
    assert_refused(lambda: client.push(array, fresh('long').ljust(256, 'x')), LONG_NAME)
    assert_refused(lambda: client.push(array, f'{fresh("two")}\nlines'), CONTROL_NAME)
    assert artifact_names(ALICE) == []


@operation('refused: 12 MB without a token', absent={'>=0.17': 'it does nothing before you log in'})
def test_a_push_without_a_token_is_refused(log_out):
    log_out()
    array = client.array_of_bytes(UNDER_DRAIN_BYTES, 100)
    assert_refused(lambda: client.push(array, fresh('nobody')), LOG_IN)


@operation('refused: 12 MB with a token that ended', absent={**NO_LOGIN, **ASKS_FIRST})
def test_a_push_with_a_token_that_ended_is_refused(log_in):
    log_in(EXPIRED_TOKEN)
    array = client.array_of_bytes(UNDER_DRAIN_BYTES, 100)
    assert_refused(lambda: client.push(array, fresh('ended')), LOG_IN)
    assert artifact_names(ALICE) == []


@operation(
    'refused: 40 MB with a token that ended; the answer or a broken pipe',
    absent={**NO_LOGIN, **ASKS_FIRST},
    notes={'>=0': 'past what the server reads on, the client may find the connection closed'},
)
def test_a_push_past_what_is_read_on_ends_and_the_server_serves_on(log_in):
    log_in(EXPIRED_TOKEN)
    array = client.array_of_bytes(OVER_DRAIN_BYTES, 100)
    with pytest.raises((requests.HTTPError, requests.ConnectionError)):
        client.push(array, fresh('ended'))
    assert requests.get(f'{URL}/ping').status_code == 200
    assert artifact_names(ALICE) == []
