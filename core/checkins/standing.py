"""Early winners and creators at risk: only past the minimum age and data, never by a bare rank.

A creator stands out where the cost of an order lies, nine times in ten, wholly on one side of the
campaign's middle, given how much the campaign's creators differ at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.checkins.model import Flag, Standing
from core.scope import Traffic
from core.statistics.results import rate_draws
from core.units import day_number, write_count, write_money

if TYPE_CHECKING:
    from datetime import date

    from core.evidence.campaign import Evidence
    from core.evidence.plan import Partner

FEWEST_ORDERS = 20  # or that many expected from what was spent
FEWEST_DAYS = 3  # since the first video
_TAIL = 0.05
_ORDER = {Flag.EARLY_WINNER: 0, Flag.AT_RISK: 1, Flag.AS_USUAL: 2, Flag.TOO_EARLY: 3}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rate:
    """A creator's orders per minor unit spent, as draws of what is believed of it."""

    creator_id: int
    name: str
    draws: np.ndarray


def rates_of(evidence: Evidence) -> tuple[Rate, ...]:
    """Return the rate of each creator whose spend and orders are known; empty where none can be told."""
    known = [
        (partner, totals["spend"] or 0.0, totals["orders"] or 0.0)
        for partner in evidence.plan.partners
        if (totals := evidence.by_creator.get(partner.creator_id, {}).get(Traffic.TOTAL, {}))
        and (totals.get("spend") or 0) > 0
        and totals.get("orders") is not None
    ]
    orders = np.array([count for *_, count in known])
    if not orders.sum():
        return ()
    spent = np.array([spend for _, spend, _ in known])
    drawn = rate_draws(orders, spent, seed=evidence.plan.campaign_id)
    return tuple(
        Rate(creator_id=partner.creator_id, name=partner.name, draws=draws)
        for (partner, *_), draws in zip(known, drawn, strict=True)
    )


def creator_standings(evidence: Evidence, *, today: date) -> tuple[Standing, ...]:
    """Return how each creator of the campaign stands, those who stand out first."""
    rates = {rate.creator_id: rate for rate in rates_of(evidence)}
    middle = float(np.median([np.mean(1 / rate.draws) for rate in rates.values()])) if rates else None
    found = [
        _standing(evidence, partner, rates.get(partner.creator_id), middle, today)
        for partner in evidence.plan.partners
    ]
    return tuple(
        sorted(found, key=lambda one: (_ORDER[one.flag], one.high or float("inf"), one.name.casefold()))
    )


def _standing(
    evidence: Evidence, partner: Partner, rate: Rate | None, middle: float | None, today: date
) -> Standing:
    creator_id, name = partner.creator_id, partner.name
    totals = evidence.by_creator.get(creator_id, {}).get(Traffic.TOTAL, {})
    orders, spend = totals.get("orders"), totals.get("spend")
    age = _age(evidence, creator_id, today)
    low = high = None
    if rate is not None:
        low, high = (float(end) for end in np.quantile(1 / rate.draws, [_TAIL, 1 - _TAIL]))
    flag, sentence = _judged(
        evidence, name, orders=orders, spend=spend, age=age, ends=(low, high), middle=middle
    )
    return Standing(
        creator_id=creator_id, name=name, flag=flag, orders=orders, spend=spend, low=low, high=high, age=age,
        sentence=sentence,
    )  # fmt: skip


def _age(evidence: Evidence, creator_id: int, today: date) -> int | None:
    days = [
        video.posted_day
        for video in evidence.videos.values()
        if video.creator_id == creator_id and video.posted_day is not None
    ]
    return max(day_number(today) - min(days), 0) if days else None


def _judged(
    evidence: Evidence,
    name: str,
    *,
    orders: float | None,
    spend: float | None,
    age: int | None,
    ends: tuple[float | None, float | None],
    middle: float | None,
) -> tuple[Flag, str]:
    low, high = ends
    if age is None:
        return Flag.TOO_EARLY, f"{name}: no dated video has been seen yet."
    if age < FEWEST_DAYS:
        return (
            Flag.TOO_EARLY,
            f"{name}: the first video is {_days(age)} old; from {FEWEST_DAYS} days on it can be judged.",
        )
    if orders is None or low is None or high is None or middle is None or not spend:
        return Flag.TOO_EARLY, f"{name}: {_unknown(orders, spend)}, so the cost of an order cannot be told."
    if max(orders, spend / middle) < FEWEST_ORDERS:
        return (
            Flag.TOO_EARLY,
            f"{name}: {write_count(orders)} orders so far; from {FEWEST_ORDERS} on it can be judged.",
        )
    least, most, usual = (write_money(each, evidence.plan.currency) for each in (low, high, middle))
    cost = f"an order costs {least} to {most}"
    if high < middle:
        return Flag.EARLY_WINNER, f"{name}: {cost} (9 chances in 10), below the campaign's middle of {usual}."
    if low > middle:
        return Flag.AT_RISK, f"{name}: {cost} (9 chances in 10), above the campaign's middle of {usual}."
    return Flag.AS_USUAL, f"{name}: {cost} (9 chances in 10), around the campaign's middle of {usual}."


def _unknown(orders: float | None, spend: float | None) -> str:
    if orders is None:
        return "no orders can be linked yet"
    return "nothing was spent" if spend == 0 else "the fee is not written down"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
