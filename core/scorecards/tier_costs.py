"""What one result cost among creators of a tier: totals divided, and the typical creator's range."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.metrics import awareness, conversion, engagement
from core.scope import Traffic
from core.scorecards.model import TierCost
from core.scorecards.words import counted
from core.statistics.refusals import NotEnough
from core.statistics.typical import typical_of
from core.units import write_money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.evidence.reading import ByTraffic
    from core.metrics.model import Metric

COSTS: tuple[Metric, ...] = (
    awareness.COST_PER_THOUSAND_VIEWS,
    engagement.COST_PER_ENGAGEMENT,
    conversion.COST_PER_ORDER,
    conversion.CAC,
)


def costs_by_tier(
    totals: Mapping[int, ByTraffic], tiers: Mapping[int, str], order: Sequence[str], currency: str
) -> tuple[TierCost, ...]:
    """Return what each result cost by tier, smallest tier first, those of unknown size last.

    Args:
        totals: of each creator in the campaign.
        tiers: each creator's tier; '' where it is not known.
        order: names of the tiers, smallest first.
        currency: of the campaign.
    """
    names = sorted(
        set(tiers.values()), key=lambda name: (not name, order.index(name) if name in order else -1)
    )
    return tuple(
        found
        for name in names
        for metric in COSTS
        if (
            found := _cost(
                [totals.get(one, {}) for one, tier in tiers.items() if tier == name], metric, name, currency
            )
        )
    )


def _cost(creators: Sequence[ByTraffic], metric: Metric, tier: str, currency: str) -> TierCost | None:
    """Return the cost of one result in a tier; None where no creator has both cost and result known."""
    pairs = [pair for one in creators if (pair := _parts(one, metric)) is not None]
    if not pairs:
        return None
    paid, got = np.array(pairs).T
    value = float(paid.sum() / got.sum() * metric.scale) if got.sum() > 0 else None
    with_result = got > 0
    typical = (
        typical_of(paid[with_result] / got[with_result] * metric.scale)
        if (paid[with_result] > 0).all()
        else None
    )
    low, high = (
        (None, None) if typical is None or isinstance(typical, NotEnough) else (typical.low, typical.high)
    )
    without = int((~with_result).sum())
    people = counted(len(pairs), "creator")
    if value is None:
        written = sentence = f"no result yet for {write_money(float(paid.sum()), currency)} ({people})"
    else:
        written = f"{write_money(value, currency)} ({people})"
        sentence = f"{metric.label}: {write_money(value, currency)} over {people}"
    if low is not None and high is not None:
        ends = f"{write_money(low, currency)} to {write_money(high, currency)}"
        written += f", typical {ends}"
        sentence += f"; the typical creator lies between {ends}"
    elif isinstance(typical, NotEnough):
        sentence += f"; a range needs {typical.need} creators with a result ({typical.have} so far)"
    if without and value is not None:
        sentence += f"; {counted(without, 'creator')} without any result in the totals, not in the range"
    return TierCost(
        tier=tier, metric=metric, creators=len(pairs), value=value, low=low, high=high, without=without,
        written=written, sentence=f"{sentence}.",
    )  # fmt: skip


def _parts(creator: ByTraffic, metric: Metric) -> tuple[float, float] | None:
    """Return what was paid and what came of it; None where either is not known."""
    assert metric.denominator is not None  # noqa: S101  (a cost per something)
    totals = creator.get(Traffic.TOTAL, {})
    paid, got = metric.numerator.value(totals), metric.denominator.value(totals)
    if paid is None or got is None or paid <= 0 or got < 0:
        return None
    return paid, got
