"""Figures as they were counted, stage by stage, beside the estimates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.evidence.quotients import group_quotient
from core.evidence.reach import read_reach
from core.metrics import awareness, consideration, conversion, engagement, loyalty
from core.scope import Traffic
from core.scorecards.model import Fact
from core.units import DASH, Unit, write

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from core.evidence.campaign import Evidence
    from core.evidence.quotients import Quotient
    from core.evidence.reading import ByTraffic
    from core.metrics.model import Metric

COUNTED: tuple[Metric, ...] = (
    awareness.VIEWS,
    awareness.SPEND,
    awareness.COST_PER_THOUSAND_VIEWS,
    engagement.ENGAGEMENT_RATE,
    engagement.SHARE_RATE,
    consideration.AVERAGE_WATCH_SECONDS,
    consideration.COMPLETION_RATE,
    consideration.SAVE_RATE,
    conversion.LINK_CLICKS,
    conversion.SESSIONS,
    conversion.ORDERS,
    conversion.REVENUE,
    conversion.COST_PER_ORDER,
    conversion.ROAS,
    loyalty.NEW_CUSTOMERS,
    loyalty.REPEAT_RATE,
)
IN_A_LIST: tuple[Metric, ...] = (
    awareness.VIEWS,
    conversion.SESSIONS,
    conversion.ORDERS,
    conversion.REVENUE,
    awareness.SPEND,
    conversion.COST_PER_ORDER,
)
NEEDED: tuple[Metric, ...] = (*COUNTED, awareness.REACH, awareness.FREQUENCY, conversion.CAC)


def facts_of(
    evidence: Evidence, creator_id: int, metrics: tuple[Metric, ...], traffic: Traffic
) -> tuple[Fact, ...]:
    """Return a creator's figures as counted; those that are not known have a dash."""
    whole = evidence.by_creator.get(creator_id, {})
    videos = _videos(evidence, creator_id)
    return tuple(
        _fact(metric, group_quotient(metric, whole, videos, traffic), evidence.plan.currency)
        for metric in metrics
    )


def reach_facts(
    connection: Connection, evidence: Evidence, creator_id: int, traffic: Traffic
) -> tuple[Fact, ...]:
    """Return reach and frequency of one creator as ranges: people counted once cannot be added."""
    scope = evidence.scope.only(creator_ids=(creator_id,))
    own = [key for key, note in evidence.videos.items() if note.creator_id == creator_id]
    totals = evidence.by_creator.get(creator_id, {})
    reach = read_reach(connection, scope, own, evidence.by_video, totals)[traffic]
    if reach is None:
        note = "No export states how many people were reached. TikTok shows it in its Content export."
        return (_range(awareness.REACH, None, None, note), _range(awareness.FREQUENCY, None, None, note))
    views = totals.get(traffic, {}).get("views")
    often = (None, None)
    if views is not None and reach.low > 0:
        often = (views / reach.high if reach.high else None, views / reach.low)
    return (
        _range(awareness.REACH, reach.low, reach.high, reach.sentence),
        _range(awareness.FREQUENCY, *often, "Views by people reached, at both ends of reach."),
    )


def _videos(evidence: Evidence, creator_id: int) -> list[ByTraffic]:
    return [
        evidence.by_video.get(key, {})
        for key, note in evidence.videos.items()
        if (note.creator_id or 0) == creator_id
    ]


def _fact(metric: Metric, quotient: Quotient, currency: str) -> Fact:
    money = currency if metric.unit is Unit.MONEY else ""
    note = ""
    if quotient.is_partial:
        note = f"Over {quotient.used} of {quotient.of} {quotient.unit}: the others do not state it."
    if quotient.value is None and quotient.numerator is not None and quotient.denominator == 0:
        note = "Nothing to divide by yet."
    unit = Unit.NUMBER if metric.unit is Unit.COUNT and _has_fraction(quotient.value) else metric.unit
    return Fact(
        stage=metric.stage,
        metric=metric,
        value=quotient.value,
        low=None,
        high=None,
        used=quotient.used,
        of=quotient.of,
        note=note,
        written=write(quotient.value, unit, currency=money),
    )


def _has_fraction(value: float | None) -> bool:
    return value is not None and value != round(value)


def _range(metric: Metric, low: float | None, high: float | None, note: str) -> Fact:
    written = DASH
    if low is not None and low == high:
        written = write(low, metric.unit)
    elif low is not None and high is not None:
        written = f"{write(low, metric.unit)} to {write(high, metric.unit)}"
    elif low is not None:
        written = f"at least {write(low, metric.unit)}"
    return Fact(
        stage=metric.stage,
        metric=metric,
        value=None,
        low=low,
        high=high,
        used=0,
        of=0,
        note=note,
        written=written,
    )
