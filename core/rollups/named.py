"""Claims of files that name an order by its number and no shop, such as web analytics.

They belong to the order of that id or that number (`#1001` or `1001`). Where the number
fits orders of several sales, nobody can say which is meant, and the claim counts for none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.rollups.reading import is_any, read_frame

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

NAMES_NO_SHOP = "system = ''"
_COLUMNS = ["system", "order_id", "position", "kind", "key", "video_id", "at"]


def orders_named(which: str) -> str:
    """Return the SQL of the orders that some claims name by number.

    Args:
        which: condition on the claims, called `n`.
    """
    names = f"(SELECT n.order_id FROM order_claim n WHERE n.{NAMES_NO_SHOP} AND {which})"
    return (
        "SELECT o.system, o.order_id FROM shop_order o"
        f" WHERE o.order_id IN {names} OR ltrim(o.order_name, '#') IN {names}"
    )


def read_named_claims(connection: Connection, blocks: list[str]) -> pd.DataFrame | None:
    """Return the claims that name the looked-at orders by number; None where no file does that.

    Of several files with the same kind of claim on an order, the newest is believed.
    """
    if not is_any(connection, f"SELECT 1 FROM order_claim WHERE {NAMES_NO_SHOP}"):
        return None
    newer = (
        "EXISTS (SELECT 1 FROM order_claim d JOIN import_batch db ON db.id = d.batch_id"
        f" WHERE d.{NAMES_NO_SHOP} AND d.order_id = c.order_id AND d.kind = c.kind"
        " AND d.batch_id <> c.batch_id"
        " AND (db.as_of > cb.as_of OR (db.as_of = cb.as_of AND d.batch_id > c.batch_id)))"
    )
    found = read_frame(
        connection,
        "SELECT o.system, o.order_id, c.position, c.kind, c.key, c.video_id, c.at, c.order_id AS name,"
        " CASE WHEN o.sale_key <> '' THEN o.sale_key ELSE o.system || '/' || o.order_id END AS sale_name"
        " FROM touched_sale t CROSS JOIN shop_order o CROSS JOIN order_claim c"
        " JOIN import_batch cb ON cb.id = c.batch_id"
        " WHERE t.block IN :blocks AND o.id = t.id"
        f" AND c.order_id IN (o.order_id, ltrim(o.order_name, '#')) AND c.{NAMES_NO_SHOP} AND NOT {newer}",
        {"blocks": blocks},
        numbers=("at",),
    )
    several = found.groupby("name")["sale_name"].transform("nunique") > 1
    return found.loc[~several, _COLUMNS]
