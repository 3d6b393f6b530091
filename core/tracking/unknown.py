"""Codes on orders that nobody has said whose they are: listed, hinted at, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from core.access import Action, require
from core.keys import code_key
from core.store.written import row_of, table
from core.tracking.codes import add_code
from core.tracking.model import MappedCode, UnknownCode
from core.units import day_of

if TYPE_CHECKING:
    from core.store.engine import Store

_ALIKE = 85.0  # rapidfuzz ratio from which a hint helps; LENA15 and LENNA15 have 92


def unknown_codes(store: Store) -> tuple[UnknownCode, ...]:
    """Return the codes on imported orders that nobody has explained, most orders first."""
    require(store.principal, Action.READ)
    claims, codes, orders = (table(name) for name in ("order_claim", "promo_code", "shop_order"))
    one = func.count(func.distinct(claims.c.system + "/" + claims.c.order_id)).label("orders")
    same_order = (orders.c.system == claims.c.system) & (orders.c.order_id == claims.c.order_id)
    query = (
        select(
            claims.c.key,
            func.max(claims.c.written).label("written"),
            one,
            func.min(orders.c.day).label("first"),
            func.max(orders.c.day).label("last"),
        )
        .outerjoin(orders, same_order)
        .where(claims.c.kind == "code", claims.c.key != "", claims.c.key.not_in(select(codes.c.code_key)))
        .group_by(claims.c.key)
    )
    with store.reading() as connection:
        known = list(connection.execute(select(codes.c.code_key).distinct()).scalars())
        found = [
            UnknownCode(
                code_key=row.key,
                written=row.written or row.key,
                orders=row.orders,
                first_day=None if row.first is None else day_of(row.first),
                last_day=None if row.last is None else day_of(row.last),
                resembles=_resembling(row.key, known),
            )
            for row in connection.execute(query)
        ]
    return tuple(sorted(found, key=lambda code: (-code.orders, code.code_key)))


def _resembling(key: str, known: list[str]) -> str:
    """Return the known code that looks most like this one, '' where none does."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(key, known, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return str(best[0]) if best else ""


def map_code_to_creator(store: Store, campaign_id: int, written: str, creator_id: int) -> MappedCode:
    """Return what was kept: the code is the creator's on the days of the campaign, its orders credited.

    The days can be changed beside the code. Without days every order that ever carries it would count
    for this campaign, also when the code lives on in the next one.

    Raises:
        EntryError: as `add_code`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    with store.reading() as connection:
        campaign = row_of(connection, "campaign", campaign_id, "campaign")
    first, last = day_of(campaign["first_day"]), day_of(campaign["last_day"])
    days = {"first_day": first.isoformat(), "last_day": last.isoformat()}
    number = add_code(store, campaign_id, {"code": written, "creator_id": creator_id, **days})
    return MappedCode(
        code_id=number,
        written=written,
        first_day=first,
        last_day=last,
        orders_outside=_orders_outside(store, code_key(written), campaign["first_day"], campaign["last_day"]),
    )


def _orders_outside(store: Store, key: str, first: int, last: int) -> int:
    """Return how many orders with a code were placed before or after some days."""
    claims, orders = table("order_claim"), table("shop_order")
    same_order = (orders.c.system == claims.c.system) & (orders.c.order_id == claims.c.order_id)
    query = (
        select(func.count(func.distinct(claims.c.system + "/" + claims.c.order_id)))
        .join(orders, same_order)
        .where(claims.c.kind == "code", claims.c.key == key, ~orders.c.day.between(first, last))
    )
    with store.reading() as connection:
        return int(connection.execute(query).scalar_one())


def map_code_to_nobody(store: Store, written: str) -> int:
    """Return the id of the code now known as sitewide; its orders are credited to no creator for it.

    Raises:
        EntryError: as `add_code`.
    """
    return add_code(store, None, {"code": written, "is_sitewide": True})
