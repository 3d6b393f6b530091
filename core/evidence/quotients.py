"""A metric of a group: totals divided, over exactly those units whose parts are all known.

A rate whose numerator covers ten videos and whose denominator covers thirty is wrong,
however exact both totals are. So a rate is taken over the videos (or creators) for which
every part is known, and says when that is not all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from core.evidence.reading import LEDGER, OF_VIDEOS, added
from core.metrics.model import Origin
from core.metrics.registry import METRICS, has_unique_count, is_paid_only
from core.scope import Traffic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.evidence.campaign import Evidence
    from core.evidence.reach import Reach
    from core.evidence.reading import ByTraffic, Totals
    from core.metrics.model import Metric

_WHOLE_ONLY = frozenset({Origin.PLAN, Origin.DERIVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotient:
    """A metric with what was divided.

    Attributes:
        value: None where a part is not known.
        numerator, denominator: the totals divided; None where not known or not needed.
        low, high: the range, where people are counted once; else None. Of a range only `high` can be
            None: the upper end is unknown.
        used: units whose parts are all known.
        of: units of which any part is known.
        unit: what the units are, `videos` or `creators`.
        totals: the totals that were divided, by measure.
        note: what a range stands on, in words; '' for everything else.
    """

    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    used: int = 0
    of: int = 0
    unit: str = ""
    totals: Mapping[str, float | None] = field(default_factory=dict)
    note: str = ""

    @property
    def is_partial(self) -> bool:
        """Return whether some units had to be left out."""
        return self.used < self.of

    @property
    def base(self) -> float | None:
        """Return what the minimum sample is held against."""
        return self.numerator if self.denominator is None else self.denominator


NOTHING = Quotient(value=None)


def campaign_quotient(evidence: Evidence, metric: Metric, traffic: Traffic) -> Quotient:
    """Return a metric of everything in the evidence's scope, worked out once for each evidence."""
    key = (metric.name, traffic)
    found = evidence.quotients.get(key)
    if found is None:
        found = evidence.quotients[key] = _of_campaign(evidence, metric, traffic)
    return found


def _of_campaign(evidence: Evidence, metric: Metric, traffic: Traffic) -> Quotient:
    source = traffic_of(metric, traffic)
    if source is None:
        return NOTHING
    if has_unique_count(metric):
        return _range(metric, evidence.totals(source), evidence.reach.get(source))
    units: Iterable[ByTraffic]
    if takes_videos(metric):
        units, unit = evidence.by_video.values(), "videos"
    else:
        units, unit = evidence.by_creator.values(), "creators"
    return quotient(metric, evidence.totals(source), [one.get(source, {}) for one in units], unit)


def group_quotient(
    metric: Metric, whole: ByTraffic, videos: Sequence[ByTraffic], traffic: Traffic
) -> Quotient:
    """Return a metric of one creator, video or week.

    Args:
        metric: the metric.
        whole: the group's totals.
        videos: totals of its videos, for rates of what is counted for videos.
        traffic: which views count.
    """
    source = traffic_of(metric, traffic)
    if source is None or has_unique_count(metric):
        return NOTHING
    if not videos:
        return _divide(metric, whole.get(source, {}))
    units = [one.get(source, {}) for one in videos] if takes_videos(metric) else []
    return quotient(metric, whole.get(source, {}), units, "videos")


def traffic_of(metric: Metric, traffic: Traffic) -> Traffic | None:
    """Return which totals a metric is taken from; None where it cannot exist for that traffic."""
    if is_paid_only(metric):
        return None if traffic is Traffic.ORGANIC else Traffic.PAID
    return traffic


def takes_videos(metric: Metric) -> bool:
    """Return whether every part of the metric is counted for videos."""
    return metric.name in _OF_VIDEO_PARTS


def quotient(metric: Metric, whole: Totals, units: Sequence[Totals], unit: str) -> Quotient:
    """Return a metric of a whole, taken over those units whose parts are all known.

    Args:
        metric: the metric.
        whole: totals of the whole; decides where there are no units to choose from.
        units: totals of the parts of the whole.
        unit: what they are called.
    """
    names = _MATCHED.get(metric.name)
    if names is None or not units:
        return _divide(metric, whole, unit="" if names is None else unit)
    # What the shop's files know, they know for every creator: no credited order means none.
    none: Totals = {name: 0.0 for name in names if name in LEDGER and whole.get(name) is not None}
    complete: list[Totals] = []
    touched = 0
    for one in units:
        stated: Totals = {name: value for name in names if (value := one.get(name)) is not None}
        if stated:
            touched += 1
            parts = none | stated if none else stated
            if len(parts) == len(names):
                complete.append(parts)
    taken = whole if len(complete) == touched else added(complete)
    return _divide(metric, taken, used=len(complete), of=touched, unit=unit)


_OF_VIDEO_PARTS = frozenset(
    metric.name for metric in METRICS if all(measure.name in OF_VIDEOS for measure in metric.measures)
)


def _matched_parts(metric: Metric) -> frozenset[str] | None:
    """Return the parts that must be known of the same units; None where the totals are divided as they are.

    Spend is not matched: it was paid whether or not the rest is known. The ledger knows
    every creator, so that orders by orders need no matching either.
    """
    is_of_plan = any(one.origin in _WHOLE_ONLY for one in metric.measures) and not takes_videos(metric)
    is_of_ledger = all(one.origin is Origin.LEDGER for one in metric.measures)
    if metric.denominator is None or is_of_plan or is_of_ledger:
        return None
    return frozenset(one.name for one in metric.measures)


_MATCHED = {metric.name: names for metric in METRICS if (names := _matched_parts(metric)) is not None}


def _divide(metric: Metric, totals: Totals, *, used: int = 0, of: int = 0, unit: str = "") -> Quotient:
    top = metric.numerator.value(totals)
    below = None if metric.denominator is None else metric.denominator.value(totals)
    return Quotient(
        value=metric.divide(top, below),
        numerator=top,
        denominator=below,
        used=used,
        of=of,
        unit=unit,
        totals=totals,
    )


def _range(metric: Metric, totals: Totals, reach: Reach | None) -> Quotient:
    """Return a metric of people counted once: one number where one reach is known, else a range."""
    if reach is None or metric.value({**totals, "reach": reach.low}) is None:
        return Quotient(value=None, totals=totals)
    if reach.low == reach.high:
        return replace(_divide(metric, {**totals, "reach": reach.low}), note=reach.sentence)
    ends = [_at(metric, totals, end) for end in (reach.low, reach.high)]
    known = [end for end in ends if end is not None]
    return Quotient(
        value=None,
        low=min(known),
        high=max(known) if len(known) == 2 else None,
        used=reach.stated,
        of=reach.of,
        unit="videos",
        totals=totals,
        note=reach.sentence,
    )


def _at(metric: Metric, totals: Totals, reach: float | None) -> float | None:
    """Return the metric at one end of the reach; None where that end is unknown."""
    if reach is not None:
        return metric.value({**totals, "reach": reach})
    # What is divided by ever more people comes ever closer to nothing.
    return None if any(one.name == "reach" for one in metric.numerator.measures) else 0.0
