"""Closing old orders: what the ledger says of them is kept as sums, and their rows go.

A figure is the same before and after, which is checked before anything becomes lasting. Only whole
sales are closed (an order that two systems know goes once both rows are old), and of one customer
the earlier before the later, so that nobody who came back looks new.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sqlalchemy import text

from core.rollups.amounts import net_amounts
from core.rollups.campaign_days import rebuild_campaign_days
from core.rollups.columns import LEDGER, WHOLE_LEDGER
from core.rollups.ledger_days import LEDGER_SUMS, later_orders_of
from core.rollups.named import NAMES_NO_SHOP
from core.rollups.newest import counted, newest_order
from core.rollups.plans import read_plans
from core.rollups.reading import fill_keys, is_any, key_table, read_frame, run
from core.rollups.sales import SALE
from core.store.bulk import insert_frame

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from core.rollups.plans import Pairs, Plans

DAY = 86_400
_KEY = {"system": "TEXT", "order_id": "TEXT"}
_ROWS = ("order_line", "order_claim", "credit", "left_out_order", "shop_order")
_CLOSED = "(system, order_id) IN (SELECT system, order_id FROM closing_order)"
_BROUGHT_BY_CLOSED = (
    "EXISTS (SELECT 1 FROM closing_order g"
    " WHERE g.system = newcomer.system AND g.order_id = newcomer.order_id)"
)
_AMOUNTS = ("subtotal", "shipping", "tax", "tax_included", "total", "refunded")
_CLOSE = 1e-6  # sums of shares of orders are added in another order than before


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedOrders:
    """What was closed.

    Attributes:
        orders: orders whose rows are gone, each counted once.
        clicks: tagged clicks that were too old for any order still here.
        set_aside: rows that were set aside when files with such orders were imported.
        pairs: the campaigns and creators that were credited with them.
    """

    orders: int
    clicks: int = 0
    set_aside: int = 0
    pairs: frozenset[tuple[int, int]] = frozenset()


class SumsDifferError(Exception):
    """A figure would not have been the same afterwards; the transaction must be rolled back."""


def close_orders(connection: Connection, before: int) -> ClosedOrders:
    """Return what was closed: orders made before an instant, in the caller's transaction.

    Args:
        connection: in a write transaction.
        before: Unix seconds.

    Raises:
        SumsDifferError: a campaign's sums would change.
    """
    plans = read_plans(connection)
    with key_table(connection, "closing_order", _KEY):
        _choose(connection, before)
        count = int(connection.execute(text("SELECT COUNT(*) FROM closing_order")).scalar_one())
        pairs = _pairs(connection)
        if count:
            sums = _sums(connection)
            _keep_credit(connection, plans)
            _keep_left_out(connection)
            _keep_sales(connection)
            _remember_buyers(connection)
            _remove(connection)
            rebuild_campaign_days(connection, plans, pairs)
            _compare(sums, _sums(connection))
    clicks = _forget_clicks(connection, before)
    aside = _forget_set_aside(connection, before)
    run(connection, "UPDATE workspace SET closed_before = :before", {"before": before})
    return ClosedOrders(orders=count, clicks=clicks, set_aside=aside, pairs=frozenset(pairs))


# ------------------------------------------------------------- which orders


def _choose(connection: Connection, before: int) -> None:
    """Put the orders to close into `closing_order`."""
    run(
        connection,
        "INSERT INTO closing_order (system, order_id) SELECT system, order_id FROM shop_order"
        " GROUP BY system, order_id HAVING MAX(created_at) < :before",
        {"before": before},
    )
    if not is_any(connection, "SELECT 1 FROM shop_order WHERE sale_key <> ''"):
        return
    while _spare_parts_of_young_sales(connection):
        if not _spare_later_than_spared(connection):
            break


def _spare_parts_of_young_sales(connection: Connection) -> int:
    """Take orders out of which another system's row of the same sale stays; return how many."""
    with key_table(connection, "young_sale", {"sale": "TEXT"}):
        run(
            connection,
            f"INSERT INTO young_sale (sale) SELECT DISTINCT {SALE} FROM shop_order o"
            " WHERE NOT EXISTS (SELECT 1 FROM closing_order g"
            " WHERE g.system = o.system AND g.order_id = o.order_id)",
        )
        return _spare(
            connection,
            f"SELECT 1 FROM shop_order o JOIN young_sale y ON y.sale = {SALE}"
            " WHERE o.system = closing_order.system AND o.order_id = closing_order.order_id",
        )


def _spare_later_than_spared(connection: Connection) -> int:
    """Take orders out whose customer bought earlier in an order that stays; return how many."""
    return _spare(
        connection,
        "SELECT 1 FROM shop_order o JOIN shop_order e ON e.customer_key = o.customer_key"
        " AND e.system || '' = o.system AND e.created_at <= o.created_at"
        " WHERE o.system = closing_order.system AND o.order_id = closing_order.order_id"
        " AND o.customer_key <> '' AND e.order_id <> o.order_id AND NOT EXISTS (SELECT 1 FROM closing_order g"
        " WHERE g.system = e.system AND g.order_id = e.order_id)",
    )


