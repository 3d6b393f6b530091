"""Small files of real shapes, and short ways to bring them in."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from core.imports.commit import commit
from core.imports.review import FileReview, Offered, ReviewState, review_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.imports.model import Answers
    from core.imports.receipt import Receipt
    from core.store.engine import Store

NOW = 1_772_600_000  # 4 March 2026, 04:53 UTC
DAY = 86_400
SHOPIFY = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Currency", "Subtotal", "Shipping", "Taxes",
    "Total", "Discount Code", "Discount Amount", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price",
    "Lineitem sku", "Billing Name", "Billing Phone", "Shipping Street", "Refunded Amount", "Id", "Tags",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order of one line."""

    number: int
    total: str = "20.00"
    code: str = ""
    status: str = "paid"
    refunded: str = "0.00"
    email: str = ""
    day: int = 1  # of February 2026


def orders_file(orders: Sequence[Order], newline: str = "\n") -> bytes:
    """Return the orders as Shopify's plain export."""
    rows = [
        (
            f"#{order.number}", order.email or f"buyer{order.number}@shop.example", order.status,
            f"2026-02-{order.day:02d} 10:05:00 +0000", "fulfilled", "GBP", order.total, "0.00", "0.00", order.total,
            order.code, "0.00", f"2026-02-{order.day:02d} 10:00:00 +0000", "1", "Serum", order.total, "S-1",
            f"Jane Canary {order.number}", "+44 7700 900123", "12 Canary Street", order.refunded,
            str(6_000_000_000_000 + order.number), "",
        )
        for order in orders
    ]  # fmt: skip
    return csv_bytes(SHOPIFY, rows, newline)


def csv_bytes(header: Sequence[str], rows: Sequence[Sequence[str]], newline: str = "\n") -> bytes:
    """Return a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=newline)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def overview_file(days: Mapping[str, int]) -> bytes:
    """Return TikTok Studio's Overview: day in words -> views."""
    rows = [(day, str(views), str(views // 10), str(views // 20), "3", "2") for day, views in days.items()]
    return csv_bytes(("Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"), rows)


def content_file(handle: str, video: str = "7341234567890123456") -> bytes:
    """Return TikTok Studio's Content table with one video of a handle."""
    header = (
        "Time",
        "Video title",
        "Video link",
        "Post time",
        "Total likes",
        "Total comments",
        "Total shares",
        "Total views",
    )
    row = (
        "March 3",
        "Glow up",
        f"https://www.tiktok.com/@{handle}/video/{video}",
        "March 1",
        "10",
        "2",
        "1",
        "500",
    )
    return csv_bytes(header, [row])


def archive(members: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of the members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, data in members.items():
            zipped.writestr(name, data)
    return out.getvalue()


def review(
    store: Store, name: str, data: bytes, *, modified_at: int | None = None, answers: Answers | None = None
) -> FileReview:
    """Return the review of one file that gives one import."""
    offered = Offered(name=name, data=data, modified_at=modified_at)
    (found,) = review_files(store, [offered], answers={name: answers or {}}, now=NOW)
    return found


def bring(
    store: Store, name: str, data: bytes, *, modified_at: int | None = None, answers: Answers | None = None
) -> Receipt:
    """Import one file that needs no further answer and return its receipt."""
    found = review(store, name, data, modified_at=modified_at, answers=answers)
    assert found.state in (ReviewState.READY, ReviewState.ALREADY_IMPORTED), (found.state, found.sentence)
    return commit(store, found, upload="drop", now=NOW)


def rows_in(store: Store, table: str) -> int:
    """Return how many rows a table has."""
    with store.reading() as connection:
        return int(connection.execute(text(f"SELECT COUNT(*) FROM {table}")).scalar_one())


NEWEST = """
SELECT order_id, total, refunded, status FROM (
  SELECT o.*, ROW_NUMBER() OVER (PARTITION BY o.system, o.order_id ORDER BY b.as_of DESC, b.id DESC) AS place
  FROM shop_order o JOIN import_batch b ON b.id = o.batch_id WHERE b.undone_at IS NULL
) AS ranked WHERE place = 1 ORDER BY order_id
"""


def newest_orders(store: Store) -> list[tuple[object, ...]]:
    """Return what is currently known of each order."""
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(text(NEWEST))]


def totals(store: Store) -> dict[str, int]:
    """Return order id -> total in minor units, as currently known."""
    return {str(row[0])[-4:]: int(str(row[1])) for row in newest_orders(store)}
