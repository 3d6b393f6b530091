from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.rollups.world import World, open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    engine = open_engine(tmp_path / "store.db")
    with engine.begin() as connection:
        yield World(connection)
    engine.dispose()
