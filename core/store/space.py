"""Is there room for what is about to be stored?"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from core.errors import refusal

if TYPE_CHECKING:
    from core.store.engine import Store

MEGABYTE = 1_000_000


def require_space(store: Store, needed: int) -> None:
    """Do nothing if the disk of the store has room, as far as can be known.

    Args:
        store: nothing can be known about a database server.
        needed: bytes; an import asks for three times its file.

    Raises:
        PlumblineError: `disk-too-small`.
    """
    if store.path is None:
        return
    free = shutil.disk_usage(store.folder).free
    if free < needed:
        raise refusal(
            "disk-too-small",
            f"This needs about {_megabytes(needed)} of free disk, and the disk of {store.folder} has"
            f" {_megabytes(free)} left. Nothing was changed.",
            "Free some space on that disk and try again.",
        )


def _megabytes(count: int) -> str:
    return f"{max(1, round(count / MEGABYTE)):,} MB"
