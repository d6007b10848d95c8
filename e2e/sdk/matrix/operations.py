"""The rows of the table of clients and operations: one test is one row, and each client is one column."""

import json
from typing import Dict, Optional

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from support.versions import DOCARRAY, JINA, SDK

# The client that this environment stands for in the table.
CLIENT = DOCARRAY or SDK
# For Executors, which may come from the SDK alone.
WITHOUT_JINA = 'without jina'


def operation(title: str, absent: Optional[Dict[str, str]] = None, notes: Optional[Dict[str, str]] = None):
    """Makes a test a row of the table.

    :param title: what somebody does with the client.
    :param absent: versions of the client that cannot do it, and why: `{'<0.17': 'it has no list'}`, or, where several
      packages are at work, `{'jina<3.8': 'it has no status'}`. It is known from the client's own code, so such a test
      is not collected, and the table says "not in this client".
    :param notes: versions of the client with which it goes otherwise than people would think, and how.
    """
    return pytest.mark.operation(title=title, absent=absent or {}, notes=notes or {})


def _is_meant(versions: str) -> bool:
    if versions == WITHOUT_JINA:
        return JINA is None
    if not versions[0].isalpha():
        return CLIENT in SpecifierSet(versions)
    asked = Requirement(versions)
    version = {'jina': JINA, 'jina-hubble-sdk': SDK}[asked.name]
    return version is not None and version in asked.specifier


def _applying(cases: Dict[str, str]) -> Optional[str]:
    return next((why for versions, why in cases.items() if _is_meant(versions)), None)


def describe(item: pytest.Item) -> Dict[str, str]:
    """Title of the row of a test, and `absent` and `note` where they apply to this client."""
    marker = item.get_closest_marker('operation')
    if marker is None:
        raise pytest.UsageError(f'{item.nodeid} is in the matrix and says no operation.')
    title, absent = marker.kwargs['title'], _applying(marker.kwargs['absent'])
    if absent:
        return {'title': title, 'absent': absent}
    note = _applying(marker.kwargs['notes'])
    return {'title': title, 'note': note} if note else {'title': title}


def encode(row: Dict[str, str]) -> str:
    """A row as e2e/sdk/junit.ts reads it from the report."""
    return json.dumps(row, ensure_ascii=False)
