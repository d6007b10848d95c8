import pytest

from support.caches import forget_jac_caches


@pytest.fixture(autouse=True)
def own_cache():
    forget_jac_caches()
    yield
    forget_jac_caches()