def _spare(connection: Connection, where: str) -> int:
    return connection.execute(text(f"DELETE FROM closing_order WHERE EXISTS ({where})")).rowcount


def _pairs(connection: Connection) -> Pairs:
    rows = connection.execute(
        text(f"SELECT DISTINCT campaign_id, creator_id FROM credit WHERE rule = 'default' AND {_CLOSED}")
    )
    return {(campaign, creator) for campaign, creator in rows}


# ------------------------------------------------------------- what is kept


def _newest(connection: Connection, columns: str) -> str:
    """Return the SQL of the newest versions of the orders being closed, called o."""
    return (
        f"SELECT {columns} FROM closing_order g CROSS JOIN shop_order o JOIN import_batch ob"
        " ON ob.id = o.batch_id WHERE o.system = g.system AND o.order_id = g.order_id"
        f" AND {newest_order(connection, 'o', 'ob')}"
    )


def _keep_credit(connection: Connection, plans: Plans) -> None:
    key = "n.batch_id, c.campaign_id, c.creator_id, c.video_id, c.evidence, c.key, c.day, c.currency"
    is_first = (
        "NOT EXISTS (SELECT 1 FROM credit e WHERE e.system = c.system AND e.order_id = c.order_id"
        " AND e.rule = c.rule AND e.campaign_id = c.campaign_id AND e.position < c.position)"
    )
    # Where customers can be told apart, nobody coming back is a zero and not unknown.
    nobody = "CASE WHEN COUNT(c.is_new_customer) > 0 THEN 0 END"
    run(
        connection,
        "INSERT INTO closed_credit (batch_id, campaign_id, creator_id, video_id, evidence, key, day,"
        " currency, orders, revenue, refunds, code_orders, known_customer_orders, new_customers,"
        " repeat_customers, repeat_revenue, credits, sales, conflicts, sales_in_conflict)"
        f" SELECT {key}, {LEDGER_SUMS}, {nobody}, {nobody},"
        f" COUNT(*), SUM(CASE WHEN {is_first} THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN c.has_conflict THEN 1 ELSE 0 END),"
        f" SUM(CASE WHEN c.has_conflict AND {is_first} THEN 1 ELSE 0 END)"
        f" FROM ({_newest(connection, 'o.system, o.order_id, o.batch_id')}) n"
        " JOIN credit c ON c.system = n.system AND c.order_id = n.order_id AND c.rule = 'default'"
        f" GROUP BY {key}",
    )
    _keep_later_orders(connection, plans)


def _keep_later_orders(connection: Connection, plans: Plans) -> None:
    """Keep what customers who came by a closed order bought later, on the days they did."""
    with key_table(connection, "touched_pair", {"campaign_id": "INTEGER", "creator_id": "INTEGER"}):
        fill_keys(connection, "touched_pair", ("campaign_id", "creator_id"), sorted(_pairs(connection)))
        later = later_orders_of(connection, plans, _BROUGHT_BY_CLOSED)
    if later.empty:
        return
    batches = read_frame(connection, _newest(connection, "o.system, o.order_id, o.batch_id"))
    later = later.merge(batches, on=["system", "order_id"], validate="many_to_one")
    key = ["batch_id", "campaign_id", "creator_id", "video_id", "day"]
    sums = later.groupby(key)[["repeat_customers", "repeat_revenue"]].sum(min_count=1).reset_index()
    sums["currency"] = sums["campaign_id"].map(plans.currency_of)
    insert_frame(connection, "closed_credit", sums)


def _keep_left_out(connection: Connection) -> None:
    run(
        connection,
        "INSERT INTO closed_left_out (batch_id, campaign_id, reason, day, currency, orders, known, amount)"
        " SELECT n.batch_id, l.campaign_id, l.reason, l.day, l.currency, COUNT(*), COUNT(l.amount),"
        " CAST(SUM(l.amount) AS BIGINT)"
        f" FROM ({_newest(connection, 'o.system, o.order_id, o.batch_id')}) n"
        " JOIN left_out_order l ON l.system = n.system AND l.order_id = n.order_id"
        " GROUP BY n.batch_id, l.campaign_id, l.reason, l.day, l.currency",
    )


