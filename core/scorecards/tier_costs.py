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
    from collections.abc import Mapping

    from core.evidence.campaign import Evidence
    from core.metrics.model import Metric

COSTS: tuple[Metric, ...] = (
    awareness.COST_PER_THOUSAND_VIEWS,
    engagement.COST_PER_ENGAGEMENT,
    conversion.COST_PER_ORDER,
    conversion.CAC,
)


def costs_by_tier(evidence: Evidence, tiers: Mapping[int, str]) -> tuple[TierCost, ...]:
    """Return what each result cost by tier, smallest tier first, those of unknown size last.

    Args:
        evidence: of the whole campaign.
        tiers: each creator's tier; '' where it is not known.
    """
    order = [name for name, _ in evidence.sources.tiers]
    names = sorted(
        set(tiers.values()), key=lambda name: (not name, order.index(name) if name in order else -1)
    )
    return tuple(
        found
        for name in names
        for metric in COSTS
        if (found := _cost(evidence, metric, name, [one for one, tier in tiers.items() if tier == name]))
    )


def _cost(evidence: Evidence, metric: Metric, tier: str, creators: list[int]) -> TierCost | None:
    """Return the cost of one result in a tier; None where no creator has both cost and result known."""
    pairs = [pair for one in creators if (pair := _parts(evidence, metric, one)) is not None]
    if not pairs:
        return None
    paid, got = np.array(pairs).T
    currency = evidence.plan.currency
    value = float(paid.sum() / got.sum() * metric.scale) if got.sum() > 0 else None
    with_result = got > 0
    typical = (
        typical_of(paid[with_result] / got[with_result] * metric.scale)
        if (paid[with_result] > 0).all()
        else None
    )
    low = high = None
    if value is None:
        written = f"no result yet for {write_money(float(paid.sum()), currency)}"
    else:
        written = f"{write_money(value, currency)} over {counted(len(pairs), 'creator')}"
    if typical is not None and not isinstance(typical, NotEnough):
        low, high = typical.low, typical.high
        written += (
            f"; the typical creator between {write_money(low, currency)} and {write_money(high, currency)}"
        )
    elif isinstance(typical, NotEnough):
        written += f"; a range needs {typical.need} creators with a result ({typical.have} so far)"
    without = int((~with_result).sum())
    if without and value is not None:
        written += f"; {counted(without, 'creator')} without any result in the totals, not in the range"
    return TierCost(
        tier=tier, metric=metric, creators=len(pairs), value=value, low=low, high=high, written=f"{written}."
    )


def _parts(evidence: Evidence, metric: Metric, creator_id: int) -> tuple[float, float] | None:
    """Return what was paid and what came of it; None where either is not known."""
    assert metric.denominator is not None  # noqa: S101  (a cost per something)
    totals = evidence.by_creator.get(creator_id, {}).get(Traffic.TOTAL, {})
    paid, got = metric.numerator.value(totals), metric.denominator.value(totals)
    if paid is None or got is None or paid <= 0 or got < 0:
        return None
    return paid, got
