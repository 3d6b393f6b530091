"""The credit ledger: which orders are looked at, and how the decision is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from core.rollups.credit_rule import Decision, decide
from core.rollups.newest import counted, newest_order
from core.rollups.reading import fill_keys, is_any, key_table, read_frame, run
from core.store.bulk import insert_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.rollups.plans import Pairs, Plans

SALES_AT_ONCE = 200_000  # bounds memory
DEFAULT = "default"
_KEY = {"system": "TEXT", "order_id": "TEXT"}
_POINTING = (
    "((c.kind = 'code' AND c.key IN (SELECT code_key FROM promo_code WHERE kind = 'creator' AND creator_id IS NOT NULL))"
    " OR (c.kind = 'affiliate' AND c.key IN (SELECT handle FROM creator_handle))"
    " OR (c.kind = 'link' AND c.key IN (SELECT link_key FROM tracking_link)))"
)
_CLICKED = (
    "SELECT o.system, o.order_id FROM shop_order o WHERE o.customer_key <> '' AND o.customer_key IN"
    " (SELECT t.person_key FROM touch t WHERE t.link_key IN (SELECT link_key FROM tracking_link))"
)
_AMONG = (
    "EXISTS (SELECT 1 FROM touched_order t WHERE t.system = {table}.system AND t.order_id = {table}.order_id)"
)
# What is credited or left out now, what its codes and links are on, and what names a creator but no campaign.
_OF_CAMPAIGN = (
    "SELECT system, order_id FROM credit WHERE campaign_id = :campaign",
    "SELECT system, order_id FROM left_out_order WHERE campaign_id = :campaign",
    "SELECT c.system, c.order_id FROM order_claim c WHERE c.kind = 'code' AND c.key IN (SELECT code_key"
    " FROM promo_code WHERE creator_id IS NOT NULL AND (campaign_id = :campaign OR campaign_id IS NULL))",
    "SELECT c.system, c.order_id FROM order_claim c WHERE c.kind = 'affiliate'"
    " AND c.key IN (SELECT handle FROM creator_handle)",
    "SELECT c.system, c.order_id FROM order_claim c WHERE c.kind = 'link'"
    " AND c.key IN (SELECT link_key FROM tracking_link WHERE campaign_id = :campaign)",
    "SELECT o.system, o.order_id FROM shop_order o WHERE o.customer_key <> '' AND o.customer_key IN"
    " (SELECT t.person_key FROM touch t WHERE t.link_key IN"
    " (SELECT link_key FROM tracking_link WHERE campaign_id = :campaign))",
)
_VALUES = ("subtotal", "shipping", "tax", "tax_included", "total", "refunded", "cancelled_at")


def rebuild_credit(connection: Connection, plans: Plans, orders: Iterable[tuple[str, str]] | None) -> Pairs:
    """Rebuild the ledger of some orders and return the campaigns and creators whose credit may have changed.

    Args:
        connection: in a write transaction.
        plans: what people wrote.
        orders: (system, order id); None for every order.
    """
    with key_table(connection, "touched_order", _KEY):
        if orders is None:
            _touch_all(connection)
            return _rebuild(connection, plans, "1 = 1")
        fill_keys(connection, "touched_order", ("system", "order_id"), sorted(set(orders)))
        _touch_partners(connection)
        return _rebuild(connection, plans, _AMONG)


def rebuild_campaign_credit(connection: Connection, plans: Plans, campaign_id: int) -> Pairs:
    """Rebuild the ledger of the orders that a campaign can gain or lose; return as `rebuild_credit`."""
    with key_table(connection, "touched_order", _KEY):
        for query in _OF_CAMPAIGN:
            run(
                connection,
                f"INSERT INTO touched_order (system, order_id) {query} ON CONFLICT DO NOTHING",
                {"campaign": campaign_id},
            )
        _touch_partners(connection)
        return _rebuild(connection, plans, _AMONG)


def _rebuild(connection: Connection, plans: Plans, among: str) -> Pairs:
    pairs = _pairs(connection, among)
    for table in ("credit", "left_out_order"):
        run(connection, f"DELETE FROM {table} WHERE {among.format(table=table)}")
    _write_credit(connection, plans)
    return pairs | _pairs(connection, among)


def _pairs(connection: Connection, among: str) -> Pairs:
    where = among.format(table="credit")
    rows = connection.execute(text(f"SELECT DISTINCT campaign_id, creator_id FROM credit WHERE {where}"))
    return {(campaign, creator) for campaign, creator in rows}


def _touch_all(connection: Connection) -> None:
    """Put every order into `touched_order` to which any known code, affiliate or link points."""
    run(
        connection,
        "INSERT INTO touched_order (system, order_id)"
        f" SELECT DISTINCT c.system, c.order_id FROM order_claim c WHERE {_POINTING}",
    )
    if is_any(connection, "SELECT 1 FROM touch"):
        run(connection, f"INSERT INTO touched_order (system, order_id) {_CLICKED} ON CONFLICT DO NOTHING")
    _touch_partners(connection)


def _touch_partners(connection: Connection) -> None:
    """Add the same sales in other systems."""
    if not is_any(connection, "SELECT 1 FROM shop_order WHERE sale_key <> ''"):
        return
    stated = "touched_order t JOIN shop_order o ON o.system = t.system AND o.order_id = t.order_id"
    for query in (
        f"SELECT r.system, r.order_id FROM {stated}"
        " JOIN shop_order r ON r.sale_key = o.sale_key AND r.sale_key <> '' WHERE o.sale_key <> ''",
        "SELECT r.system, r.order_id FROM touched_order t"
        " JOIN shop_order r ON r.sale_key = t.system || '/' || t.order_id AND r.sale_key <> ''",
    ):
        run(connection, f"INSERT INTO touched_order (system, order_id) {query} ON CONFLICT DO NOTHING")
    for system in _systems(connection):
        run(
            connection,
            "INSERT INTO touched_order (system, order_id)"
            f" SELECT r.system, r.order_id FROM {stated}"
            " JOIN shop_order r ON r.system = :system AND r.order_id = substr(o.sale_key, :start)"
            " WHERE o.sale_key LIKE :form ON CONFLICT DO NOTHING",
            {"system": system, "start": len(system) + 2, "form": f"{system}/%"},
        )


def _systems(connection: Connection) -> Iterator[str]:
    """Give each system that orders come from; one step in the index each."""
    last: str | None = ""
    while last is not None:
        last = connection.execute(
            text("SELECT MIN(system) FROM shop_order WHERE system > :last"), {"last": last}
        ).scalar()
        if last is not None:
            yield last


def _write_credit(connection: Connection, plans: Plans) -> None:
    for where, values in _blocks(connection):
        orders = _read_orders(connection, where, values)
        if orders.empty:
            continue
        sales, number_of = _sales(orders)
        claims = _number(_read_claims(connection, where, values), number_of)
        clicks = _number(_read_clicks(connection, where, values), number_of)
        links = claims[claims["kind"] == "link"]
        clicks = pd.concat([part for part in (clicks, links[clicks.columns]) if len(part)] or [clicks])
        _store(connection, sales, decide(sales, claims[claims["kind"] != "link"], clicks, plans))


_SALE = "CASE WHEN o.sale_key <> '' THEN o.sale_key ELSE o.system || '/' || o.order_id END"


def _blocks(connection: Connection) -> Iterator[tuple[str, dict[str, str]]]:
    """Give conditions on orders (o), each true for a bearable number of touched ones; a sale is never cut."""
    count = connection.execute(text("SELECT COUNT(*) FROM touched_order")).scalar_one()
    if count <= SALES_AT_ONCE:
        yield "1 = 1", {}
        return
    end = f"substr({_SALE}, length({_SALE}))"
    for (sign,) in connection.execute(
        text(
            f"SELECT DISTINCT {end} FROM touched_order t"
            " JOIN shop_order o ON o.system = t.system AND o.order_id = t.order_id"
        )
    ).fetchall():
        yield f"{end} = :sign", {"sign": sign}


def _read_orders(connection: Connection, where: str, values: dict[str, str]) -> pd.DataFrame:
    earlier = (
        "EXISTS (SELECT 1 FROM shop_order e JOIN import_batch eb ON eb.id = e.batch_id"
        " WHERE e.customer_key = o.customer_key AND e.system = o.system AND e.order_id <> o.order_id"
        f" AND {counted('e')} AND (e.created_at < o.created_at OR (e.created_at = o.created_at"
        f" AND e.order_id < o.order_id)) AND {newest_order('e', 'eb')})"
    )
    return read_frame(
        connection,
        f"SELECT {_SALE} AS sale_key, o.system, o.order_id, o.batch_id, o.created_at, o.day AS shop_day, o.status,"
        " o.currency, o.cancelled_at, o.subtotal, o.shipping, o.tax, o.tax_included, o.total, o.refunded,"
        f" CASE WHEN o.customer_key = '' THEN NULL WHEN {earlier} THEN 0 ELSE 1 END AS is_new"
        " FROM touched_order t JOIN shop_order o ON o.system = t.system AND o.order_id = t.order_id"
        f" JOIN import_batch ob ON ob.id = o.batch_id WHERE {where} AND {newest_order('o', 'ob')}",
        values,
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


def _read_claims(connection: Connection, where: str, values: dict[str, str]) -> pd.DataFrame:
    """Return the claims that came with the newest version of each order, or, without one, by themselves.

    The plus signs keep SQLite from looking rows up by their import, of which there are few.
    """
    own = (
        "SELECT c.system, c.order_id, c.position, c.kind, c.key, c.video_id, c.at FROM touched_order t"
        " JOIN shop_order o ON o.system = t.system AND o.order_id = t.order_id"
        " JOIN import_batch ob ON ob.id = o.batch_id"
    )
    with_order = (
        f"{own} JOIN order_claim c ON c.order_id = o.order_id AND c.system = o.system AND +c.batch_id = o.batch_id"
        f" WHERE {where} AND {newest_order('o', 'ob')}"
    )
    alone = (
        f"{own} JOIN order_claim c ON c.order_id = o.order_id AND c.system = o.system"
        f" JOIN import_batch cb ON cb.id = c.batch_id WHERE {where} AND {newest_order('o', 'ob')}"
        " AND NOT EXISTS (SELECT 1 FROM shop_order w WHERE w.system = c.system AND w.order_id = c.order_id"
        " AND +w.batch_id = c.batch_id)"
        " AND NOT EXISTS (SELECT 1 FROM order_claim d JOIN import_batch db ON db.id = d.batch_id"
        " WHERE d.system = c.system AND d.order_id = c.order_id AND d.kind = c.kind AND d.batch_id <> c.batch_id"
        " AND (db.as_of > cb.as_of OR (db.as_of = cb.as_of AND d.batch_id > c.batch_id))"
        " AND NOT EXISTS (SELECT 1 FROM shop_order w WHERE w.system = d.system AND w.order_id = d.order_id"
        " AND +w.batch_id = d.batch_id))"
    )
    return read_frame(connection, f"{with_order} UNION ALL {alone}", values, numbers=("at",))


def _read_clicks(connection: Connection, where: str, values: dict[str, str]) -> pd.DataFrame:
    return read_frame(
        connection,
        "SELECT o.system, o.order_id, c.link_key AS key, c.at FROM touched_order t"
        " JOIN shop_order o ON o.system = t.system AND o.order_id = t.order_id"
        " JOIN import_batch ob ON ob.id = o.batch_id"
        " JOIN touch c ON c.person_key = o.customer_key"
        f" WHERE o.customer_key <> '' AND {where} AND {newest_order('o', 'ob')}",
        values,
        numbers=("at",),
    )


def _number(frame: pd.DataFrame, number_of: pd.Series[int]) -> pd.DataFrame:
    """Return the rows with `sale`, the number of their sale."""
    keys = pd.MultiIndex.from_frame(frame[["system", "order_id"]])
    sale = number_of.reindex(keys).to_numpy() if len(frame) else np.array([], dtype=np.int64)
    return frame.assign(sale=sale.astype(np.int64))


def _store(connection: Connection, sales: pd.DataFrame, decision: Decision) -> None:
    ids = ["system", "order_id"]
    if len(decision.credits):
        credited = decision.credits.join(sales[[*ids, "is_new"]], on="sale").rename(
            columns={"is_new": "is_new_customer"}
        )
        credited["is_new_customer"] = credited["is_new_customer"].astype("boolean")
        credited["has_conflict"] = credited["has_conflict"].astype("boolean")
        names = (
            "position campaign_id creator_id video_id evidence key share has_conflict day revenue refunds currency"
            " is_new_customer"
        ).split()
        insert_frame(connection, "credit", credited[[*ids, *names]], rule=DEFAULT)
    if len(decision.left_out):
        left = decision.left_out.join(sales[[*ids, "currency"]], on="sale").drop(columns="sale")
        insert_frame(connection, "left_out_order", left)
