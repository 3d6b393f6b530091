"""Writing many rows: what goes in comes out, unknown stays unknown, on both databases."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.store.bulk import insert_frame, insert_rows, many_rows

if TYPE_CHECKING:
    from core.store.engine import Store

INT64 = st.integers(-(2**63), 2**63 - 1)
WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=30)
ORDER = {"batch_id": 1, "system": "shopify", "created_at": 0, "day": 0, "status": "paid", "currency": "USD"}


def add_batch(store: Store) -> None:
    with store.writing("import") as connection:
        insert_rows(
            connection,
            "import_batch",
            ("id", "upload", "file_name", "sha256", "size", "format", "label", "as_of", "at"),
            [(1, "u", "a.csv", "0", 1, "f", "F", 0, 0)],
        )


def orders(store: Store, columns: str) -> list[tuple[object, ...]]:
    with store.reading() as connection:
        rows = connection.execute(text(f"SELECT {columns} FROM shop_order ORDER BY id"))
        return [tuple(row) for row in rows]


def test_defaults_of_the_model_fill_what_is_left_out(store: Store) -> None:
    add_batch(store)
    with store.reading() as connection:
        row = connection.execute(
            text("SELECT provenance, answers, rows_in, twin_of, undone_at FROM import_batch")
        ).one()
    assert tuple(row) == ("platform", "{}", 0, None, None)


@pytest.mark.parametrize(
    ("column", "given_values", "kept"),
    [
        ("total", pd.Series([1, 2, 3]), [1, 2, 3]),
        ("total", pd.Series([1.0, math.nan, 3.0]), [1, None, 3]),
        ("total", pd.array([1, None, 2**62], dtype="Int64"), [1, None, 2**62]),
        ("total", pd.array([1, None, 2**62], dtype="int64[pyarrow]"), [1, None, 2**62]),
        ("total", pd.Series([np.int64(1), pd.NA, 3.0], dtype=object), [1, None, 3]),
        ("total", pd.Series([np.float64(7.0), math.nan, pd.NaT], dtype=object), [7, None, None]),
        ("total", pd.Series([np.uint8(1), None, 3], dtype=object), [1, None, 3]),
        ("order_name", pd.Series(["a", "", "ünï 😀"]), ["a", "", "ünï 😀"]),
        ("order_name", pd.Series(["=1", "a\tb\nc", "\\N"]), ["=1", "a\tb\nc", "\\N"]),
        ("order_name", pd.Series(["x", "y", "x"], dtype="category"), ["x", "y", "x"]),
        ("total", pd.Series([5, None, 5], dtype=pd.CategoricalDtype([5, 6])), [5, None, 5]),
        ("tax_included", pd.array([True, None, False], dtype="boolean"), [True, None, False]),
        ("tax_included", pd.Series([True, False, True]), [True, False, True]),
    ],
    ids=lambda value: None if isinstance(value, list) else str(getattr(value, "dtype", value)),
)
def test_every_kind_of_column_is_kept_as_it_is(
    store: Store, column: str, given_values: object, kept: list[object]
) -> None:
    add_batch(store)
    frame = pd.DataFrame({"order_id": ["1", "2", "3"], column: given_values})
    with store.writing("import") as connection:
        assert insert_frame(connection, "shop_order", frame, **ORDER) == 3
    found = [row[0] for row in orders(store, column)]
    assert found == kept  # SQLite gives 1 and 0 for true and false, which are equal to them
    assert not any(isinstance(value, float) for value in found)


def test_shares_keep_their_fractions_and_their_gaps(store: Store) -> None:
    add_batch(store)
    frame = pd.DataFrame({"value": ["a", "b"], "share": [0.125, 1.0]})
    with store.writing("import") as connection:
        insert_frame(
            connection,
            "audience_share",
            frame,
            batch_id=1,
            subject_kind="account",
            subject="x",
            day=1,
            dimension="age",
        )
    with store.reading() as connection:
        assert connection.execute(text("SELECT share FROM audience_share ORDER BY id")).scalars().all() == [
            0.125,
            1.0,
        ]


@pytest.mark.parametrize(
    "values",
    [pd.Series([1.5, 2.0]), pd.Series([1.5, None], dtype=object), pd.Series([float(2**60), 1.0])],
    ids=["fraction", "fraction among objects", "too large to be exact"],
)
def test_a_fraction_never_enters_a_column_of_whole_numbers(store: Store, values: pd.Series) -> None:
    add_batch(store)
    frame = pd.DataFrame({"order_id": ["1", "2"], "total": values})
    with pytest.raises(ValueError, match="total"), store.writing("import") as connection:
        insert_frame(connection, "shop_order", frame, **ORDER)
    assert orders(store, "total") == []


def test_a_column_that_does_not_exist_is_refused_before_anything_is_written(store: Store) -> None:
    with pytest.raises(ValueError, match="no column nickname"), store.writing("add") as connection:
        insert_rows(connection, "brand", ("name", "nickname"), [("a", "b")])


def test_an_empty_frame_and_no_rows_write_nothing(store: Store) -> None:
    with store.writing("import") as connection:
        assert insert_frame(connection, "shop_order", pd.DataFrame({"order_id": []}), **ORDER) == 0
        assert insert_rows(connection, "brand", ("name",), iter(())) == 0


def test_rows_may_come_from_an_iterator(store: Store) -> None:
    with store.writing("add") as connection:
        assert insert_rows(connection, "brand", ("name",), ((str(number),) for number in range(50))) == 50
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(DISTINCT name) FROM brand")).scalar_one() == 50


def test_what_all_rows_of_a_large_frame_share_is_kept_in_each(store: Store) -> None:
    add_batch(store)
    count = 6_000
    frame = pd.DataFrame(
        {
            "order_id": [str(number) for number in range(count)],
            "order_name": "it's 1; --",
            "sale_key": "plain/word",
            "channel": "",
            "total": pd.array([None] * count, dtype="Int64"),
            "items": 7,
            "tax_included": pd.array([True] * (count - 1) + [None], dtype="boolean"),
        }
    )
    with store.writing("import") as connection:
        assert insert_frame(connection, "shop_order", frame, **ORDER) == count
    names = "order_name, sale_key, channel, total, items, system"
    found = orders(store, names)
    assert set(found) == {("it's 1; --", "plain/word", "", None, 7, "shopify")}
    assert len(found) == count
    assert [row[0] for row in orders(store, "tax_included")][-2:] == [True, None]


def test_a_frame_whose_every_value_is_shared_still_gives_every_row(store: Store) -> None:
    add_batch(store)
    frame = pd.DataFrame({"order_id": ["same"] * 5_500})
    with store.writing("import") as connection:
        assert insert_frame(connection, "shop_order", frame, **ORDER) == 5_500
    assert orders(store, "order_id") == [("same",)] * 5_500


def schema(store: Store) -> list[tuple[object, ...]]:
    with store.reading() as connection:
        return [
            tuple(row)
            for row in connection.execute(text("SELECT type, name, sql FROM sqlite_master ORDER BY name"))
        ]


def test_indexes_made_after_the_rows_are_the_very_ones_that_were_there(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.bulk.MANY", 2)
    add_batch(sqlite_store)
    before = schema(sqlite_store)
    frame = pd.DataFrame({"order_id": ["1", "2", "3"], "customer_key": ["c", "a", "b"]})
    with sqlite_store.writing("import") as connection, many_rows(connection, "shop_order", 3):
        meanwhile = connection.execute(
            text("SELECT COUNT(*) FROM sqlite_master WHERE tbl_name = 'shop_order' AND type = 'index'")
        ).scalar_one()
        insert_frame(connection, "shop_order", frame, **ORDER)
    assert meanwhile == 0
    assert schema(sqlite_store) == before
    with sqlite_store.reading() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        plan = connection.execute(
            text("EXPLAIN QUERY PLAN SELECT id FROM shop_order WHERE customer_key = 'a'")
        ).all()
    assert "ix_shop_order_customer" in str(plan)


def test_a_failure_while_the_indexes_are_away_leaves_them_and_the_rows_as_they_were(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.bulk.MANY", 2)
    add_batch(sqlite_store)
    before = schema(sqlite_store)
    frame = pd.DataFrame({"order_id": ["1", "2", None]})
    with (
        pytest.raises(IntegrityError),
        sqlite_store.writing("import") as connection,
        many_rows(connection, "shop_order", 3),
    ):
        insert_frame(connection, "shop_order", frame, **ORDER)
    assert schema(sqlite_store) == before
    assert orders(sqlite_store, "order_id") == []


def test_a_table_that_holds_more_than_is_added_keeps_its_indexes(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.bulk.MANY", 2)
    add_batch(sqlite_store)
    frame = pd.DataFrame({"order_id": ["1", "2", "3"]})
    with sqlite_store.writing("import") as connection:
        insert_frame(connection, "shop_order", frame, **ORDER)
        with many_rows(connection, "shop_order", 2):
            count = connection.execute(
                text("SELECT COUNT(*) FROM sqlite_master WHERE tbl_name = 'shop_order' AND type = 'index'")
            ).scalar_one()
    assert count == 4


def test_a_broken_rule_in_one_row_keeps_none(store: Store) -> None:
    with pytest.raises(IntegrityError), store.writing("add") as connection:
        insert_rows(connection, "brand", ("name",), [("a",), ("b",), ("a",)])
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM brand")).scalar_one() == 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.tuples(WORDS, st.none() | INT64), min_size=1, max_size=20))
def test_what_goes_in_comes_out(sqlite_store: Store, rows: list[tuple[str, int | None]]) -> None:
    frame = pd.DataFrame(
        {
            "order_id": [str(number) for number in range(len(rows))],
            "order_name": pd.Series([name for name, _total in rows], dtype=object),
            "total": pd.array([total for _name, total in rows], dtype="Int64"),
        }
    )
    with sqlite_store.writing("import") as connection:
        connection.execute(text("DELETE FROM shop_order"))
        connection.execute(text("DELETE FROM import_batch"))
    add_batch(sqlite_store)
    with sqlite_store.writing("import") as connection:
        insert_frame(connection, "shop_order", frame, **ORDER)
    assert orders(sqlite_store, "order_name, total") == rows
