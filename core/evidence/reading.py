"""The totals that the funnel divides, read in a handful of queries.

Everything here is a sum of a rollup or a look-up; no rate is computed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, text

from core.metrics import measures as m
from core.metrics.measures import MEASURES
from core.metrics.model import Additivity, Origin
from core.metrics.registry import PAID_ONLY
from core.rollups.closed import LEDGER_ROWS
from core.scope import Scope, Traffic
from core.units import day_number

if TYPE_CHECKING:
    from sqlalchemy import Connection, TextClause

Totals = dict[str, float | None]
ByTraffic = dict[Traffic, Totals]
Handles = Mapping[str, list[tuple[int, float]]]  # handle -> rising (day, followers)

SUMMED = tuple(
    measure.name
    for measure in MEASURES
    if measure.additivity is Additivity.ADDITIVE and measure.origin in {Origin.IMPORTED, Origin.LEDGER}
)
LEDGER = frozenset(measure.name for measure in MEASURES if measure.origin is Origin.LEDGER)

# What is counted for a video itself, so that rates of these are taken over videos.
OF_VIDEOS: frozenset[str] = frozenset(
    measure.name
    for measure in (
        m.VIEWS, m.LIKES, m.COMMENTS, m.SHARES, m.SAVES,
        m.WATCH_SECONDS, m.WATCHED_VIEWS, m.COMPLETIONS, m.COMPLETION_VIEWS,
        m.FOLLOWERS_AT_POSTING, m.ORGANIC_VIEWS,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoNote:
    """What is known of a video of the campaign."""

    video_id: str
    creator_id: int | None
    handle: str
    caption: str
    posted_day: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """The part of a WHERE clause that a scope asks for, and its values."""

    sql: str
    values: Mapping[str, object]
    lists: tuple[str, ...]

    def statement(self, sql: str) -> TextClause:
        """Return the query with its lists bound."""
        return text(sql).bindparams(*(bindparam(name, expanding=True) for name in self.lists))


def scope_filter(scope: Scope, creator: str, video: str, day: str) -> Filter:
    """Return the filter of a scope; a column name of '' leaves that part out."""
    parts: list[str] = []
    values: dict[str, object] = {"campaign": scope.campaign_id}
    lists: list[str] = []
    if creator and scope.creator_ids:
        parts.append(f" AND {creator} IN :creators")
        values["creators"] = scope.creator_ids
        lists.append("creators")
    if video and scope.video_ids:
        parts.append(f" AND {video} IN :videos")
        values["videos"] = scope.video_ids
        lists.append("videos")
    for name, sign, limit in (("first", ">=", scope.first_day), ("last", "<=", scope.last_day)):
        if day and limit is not None:
            parts.append(f" AND {day} {sign} :{name}")
            values[name] = day_number(limit)
    return Filter(sql="".join(parts), values=values, lists=tuple(lists))


def _sums(names: Iterable[str], table: str) -> str:
    return ", ".join(f"SUM({table}.{name}) AS {name}" for name in names)


def _rows(
    connection: Connection, wanted: Filter, sql: str, names: tuple[str, ...]
) -> dict[object, ByTraffic]:
    """Return totals by key and traffic; the query gives key, traffic, then the sums in order."""
    found: dict[object, ByTraffic] = defaultdict(dict)
    for row in connection.execute(wanted.statement(sql), dict(wanted.values)):
        totals: Totals = {
            name: None if value is None else float(value) for name, value in zip(names, row[2:], strict=True)
        }
        found[row[0]][Traffic(row[1])] = totals
    return dict(found)


def sums_by(
    connection: Connection, scope: Scope, key: str, names: tuple[str, ...] = SUMMED
) -> dict[int, ByTraffic]:
    """Return a campaign's totals by creator or day.

    Args:
        connection: a reading connection.
        scope: what to count.
        key: `creator_id` (0: tied to no creator) or `day` (day number).
        names: the measures wanted.
    """
    if scope.video_ids:
        return _sums_of_chosen_videos(connection, scope, key, names)
    wanted = scope_filter(scope, "d.creator_id", "", "d.day")
    sql = (
        f"SELECT d.{key}, d.traffic, {_sums(names, 'd')} FROM {_smallest_table(scope, key)} d"
        f" WHERE d.campaign_id = :campaign{wanted.sql} GROUP BY d.{key}, d.traffic"
    )
    return {_number(found): totals for found, totals in _rows(connection, wanted, sql, names).items()}


def _smallest_table(scope: Scope, key: str) -> str:
    """Return the rollup that answers with the fewest rows."""
    if key == "day":
        return "campaign_day" if scope.creator_ids else "day_total"
    return "campaign_day" if _has_days(scope) else "creator_total"


def _has_days(scope: Scope) -> bool:
    return scope.first_day is not None or scope.last_day is not None


def sums_by_video(
    connection: Connection, scope: Scope, names: tuple[str, ...] = SUMMED
) -> dict[str, ByTraffic]:
    """Return a campaign's totals by video id; orders only where they name the video."""
    if _has_days(scope):
        return {
            str(key): totals for key, totals in _video_days(connection, scope, "v.video_id", names).items()
        }
    wanted = scope_filter(scope, "d.creator_id", "d.video_id", "")
    sql = (
        f"SELECT d.video_id, d.traffic, {_sums(names, 'd')} FROM video_total d"
        f" WHERE d.campaign_id = :campaign{wanted.sql} GROUP BY d.video_id, d.traffic"
    )
    return {str(key): totals for key, totals in _rows(connection, wanted, sql, names).items()}


