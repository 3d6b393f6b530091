"""The ledger by campaign, creator and day, and what new customers bought later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from core.rollups.amounts import net_amounts
from core.rollups.buyers import sales_to
from core.rollups.closed import closed_days
from core.rollups.columns import WHOLE_LEDGER
from core.rollups.newest import newest_order
from core.rollups.reading import key_table, read_frame, run
from core.rollups.zones import days_in_zones

if TYPE_CHECKING:
    from core.rollups.plans import Plans

LEDGER_SUMS = (  # in the order of `columns.LEDGER`, over rows of `credit` called c
    "SUM(c.share) AS orders, CAST(SUM(c.revenue) AS BIGINT) AS revenue,"
    " CAST(SUM(c.refunds) AS BIGINT) AS refunds,"
    " SUM(CASE WHEN c.evidence = 'code' THEN c.share ELSE 0 END) AS code_orders,"
    " SUM(CASE WHEN c.is_new_customer IS NOT NULL THEN c.share ELSE 0 END) AS known_customer_orders,"
    " SUM(CASE WHEN c.is_new_customer THEN c.share"
    " WHEN c.is_new_customer IS NOT NULL THEN 0 END) AS new_customers"
)
_NUMBERS = ("orders", "revenue", "refunds", "code_orders", "known_customer_orders", "new_customers")
_MINE = "c.creator_id = p.creator_id AND +c.campaign_id = p.campaign_id AND c.rule = 'default'"
_ONE_IN = 3  # from this share of all credits on, going through all of them is the shorter way
_NEWCOMER = {"customer_key": "TEXT", "system": "TEXT", "order_id": "TEXT"}
_AMOUNTS = ("subtotal", "shipping", "tax", "tax_included", "total", "refunded")
# CROSS JOIN fixes the way on SQLite: from a customer to the later sales, to the credit of the first one.
_COME_BACK = (
    "SELECT c.campaign_id, c.creator_id, c.video_id, c.system, c.order_id, c.day AS first_day, c.share,"
    f" l.created_at, l.currency, l.status, {', '.join(f'l.{name}' for name in _AMOUNTS)}"
    " FROM newcomer n CROSS JOIN buyer_sale s CROSS JOIN credit c CROSS JOIN shop_order l"
    " WHERE s.customer_key = n.customer_key AND s.system = n.system AND s.order_id <> n.order_id"
    " AND c.system = n.system AND c.order_id = n.order_id AND c.rule = 'default' AND c.is_new_customer"
    " AND (c.campaign_id, c.creator_id) IN (SELECT campaign_id, creator_id FROM touched_pair)"
    " AND l.id = s.id"
)
KEY = ["campaign_id", "creator_id", "video_id", "day"]
_LATER = [*KEY, "repeat_customers", "repeat_revenue"]


def ledger_days(connection: Connection, plans: Plans) -> pd.DataFrame:
    """Return one row per campaign_id, creator_id, video_id ('': none named) and day of the touched pairs."""
    parts = [part for part in (_open_days(connection, plans), closed_days(connection)) if len(part)]
    if not parts:
        return pd.DataFrame()
    return pd.concat(parts, ignore_index=True).groupby(KEY, sort=True).sum(min_count=1).reset_index()


def _open_days(connection: Connection, plans: Plans) -> pd.DataFrame:
    """Return the same of the orders whose rows are here; a key may come twice."""
    credited = read_frame(
        connection,
        f"SELECT c.campaign_id, c.creator_id, c.video_id, c.day, {LEDGER_SUMS} FROM {_credits(connection)}"
        f" WHERE {_MINE} GROUP BY c.campaign_id, c.creator_id, c.video_id, c.day",
        numbers=_NUMBERS,
    )
    if credited.empty:
        return credited
    # Where customers can be told apart, nobody coming back is a zero and not unknown.
    nobody = credited["new_customers"].where(credited["new_customers"].isna(), 0.0)
    credited = credited.assign(repeat_customers=nobody, repeat_revenue=nobody)
    later = later_orders_of(connection, plans)
    return pd.concat([credited, later[_LATER]], ignore_index=True) if len(later) else credited


def _fill_newcomers(connection: Connection) -> None:
    """Put the first orders of customers that the touched pairs brought into `newcomer`."""
    run(
        connection,
        "INSERT INTO newcomer (customer_key, system, order_id)"
        f" SELECT DISTINCT o.customer_key, o.system, o.order_id FROM {_credits(connection)}"
        " CROSS JOIN shop_order o JOIN import_batch ob ON ob.id = o.batch_id"
        f" WHERE {_MINE} AND c.is_new_customer AND o.system = c.system AND o.order_id = c.order_id"
        f" AND o.customer_key <> '' AND {newest_order(connection, 'o', 'ob')}"
        " ORDER BY o.customer_key, o.system, o.order_id",
    )


def _credits(connection: Connection) -> str:
    """Return the SQL of the credits of the touched pairs, joined the way that is shorter."""
    mine = connection.execute(
        text(
            "SELECT COUNT(*) FROM (SELECT DISTINCT creator_id FROM touched_pair) AS p"
            " JOIN credit c ON c.creator_id = p.creator_id"
        )
    ).scalar_one()
    every = connection.execute(text("SELECT COUNT(*) FROM credit")).scalar_one()
    return (
        "credit c CROSS JOIN touched_pair p"
        if mine * _ONE_IN > every
        else "touched_pair p CROSS JOIN credit c"
    )


def later_orders_of(connection: Connection, plans: Plans, first: str = "") -> pd.DataFrame:
    """Return repeat customers on the day they first came back, and the revenue of each later order.

    Args:
        connection: in a write transaction, with the pairs in `touched_pair`.
        plans: what people wrote.
        first: condition on system and order_id of the order that brought the customer; '' for all.

    Returns:
        campaign_id, creator_id, video_id, day, repeat_customers, repeat_revenue; system and order_id
        of the order that brought the customer.
    """
    with key_table(connection, "newcomer", _NEWCOMER):
        _fill_newcomers(connection)
        if first:
            run(connection, f"DELETE FROM newcomer WHERE NOT ({first})")
        with sales_to(connection, "SELECT customer_key FROM newcomer"):
            frame = read_frame(connection, _COME_BACK, numbers=("share", *_AMOUNTS))
    if frame.empty:
        return frame
    zones = frame["campaign_id"].map(plans.zone_of).to_numpy(dtype=object)
    frame["day"] = days_in_zones(frame["created_at"].to_numpy(dtype=np.int64), zones)
    frame = frame[frame["day"] > frame["first_day"]].sort_values("day", kind="stable").reset_index(drop=True)
    into = frame["campaign_id"].map(plans.currency_of).to_numpy()
    factor = plans.rates.factors(frame["currency"].to_numpy(), into, frame["day"].to_numpy())
    net, _ = net_amounts(frame)
    frame["repeat_revenue"] = (net * factor * frame["share"].to_numpy()).round()
    is_first = ~frame.duplicated(["system", "order_id", "campaign_id", "creator_id"])
    frame["repeat_customers"] = frame["share"].where(is_first, 0.0)
    return frame[[*_LATER, "system", "order_id"]]


def whole_ledger(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with the ledger's money as whole minor units."""
    return frame.assign(**{name: frame[name].round() for name in WHOLE_LEDGER if name in frame.columns})
