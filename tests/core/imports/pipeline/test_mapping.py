"""Unknown files: suggested, never taken unasked, asked once per shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import PlumblineError
from core.imports.commit import commit
from core.imports.formats import FORMATS
from core.imports.mapper import SIMILAR, confirmed, same_words, suggest, template_csv
from core.imports.model import Ask, Column, Kind
from core.imports.profiles import column_labels, fingerprint, saved_profiles
from core.imports.review import ReviewState, answer
from tests.core.imports.pipeline.makers import NOW, bring, csv_bytes, review, rows_in

HEADER = ("Bestellnummer", "Order Date", "Amount (EUR)", "Promo", "Kommentar")
ROWS = [
    (f"B-{number}", f"2026-02-{number:02d} 10:00:00", f"{number}.50", "MAYA10", "x")
    for number in range(13, 20)
]
FIELDS = {
    "Bestellnummer": "order_id",
    "Order Date": "created_at",
    "Amount (EUR)": "total",
    "Promo": "codes",
    "Kommentar": "",
}


def mapped(name: str):
    return next(one for one in FORMATS if one.name == name)


def answers_for(fields: dict[str, str], grain: str = "mapped_orders") -> dict[tuple[Ask, str], str]:
    return {(Ask.GRAIN, ""): grain, **{(Ask.MAPPING, label): field for label, field in fields.items()}}


def chosen_fields() -> dict[str, str]:
    known = {column.field for column in mapped("mapped_orders").columns}
    return {label: field if field in known else "" for label, field in FIELDS.items()}


def settled(found):
    """Answer whatever else is asked of the file."""
    rest = {Ask.CURRENCY: "EUR", Ask.ZONE: "UTC", Ask.SHOP: "shop", Ask.DECIMAL: "point"}
    for _ in range(3):
        if found.state is not ReviewState.ASKS:
            break
        found = answer(
            found, {(one.ask, one.key): one.suggestion or rest.get(one.ask, "") for one in found.questions}
        )
    return found


def test_unknown_file_asks_what_a_row_and_each_column_is(store):
    found = review(store, "partner.csv", csv_bytes(HEADER, ROWS))
    assert found.state is ReviewState.NEEDS_MAPPING
    assert [(one.ask, one.key) for one in found.questions[:2]] == [
        (Ask.GRAIN, ""),
        (Ask.MAPPING, "Bestellnummer"),
    ]
    assert found.questions[1].evidence == ("B-13", "B-14", "B-15")
    assert found.suggestions
    with pytest.raises(PlumblineError, match="cannot be imported yet"):
        commit(store, found, upload="x")


def test_choice_of_grain_alone_takes_nothing(store):
    found = answer(review(store, "partner.csv", csv_bytes(HEADER, ROWS)), {(Ask.GRAIN, ""): "mapped_orders"})
    assert found.state is ReviewState.NEEDS_MAPPING
    assert found.questions[0].suggestion == "mapped_orders"


def test_confirmed_mapping_is_imported_and_remembered_for_the_shape(store):
    found = settled(
        answer(review(store, "partner.csv", csv_bytes(HEADER, ROWS)), answers_for(chosen_fields()))
    )
    assert found.state is ReviewState.READY, found.sentence
    receipt = commit(store, found, upload="x", now=NOW)
    assert receipt.adds_up
    assert receipt.counts.stored == len(ROWS)
    more = [(f"C-{number}", f"2026-01-{number:02d} 10:00:00", "7.25", "", "") for number in range(13, 16)]
    again = review(store, "next_month.csv", csv_bytes(HEADER, more))
    assert again.state is ReviewState.READY, [one.sentence for one in again.questions]
    assert all(one.question.remembered for one in again.answered)
    assert bring(store, "next_month.csv", csv_bytes(HEADER, more)).counts.stored == 3
    assert rows_in(store, "shop_order") == len(ROWS) + 3


def test_remembered_shape_can_be_mapped_anew(store):
    first = settled(
        answer(review(store, "partner.csv", csv_bytes(HEADER, ROWS)), answers_for(chosen_fields()))
    )
    commit(store, first, upload="x", now=NOW)
    again = review(store, "again.csv", csv_bytes(HEADER, ROWS[:2]))
    assert answer(again, {(Ask.GRAIN, ""): ""}).state is ReviewState.NEEDS_MAPPING


def test_nothing_is_remembered_of_a_file_that_was_not_imported(store):
    settled(answer(review(store, "partner.csv", csv_bytes(HEADER, ROWS)), answers_for(chosen_fields())))
    with store.reading() as connection:
        assert saved_profiles(connection) == {}


def test_two_columns_for_one_field_are_refused_in_words(store):
    fields = {**chosen_fields(), "Kommentar": "order_id"}
    found = answer(review(store, "partner.csv", csv_bytes(HEADER, ROWS)), answers_for(fields))
    assert found.state is ReviewState.NEEDS_MAPPING
    assert "“Bestellnummer” and “Kommentar” were both chosen" in found.sentence


def test_required_field_that_is_missing_is_named(store):
    fields = {**chosen_fields(), "Bestellnummer": ""}
    found = answer(review(store, "partner.csv", csv_bytes(HEADER, ROWS)), answers_for(fields))
    assert found.state is ReviewState.NEEDS_MAPPING
    assert "still missing" in found.sentence


def test_answer_that_names_no_column_is_refused(store):
    table = review(store, "partner.csv", csv_bytes(HEADER, ROWS)).material.unread[0]
    with pytest.raises(PlumblineError, match="cannot be read as"):
        confirmed(table, mapped("mapped_orders"), {"No such": "order_id"})


@pytest.mark.parametrize(
    ("header", "plain"),
    [
        ("Amount (EUR)", "amount"),
        ("orderDate", "order date"),
        ("  Promo-Code: ", "promo code"),
        ("TOTAL_SALES[USD]", "total sales"),
        ("", ""),
    ],
    ids=repr,
)
def test_headers_are_compared_by_their_words(header, plain):
    assert same_words(header) == plain


def test_each_column_is_suggested_once_and_weak_resemblance_never(store):
    table = review(
        store, "partner.csv", csv_bytes(("Zzz", "Qqq", "Views"), [("1", "2", "3")])
    ).material.unread[0]
    for one in suggest(table, FORMATS):
        labels = [match.label for match in one.matches if match.label]
        assert len(labels) == len(set(labels))
        assert all(match.score >= SIMILAR for match in one.matches if match.label)
        assert not {"Zzz", "Qqq"} & set(labels)


def test_samples_show_nobody(store):
    data = csv_bytes(
        ("Order", "Customer email", "Note"), [("1", "jane@canary.example", "ring jane@canary.example")]
    )
    found = review(store, "x.csv", data)
    assert "canary" not in str([one.evidence for one in found.questions])


@given(st.lists(st.text(max_size=6), min_size=1, max_size=8))
def test_column_labels_differ(header):
    labels = column_labels(header)
    assert len(set(labels)) == len(header)


def test_fingerprint_sees_order_and_not_case():
    assert fingerprint(("A", "B")) == fingerprint((" a ", "b"))
    assert fingerprint(("A", "B")) != fingerprint(("B", "A"))


def test_template_is_a_header_that_its_format_understands():
    for one in FORMATS:
        if one.is_mapped:
            header = template_csv(one).decode("utf-8-sig").splitlines()[0]
            assert all(column.headers[0] in header for column in one.columns if column.required)


def test_template_asks_for_nobodys_details():
    column = Column(field="customer_email", headers=("Email",), kind=Kind.TEXT)
    from dataclasses import replace

    one = replace(mapped("mapped_orders"), columns=(*mapped("mapped_orders").columns[:1], column))
    assert b"Email" not in template_csv(one)