def _video_days(
    connection: Connection, scope: Scope, key: str, names: tuple[str, ...]
) -> dict[object, ByTraffic]:
    """Return totals of videos over some days, without orders.

    A video without organic rows has no ads: its total stands for organic too.
    """
    of_videos = tuple(name for name in names if name not in LEDGER)
    wanted = scope_filter(scope, "v.creator_id", "v.video_id", "d.day")
    source = (
        "FROM video v JOIN video_day d ON d.video_id = v.video_id"
        f" WHERE v.campaign_id = :campaign{wanted.sql}"
    )
    unsplit = (
        "AND d.traffic = 'total' AND NOT EXISTS (SELECT 1 FROM video_day o"
        " WHERE o.video_id = v.video_id AND o.traffic = 'organic')"
    )
    sums = _sums(of_videos, "d")
    found = _rows(
        connection, wanted, f"SELECT {key}, d.traffic, {sums} {source} GROUP BY {key}, d.traffic", of_videos
    )
    copied = _rows(
        connection, wanted, f"SELECT {key}, 'organic', {sums} {source} {unsplit} GROUP BY {key}", of_videos
    )
    for one, totals in copied.items():
        own = found.setdefault(one, {})
        earned = {
            name: None if name in PAID_ONLY else value for name, value in totals[Traffic.ORGANIC].items()
        }
        own[Traffic.ORGANIC] = added([own.get(Traffic.ORGANIC, {}), earned])
    return found


def _sums_of_chosen_videos(
    connection: Connection, scope: Scope, key: str, names: tuple[str, ...]
) -> dict[int, ByTraffic]:
    """Return totals of chosen videos: their counts, and the orders that name them."""
    column = {"creator_id": "COALESCE(v.creator_id, 0)", "day": "d.day"}[key]
    found = {_number(one): totals for one, totals in _video_days(connection, scope, column, names).items()}
    wanted = scope_filter(scope, "k.creator_id", "k.video_id", "k.day")
    sql = (
        f"SELECT k.{key}, SUM(k.orders), SUM(k.revenue), SUM(k.refunds),"
        " SUM(CASE WHEN k.evidence = 'code' THEN k.orders END)"
        f" FROM {LEDGER_ROWS} k WHERE k.campaign_id = :campaign{wanted.sql} GROUP BY k.{key}"
    )
    for row in connection.execute(wanted.statement(sql), dict(wanted.values)):
        totals = found.setdefault(int(row[0]), {}).setdefault(Traffic.TOTAL, {})
        for name, value in zip(("orders", "revenue", "refunds", "code_orders"), row[1:], strict=True):
            totals[name] = None if value is None else float(value)
    return found


def videos_of(connection: Connection, scope: Scope) -> dict[str, VideoNote]:
    """Return the videos of the campaign that the scope names, posted up to its last day."""
    wanted = scope_filter(scope, "v.creator_id", "v.video_id", "")
    sql = (
        "SELECT v.video_id, v.creator_id, v.handle, v.caption, v.posted_day FROM video v"
        f" WHERE v.campaign_id = :campaign{wanted.sql} ORDER BY v.posted_day, v.video_id"
    )
    last = None if scope.last_day is None else day_number(scope.last_day)
    return {
        row.video_id: VideoNote(
            video_id=row.video_id,
            creator_id=row.creator_id,
            handle=row.handle,
            caption=row.caption or "",
            posted_day=row.posted_day,
        )
        for row in connection.execute(wanted.statement(sql), dict(wanted.values))
        if last is None or row.posted_day is None or row.posted_day <= last
    }


def followers_by_creator(
    connection: Connection, campaign_id: int, first: int, last: int
) -> dict[int, dict[str, list[tuple[int, float]]]]:
    """Return known follower counts by creator and handle, each a rising list of (day, followers).

    Counts that somebody typed stand under the handle ''.

    Args:
        connection: a reading connection.
        campaign_id: whose creators.
        first: day number, counted too.
        last: day number, counted too.
    """
    found: dict[int, dict[str, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
    values = {"campaign": campaign_id, "first": first, "last": last}
    exported = text(
        "SELECT k.creator_id, a.handle, a.day, a.followers FROM collaboration k"
        " JOIN creator_handle h ON h.creator_id = k.creator_id JOIN account_day a ON a.handle = h.handle"
        " WHERE k.campaign_id = :campaign AND a.followers IS NOT NULL AND a.day BETWEEN :first AND :last"
        " ORDER BY a.handle, a.day"
    )
    typed = text(
        "SELECT k.creator_id, '', f.day, f.followers FROM collaboration k"
        " JOIN creator_followers f ON f.creator_id = k.creator_id"
        " WHERE k.campaign_id = :campaign AND f.day <= :last ORDER BY f.day"
    )
    for creator, handle, day, followers in connection.execute(exported, values):
        found[creator][handle].append((int(day), float(followers)))
    for creator, handle, day, followers in connection.execute(typed, values):
        found[creator][handle].append((int(day), float(followers)))
    return {creator: dict(handles) for creator, handles in found.items()}


def _number(key: object) -> int:
    return int(str(key))


def known_sum(values: Iterable[float | None]) -> float | None:
    """Return the sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def added(parts: Iterable[Mapping[str, float | None]]) -> Totals:
    """Return several totals added measure by measure; what none of them knows stays unknown."""
    result: Totals = {}
    for part in parts:
        for name, value in part.items():
            if value is not None:
                result[name] = (result.get(name) or 0.0) + value
    return result
