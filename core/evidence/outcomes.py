"""Videos with what can be compared of them: counts at one age, boosts, and what was known at posting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, text

from core.evidence.ages import AgedVideo, Unread, videos_at_age
from core.metrics.model import Additivity, Metric, Origin
from core.metrics.registry import METRICS, is_paid_only
from core.scope import Traffic
from core.units import Unit, day_of, instant_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, RowMapping

    from core.evidence.reading import Totals

BOOSTED_FROM = 0.01  # share of bought views from which a video counts as boosted


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoOutcome:
    """One video at one age.

    Attributes:
        creator_id: None where its account is nobody's.
        posted_at: Unix seconds; None where not known.
        counts: cumulative counts at the age, by measure; a measure not known then is None.
        views: total views at the age, paid ones among them; None where not known.
        paid_views: views bought up to the age; 0 where no ads file names the video.
        newest_age: days of its newest snapshot; None without one.
        unread: why nothing is known at the age; None where something is.
        is_between: any count lies between two snapshots.
    """

    video_id: str
    creator_id: int | None
    handle: str
    url: str
    caption: str
    campaign_id: int | None
    posted_at: int | None
    posted_day: int | None
    duration_seconds: int | None
    counts: Totals
    views: float | None
    paid_views: float
    newest_age: int | None
    unread: Unread | None
    is_between: bool

    @property
    def is_boosted(self) -> bool:
        """Return whether any notable part of its views was bought up to the age."""
        return self.paid_views > BOOSTED_FROM * (self.views or 0.0) and self.paid_views > 0


def comparable_metrics() -> tuple[Metric, ...]:
    """Return the metrics that a single video has at an age: quotients of additive counts, and views."""
    return _COMPARABLE


def _is_comparable(metric: Metric) -> bool:
    is_counted = all(
        measure.origin is Origin.IMPORTED
        and measure.additivity is Additivity.ADDITIVE
        and measure.unit is not Unit.MONEY
        for measure in metric.measures
    )
    return is_counted and (metric.denominator is not None or metric.name == "views")


_COMPARABLE = tuple(metric for metric in METRICS if _is_comparable(metric))


def default_traffic(metric: Metric) -> Traffic:
    """Return whose counts a metric is compared on: organic, or paid for what only ads have."""
    return Traffic.PAID if is_paid_only(metric) else Traffic.ORGANIC


def measure_names(metrics: Iterable[Metric]) -> tuple[str, ...]:
    """Return the measures that metrics need, each once."""
    return tuple(dict.fromkeys(measure.name for metric in metrics for measure in metric.measures))


_NOTES = (
    "SELECT v.video_id, v.url, v.caption, v.posted_at, v.posted_day,"
    " (SELECT SUM(d.views) FROM video_day d WHERE d.video_id = v.video_id AND d.traffic = 'paid'"
    "  AND (v.posted_day IS NULL OR d.day <= v.posted_day + :age)) AS paid_views,"
    " (SELECT SUM(d.views) FROM video_day d WHERE d.video_id = v.video_id AND d.traffic = 'total'"
    "  AND (v.posted_day IS NULL OR d.day <= v.posted_day + :age + 1)) AS views"
    " FROM video v"
)


def read_outcomes(
    connection: Connection,
    metrics: Sequence[Metric],
    age: int | None,
    *,
    campaign_ids: Iterable[int] | None = None,
    traffic: Traffic = Traffic.ORGANIC,
) -> tuple[VideoOutcome, ...]:
    """Return every video of the campaigns at an age, by video id.

    Args:
        connection: a reading connection.
        metrics: what will be compared; decides which measures are read.
        age: days since posting; None takes the newest counts.
        campaign_ids: whose videos; None takes all.
        traffic: whose counts.
    """
    wanted = None if campaign_ids is None else sorted(set(campaign_ids))
    aged = videos_at_age(connection, measure_names(metrics), age, campaign_ids=wanted, traffic=traffic)
    statement = text(_NOTES + ("" if wanted is None else " WHERE v.campaign_id IN :campaigns"))
    values: dict[str, object] = {"age": 100_000 if age is None else age}
    if wanted is not None:
        statement = statement.bindparams(bindparam("campaigns", expanding=True))
        values["campaigns"] = wanted
    notes = {row["video_id"]: row for row in connection.execute(statement, values).mappings()}
    return tuple(_outcome(video, notes[video.video_id]) for video in aged)


def _outcome(video: AgedVideo, note: RowMapping) -> VideoOutcome:
    views, paid = note["views"], note["paid_views"]
    return VideoOutcome(
        video_id=video.video_id,
        creator_id=video.creator_id,
        handle=video.handle,
        url=str(note["url"] or ""),
        caption=str(note["caption"] or ""),
        campaign_id=video.campaign_id,
        posted_at=_whole(note["posted_at"]),
        posted_day=video.posted_day,
        duration_seconds=video.duration_seconds,
        counts=video.counts,
        views=None if views is None else float(str(views)),
        paid_views=0.0 if paid is None else float(str(paid)),
        newest_age=video.newest_age,
        unread=video.unread,
        is_between=video.is_between,
    )


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


LENGTHS = ((16, "up to 15 s"), (31, "16 to 30 s"), (61, "31 to 60 s"))  # seconds below which, words
LONGEST = "over a minute"
TIMES = ((6, "night"), (12, "morning"), (18, "afternoon"), (23, "evening"))  # hours before which, words


def length_of(seconds: int | None) -> str:
    """Return the band of a video's length; '' where it is not known."""
    if seconds is None or seconds <= 0:
        return ""
    return next((words for below, words in LENGTHS if seconds < below), LONGEST)


def time_of_day(posted_at: int | None, zone: str) -> str:
    """Return the part of the day on which a video was posted in a zone; '' where it is not known."""
    if posted_at is None:
        return ""
    hour = instant_of(posted_at).astimezone(ZoneInfo(zone or "UTC")).hour
    return next((words for before, words in TIMES if hour < before), "night")


def is_weekend(day: int) -> bool:
    """Return whether a day number falls on Saturday or Sunday."""
    return day_of(day).weekday() >= 5
