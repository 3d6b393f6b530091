"""What the next deal with a creator is worth: the results of this one, their range, the arithmetic.

A fee that the results can carry is orders × what is left of each. The range is the one of
the creator's order rate, shrunk to peers where there are enough, so that luck is not paid
for twice. Only orders that carried a code or link count; that is said, not corrected.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.scorecards.model import Corridor
from core.units import Unit, write, write_count, write_money

if TYPE_CHECKING:
    from core.scorecards.margins import Margin
    from core.scorecards.model import Estimate

_ENOUGH_ORDERS = 20  # from which a creator's own average order stands for itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a creator's campaign brought, in the campaign's currency (minor units); None is unknown."""

    orders: float | None
    revenue: float | None
    views: float | None
    commission: float | None
    fee: float | None
    campaign_orders: float | None
    campaign_revenue: float | None


_CAUTIONS = (
    (
        "Counts only orders that carried this creator's code or link. "
        "Some buyers use neither, some would have bought anyway."
    ),
    (
        "The range comes from how far the order rate can be off; "
        "it does not say how many views the next videos get."
    ),
)


def corridor_of(
    worth: Worth, rate: Estimate | None, per_thousand: Estimate | None, margin: Margin | None, currency: str
) -> Corridor:
    """Return the corridor of fees for as many videos and views as in this campaign.

    Args:
        worth: what was counted.
        rate: the creator's orders per 1,000 views.
        per_thousand: cost per 1,000 views, for what peers are paid.
        margin: what is left of revenue; None where nobody stated it.
        currency: of the campaign.
    """
    market = _market_lines(worth, per_thousand, currency)
    if worth.orders is None or worth.campaign_revenue is None or not worth.campaign_orders:
        why = "No order can be tied to this campaign's creators yet, so results cannot be priced."
        return _nothing(why, market, currency)
    if margin is None:
        why = (
            "State the contribution margin (what is left of 100 of revenue after goods, shipping "
            "and payment fees); without it results cannot be priced."
        )
        return _nothing(why, market, currency)
    order_value, whose = _order_value(worth)
    kept = order_value * margin.margin
    if kept <= 0:
        return _nothing("Refunds took all revenue, so no number of orders can pay a fee.", market, currency)
    low, middle, high = _orders(worth, rate)
    share = write(margin.margin, Unit.SHARE)
    lines = [
        f"Average order {whose}: {write_money(order_value, currency)} net",
        f"× contribution margin {share} = {write_money(kept, currency)} left of each order",
        _orders_line(worth, rate, (low, middle, high)),
    ]
    paid = worth.commission or 0.0
    per_order = paid / worth.orders if worth.orders else 0.0
    if per_order:
        lines.append(f"− commission {write_money(per_order, currency)} per order")
    left = kept - per_order
    ends = tuple(max(0.0, orders * left) for orders in (low, middle, high))
    written = [write_money(end, currency) for end in ends]
    lines.append(
        f"Orders × what is left: {written[0]} at the cautious end, {written[1]} in the middle, "
        f"{written[2]} at the high end"
    )
    said = f"For the same views, orders would carry a fee of {written[1]} "
    said += f"(between {written[0]} and {written[2]})."
    if worth.fee:
        paid_fee = write_money(worth.fee, currency)
        breaks_even = write_count(_round_up(worth.fee / left)) if left > 0 else "no number of"
        said += f" The fee was {paid_fee}, which breaks even at {breaks_even} orders; "
        said += f"{write_count(worth.orders)} were credited."
    return Corridor(
        low=ends[0],
        middle=ends[1],
        high=ends[2],
        currency=currency,
        lines=(*lines, *market),
        sentence=said,
        cautions=_CAUTIONS,
    )


def _round_up(value: float) -> float:
    return float(-(-value // 1))


def _order_value(worth: Worth) -> tuple[float, str]:
    """Return what an order is worth on average, minor units, and whose orders that is."""
    if worth.orders and worth.revenue is not None and worth.orders >= _ENOUGH_ORDERS:
        return worth.revenue / worth.orders, "of this creator"
    return (worth.campaign_revenue or 0.0) / (worth.campaign_orders or 1.0), "of the campaign"


def _orders(worth: Worth, rate: Estimate | None) -> tuple[float, float, float]:
    """Return how many orders as many views would bring: low, middle, high."""
    if rate is not None and rate.value is not None and worth.views:
        ends = (rate.low or 0.0, rate.value, rate.high or 0.0)
        return tuple(worth.views / 1000 * end for end in ends)  # type: ignore[return-value]  # three ends
    from scipy.special import gammaincinv  # exact for a count: Garwood 1936

    count = worth.orders or 0.0
    low = float(gammaincinv(count, 0.05)) if count > 0 else 0.0
    return low, count, float(gammaincinv(count + 1, 0.95))


def _orders_line(worth: Worth, rate: Estimate | None, ends: tuple[float, float, float]) -> str:
    low, middle, high = (write_count(round(end)) for end in ends)
    counted = write_count(worth.orders)
    if rate is not None and rate.value is not None and worth.views:
        per = [write(end, Unit.NUMBER) for end in (rate.low, rate.value, rate.high)]
        views = write(worth.views, Unit.COUNT)
        return (
            f"Orders for {views} views at {per[1]} per 1,000 (between {per[0]} and {per[2]}): "
            f"{middle} (between {low} and {high}); {counted} were credited this time"
        )
    return f"Orders: {counted} credited; by chance alone the same work brings {low} to {high}"


def _market_lines(worth: Worth, per_thousand: Estimate | None, currency: str) -> tuple[str, ...]:
    """Return what peers are paid for as many views; empty where too few are known."""
    if per_thousand is None or per_thousand.peers is None or not worth.views:
        return ()
    band = per_thousand.peers
    ends = [write_money(worth.views / 1000 * end, currency) for end in (band.low, band.middle, band.high)]
    return (
        (
            f"For comparison, the middle half of {band.label} ({band.creators} creators) cost {ends[0]} "
            f"to {ends[2]} for as many views (middle {ends[1]})."
        ),
    )


def _nothing(sentence: str, lines: tuple[str, ...], currency: str) -> Corridor:
    return Corridor(
        low=None, middle=None, high=None, currency=currency, lines=lines, sentence=sentence, cautions=()
    )
