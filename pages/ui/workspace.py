"""The one store of this server process."""

from __future__ import annotations

import os
from functools import lru_cache

from core.access import LOCAL_OWNER
from core.store.engine import Store, open_store


@lru_cache(maxsize=4)
def _opened(database_url: str, folder: str) -> Store:
    return open_store(principal=LOCAL_OWNER)


def workspace_store() -> Store:
    """Return the store of this process, opened and migrated on first use.

    Raises:
        PlumblineError: when the store cannot be used; the message says what to do.
    """
    return _opened(os.environ.get("DATABASE_URL", ""), os.environ.get("PLUMBLINE_DATA", ""))


def forget_store() -> None:
    """Let go of the store, for instance before another one is configured."""
    _opened.cache_clear()
