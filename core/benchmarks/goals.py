"""What a goal can be: what similar past work would give for the planned videos, and how close is close."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from core.access import Action, require
from core.benchmarks.history import (
    EVERYBODY,
    Cell,
    History,
    own_history,
    population_for,
    scored_metric,
)
from core.metrics.model import Better
from core.metrics.registry import BY_NAME
from core.statistics.quantiles import FEWEST_FOR_MEDIAN, Quantile
from core.units import Unit, write

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from core.benchmarks.population import Population
    from core.metrics.model import Metric
    from core.scope import Traffic
    from core.store.engine import Store

_ROUNDS = 2_000
_SEED = 5
TOTALS = ("views", "engagements", "orders", "revenue", "link_clicks", "sessions", "new_customers")
_DEFAULT_TOLERANCE = 0.15  # where own history is too short to say how much work scatters


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalHelp:
    """What the planned videos would bring if they went like similar past work.

    Attributes:
        cautious, realistic, ambitious: 25th, 50th and 75th percentile; None where too little is known.
        creators: how many creators it stands on.
        videos: planned.
        sentence: in words, or what would be enough.
    """

    metric: Metric
    currency: str
    cautious: float | None
    realistic: float | None
    ambitious: float | None
    creators: int
    videos: int
    sentence: str


class Nearness(StrEnum):
    """How a figure stands to its target."""

    REACHED = "reached"
    WITHIN = "within tolerance"
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How far from a target work of a segment usually lies.

    Attributes:
        target: in the metric's unit.
        edge: the value down (or up) to which a miss is within tolerance.
        segment: which past work says so; '' where a fixed share stands in.
        sentence: in words.
    """

    metric: Metric
    target: float
    edge: float
    segment: str
    sentence: str

    def nearness(self, value: float | None) -> Nearness:
        """Return how a value stands to the target."""
        if value is None:
            return Nearness.UNKNOWN
        is_low_good = self.metric.better is Better.LOWER
        if value <= self.target if is_low_good else value >= self.target:
            return Nearness.REACHED
        return (
            Nearness.WITHIN
            if (value <= self.edge if is_low_good else value >= self.edge)
            else Nearness.MISSED
        )


def goal_help(
    store: Store, campaign_id: int, metric: str, *, videos: int, age: int, traffic: Traffic, today: date
) -> GoalHelp:
    """Return what the planned videos would give if they went like past work.

    Totals are drawn: a creator, then one of its videos (or the average of one of its campaigns), as
    many times as videos are planned; the spread of such totals gives the percentiles. Rates and
    costs do not grow with the number of videos: their quartiles stand.

    Args:
        store: an open store, as the person who asks uses it.
        campaign_id: the campaign that is planned.
        metric: one of `TOTALS` or of the scored metrics.
        videos: how many are planned, at least 1.
        age: days at which videos are read, 0 for final.
        traffic: whose views.
        today: for published figures.
    """
    require(store.principal, Action.READ, campaign_id)
    if metric not in TOTALS:
        return _of_quartiles(
            own_history(store, campaign_id, metric, age=age, traffic=traffic, today=today), videos
        )
    population, currency = population_for(store, campaign_id, age=age, traffic=traffic)
    owner, values = _per_video(population, metric, currency)
    creators = np.array([one.creator_id for one in population.people], dtype=np.int64)[owner]
    known = len(set(creators.tolist()))
    chosen = BY_NAME[metric]
    money = currency if chosen.unit is Unit.MONEY else ""
    if known < FEWEST_FOR_MEDIAN or videos < 1:
        said = (
            f"{chosen.label} of past work is known of {known} creators; "
            f"{FEWEST_FOR_MEDIAN} are needed to say what is usual."
        )
        return _unknown(chosen, money, known, videos, said)
    totals = _drawn_totals(creators, values, videos)
    low, middle, high = (float(one) for one in np.quantile(totals, [0.25, 0.5, 0.75]))
    ends = [
        write(one, Unit.COUNT if not money else chosen.unit, currency=money, compact=True)
        for one in (low, middle, high)
    ]
    said = (
        f"{videos} videos like your past work would bring {ends[1]} {chosen.label.lower()} in the middle "
        f"case, {ends[0]} in a weak one (1 in 4 is lower), {ends[2]} in a strong one (1 in 4 is higher). "
        f"{known} creators."
    )
    return GoalHelp(
        metric=chosen, currency=money, cautious=low, realistic=middle, ambitious=high, creators=known,
        videos=videos, sentence=said,
    )  # fmt: skip


