"""Closing the orders that are older than what is kept: looking first, then doing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from core.access import Action, require
from core.entry.words import counted
from core.errors import refusal
from core.retention.keeping import limit_of, retention_of
from core.rollups.closing import ClosedOrders, SumsDifferError, close_orders
from core.store.compacting import compact, left_over
from core.units import day_of, instant_of, write_day

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from core.store.engine import Store

_OLD = text(
    "SELECT COUNT(*) AS orders, MIN(o.day) AS first_day FROM"
    " (SELECT MIN(day) AS day FROM shop_order GROUP BY system, order_id HAVING MAX(created_at) < :before) o"
)
_UNEXPLAINED = text(
    "SELECT COUNT(DISTINCT c.system || '/' || c.order_id) FROM order_claim c JOIN shop_order o"
    " ON o.system = c.system AND o.order_id = c.order_id WHERE c.kind = 'code' AND c.key <> ''"
    " AND c.key NOT IN (SELECT code_key FROM promo_code) AND o.created_at < :before"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What closing does, or has done.

    Attributes:
        before: Unix seconds; orders made before it are meant.
        orders: how many.
        is_done: whether it has happened.
        is_compact: whether the store was rewritten afterwards, so that no byte of the rows is left.
        sentence: the same in words.
    """

    before: int
    orders: int
    is_done: bool
    is_compact: bool
    sentence: str


def preview(store: Store, months: int, *, today: date) -> Closing:
    """Return what keeping order rows for some months would close today; nothing is changed.

    Args:
        store: of an admin.
        months: how long order rows would be kept.
        today: the current day.

    Raises:
        PlumblineError: `not-allowed`.
    """
    require(store.principal, Action.ADMINISTER)
    before = limit_of(months, today)
    with store.reading() as connection:
        found = connection.execute(_OLD, {"before": before}).one()
        unexplained = int(connection.execute(_UNEXPLAINED, {"before": before}).scalar_one())
    day = write_day(instant_of(before).date())
    if not found.orders:
        sentence = f"No order here is from before {day}; nothing would be closed today."
    else:
        since = write_day(day_of(found.first_day))
        sentence = (
            f"{counted(found.orders, 'order')} from {since} up to {day} would be closed: what they say of "
            "campaigns, creators and codes stays, their rows go."
        )
        if unexplained:
            carry = "carries a code" if unexplained == 1 else "carry codes"
            sentence += (
                f" {unexplained:,} of them {carry} that nobody has explained: say on Codes and links "
                "whose they are first, for afterwards nobody can be credited."
            )
    return Closing(before=before, orders=found.orders, is_done=False, is_compact=False, sentence=sentence)


def close_due(store: Store, *, today: date) -> Closing | None:
    """Close what is older than what is kept; every figure stays as it was.

    Args:
        store: of an admin.
        today: the current day.

    Returns:
        What was done; None where nothing is due.

    Raises:
        PlumblineError: `not-allowed`; `retention-stopped` where a figure would change: nothing was
            closed; those of the store.
    """
    require(store.principal, Action.ADMINISTER)
    with store.reading() as connection:
        before = _due(connection, today)
        if before is None:
            return None
    detail: dict[str, int] = {}
    try:
        with store.writing("orders closed", write_day(instant_of(before).date()), detail) as connection:
            done = close_orders(connection, before)
            detail |= {"orders": done.orders, "clicks": done.clicks, "rows set aside": done.set_aside}
    except SumsDifferError as problem:
        raise refusal(
            "retention-stopped",
            "Order rows were not closed: a figure would not have been the same. Nothing was changed.",
            "Show this message to whoever looks after Plumbline; all rows are still here.",
        ) from problem
    return _done(store, before, done, is_compact=compact(store))


def _due(connection: Connection, today: date) -> int | None:
    """Return the instant up to which orders must be closed, None where that is done or nothing is set."""
    kept = retention_of(connection)
    if kept.months is None:
        return None
    before = limit_of(kept.months, today)
    return before if kept.closed_before is None or kept.closed_before < before else None


def _done(store: Store, before: int, done: ClosedOrders, *, is_compact: bool) -> Closing:
    day = write_day(instant_of(before).date())
    sentence = (
        f"{counted(done.orders, 'order')} from before {day} {'is' if done.orders == 1 else 'are'} closed; "
        "the sums of every campaign were compared and are the same."
        if done.orders
        else f"No order was from before {day}."
    )
    if not is_compact:
        sentence += f" {left_over(store)}"
    return Closing(before=before, orders=done.orders, is_done=True, is_compact=is_compact, sentence=sentence)