def _keep_sales(connection: Connection) -> None:
    columns = ", ".join(f"o.{name}" for name in (*_AMOUNTS, "cancelled_at"))
    orders = read_frame(
        connection,
        _newest(connection, f"o.batch_id, o.system, o.day, o.status, o.currency, {columns}"),
        numbers=(*_AMOUNTS, "cancelled_at"),
    )
    orders["amount"], _ = net_amounts(orders)
    orders["status"] = orders["status"].mask(orders["cancelled_at"].notna(), "cancelled")
    groups = orders.groupby(["batch_id", "system", "day", "status", "currency"])["amount"]
    sums = groups.agg(orders="size", known="count", amount=lambda each: each.sum(min_count=1)).reset_index()
    insert_frame(connection, "closed_sale", sums.assign(amount=sums["amount"].round()))


def _remember_buyers(connection: Connection) -> None:
    """Keep that a customer bought before, as long as an order of theirs is still here."""
    # Joined to '', the system is not taken for the way in: there are few systems, and many customers.
    stays = (
        "EXISTS (SELECT 1 FROM shop_order y WHERE y.customer_key = o.customer_key"
        " AND y.system || '' = o.system"
        " AND NOT EXISTS (SELECT 1 FROM closing_order z"
        " WHERE z.system = y.system AND z.order_id = y.order_id))"
    )
    found = _newest(connection, "DISTINCT o.batch_id, o.system, o.customer_key")
    run(
        connection,
        "INSERT INTO earlier_buyer (batch_id, system, customer_key)"
        f" {found} AND o.customer_key <> '' AND {counted('o')} AND {stays}",
    )


# ------------------------------------------------------------- what goes


def _remove(connection: Connection) -> None:
    _remove_named_claims(connection)
    for table in _ROWS:
        run(connection, f"DELETE FROM {table} WHERE {_CLOSED}")
    run(
        connection,
        "DELETE FROM earlier_buyer WHERE NOT EXISTS (SELECT 1 FROM shop_order o"
        " WHERE o.customer_key = earlier_buyer.customer_key AND o.system || '' = earlier_buyer.system)",
    )


def _remove_named_claims(connection: Connection) -> None:
    """Remove claims that name a closed order by its number and none that stays."""
    if not is_any(connection, f"SELECT 1 FROM order_claim WHERE {NAMES_NO_SHOP}"):
        return
    listed = (
        "SELECT {} FROM shop_order o WHERE {} (SELECT 1 FROM closing_order g"
        " WHERE g.system = o.system AND g.order_id = o.order_id)"
    )
    names = ("o.order_id", "ltrim(o.order_name, '#')")
    gone = " OR ".join(f"order_id IN ({listed.format(name, 'EXISTS')})" for name in names)
    stays = " OR ".join(f"order_id IN ({listed.format(name, 'NOT EXISTS')})" for name in names)
    run(connection, f"DELETE FROM order_claim WHERE {NAMES_NO_SHOP} AND ({gone}) AND NOT ({stays})")


def _forget_clicks(connection: Connection, before: int) -> int:
    """Remove tagged clicks that lie too far back for any order that is still here; return how many."""
    longest = connection.execute(
        text("SELECT COALESCE(MAX(click_window_days), 0) FROM campaign")
    ).scalar_one()
    last = before - (int(longest) + 1) * DAY
    return connection.execute(text("DELETE FROM touch WHERE at < :last"), {"last": last}).rowcount


def _forget_set_aside(connection: Connection, before: int) -> int:
    """Remove rows set aside at imports as old as the closed orders, of files with orders; return how many."""
    return connection.execute(
        text(
            "DELETE FROM quarantine_row WHERE batch_id IN (SELECT b.id FROM import_batch b"
            " WHERE b.at < :before AND EXISTS (SELECT 1 FROM closed_sale s WHERE s.batch_id = b.id))"
        ),
        {"before": before},
    ).rowcount


# ------------------------------------------------------------- the same figures


def _sums(connection: Connection) -> pd.DataFrame:
    """Return the ledger's side of every sum that pages read."""
    parts = []
    for table, key in (
        ("creator_total", ("campaign_id", "creator_id", "traffic")),
        ("day_total", ("campaign_id", "day", "traffic")),
        ("video_total", ("campaign_id", "creator_id", "video_id", "traffic")),
    ):
        known = " OR ".join(f"{name} IS NOT NULL" for name in LEDGER)
        frame = read_frame(
            connection,
            f"SELECT {', '.join((*key, *LEDGER))} FROM {table} WHERE {known}",
            numbers=LEDGER,
        )
        frame.index = pd.Index([repr((table, *row)) for row in frame[list(key)].itertuples(index=False)])
        parts.append(frame[list(LEDGER)].astype("float64"))
    return pd.concat(parts).sort_index()


def _compare(before: pd.DataFrame, after: pd.DataFrame) -> None:
    """Do nothing if all sums are the same: money to the minor unit, shares of orders to a millionth."""
    if not before.index.equals(after.index):
        raise SumsDifferError
    for name in LEDGER:
        atol = 0.0 if name in WHOLE_LEDGER else _CLOSE
        if not np.allclose(before[name], after[name], rtol=0.0, atol=atol, equal_nan=True):
            raise SumsDifferError
