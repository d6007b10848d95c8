import pytest
from matrix.executors.machine import OWNER, STRANGER, Machine


@pytest.fixture
def owner(tmp_path):
    """The machine of who pushes."""
    return Machine(tmp_path / 'owner', OWNER)


@pytest.fixture
def stranger(tmp_path):
    """The machine of somebody else, who is logged in where the client can."""
    return Machine(tmp_path / 'stranger', STRANGER)


@pytest.fixture
def nobody(tmp_path):
    """A machine without a token."""
    return Machine(tmp_path / 'nobody', None)
