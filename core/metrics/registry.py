"""Every metric, by name and by stage, and which ones a page shows first."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from core.metrics import awareness, consideration, conversion, engagement, loyalty
from core.metrics.measures import IMPORTED
from core.metrics.model import Additivity, Metric, Origin, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

METRICS: tuple[Metric, ...] = tuple(
    value
    for module in (awareness, engagement, consideration, conversion, loyalty)
    for value in vars(module).values()
    if isinstance(value, Metric)
)
BY_NAME: Mapping[str, Metric] = MappingProxyType({metric.name: metric for metric in METRICS})

# What a stage shows before anybody chose: a count to feel the size, a rate to judge, a cost or outcome.
KEY_METRICS: Mapping[Stage, tuple[Metric, ...]] = MappingProxyType(
    {
        Stage.AWARENESS: (
            awareness.VIEWS,
            awareness.REACH,
            awareness.VIEWS_PER_VIDEO,
            awareness.COST_PER_THOUSAND_VIEWS,
        ),
        Stage.ENGAGEMENT: (
            engagement.ENGAGEMENTS,
            engagement.ENGAGEMENT_RATE,
            engagement.SHARE_RATE,
            engagement.HOOK_RATE,
        ),
        Stage.CONSIDERATION: (
            consideration.AVERAGE_WATCH_SECONDS,
            consideration.COMPLETION_RATE,
            consideration.SAVE_RATE,
            consideration.PROFILE_VISIT_RATE,
        ),
        Stage.CONVERSION: (
            conversion.LINK_CLICKS,
            conversion.ORDERS,
            conversion.REVENUE,
            conversion.COST_PER_ORDER,
            conversion.ROAS,
        ),
        Stage.LOYALTY: (
            loyalty.NEW_CUSTOMERS,
            loyalty.REPEAT_RATE,
            loyalty.LATER_REVENUE_PER_NEW_CUSTOMER,
            loyalty.FOLLOWER_GROWTH_RATE,
        ),
    }
)

# What stands in where the usual metric is not known.
STAND_INS: Mapping[str, Metric] = MappingProxyType({"link_clicks": conversion.SESSIONS})
# The count beside a rate that covers only a part of the videos or creators.
COUNTS_OF: Mapping[str, Metric] = MappingProxyType(
    {"save_rate": consideration.SAVES, "profile_visit_rate": consideration.PROFILE_VISITS}
)

# Suggested when a campaign is made: the first is the primary metric, the others secondary ones.
OBJECTIVE_METRICS: Mapping[Stage, tuple[Metric, ...]] = MappingProxyType(
    {
        Stage.AWARENESS: (awareness.VIEWS, awareness.COST_PER_THOUSAND_VIEWS, engagement.ENGAGEMENT_RATE),
        Stage.ENGAGEMENT: (engagement.ENGAGEMENT_RATE, engagement.SHARE_RATE, engagement.COST_PER_ENGAGEMENT),
        Stage.CONSIDERATION: (
            consideration.AVERAGE_WATCH_SECONDS,
            consideration.SAVE_RATE,
            consideration.PROFILE_VISIT_RATE,
        ),
        Stage.CONVERSION: (
            conversion.ORDERS,
            conversion.COST_PER_ORDER,
            conversion.ROAS,
            conversion.CONVERSION_RATE,
        ),
        Stage.LOYALTY: (loyalty.REPEAT_RATE, loyalty.NEW_CUSTOMERS, conversion.CAC),
    }
)

# Measures that only an ads file carries: they exist for paid traffic and for nothing else.
PAID_ONLY: frozenset[str] = frozenset(measure.name for measure in IMPORTED if measure.source == "Ads Manager")


def by_stage(stage: Stage) -> tuple[Metric, ...]:
    """Return the metrics of a stage, in the order they are shown."""
    return tuple(metric for metric in METRICS if metric.stage is stage)


def is_paid_only(metric: Metric) -> bool:
    """Return whether the metric exists for ads alone, so that all its parts must be paid ones."""
    return metric.name in _OF_ADS


def has_unique_count(metric: Metric) -> bool:
    """Return whether the metric counts people once, so that several give a range."""
    return metric.name in _OF_PEOPLE


# Worked out once: a funnel asks thousands of times.
_OF_ADS = frozenset(
    metric.name
    for metric in METRICS
    if all(measure.origin is Origin.IMPORTED for measure in metric.measures)
    and any(measure.name in PAID_ONLY for measure in metric.measures)
)
_OF_PEOPLE = frozenset(
    metric.name
    for metric in METRICS
    if any(measure.additivity is Additivity.UNIQUE for measure in metric.measures)
)
