"""All sales to some customers, in a small table of its own: who bought first, and who came back.

The orders of a few customers are looked up one by one; those of many are picked out of one walk
through all orders, which is far cheaper than as many jumps to and fro.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from core.rollups.newest import counted, newest_order
from core.rollups.reading import key_table, run

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE_IN = 10  # so many times as many orders as customers make looking them up one by one cheaper
_SALE = {
    "customer_key": "TEXT",
    "system": "TEXT",
    "created_at": "BIGINT",
    "order_id": "TEXT",
    "id": "INTEGER",
}


@contextmanager
def sales_to(connection: Connection, customers: str) -> Iterator[None]:
    """Give the table `buyer_sale` of all sales to some customers; gone afterwards.

    It holds the newest version of each order that counts: customer_key, system, created_at, order_id, id.

    Args:
        connection: in a write transaction.
        customers: SQL that gives one column, the customer keys; '' is nobody.
    """
    with (
        key_table(connection, "buyer", {"customer_key": "TEXT"}),
        key_table(connection, "buyer_sale", _SALE),
    ):
        run(
            connection,
            f"INSERT INTO buyer (customer_key) SELECT DISTINCT customer_key FROM ({customers}) AS who"
            " WHERE customer_key <> ''",
        )
        # CROSS JOIN tells SQLite in which order to go; others find their own way.
        way = (
            "shop_order e CROSS JOIN buyer p" if _are_many(connection) else "buyer p CROSS JOIN shop_order e"
        )
        run(
            connection,
            "INSERT INTO buyer_sale (customer_key, system, created_at, order_id, id)"
            f" SELECT e.customer_key, e.system, e.created_at, e.order_id, e.id FROM {way}"
            " JOIN import_batch eb ON eb.id = e.batch_id"
            f" WHERE e.customer_key = p.customer_key AND {counted('e')}"
            f" AND {newest_order(connection, 'e', 'eb')}"
            " ORDER BY e.customer_key, e.system, e.created_at, e.order_id",
        )
        yield


def _are_many(connection: Connection) -> bool:
    """Return whether the buyers are so many that a walk through all orders is the shorter way."""
    buyers = connection.execute(text("SELECT COUNT(*) FROM buyer")).scalar_one()
    orders = connection.execute(text("SELECT COALESCE(MAX(id), 0) FROM shop_order")).scalar_one()
    return int(buyers) * ONE_IN > int(orders)
