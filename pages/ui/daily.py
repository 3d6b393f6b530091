"""What is done once a day while the app runs, beside everything else: a backup, and closing old orders."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, date, datetime

from core.errors import PlumblineError
from core.retention import close_due
from core.store.shelf import daily_backup
from pages.ui.workspace import workspace_store

LOG = logging.getLogger("plumbline")
_LOOK_EVERY = 3_600  # seconds
_FIRST_LOOK = 300  # a start is no time for more work


def back_up_daily() -> None:
    """Begin to look every hour whether a backup or closing is due; it ends with the process."""
    threading.Thread(target=_look, name="daily-backup", daemon=True).start()


def _look() -> None:
    time.sleep(_FIRST_LOOK)
    while True:
        make_if_due(int(time.time()))
        close_if_due(datetime.now(tz=UTC).date())
        time.sleep(_LOOK_EVERY)


def make_if_due(now: int) -> bool:
    """Return whether a backup was made now; what stands against it goes to the log."""
    try:
        return daily_backup(workspace_store(), now=now) is not None
    except (PlumblineError, OSError) as problem:
        LOG.warning("The daily backup was not made: %s", problem)
        return False


def close_if_due(today: date) -> bool:
    """Return whether old order rows were closed now; what stands against it goes to the log."""
    try:
        return close_due(workspace_store(), today=today) is not None
    except (PlumblineError, OSError) as problem:
        LOG.warning("Old order rows were not closed: %s", problem)
        return False
