"""The newest fact per natural key: by the export time of its import, then by import, then by row.

Imports that were undone have no facts left, so that whatever stands in the tables counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from core.rollups.reading import read_frame

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

COUNTED_STATUSES = ("paid", "partially_paid", "partially_refunded", "refunded")


def add_age(connection: Connection, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with `as_of` of each row's `batch_id`."""
    batches = read_frame(connection, "SELECT id, as_of FROM import_batch")
    return frame.assign(as_of=frame["batch_id"].map(batches.set_index("id")["as_of"]).astype("int64"))


def newest_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows (with batch_id, as_of, id) sorted so that the newest fact comes first."""
    return frame.sort_values(["as_of", "batch_id", "id"], ascending=False, kind="stable")


def newest_order(connection: Connection, order: str, batch: str) -> str:
    """Return the SQL condition that a row of `shop_order` is the newest version of its order.

    Args:
        connection: open; where all orders come from one import, each has only one version.
        order: alias of the row.
        batch: alias of its import, joined to it.
    """
    holders = (
        "SELECT b.id FROM import_batch b WHERE EXISTS (SELECT 1 FROM shop_order s WHERE s.batch_id = b.id)"
    )
    if len(connection.execute(text(f"{holders} LIMIT 2")).fetchall()) < 2:
        return "1 = 1"
    return (
        "NOT EXISTS (SELECT 1 FROM shop_order nv JOIN import_batch nb ON nb.id = nv.batch_id"
        f" WHERE nv.system = {order}.system AND nv.order_id = {order}.order_id AND nv.id <> {order}.id"
        f" AND (nb.as_of > {batch}.as_of OR (nb.as_of = {batch}.as_of AND (nv.batch_id > {order}.batch_id"
        f" OR (nv.batch_id = {order}.batch_id AND nv.id > {order}.id)))))"
    )


def counted(order: str) -> str:
    """Return the SQL condition that an order is a sale: paid, and neither cancelled nor a test."""
    words = ", ".join(f"'{status}'" for status in COUNTED_STATUSES)
    return f"({order}.cancelled_at IS NULL AND {order}.status IN ({words}))"
