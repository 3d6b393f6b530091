from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.rollups.world import World, open_engine


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    engine = open_engine(tmp_path / "store.db")
    with engine.begin() as connection:
        yield World(connection)
    engine.dispose()
