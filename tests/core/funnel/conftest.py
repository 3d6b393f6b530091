"""A small made-up store: two campaigns of a brand, three creators, five videos, known totals."""

import pytest

from core.store.engine import open_store
from tests.core.funnel.story import tell


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'plumbline.db'}")
    yield opened
    opened.close()


@pytest.fixture
def told(store):
    tell(store)
    return store
