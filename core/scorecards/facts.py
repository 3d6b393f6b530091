"""Figures as they were counted, stage by stage, beside the estimates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.evidence.quotients import group_quotient
from core.evidence.reach import read_reach
from core.metrics import awareness, consideration, conversion, engagement, loyalty
from core.scorecards.model import Fact
from core.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from core.evidence.campaign import Evidence
    from core.evidence.quotients import Quotient
    from core.evidence.reading import ByTraffic
    from core.metrics.model import Metric
    from core.scope import Traffic

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
LISTED_NEED: tuple[Metric, ...] = (
    *IN_A_LIST, engagement.COST_PER_ENGAGEMENT, conversion.CAC, consideration.AVERAGE_WATCH_SECONDS,
    consideration.COMPLETION_RATE,
)  # fmt: skip
NEEDED: tuple[Metric, ...] = (*COUNTED, awareness.REACH, awareness.FREQUENCY, conversion.CAC)


def facts_of(
    evidence: Evidence, creator_id: int, metrics: Sequence[Metric], traffic: Traffic
) -> tuple[Fact, ...]:
    """Return a creator's figures as counted; those that are not known have a dash."""
    whole = evidence.by_creator.get(creator_id, {})
    return _facts(whole, _videos(evidence, creator_id), metrics, traffic, evidence.plan.currency)


def totals_of(
    whole: ByTraffic, metrics: Sequence[Metric], traffic: Traffic, currency: str
) -> tuple[Fact, ...]:
    """Return figures that need no videos, from a creator's totals."""
    return _facts(whole, [], metrics, traffic, currency)


def _facts(
    whole: ByTraffic, videos: list[ByTraffic], metrics: Sequence[Metric], traffic: Traffic, currency: str
) -> tuple[Fact, ...]:
    return tuple(
        _fact(metric, group_quotient(metric, whole, videos, traffic), currency) for metric in metrics
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
    often: tuple[float | None, float | None] = (None, None)
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
    return Fact(
        stage=metric.stage,
        metric=metric,
        value=quotient.value,
        low=None,
        high=None,
        used=quotient.used,
        of=quotient.of,
        note=note,
        currency=money,
    )


def _range(metric: Metric, low: float | None, high: float | None, note: str) -> Fact:
    return Fact(
        stage=metric.stage,
        metric=metric,
        value=None,
        low=low,
        high=high,
        used=0,
        of=0,
        note=note,
        currency="",
    )
