"""An account's day: per measure the newest statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

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


def rebuild_account_days(connection: Connection) -> frozenset[str]:
    """Rebuild `account_day` of the accounts in `touched_handle`; return those whose profile visits changed.

    Nothing else of an account's day is added to a campaign's.
    """
    before = _profile_visits(connection)
    _rebuild(connection)
    return frozenset(handle for handle, _, _ in before ^ _profile_visits(connection))


def _profile_visits(connection: Connection) -> set[tuple[str, int, int]]:
    rows = connection.execute(
        text(
            "SELECT a.handle, a.day, a.profile_views FROM touched_handle t CROSS JOIN account_day a"
            " WHERE a.handle = t.handle AND a.profile_views IS NOT NULL"
        )
    )
    return {(handle, day, views) for handle, day, views in rows}


def _rebuild(connection: Connection) -> None:
    run(connection, "DELETE FROM account_day WHERE handle IN (SELECT handle FROM touched_handle)")
    names = ", ".join(f"s.{name}" for name in IMPORTED_NAMES)
    frame = read_frame(
        connection,
        f"SELECT s.id, s.batch_id, t.handle, s.last_day AS day, {names} FROM {_SOURCE}",
        numbers=IMPORTED_NAMES,
        known_only=True,
    )
    if frame.empty:
        return
    measures = [name for name in IMPORTED_NAMES if name in frame.columns]
    newest = newest_first(add_age(connection, frame))
    days = newest.groupby(["handle", "day"], sort=True)[measures].first().reset_index()
    insert_frame(connection, "account_day", whole(days))
