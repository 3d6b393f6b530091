"""The funnel by creator, by video and by week: totals of each group, divided."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from core.evidence.quotients import group_quotient, takes_videos, traffic_of
from core.evidence.reading import added
from core.funnel.model import Point, Row, Series, Table
from core.metrics import awareness, consideration, conversion, engagement, loyalty
from core.metrics.model import Metric, Stage
from core.metrics.registry import BY_NAME, has_unique_count
from core.scope import Traffic
from core.units import day_of, write_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.evidence.campaign import Evidence
    from core.evidence.reading import ByTraffic

UNTIED = "Not tied to a creator"
# The first ones are on screen without scrolling: how large, how well received, what came of it, at what cost.
CREATOR_METRICS: tuple[Metric, ...] = (
    awareness.VIEWS,
    engagement.ENGAGEMENT_RATE,
    conversion.ORDERS,
    conversion.REVENUE,
    awareness.SPEND,
    conversion.ROAS,
    conversion.COST_PER_ORDER,
    awareness.COST_PER_THOUSAND_VIEWS,
    conversion.LINK_CLICKS,
    conversion.SESSIONS,
    engagement.ENGAGEMENTS,
    consideration.SAVE_RATE,
    consideration.AVERAGE_WATCH_SECONDS,
)
VIDEO_METRICS: tuple[Metric, ...] = (
    awareness.VIEWS,
    engagement.ENGAGEMENTS,
    engagement.ENGAGEMENT_RATE,
    engagement.SHARE_RATE,
    consideration.SAVES,
    consideration.SAVE_RATE,
    consideration.AVERAGE_WATCH_SECONDS,
    consideration.COMPLETION_RATE,
    conversion.ORDERS,
    conversion.REVENUE,
)
WEEK_METRICS: tuple[Metric, ...] = (
    awareness.VIEWS,
    engagement.ENGAGEMENTS,
    engagement.ENGAGEMENT_RATE,
    conversion.LINK_CLICKS,
    conversion.ORDERS,
    conversion.REVENUE,
)
# What is drawn over time. Rates whose parts come from different files are not: a week
# cannot be held to the videos for which both are known.
SERIES: Mapping[Stage, tuple[Metric, ...]] = {
    Stage.AWARENESS: (awareness.VIEWS,),
    Stage.ENGAGEMENT: (engagement.ENGAGEMENTS, engagement.ENGAGEMENT_RATE),
    Stage.CONSIDERATION: (
        consideration.SAVES,
        consideration.PROFILE_VISITS,
        consideration.AVERAGE_WATCH_SECONDS,
    ),
    Stage.CONVERSION: (conversion.LINK_CLICKS, conversion.ORDERS, conversion.REVENUE),
    Stage.LOYALTY: (loyalty.NEW_CUSTOMERS, loyalty.RETURNING_CUSTOMERS),
}
SERIES_METRICS: tuple[Metric, ...] = tuple(
    dict.fromkeys([*WEEK_METRICS, *(metric for metrics in SERIES.values() for metric in metrics)])
)


def creator_table(evidence: Evidence) -> Table:
    """Return one row per creator with counts or an agreement, most views first."""
    metrics = _with_chosen(evidence, CREATOR_METRICS)
    owned: dict[int, list[ByTraffic]] = {}
    for video_id, note in evidence.videos.items():
        owned.setdefault(note.creator_id or 0, []).append(evidence.by_video.get(video_id, {}))
    rows = [
        _creator_row(evidence, creator_id, totals, owned.get(creator_id, []), metrics)
        for creator_id, totals in evidence.by_creator.items()
    ]
    return Table(metrics=metrics, rows=_by_views(rows))


def creator_videos(evidence: Evidence, creator_id: int) -> list[ByTraffic]:
    """Return the totals of a creator's videos."""
    return [
        evidence.by_video.get(video_id, {})
        for video_id, note in evidence.videos.items()
        if (note.creator_id or 0) == creator_id
    ]


def creator_name(evidence: Evidence, creator_id: int | None) -> str:
    """Return what people call a creator of the campaign."""
    partner = evidence.plan.partner(creator_id or 0)
    if partner is not None:
        return partner.name
    handle = next((one.handle for one in evidence.videos.values() if one.creator_id == creator_id), "")
    return f"@{handle}" if creator_id and handle else UNTIED


def tier_of(evidence: Evidence, creator_id: int) -> str:
    """Return the creator's tier by newest known followers; '' where they are not known."""
    followers = evidence.followers.get(creator_id)
    if followers is None:
        return ""
    reached = [name for name, start in evidence.sources.tiers if followers >= start]
    return reached[-1] if reached else ""


