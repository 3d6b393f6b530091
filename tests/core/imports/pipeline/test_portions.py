"""Facts are written in portions: an order whose lines two portions share is still one order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from core.imports.history import undo
from core.rollups import rebuild_all
from tests.core.imports.pipeline.makers import SHOPIFY, bring, csv_bytes, rows_in

if TYPE_CHECKING:
    from core.store.engine import Store

DERIVED = ("credit", "left_out_order", "campaign_day", "day_total", "creator_total")


def long_file() -> bytes:
    """Return orders of three lines each, two of them told in two places of the file."""
    rows = []
    for number in [*range(1, 12), 2, 5]:
        is_again = len(rows) >= 33
        for line in range(3):
            head = {
                "Financial Status": "paid", "Currency": "GBP", "Subtotal": "30.00", "Total": "30.00",
                "Discount Code": "ADA10" if number % 2 else "", "Id": str(6_000 + number),
                "Email": f"buyer{number % 3}@shop.example",
            } if line == 0 and not is_again else {}  # fmt: skip
            cells = {
                "Name": f"#{number}", "Created at": "2026-02-01 10:00:00 +0000", "Lineitem quantity": "1",
                "Lineitem name": f"Thing {number}-{line}{'b' if is_again else ''}", "Lineitem price": "10.00", **head,
            }  # fmt: skip
            rows.append([cells.get(name, "") for name in SHOPIFY])
    return csv_bytes(SHOPIFY, rows)


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    order = {
        "shop_order": "order_id, items, total, customer_key",
        "order_line": "order_id, line, product, quantity, price",
        "order_claim": "order_id, key",
    }
    with store.reading() as connection:
        return {
            table: sorted(map(tuple, connection.execute(text(f"SELECT {names} FROM {table}"))))
            for table, names in order.items()
        }


def derived(store: Store) -> dict[str, list[str]]:
    with store.reading() as connection:
        return {
            table: sorted(str(tuple(row)) for row in connection.execute(text(f"SELECT * FROM {table}")))
            for table in DERIVED
        }


@pytest.mark.parametrize("portion", [1, 2, 4, 7], ids=lambda size: f"{size} rows a portion")
def test_where_portions_meet_nothing_is_lost_or_doubled(
    store: Store, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    receipt = bring(store, "orders.csv", long_file())
    whole = everything(store)
    undo(store, receipt.batch_id)
    monkeypatch.setattr("core.imports.commit._BLOCK", portion)
    monkeypatch.setattr("core.store.bulk.MANY", 2)
    bring(store, "orders.csv", long_file())
    assert everything(store) == whole
    assert (rows_in(store, "shop_order"), rows_in(store, "order_line")) == (11, 39)
    lines = [line for order, line, *_ in whole["order_line"] if order == "6002"]
    assert lines == [1, 2, 3, 4, 5, 6]
    incremental = derived(store)
    with store.writing("measure") as connection:
        rebuild_all(connection)
    assert derived(store) == incremental


def test_undo_after_indexes_were_made_anew_leaves_an_empty_store(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.bulk.MANY", 2)
    receipt = bring(store, "orders.csv", long_file())
    undo(store, receipt.batch_id)
    assert [rows_in(store, table) for table in ("shop_order", "order_line", "order_claim", *DERIVED)] == [
        0
    ] * 8
