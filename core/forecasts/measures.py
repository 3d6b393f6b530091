"""What each measure will come to: views by their growth, other counts along with them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.metrics.model import Additivity, Origin
from core.scope import Traffic

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.evidence.campaign import Evidence
    from core.metrics.model import Measure, Metric, Total

    Floats = NDArray[np.float64]

# Known in full from the day they are agreed or counted: they do not grow with views.
_STANDING = frozenset({"fees", "videos", "creators", "followers_at_posting", "followers_at_start"})
_NOT_TOLD = frozenset({"followers_gained", "reach", "viewers", "users", "repeat_customers", "repeat_revenue"})


class UntoldError(Exception):
    """A measure that cannot be forecast; the message says why in one sentence."""


def metric_draws(
    evidence: Evidence, metric: Metric, views: Floats, *, spend: Floats | None, seed: int
) -> Floats:
    """Return draws of a metric at the horizon.

    Args:
        evidence: the campaign's.
        metric: which one.
        views: draws of the total views at the horizon.
        spend: draws of the spend at the horizon; None where not known.
        seed: for the same draws again.

    Raises:
        UntoldError: where a part cannot be forecast.
    """
    top = _total(evidence, metric.numerator, views, spend, seed)
    if metric.denominator is None:
        return top * metric.scale
    below = _total(evidence, metric.denominator, views, spend, seed)
    if not (below > 0).all():
        raise UntoldError(f"{metric.label} has nothing to divide by yet.")
    return np.asarray(top / below * metric.scale)


def _total(evidence: Evidence, total: Total, views: Floats, spend: Floats | None, seed: int) -> Floats:
    found = np.zeros(len(views))
    for measure, weight in total.parts:
        found += weight * _measure(evidence, measure, views, spend, seed)
    return found


def _measure(evidence: Evidence, measure: Measure, views: Floats, spend: Floats | None, seed: int) -> Floats:
    now = _known(evidence, measure.name)
    if measure.name == "views":
        if not views.any():
            raise UntoldError("No video of this campaign is counted yet, so nothing can be told.")
        return views
    if measure.name == "spend":
        if spend is None:
            raise UntoldError("What the campaign costs is not known in full: a fee is missing.")
        return spend
    if measure.name in _NOT_TOLD or measure.additivity is not Additivity.ADDITIVE:
        raise UntoldError(f"{measure.label} does not grow with views, so its end cannot be told from them.")
    if now is None:
        raise UntoldError(f"{measure.label} is not known yet.")
    if measure.name in _STANDING or measure.origin is Origin.PLAN:
        return np.full(len(views), now)
    seen = _known(evidence, "views")
    if not seen or seen <= 0:
        raise UntoldError("No views are counted yet, so nothing can be told from them.")
    rate = now / seen * _scatter(evidence, measure.name, now, len(views), seed)
    return np.asarray(now + np.maximum(views - seen, 0.0) * rate)


def _scatter(evidence: Evidence, name: str, now: float, draws: int, seed: int) -> Floats:
    """Return draws around 1 of the rate per view: few events and creators that differ widen it."""
    pairs = [
        (totals.get(name), totals.get("views"))
        for one in evidence.by_creator.values()
        if (totals := one.get(Traffic.TOTAL, {})).get("views")
    ]
    known = [(count, seen) for count, seen in pairs if count is not None and seen]
    rng = np.random.default_rng(seed + sum(map(ord, name)))
    relative = math.sqrt(1 / max(now, 1.0) + _between(known) ** 2 / max(len(known), 1))
    return np.asarray(np.exp(relative * rng.standard_normal(draws) - relative**2 / 2))


def _between(known: list[tuple[float, float]]) -> float:
    """Return how differently creators do per view: sd of their rates over the rate of all."""
    if len(known) < 2:
        return 0.5
    counts, seen = np.array(known).T
    whole = counts.sum() / seen.sum()
    if whole <= 0:
        return 0.5
    off = counts / seen / whole - 1
    return float(math.sqrt(np.average(off**2, weights=seen)))


def spend_draws(evidence: Evidence, *, days_left: int, days_gone: int, draws: int) -> Floats | None:
    """Return the spend at the horizon: fees in full, ads going on as they did; None where not known."""
    totals = evidence.totals(Traffic.TOTAL)
    now, cost = totals.get("spend"), totals.get("cost")
    if now is None or evidence.fee_gap:
        return None
    more = (cost or 0.0) * days_left / days_gone if days_gone > 0 else 0.0
    return np.full(draws, now + more)


def _known(evidence: Evidence, name: str) -> float | None:
    value = evidence.totals(Traffic.TOTAL).get(name)
    return None if value is None or value != value else value  # noqa: PLR0124  (NaN)
