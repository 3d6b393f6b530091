"""Reach as a range: people counted once cannot be added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.evidence.reading import scope_filter
from core.scope import Traffic

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from core.scope import Scope

Range = tuple[float, float]


def read_reach(connection: Connection, scope: Scope) -> dict[Traffic, Range | None]:
    """Return the lowest and highest possible reach by traffic; None where none is known.

    The lowest is the largest single reach (everybody else may be among those people),
    the highest is all reaches together (nobody may be in two of them). Reach is stated for
    a video's whole life, so for a part of the days it is not known.
    """
    found: dict[Traffic, Range | None] = dict.fromkeys(Traffic)
    if scope.first_day or scope.last_day:
        return found
    wanted = scope_filter(scope, "d.creator_id", "d.video_id", "")
    sql = (
        "SELECT d.traffic, d.reach, COALESCE(d.reach_most, d.reach) FROM video_total d"
        f" WHERE d.campaign_id = :campaign AND d.reach IS NOT NULL{wanted.sql}"
    )
    singles: dict[Traffic, list[Range]] = {}
    for traffic, least, most in connection.execute(wanted.statement(sql), dict(wanted.values)):
        singles.setdefault(Traffic(traffic), []).append((float(least), float(most)))
    for traffic, ranges in singles.items():
        found[traffic] = _together(ranges)
    if found[Traffic.TOTAL] is None and singles:
        found[Traffic.TOTAL] = _together([one for ranges in singles.values() for one in ranges])
    return found


def _together(ranges: list[Range]) -> Range:
    return max(least for least, _ in ranges), sum(most for _, most in ranges)
