import pytest


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path):
    """docarray fixes its cache directory when it is imported."""
    from docarray.array.mixins.io import pushpull

    monkeypatch.setattr(pushpull, '__cache_path__', str(tmp_path / 'cache'))