def _creator_row(
    evidence: Evidence,
    creator_id: int,
    totals: ByTraffic,
    own: list[ByTraffic],
    metrics: tuple[Metric, ...],
) -> Row:
    partner = evidence.plan.partner(creator_id)
    about = [f"@{partner.handle}" if partner and partner.handle else "", tier_of(evidence, creator_id)]
    return _row(
        evidence,
        Row(
            key=str(creator_id),
            label=creator_name(evidence, creator_id),
            creator_id=creator_id or None,
            detail=", ".join(part for part in about if part),
        ),
        totals,
        own,
        metrics,
    )


_written = lru_cache(maxsize=1024)(write_day)  # writing a day is slow, and videos share days


def video_table(evidence: Evidence) -> Table:
    """Return one row per video of the campaign, most views first."""
    metrics = tuple(
        metric
        for metric in _with_chosen(evidence, VIDEO_METRICS)
        if metric in VIDEO_METRICS or takes_videos(metric)
    )
    creators = {note.creator_id for note in evidence.videos.values()}
    names = {creator_id: creator_name(evidence, creator_id) for creator_id in creators}
    rows = []
    for video_id, note in evidence.videos.items():
        totals = evidence.by_video.get(video_id, {})
        posted = None if note.posted_day is None else day_of(note.posted_day)
        day = "posting day not known" if posted is None else f"posted {_written(posted)}"
        row = Row(
            key=video_id,
            label=shortened(note.caption) or f"Video {video_id}",
            creator_id=note.creator_id,
            creator=names[note.creator_id],
            detail=day,
        )
        rows.append(_row(evidence, row, totals, [], metrics))
    return Table(metrics=metrics, rows=_by_views(rows))


def week_table(evidence: Evidence, weeks: Mapping[date, ByTraffic]) -> Table:
    """Return one row per week with counts, by its Monday, oldest first."""
    rows = []
    for monday, totals in sorted(weeks.items()):
        row = Row(key=monday.isoformat(), label=f"Week of {write_day(monday)}")
        rows.append(_row(evidence, row, totals, [], WEEK_METRICS))
    known = [row for row in rows if any(value is not None for value in row.values.values())]
    return Table(metrics=WEEK_METRICS, rows=tuple(known))


def by_week(days: Mapping[date, ByTraffic]) -> dict[date, ByTraffic]:
    """Return day totals added up by week, keyed by its Monday."""
    weeks: dict[date, list[ByTraffic]] = {}
    for day, totals in days.items():
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append(totals)
    return {
        monday: {traffic: added(one[traffic] for one in several if traffic in one) for traffic in Traffic}
        for monday, several in weeks.items()
    }


def stage_series(
    evidence: Evidence, stage: Stage, weeks: Mapping[date, ByTraffic], days: Mapping[date, ByTraffic]
) -> tuple[Series, ...]:
    """Return how the stage's metrics went by week and by day, where anything is known."""
    found = []
    for metric in SERIES[stage]:
        weekly = _points(evidence, metric, weeks, timedelta(days=7))
        if any(point.value is not None for point in weekly):
            daily = _points(evidence, metric, days, timedelta(days=1))
            found.append(Series(metric=metric, weeks=weekly, days=daily))
    return tuple(found)


def _points(
    evidence: Evidence, metric: Metric, totals: Mapping[date, ByTraffic], step: timedelta
) -> tuple[Point, ...]:
    """Return the known stretch without holes: what lies between is there, as not known."""
    source = traffic_of(metric, evidence.scope.traffic)
    if source is None:
        return ()
    values = {start: metric.value(one.get(source, {})) for start, one in totals.items()}
    known = sorted(start for start, value in values.items() if value is not None)
    if not known:
        return ()
    count = (known[-1] - known[0]) // step + 1
    starts = (known[0] + step * number for number in range(count))
    return tuple(Point(start=start, value=values.get(start)) for start in starts)


def _row(
    evidence: Evidence,
    row: Row,
    totals: ByTraffic,
    videos: list[ByTraffic],
    metrics: tuple[Metric, ...],
) -> Row:
    values: dict[str, float | None] = {}
    enough = []
    for metric in metrics:
        found = group_quotient(metric, totals, videos, evidence.scope.traffic)
        values[metric.name] = found.value
        if found.value is not None and found.base is not None and found.base >= metric.minimum:
            enough.append(metric.name)
    return Row(
        key=row.key,
        label=row.label,
        creator_id=row.creator_id,
        creator=row.creator,
        detail=row.detail,
        values=values,
        enough=frozenset(enough),
    )


def _with_chosen(evidence: Evidence, usual: tuple[Metric, ...]) -> tuple[Metric, ...]:
    chosen = [BY_NAME[goal.metric] for goal in evidence.plan.goals if goal.metric in BY_NAME]
    return tuple(dict.fromkeys([*usual, *(metric for metric in chosen if not has_unique_count(metric))]))


def _by_views(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows with most views first; those without known views last, by name."""
    return tuple(
        sorted(rows, key=lambda row: (row.values["views"] is None, -(row.values["views"] or 0), row.label))
    )


def shortened(caption: str, length: int = 48) -> str:
    """Return the beginning of a caption, on one line."""
    line = " ".join(caption.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"
