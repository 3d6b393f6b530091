"""The sales that are looked at: their newest orders, and the evidence on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from core.rollups.buyers import sales_to
from core.rollups.named import read_named_claims
from core.rollups.newest import newest_order
from core.rollups.reading import key_table, read_frame, run

if TYPE_CHECKING:
    from collections.abc import Iterator

SALES_AT_ONCE = 150_000  # bounds memory
_VALUES = ("subtotal", "shipping", "tax", "tax_included", "total", "refunded", "cancelled_at")
SALE = "CASE WHEN o.sale_key <> '' THEN o.sale_key ELSE o.system || '/' || o.order_id END"
_CUSTOMERS = "SELECT o.customer_key FROM touched_sale t CROSS JOIN shop_order o WHERE o.id = t.id"
# CROSS JOIN keeps SQLite from walking through all orders in search of a few.
_BLOCK = "touched_sale t CROSS JOIN shop_order o WHERE t.block IN :blocks AND o.id = t.id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """Some sales with their evidence.

    Attributes:
        sales: one row per sale, index 0..n-1, as `decide` wants them, with system, order_id, is_new.
        claims: codes and affiliates: sale, position, kind, key, video_id.
        clicks: tagged clicks: sale, key, at.
    """

    sales: pd.DataFrame
    claims: pd.DataFrame
    clicks: pd.DataFrame


def read_sales(connection: Connection) -> Iterator[Sales]:
    """Give the sales of the orders in `touched_order`, a bearable number at once; a sale is never cut."""
    with key_table(connection, "touched_sale", {"block": "TEXT", "id": "INTEGER"}):
        groups = _fill_blocks(connection)
        with sales_to(connection, _CUSTOMERS):
            for blocks in groups:
                yield _read_block(connection, blocks)


def _read_block(connection: Connection, blocks: list[str]) -> Sales:
    sales, number_of = _sales(_read_orders(connection, blocks))
    claims = _number(_all_claims(connection, blocks), number_of)
    clicks = _number(_read_clicks(connection, blocks), number_of)
    links = claims[claims["kind"] == "link"]
    clicks = pd.concat([part for part in (clicks, links[clicks.columns]) if len(part)] or [clicks])
    return Sales(sales=sales, claims=claims[claims["kind"] != "link"], clicks=clicks)


def _fill_blocks(connection: Connection) -> list[list[str]]:
    """Put the newest version of each touched order into `touched_sale`; return its blocks, grouped."""
    count = connection.execute(text("SELECT COUNT(*) FROM touched_order")).scalar_one()
    block = f"substr({SALE}, length({SALE}))" if count > SALES_AT_ONCE else "''"
    run(
        connection,
        f"INSERT INTO touched_sale (block, id) SELECT {block}, o.id FROM touched_order t"
        " CROSS JOIN shop_order o JOIN import_batch ob ON ob.id = o.batch_id"
        f" WHERE o.system = t.system AND o.order_id = t.order_id AND {newest_order(connection, 'o', 'ob')}",
    )
    groups: list[list[str]] = []
    room = 0
    for sign, size in connection.execute(
        text("SELECT block, COUNT(*) FROM touched_sale GROUP BY block ORDER BY block")
    ):
        if room < size:
            groups.append([])
            room = SALES_AT_ONCE
        groups[-1].append(sign)
        room -= size
    return groups


def _read_orders(connection: Connection, blocks: list[str]) -> pd.DataFrame:
    earlier = (
        "EXISTS (SELECT 1 FROM buyer_sale e WHERE e.customer_key = o.customer_key AND e.system = o.system"
        " AND e.order_id <> o.order_id AND (e.created_at < o.created_at OR (e.created_at = o.created_at"
        " AND e.order_id < o.order_id)))"
    )
    return read_frame(
        connection,
        f"SELECT {SALE} AS sale_key, o.system, o.order_id, o.created_at, o.day AS shop_day, o.status,"
        " o.currency, o.cancelled_at, o.subtotal, o.shipping, o.tax, o.tax_included, o.total, o.refunded,"
        f" CASE WHEN o.customer_key = '' THEN NULL WHEN {earlier} THEN 0 ELSE 1 END AS is_new FROM {_BLOCK}",
        {"blocks": blocks},
        numbers=(*_VALUES, "is_new"),
    )


def _sales(orders: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series[int]]:
    """Return one row per sale, and the sale's number by (system, order id).

    Where two systems know a sale, the shop's own is believed rather than TikTok's list of it.
    """
    orders = orders.assign(rank=orders["system"].str.startswith("tiktok_shop"))
    orders = orders.sort_values(["sale_key", "rank", "system", "order_id"], kind="stable")
    is_first = ~orders.duplicated("sale_key")
    numbers = pd.Series(
        is_first.cumsum().to_numpy() - 1, index=pd.MultiIndex.from_frame(orders[["system", "order_id"]])
    )
    known = orders.groupby("sale_key", sort=False)["is_new"].first()
    sales = orders[is_first].reset_index(drop=True)
    return sales.assign(is_new=known.to_numpy()), numbers


def _all_claims(connection: Connection, blocks: list[str]) -> pd.DataFrame:
    """Return every claim on the looked-at orders, also those of files that name no shop."""
    claims = _read_claims(connection, blocks)
    named = read_named_claims(connection, blocks)
    return claims if named is None or named.empty else pd.concat([claims, named], ignore_index=True)


def _read_claims(connection: Connection, blocks: list[str]) -> pd.DataFrame:
    """Return the claims that came with the newest version of each order, or in a file without it."""
    newer = (
        "EXISTS (SELECT 1 FROM order_claim d JOIN import_batch db ON db.id = d.batch_id"
        " WHERE d.system = c.system AND d.order_id = c.order_id AND d.kind = c.kind"
        " AND d.batch_id <> c.batch_id"
        " AND (db.as_of > cb.as_of OR (db.as_of = cb.as_of AND d.batch_id > c.batch_id))"
        f" AND {_stands_alone('d')})"
    )
    return read_frame(
        connection,
        "SELECT c.system, c.order_id, c.position, c.kind, c.key, c.video_id, c.at"
        " FROM touched_sale t CROSS JOIN shop_order o CROSS JOIN order_claim c"
        " JOIN import_batch cb ON cb.id = c.batch_id"
        " WHERE t.block IN :blocks AND o.id = t.id AND c.order_id = o.order_id AND c.system = o.system"
        # The plus keeps SQLite from looking rows up by their import, of which there are few.
        f" AND (+c.batch_id = o.batch_id OR ({_stands_alone('c')} AND NOT {newer}))",
        {"blocks": blocks},
        numbers=("at",),
    )


def _stands_alone(claim: str) -> str:
    """Return the SQL condition that a claim came in a file that does not state its order."""
    return (
        f"NOT EXISTS (SELECT 1 FROM shop_order w WHERE w.system = {claim}.system"
        f" AND w.order_id = {claim}.order_id AND +w.batch_id = {claim}.batch_id)"
    )


def _read_clicks(connection: Connection, blocks: list[str]) -> pd.DataFrame:
    return read_frame(
        connection,
        "SELECT o.system, o.order_id, c.link_key AS key, c.at"
        " FROM touched_sale t CROSS JOIN shop_order o JOIN touch c ON c.person_key = o.customer_key"
        " WHERE t.block IN :blocks AND o.id = t.id AND o.customer_key <> ''",
        {"blocks": blocks},
        numbers=("at",),
    )


def _number(frame: pd.DataFrame, number_of: pd.Series[int]) -> pd.DataFrame:
    """Return the rows with `sale`, the number of their sale."""
    keys = pd.MultiIndex.from_frame(frame[["system", "order_id"]])
    sale = number_of.reindex(keys).to_numpy() if len(frame) else np.array([], dtype=np.int64)
    return frame.assign(sale=sale.astype(np.int64))
