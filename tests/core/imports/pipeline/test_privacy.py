"""Nobody's details end up in any byte of the data folder."""

from __future__ import annotations

import csv
import io

import pytest

from core.imports.history import undo
from core.imports.model import Column, Kind
from core.imports.privacy import HIDDEN, cell_to_keep, has_people, is_personal, without_people
from core.imports.receipt import Outcome
from tests.core.imports.pipeline.makers import SHOPIFY, Order, bring, orders_file

CANARIES = [b"canary@", b"Canary", b"7700", b"buyer100", b"Jane", b"shop.example"]


def every_byte(store) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(store.folder.rglob("*")) if path.is_file())


def hostile(data: bytes) -> bytes:
    """Return the file with rows that will be set aside, personal cells in and beside their columns."""
    rows = list(csv.reader(io.StringIO(data.decode())))
    at = {name: position for position, name in enumerate(SHOPIFY)}
    bad = list(rows[1])
    bad[at["Name"]], bad[at["Total"]], bad[at["Email"]] = "#5001", "Jane", "jane.canary@shop.example"
    shifted = ["#5002", *rows[1][2:], "extra", "Jane Canary"]
    status = list(rows[1])
    status[at["Name"]], status[at["Financial Status"]] = "#5003", "canary@shop.example"
    code = list(rows[1])
    code[at["Name"]], code[at["Created at"]], code[at["Discount Code"]] = (
        "#5004",
        "Canary Street 12",
        "call +44 7700 900123",
    )
    out = io.StringIO()
    csv.writer(out).writerows([*rows, bad, shifted, status, code])
    return out.getvalue().encode()


@pytest.fixture
def data() -> bytes:
    return hostile(
        orders_file(
            [Order(number=number, email=f"canary@{number}.shop.example") for number in range(1001, 1006)]
        )
    )


def test_no_byte_of_the_folder_names_a_customer(sqlite_store, data):
    receipt = bring(sqlite_store, "orders.csv", data)
    assert receipt.outcome is Outcome.STORED
    assert receipt.counts.aside >= 3
    kept = every_byte(sqlite_store)
    assert b"S-1" in kept  # the search itself works: a part number is there
    assert [canary for canary in CANARIES if canary in kept] == []


def test_nor_after_undo_and_a_second_import(sqlite_store, data):
    undo(sqlite_store, bring(sqlite_store, "orders.csv", data).batch_id)
    bring(sqlite_store, "orders2.csv", data.replace(b"\r\n", b"\n"))
    kept = every_byte(sqlite_store)
    assert [canary for canary in CANARIES if canary in kept] == []


@pytest.mark.parametrize(
    "field", ["email", "customer_name", "billing_phone", "author", "user_id", "attributes"]
)
def test_fields_about_people_are_known(field):
    assert is_personal(Column(field=field, headers=("x",), kind=Kind.TEXT))


@pytest.mark.parametrize("field", ["order_name", "campaign_name", "product", "views", "handle", "video_id"])
def test_fields_about_things_are_kept(field):
    assert not is_personal(Column(field=field, headers=("x",), kind=Kind.TEXT))


def test_tables_with_people_are_known_by_their_headers():
    assert has_people(SHOPIFY)
    assert not has_people(("Date", "Video Views", "Shipping", "Product name"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mail jane.d@x.example now", "mail (e-mail address) now"),
        ("＋44 7700 900123", "(phone number)"),
        ("7341234567890123456", "7341234567890123456"),
        ("2026-03-31 10:00:00 +0000", "2026-03-31 10:00:00 +0000"),
        ("+12.5", "+12.5"),
        ("@maya.skin", "@maya.skin"),
    ],
    ids=repr,
)
def test_only_addresses_and_numbers_of_people_are_taken_out(text, kept):
    assert without_people(text) == kept


def test_word_in_a_figure_is_hidden_only_among_people():
    assert cell_to_keep("Smith", Kind.MONEY, among_people=True) == HIDDEN
    assert cell_to_keep("n/a", Kind.MONEY, among_people=True) == "n/a"
    assert cell_to_keep("pending", Kind.MONEY, among_people=False) == "pending"