def _drawn_totals(
    creators: NDArray[np.int64], values: NDArray[np.float64], videos: int
) -> NDArray[np.float64]:
    """Return totals of that many draws: first a creator, each as likely, then one of its values."""
    rng = np.random.default_rng(_SEED)
    _, number, counts = np.unique(creators, return_inverse=True, return_counts=True)
    ordered = values[np.argsort(number, kind="stable")]
    starts = np.append(0, np.cumsum(counts)[:-1])
    who = rng.integers(0, len(counts), (_ROUNDS, min(videos, 500)))
    which = starts[who] + (rng.random(who.shape) * counts[who]).astype(np.int64)
    return np.asarray(ordered[which].sum(axis=1) * (videos / who.shape[1]))


def _per_video(
    population: Population, metric: str, currency: str
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return values per video: of each video where it is counted for videos, else campaign totals divided."""
    if metric in {"views", "engagements"}:
        frame = population.videos
        parts = ("views",) if metric == "views" else ("likes", "comments", "shares")
        values = frame[list(parts)].sum(axis=1, min_count=len(parts)).to_numpy(dtype=float)
        owner = frame["owner"].to_numpy(dtype=np.int64)
    else:
        posted = population.videos.groupby("owner").size().reindex(range(len(population.people)))
        totals = population.totals[metric].to_numpy(dtype=float)
        values = totals / posted.to_numpy(dtype=float)
        owner = np.arange(len(values))
        if metric == "revenue":
            own = np.array([one.currency == currency for one in population.people], dtype=bool)
            values = np.where(own, values, np.nan)
    is_known = np.isfinite(values) & (values >= 0)
    return owner[is_known], values[is_known]


def _of_quartiles(history: History, videos: int) -> GoalHelp:
    cell = next((one for one in history.cells if one.label == EVERYBODY), None)
    if cell is None or not isinstance(cell.low, Quantile) or not isinstance(cell.high, Quantile):
        known = cell.creators if cell else 0
        said = f"{history.metric.label}: quartiles need 13 creators, {known} are known."
        return _unknown(history.metric, history.currency, known, videos, said)
    ends = [cell.low.value, cell.middle.value if isinstance(cell.middle, Quantile) else None, cell.high.value]
    if history.metric.better is Better.LOWER:
        ends.reverse()
    return GoalHelp(
        metric=history.metric, currency=history.currency, cautious=ends[0], realistic=ends[1],
        ambitious=ends[2], creators=cell.creators, videos=videos, sentence=cell.sentence,
    )  # fmt: skip


def _unknown(metric: Metric, currency: str, creators: int, videos: int, said: str) -> GoalHelp:
    return GoalHelp(
        metric=metric, currency=currency, cautious=None, realistic=None, ambitious=None, creators=creators,
        videos=videos, sentence=said,
    )  # fmt: skip


def tolerance_of(metric: str, target: float, cell: Cell | None) -> Tolerance:
    """Return how far from a target work of a segment usually lies: its quartile held against its middle.

    Never taken from published figures.

    Args:
        metric: one of the scored metrics.
        target: in the metric's unit.
        cell: past work of the segment; None, or without quartiles, takes 15 % and says so.
    """
    chosen = scored_metric(metric).metric
    is_low_good = chosen.better is Better.LOWER
    share, segment = _DEFAULT_TOLERANCE, ""
    if cell is not None and isinstance(cell.middle, Quantile) and cell.middle.value > 0:
        side = cell.high if is_low_good else cell.low
        if isinstance(side, Quantile):
            share, segment = abs(side.value / cell.middle.value - 1), cell.label
    edge = target * (1 + share) if is_low_good else target * max(0.0, 1 - share)
    basis = f"as work of {segment} scatters" if segment else "a fixed share; past work is too short to say"
    return Tolerance(
        metric=chosen,
        target=target,
        edge=edge,
        segment=segment,
        sentence=f"Within {write(share, Unit.SHARE)} of the target counts as near it ({basis}).",
    )
