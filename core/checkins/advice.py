"""A suggested shift of money: only where the gain exceeds the noise, bounded, and never the only choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.checkins.model import Advice
from core.checkins.standing import FEWEST_ORDERS, rates_of
from core.scope import Traffic
from core.units import write_money

if TYPE_CHECKING:
    from datetime import date

    from core.checkins.standing import Rate
    from core.evidence.campaign import Evidence

MOST_MOVED = 0.25  # share of the money that is still free
FEWEST_DAYS = 3
_SURE = 0.8  # chance from which a shift is worth a word


def advise(evidence: Evidence, *, budget: int | None, today: date) -> Advice:
    """Return one suggested shift, or why the plan is to be kept.

    Fees that are agreed are spent whatever happens; only money that is still free can move.

    Args:
        evidence: the campaign's.
        budget: minor units; None where none was set.
        today: in the campaign's zone.
    """
    if today > evidence.plan.last_day:
        return _keep("The campaign is over, so there is no money left to move.")
    if (today - evidence.plan.first_day).days < FEWEST_DAYS:
        return _keep("Keep the plan: it is too early to move money.")
    rates = rates_of(evidence)
    counted = [rate for rate in rates if _orders(evidence, rate) >= FEWEST_ORDERS]
    if len(counted) < 2:
        return _keep(
            f"Keep the plan: two creators with {FEWEST_ORDERS} orders are needed before money is moved, "
            f"and there {'is' if len(counted) == 1 else 'are'} {len(counted)}."
        )
    free = _free(evidence, budget)
    if free is None or free <= 0:
        return _keep("Keep the plan: the fees are agreed, and no budget is left that could move.")
    return _best_shift(evidence, counted, round(free * MOST_MOVED))


def _best_shift(evidence: Evidence, rates: list[Rate], amount: int) -> Advice:
    draws = {rate.creator_id: rate.draws for rate in rates}
    names = {rate.creator_id: rate.name for rate in rates}
    order = sorted(draws, key=lambda number: float(draws[number].mean()))
    giver, taker = order[0], order[-1]
    gain = (draws[taker] - draws[giver]) * amount
    low, high = (float(end) for end in np.quantile(gain, [0.1, 0.9]))
    chance = float((gain > 0).mean())
    money = write_money(amount, evidence.plan.currency)
    if low <= 0 or chance < _SURE:
        return _keep(
            f"Keep the plan: giving {money} of the free budget to {names[taker]} rather than {names[giver]} "
            f"would change {low:+.0f} to {high:+.0f} orders (8 chances in 10), which may be luck."
        )
    return Advice(
        is_shift=True,
        giver=names[giver],
        taker=names[taker],
        amount=amount,
        gain=float(gain.mean()),
        low=low,
        high=high,
        chance=chance,
        sentence=(
            f"Of the budget that is still free, {money} with {names[taker]} rather than {names[giver]} would "
            f"bring about {gain.mean():.0f} more orders ({low:.0f} to {high:.0f}, 8 chances in 10), if the "
            f"next money works as the money so far. Chance that {names[taker]} really brings orders for "
            f"less: {min(round(chance * 100), 99)}%."
        ),
    )


def _free(evidence: Evidence, budget: int | None) -> float | None:
    if budget is None:
        return None
    totals = evidence.totals(Traffic.TOTAL)
    return budget - (totals.get("spend") or 0.0)


def _orders(evidence: Evidence, rate: Rate) -> float:
    return evidence.by_creator[rate.creator_id][Traffic.TOTAL].get("orders") or 0.0


def _keep(sentence: str) -> Advice:
    return Advice(is_shift=False, sentence=sentence)
