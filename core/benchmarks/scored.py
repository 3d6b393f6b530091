"""Which metrics a scorecard estimates, and from what: videos at equal age, or a creator's campaign so far."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.evidence.ages import FINAL_AGE
from core.metrics import awareness, consideration, conversion, engagement, loyalty
from core.metrics.measures import VIEWS
from core.metrics.model import Better, Metric, Total
from core.units import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FINAL = 0  # stands for "final" where ages are numbers: the newest counts of videos of 28 days or more
DEFAULT_AGE = 7
AGE_WORDS: Mapping[int, str] = {
    1: "1 day", 3: "3 days", 7: "7 days", 14: "14 days", 28: "28 days", FINAL: f"final ({FINAL_AGE}+ days)",
}  # fmt: skip


class Kind(StrEnum):
    """What one observation of a metric is."""

    VIDEO_RATE = "video rate"  # events of a video by its exposure
    VIDEO_VALUE = "video value"  # one number per video, whose logarithm scatters
    CREATOR_RATE = "creator rate"  # events of a creator's campaign by their exposure
    CREATOR_COST = "creator cost"  # the same for what was paid, turned around


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A metric that is estimated.

    Attributes:
        metric: its definition.
        kind: what one observation is.
        top: what is counted.
        below: what it is divided by; None for a value that stands as it is.
    """

    metric: Metric
    kind: Kind
    top: Total
    below: Total | None

    @property
    def is_of_videos(self) -> bool:
        """Return whether it is read of videos at equal age."""
        return self.kind in {Kind.VIDEO_RATE, Kind.VIDEO_VALUE}

    @property
    def is_money(self) -> bool:
        """Return whether only creators paid in the same currency can be compared."""
        return self.metric.unit is Unit.MONEY

    @property
    def is_high_good(self) -> bool:
        """Return whether more is better."""
        return self.metric.better is not Better.LOWER


def _of_videos(metric: Metric) -> Scored:
    return Scored(metric=metric, kind=Kind.VIDEO_RATE, top=metric.numerator, below=metric.denominator)


def _of_creators(metric: Metric) -> Scored:
    return Scored(metric=metric, kind=Kind.CREATOR_RATE, top=metric.numerator, below=metric.denominator)


def _cost(metric: Metric) -> Scored:
    assert metric.denominator is not None  # noqa: S101  (a cost per something)
    return Scored(metric=metric, kind=Kind.CREATOR_COST, top=metric.denominator, below=metric.numerator)


SCORED: tuple[Scored, ...] = (
    Scored(metric=awareness.VIEWS_PER_VIDEO, kind=Kind.VIDEO_VALUE, top=Total.of(VIEWS), below=None),
    _of_videos(engagement.ENGAGEMENT_RATE),
    _of_videos(engagement.SHARE_RATE),
    Scored(
        metric=consideration.AVERAGE_WATCH_SECONDS,
        kind=Kind.VIDEO_VALUE,
        top=consideration.AVERAGE_WATCH_SECONDS.numerator,
        below=consideration.AVERAGE_WATCH_SECONDS.denominator,
    ),
    _of_videos(consideration.COMPLETION_RATE),
    _of_videos(consideration.SAVE_RATE),
    _of_creators(conversion.LINK_CLICK_RATE),
    _of_creators(conversion.SESSION_RATE),
    _of_creators(conversion.ORDERS_PER_THOUSAND_VIEWS),
    _of_creators(conversion.CONVERSION_RATE),
    _cost(awareness.COST_PER_THOUSAND_VIEWS),
    _cost(engagement.COST_PER_ENGAGEMENT),
    _cost(conversion.COST_PER_ORDER),
    _cost(conversion.CAC),
    _of_creators(loyalty.REPEAT_RATE),
)
SCORED_BY_NAME: Mapping[str, Scored] = {one.metric.name: one for one in SCORED}
VIDEO_MEASURES: tuple[str, ...] = tuple(
    dict.fromkeys(
        measure.name
        for one in SCORED
        if one.is_of_videos
        for total in (one.top, one.below)
        if total is not None
        for measure in total.measures
    )
)
COSTS: tuple[Metric, ...] = tuple(one.metric for one in SCORED if one.kind is Kind.CREATOR_COST)

# By what creators are judged where the goal itself is a plain total: the first that can be told.
_ORDERS = ("cost_per_order", "orders_per_thousand_views")
_STANDS_FOR: Mapping[str, tuple[str, ...]] = {
    "views": ("cost_per_thousand_views", "views_per_video"),
    "reach": ("cost_per_thousand_views", "views_per_video"),
    "engagements": ("engagement_rate",),
    "saves": ("save_rate",),
    "link_clicks": ("link_click_rate", "session_rate"),
    "sessions": ("session_rate", "link_click_rate"),
    "orders": _ORDERS,
    "revenue": _ORDERS,
    "roas": _ORDERS,
    "roi": _ORDERS,
    "new_customers": ("cac", "orders_per_thousand_views"),
}


def candidates(goals: Sequence[str]) -> tuple[Scored, ...]:
    """Return the metrics by which creators can be judged under a campaign's goals, the best first.

    A total is a matter of how much was paid for and posted, so what stands for it is the
    rate or cost behind it. The engagement rate by views comes last: it is nearly always known.
    """
    names = [name for goal in goals for name in _STANDS_FOR.get(goal, (goal,))]
    known = [name for name in (*names, "engagement_rate") if name in SCORED_BY_NAME]
    return tuple(SCORED_BY_NAME[name] for name in dict.fromkeys(known))
