"""Codes on orders that nobody has said whose they are: listed, hinted at, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from core.access import Action, require
from core.store.written import table
from core.tracking.codes import add_code
from core.tracking.model import UnknownCode
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


def map_code_to_creator(store: Store, campaign_id: int, written: str, creator_id: int) -> int:
    """Return the id of the code now known as a creator's; its orders are credited back in time.

    Raises:
        EntryError: as `add_code`.
    """
    return add_code(store, campaign_id, {"code": written, "creator_id": creator_id})


def map_code_to_nobody(store: Store, written: str) -> int:
    """Return the id of the code now known as sitewide; its orders are credited to no creator for it.

    Raises:
        EntryError: as `add_code`.
    """
    return add_code(store, None, {"code": written, "is_sitewide": True})
