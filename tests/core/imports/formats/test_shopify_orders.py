"""Shopify's order export: orders over several rows, codes, taxes, channels, people."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.imports.formats.order_claims import AUTOMATIC, codes_in, link_in
from core.imports.formats.shopify_facts import tax_included
from core.imports.model import Ask
from core.keys import code_key
from core.units import day_number

HEADER = [
    "Name",
    "Email",
    "Financial Status",
    "Paid at",
    "Currency",
    "Subtotal",
    "Shipping",
    "Taxes",
    "Total",
    "Discount Code",
    "Discount Amount",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Lineitem sku",
    "Note Attributes",
    "Cancelled at",
    "Payment Method",
    "Refunded Amount",
    "Id",
    "Tags",
    "Source",
    "Lineitem discount",
]
BASE = {
    "Email": "mara@example.com", "Financial Status": "paid", "Currency": "GBP", "Subtotal": "40.00", "Shipping": "2.00",
    "Taxes": "0.00", "Total": "42.00", "Created at": "2026-02-04 00:34:19 +0100", "Lineitem quantity": "1",
    "Lineitem name": "Hat", "Lineitem price": "40.00", "Refunded Amount": "0.00", "Source": "web",
}  # fmt: skip


def order(name: str, number: str, **other: str) -> dict[str, str]:
    return {
        **BASE,
        "Name": name,
        "Id": number,
        **{key.replace("_", " "): value for key, value in other.items()},
    }


def more(name: str, **other: str) -> dict[str, str]:
    line = {
        "Name": name,
        "Email": "mara@example.com",
        "Created at": "2026-02-04 00:34:19 +0100",
        "Lineitem quantity": "2",
        "Lineitem name": "Scarf",
        "Lineitem price": "5.00",
    }
    return {**line, **{key.replace("_", " "): value for key, value in other.items()}}


def written(*rows: dict[str, str]) -> str:
    frame = pd.DataFrame([{name: row.get(name, "") for name in HEADER} for row in rows], columns=HEADER)
    return str(frame.to_csv(index=False))


def test_an_order_over_two_rows_is_one_order_with_two_lines(facts_of) -> None:
    facts = facts_of(
        "orders.csv", written(order("#1", "660000000001"), more("#1"), order("#2", "660000000002"))
    )
    orders, lines = facts.tables["shop_order"], facts.tables["order_line"]
    assert orders["total"].tolist() == [4200, 4200]
    assert orders["items"].tolist() == [3, 1]
    assert lines[["order_id", "line", "product"]].to_numpy().tolist() == [
        ["660000000001", 1, "Hat"], ["660000000001", 2, "Scarf"], ["660000000002", 1, "Hat"],
    ]  # fmt: skip
    assert facts.rows == 3


def test_lines_find_their_order_wherever_they_stand(facts_of) -> None:
    rows = [order("#1", "660000000001"), order("#2", "660000000002"), more("#1")]
    together = facts_of("orders.csv", written(rows[0], rows[2], rows[1])).tables["shop_order"]
    apart = facts_of("orders.csv", written(*rows)).tables["shop_order"]
    assert apart.to_dict("records") == together.to_dict("records")


def test_a_row_whose_order_is_in_another_file_is_set_aside(facts_of) -> None:
    facts = facts_of("orders.csv", written(order("#2", "660000000002"), more("#1")))
    assert [(one.position, one.code) for one in facts.problems] == [(1, "order-continued")]
    assert facts.rows == 1
    assert facts.tables["order_line"]["order_id"].tolist() == ["660000000002"]


def test_two_shops_in_one_file_may_use_the_same_order_name(facts_of) -> None:
    facts = facts_of(
        "orders.csv",
        written(order("#1", "660000000001"), more("#1"), order("#1", "770000000001"), more("#1")),
    )
    assert facts.tables["shop_order"]["order_id"].tolist() == ["660000000001", "770000000001"]
    assert facts.tables["order_line"]["order_id"].tolist() == ["660000000001"] * 2 + ["770000000001"] * 2


def test_an_unreadable_total_sets_the_whole_order_aside(facts_of) -> None:
    facts = facts_of(
        "orders.csv",
        written(order("#1", "660000000001", Total="forty"), more("#1"), order("#2", "660000000002")),
    )
    assert [one.position for one in facts.problems] == [0, 1]
    assert facts.tables["shop_order"]["order_name"].tolist() == ["#2"]
    assert facts.rows == 1


def test_an_unreadable_line_leaves_its_order_in_place(facts_of) -> None:
    facts = facts_of("orders.csv", written(order("#1", "660000000001"), more("#1", Lineitem_quantity="two")))
    assert [one.position for one in facts.problems] == [1]
    assert facts.tables["shop_order"]["total"].tolist() == [4200]
    assert len(facts.tables["order_line"]) == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"Financial_Status": "pending"}, "pending"),
        ({"Financial_Status": "partially_refunded", "Refunded_Amount": "5.00"}, "partially_refunded"),
        ({"Financial_Status": "expired"}, "voided"),
        ({"Cancelled_at": "2026-02-05 10:00:00 +0100"}, "cancelled"),
        ({"Payment_Method": "(for testing) Bogus Gateway"}, "test"),
    ],
    ids=["pending", "partly refunded", "expired", "cancelled", "test"],
)
def test_the_status_says_what_became_of_the_order(facts_of, changes, status) -> None:
    facts = facts_of("orders.csv", written(order("#1", "660000000001", **changes)))
    assert facts.tables["shop_order"]["status"].tolist() == [status]


def test_a_status_that_nobody_knows_is_not_guessed(facts_of) -> None:
    facts = facts_of("orders.csv", written(order("#1", "660000000001", Financial_Status="maybe"), more("#1")))
    assert {one.code for one in facts.problems} == {"order-status-unknown"}
    assert facts.rows == 0
    assert facts.tables["shop_order"].empty


def test_the_day_is_the_shops_own_and_the_instant_is_utc(facts_of) -> None:
    facts = facts_of("orders.csv", written(order("#1", "660000000001")))
    (row,) = facts.tables["shop_order"].to_dict("records")
    assert row["day"] == day_number(date(2026, 2, 4))
    assert row["created_at"] == 1770161659  # 2026-02-03 23:34:19 UTC


def test_an_order_of_tiktok_shop_carries_the_key_of_the_same_sale(facts_of) -> None:
    tags = "NORMAL, Shipped by Seller, TikTokOrderID:577000111222333444"
    facts = facts_of(
        "orders.csv",
        written(order("#1", "660000000001", Tags=tags, Source="tiktok"), order("#2", "660000000002")),
    )
    assert facts.tables["shop_order"]["sale_key"].tolist() == ["tiktok_shop/577000111222333444", ""]


def test_the_same_customer_has_one_key_and_nothing_personal_is_kept(facts_of) -> None:
    rows = [
        order(
            "#1", "660000000001", Note_Attributes="Name: Mara Quill\nutm_source: tiktok\nutm_campaign: spring"
        ),
        order("#2", "660000000002"),
    ]
    facts = facts_of("orders.csv", written(*rows))
    keys = facts.tables["shop_order"]["customer_key"]
    assert keys.iloc[0] == keys.iloc[1] != ""
    everything = "".join(frame.to_csv() for frame in facts.tables.values())
    assert "mara" not in everything.lower()
    assert facts.tables["order_claim"]["key"].tolist() == ["tiktok||spring||"]


def test_without_a_currency_the_file_asks_for_one(facts_of) -> None:
    text = written(order("#1", "660000000001", Currency=""), order("#2", "660000000002"))
    answered = facts_of("orders.csv", text, answers={(Ask.CURRENCY, ""): "EUR"})
    assert answered.tables["shop_order"]["currency"].tolist() == ["EUR", "GBP"]


def test_the_newest_moment_in_the_file_says_how_old_it_is(facts_of) -> None:
    facts = facts_of(
        "orders.csv", written(order("#1", "660000000001", Cancelled_at="2026-03-05 10:00:00 +0000"))
    )
    assert (facts.as_of, facts.as_of_from) == (1772704800, "file")


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("EARLYACCESS30 + CHRISTINAKACH10", ["EARLYACCESS30", "CHRISTINAKACH10"]),
        ("a,b , A", ["A", "B"]),
        ("#FINALCALL,$12", ["#FINALCALL", "$12"]),
        ("Seller discount", []),
        ("custom discount + LINA20", ["LINA20"]),
        (" + , ", []),
    ],
)
def test_stacked_codes_are_taken_apart(cell, keys) -> None:
    assert [key for key, _ in codes_in(cell)] == keys


@given(
    st.lists(st.from_regex(r"[A-Za-z#$][A-Za-z0-9]{1,8}", fullmatch=True), max_size=5),
    st.sampled_from([" + ", ",", "+"]),
)
def test_every_code_of_a_cell_is_found_once(codes, separator) -> None:
    found = [key for key, _ in codes_in(separator.join(codes))]
    assert found == list(dict.fromkeys(code_key(code) for code in codes if code_key(code) not in AUTOMATIC))


@pytest.mark.parametrize(
    ("note", "key"),
    [
        (
            "landing: /p?utm_source=TikTok&utm_medium=creator&utm_campaign=Spring%20Knits",
            "tiktok|creator|spring knits||",
        ),
        ("utm_source: tiktok\nutm_campaign: a b", "tiktok||a b||"),
        ("utm_medium: creator", ""),
        ("nothing here", ""),
    ],
)
def test_a_note_gives_its_tagged_link_and_nothing_else(note, key) -> None:
    assert link_in(note) == key


def amounts(*rows: tuple[int | None, int | None, int | None, int | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["subtotal", "shipping", "tax", "total"]).astype("Int64")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(100, 10, 20, 130), (50, 0, 5, 55)], False),
        ([(100, 10, 20, 110), (50, 0, 5, 50)], True),
        ([(100, 10, 0, 110)], None),
        ([(100, 10, 20, 110), (100, 10, 20, 130)], None),
        ([(100, 10, 20, 999)], None),
        ([(100, 10, None, 110)], None),
    ],
    ids=["on top", "inside", "no tax", "both", "neither", "tax unknown"],
)
def test_the_files_own_sums_say_whether_tax_is_inside(rows, expected) -> None:
    assert tax_included(amounts(*rows)) is expected
