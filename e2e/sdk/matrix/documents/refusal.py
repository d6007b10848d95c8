"""What the user of a client gets to see of a refusal, which differs with the client's own code."""

from dataclasses import dataclass
from typing import Callable

import pytest
import requests
from packaging.version import Version
from support.station import URL
from support.versions import DOCARRAY

# Up to 0.11.2 they raise the sentence; 0.17.0 and older show the status line, which ends with it; later ones read it.
_RAISES_SENTENCE = DOCARRAY < Version('0.11.3')
# A pull that fails: the oldest trips over the missing answer, later ones say that there is no such array.
_TRIPS_OVER_ABSENCE = DOCARRAY < Version('0.10')


@dataclass(frozen=True)
class Refusal:
    """The codes of contract 1.8, and how the sentence begins."""

    status: int
    name: str
    sentence: str


TOO_LARGE = Refusal(413, 'FileTooLargeError', 'This upload is larger than this server takes (')
OVER_QUOTA = Refusal(413, 'MaximumUploadSizeReachedError', 'This push does not fit into your storage quota. ')
LOG_IN = Refusal(401, 'AuthenticationRequiredError', 'You are not logged in, or your token has expired or was revoked. ')
FOREIGN = Refusal(403, 'OperationNotAllowedError', 'The namespace ')
OWNED = Refusal(401, 'AuthenticationRequiredError', 'The namespace ')
ONLY_PUBLIC = Refusal(401, 'AuthenticationRequiredError', 'Without a token everything is public. ')
IMPORTED = Refusal(403, 'OperationNotAllowedError', 'The administrator imported a DocumentArray of this name, ')
LONG_NAME = Refusal(400, 'ParamValidationError', 'The name is longer than 255 bytes of UTF-8. ')
CONTROL_NAME = Refusal(400, 'ParamValidationError', 'The name holds a control character, ')


def assert_not_there(pull: Callable[[], object], status: int) -> None:
    """The pull fails with `status`, as far as this client shows one."""
    if not _RAISES_SENTENCE:
        with pytest.raises(requests.HTTPError) as failed:
            pull()
        assert failed.value.response.status_code == status
    elif _TRIPS_OVER_ABSENCE:
        with pytest.raises(TypeError):
            pull()
    else:
        with pytest.raises(FileNotFoundError, match='can not find'):
            pull()


def assert_refused(push: Callable[[], object], expected: Refusal) -> None:
    """The push fails as `expected`, the user reads what this client can show, and the server serves on."""
    if _RAISES_SENTENCE:
        with pytest.raises(RuntimeError) as raised:
            push()
        sentence, status = raised.value.args
        assert sentence.startswith(expected.sentence)
        assert status == f'Status code: {expected.status}'
    else:
        with pytest.raises(requests.HTTPError) as failed:
            push()
        shown = str(failed.value)
        assert shown.startswith(f'{expected.status} Client Error: {expected.name}: {expected.sentence}')
        # What the client does not show is there for a program.
        envelope = failed.value.response.json()
        assert envelope['readableMessage'].startswith(f'{expected.name}: {expected.sentence}')
    assert requests.get(f'{URL}/ping').status_code == 200
