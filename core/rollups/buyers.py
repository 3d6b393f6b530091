"""All sales to some customers, in a small table of its own: who bought first, and who came back."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.rollups.newest import counted, newest_order
from core.rollups.reading import key_table, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_LONG_AGO = -(10**15)
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
        # In the order of the key: a table that grows in no order costs three times as much.
        run(
            connection,
            f"INSERT INTO buyer (customer_key) SELECT DISTINCT customer_key FROM ({customers}) AS who"
            " WHERE customer_key <> '' ORDER BY customer_key",
        )
        # CROSS JOIN makes SQLite go from customer to customer, which is the order of both tables.
        run(
            connection,
            "INSERT INTO buyer_sale (customer_key, system, created_at, order_id, id)"
            " SELECT e.customer_key, e.system, e.created_at, e.order_id, e.id"
            " FROM buyer p CROSS JOIN shop_order e JOIN import_batch eb ON eb.id = e.batch_id"
            f" WHERE e.customer_key = p.customer_key AND {counted('e')}"
            f" AND {newest_order(connection, 'e', 'eb')}",
        )
        _add_closed(connection)
        yield


def _add_closed(connection: Connection) -> None:
    """Add what is kept of closed orders: that a customer bought before, as a sale without an id long ago."""
    run(
        connection,
        "INSERT INTO buyer_sale (customer_key, system, created_at, order_id, id)"
        f" SELECT DISTINCT c.customer_key, c.system, {_LONG_AGO}, '', 0"
        " FROM buyer p JOIN earlier_buyer c ON c.customer_key = p.customer_key",
    )
