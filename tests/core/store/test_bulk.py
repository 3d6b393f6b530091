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

from core.store.bulk import insert_frame, insert_rows

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


def test_rows_may_come_from_an_iterator_longer_than_a_block(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.bulk.BLOCK", 7)
    with store.writing("add") as connection:
        assert insert_rows(connection, "brand", ("name",), ((str(number),) for number in range(50))) == 50
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(DISTINCT name) FROM brand")).scalar_one() == 50


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
