"""An account's day: per measure the newest statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.rollups.columns import IMPORTED_NAMES
from core.rollups.newest import add_age, newest_first
from core.rollups.reading import read_frame, run
from core.rollups.video_days import whole
from core.store.bulk import insert_frame

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SOURCE = (
    "touched_handle t CROSS JOIN stat s WHERE s.subject_kind = 'account' AND s.subject = t.handle"
    " AND s.breakdown = '' AND s.kind = 'daily' AND s.traffic = 'total'"
)


def rebuild_account_days(connection: Connection) -> None:
    """Rebuild `account_day` of the accounts in `touched_handle`."""
    run(connection, "DELETE FROM account_day WHERE handle IN (SELECT handle FROM touched_handle)")
    names = ", ".join(f"s.{name}" for name in IMPORTED_NAMES)
    frame = read_frame(
        connection,
        f"SELECT s.id, s.batch_id, t.handle, s.last_day AS day, {names} FROM {_SOURCE}",
        numbers=IMPORTED_NAMES,
    )
    if frame.empty:
        return
    newest = newest_first(add_age(connection, frame))
    days = newest.groupby(["handle", "day"], sort=True)[list(IMPORTED_NAMES)].first().reset_index()
    insert_frame(connection, "account_day", whole(days.dropna(axis=1, how="all")))
