from pathlib import Path

import pytest
from matrix.operations import describe, encode

FOLDER = Path(__file__).parent
ROWS = pytest.StashKey()
# How people come to know a client, which is the order of the table.
ORDER = ('login', 'push_pull', 'upload', 'access', 'status', 'flow', 'list', 'list_delete', 'change', 'tokens', 'refused', 'without_token')


def _place(item: pytest.Item) -> int:
    return ORDER.index(item.path.stem.removeprefix('test_')) if FOLDER in item.path.parents else -1


def pytest_collection_modifyitems(config, items):
    """Names each test's row in the report, and takes out those that this client does not have."""
    rows, here, absent = [], [], []
    for item in sorted(items, key=_place):
        if FOLDER not in item.path.parents:
            here.append(item)
            continue
        row = describe(item)
        rows.append(row)
        item.user_properties.append(('operation', row['title']))
        (absent if 'absent' in row else here).append(item)
    config.stash[ROWS] = rows
    config.hook.pytest_deselected(items=absent)
    items[:] = here


@pytest.fixture(scope='session', autouse=True)
def reported_rows(request, record_testsuite_property):
    """All rows in their order, those too that are not in this client."""
    for row in request.config.stash[ROWS]:
        record_testsuite_property('row', encode(row))
