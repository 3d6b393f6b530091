"""Undo is exact: what stands decides the state, never the order in which things came and went."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from core.access import Principal, Role
from core.errors import PlumblineError
from core.imports.commit import commit
from core.imports.frames import FACT_TABLES
from core.imports.history import batch_detail, list_batches, rejected_rows_csv, undo
from core.imports.model import Ask
from core.imports.receipt import Outcome
from core.imports.settling import settle
from core.imports.surroundings import surroundings
from core.store.engine import Store, open_store
from tests.core.imports.pipeline.makers import (
    DAY,
    NOW,
    Order,
    bring,
    orders_file,
    overview_file,
    review,
    rows_in,
    totals,
)

if TYPE_CHECKING:
    from pathlib import Path

    from core.imports.file_review import FileReview

DERIVED = ("video", "video_day", "account_day", "credit", "campaign_day")
ACCOUNT = {(Ask.ACCOUNT, ""): "canary.skin", (Ask.EXPORT_DAY, ""): "2026-03-04"}


def test_wrong_file_is_gone_without_a_trace_in_facts(store):
    bring(store, "good.csv", orders_file([Order(number=1001)]))
    wrong = bring(store, "wrong.csv", orders_file([Order(number=1001, total="1.00"), Order(number=1009)]))
    receipt = undo(store, wrong.batch_id)
    assert receipt.outcome is Outcome.UNDONE
    assert "as if it had never been imported" in receipt.sentence
    assert totals(store) == {"1001": 2000}
    assert all(_facts_of(store, name, wrong.batch_id) == 0 for name in FACT_TABLES)


def test_undo_twice_changes_nothing_the_second_time(store):
    batch = bring(store, "good.csv", orders_file([Order(number=1001)])).batch_id
    undo(store, batch)
    revision = store.revision()
    assert undo(store, batch).outcome is Outcome.ALREADY_UNDONE
    assert store.revision() == revision


def test_header_of_an_undone_import_stays_with_who_and_when(store):
    batch = bring(store, "good.csv", orders_file([Order(number=1001)])).batch_id
    undo(store, batch, now=NOW + 60)
    (kept,) = list_batches(store)
    assert (kept.undone_at, kept.undone_by, kept.is_standing) == (NOW + 60, "this computer", False)
    assert list_batches(store, with_undone=False) == ()


def test_undone_file_can_be_imported_again(store):
    data = orders_file([Order(number=1001)])
    undo(store, bring(store, "good.csv", data).batch_id)
    assert bring(store, "good.csv", data).outcome is Outcome.STORED
    assert totals(store) == {"1001": 2000}


def test_rejected_rows_go_with_their_import(store):
    data = orders_file([Order(number=1001), Order(number=1002, status="nonsense")])
    receipt = bring(store, "orders.csv", data)
    assert (receipt.counts.aside, receipt.adds_up) == (1, True)
    assert b"nonsense" in rejected_rows_csv(store, receipt.batch_id)
    assert b"buyer1002" not in rejected_rows_csv(store, receipt.batch_id)
    undo(store, receipt.batch_id)
    assert rows_in(store, "quarantine_row") == 0


def test_receipt_on_record_is_the_one_handed_out(store):
    receipt = bring(
        store, "orders.csv", orders_file([Order(number=1001), Order(number=1002, status="nonsense")])
    )
    kept = batch_detail(store, receipt.batch_id)
    assert kept.receipt == receipt
    assert kept.batch.counts == receipt.counts
    assert len(kept.aside) == 1


def test_unknown_import_is_refused_in_words(store):
    with pytest.raises(PlumblineError, match="no such import"):
        undo(store, 99)


@pytest.mark.parametrize("role", [None, Role.VIEWER], ids=["nobody", "viewer"])
def test_only_those_who_may_import_may_undo(store, role):
    batch = bring(store, "good.csv", orders_file([Order(number=1001)])).batch_id
    with pytest.raises(PlumblineError, match="right"):
        undo(store.acting_as(Principal(name="x", role=role)), batch)
    assert totals(store) == {"1001": 2000}


def test_list_can_be_searched_and_a_wildcard_is_a_letter(store):
    bring(store, "one.csv", orders_file([Order(number=1001)]))
    bring(store, "50%.csv", orders_file([Order(number=1002)]))
    assert [batch.file for batch in list_batches(store, search="ONE")] == ["one.csv"]
    assert [batch.file for batch in list_batches(store, search="%")] == ["50%.csv"]
    assert [batch.file for batch in list_batches(store, limit=1, offset=1)] == ["one.csv"]


# ---------------------------------------------------------------- the law


class Files(tuple["FileReview", ...]):
    """Reviews that a failing example does not print."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{len(self)} files"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Files:
    """Return reviews of files that overlap, correct and repeat each other, read once."""
    path = tmp_path_factory.mktemp("law") / "plumbline.db"
    shutil.copyfile(sqlite_template, path)
    store = open_store(f"sqlite:///{path}")
    one, two, three = Order(number=1001), Order(number=1002, total="35.00"), Order(number=1003, day=3)
    week = {f"March {day}": 100 * day for day in range(1, 4)}
    offered = [
        ("a.csv", orders_file([one, two]), NOW - 9 * DAY, {}),
        ("a_again.csv", orders_file([one, two], "\r\n"), NOW - 2 * DAY, {}),
        ("a_thrice.csv", orders_file([two, one]), NOW - 5 * DAY, {}),
        ("b.csv", orders_file([replace(two, total="30.00", refunded="30.00"), three]), NOW - 4 * DAY, {}),
        ("c.csv", orders_file([replace(one, status="refunded"), three]), NOW - 4 * DAY, {}),
        ("Overview.csv", overview_file(week), NOW, ACCOUNT),
        ("Overview (1).csv", overview_file({**week, "March 3": 999}), NOW - 10, ACCOUNT),
    ]
    reviews = Files(
        review(store, name, data, modified_at=at, answers=answers)
        for name, data, at, answers in offered  # type: ignore[arg-type]
    )
    store.close()
    return reviews


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[int, int | None]]:
    """Return imports in some order, each followed by the undoing of one that stands or by none."""
    order = draw(st.permutations(range(7)))[: draw(st.integers(2, 5))]
    standing: list[int] = []
    steps: list[tuple[int, int | None]] = []
    for number in order:
        standing.append(number)
        gone = draw(st.none() | st.sampled_from(sorted(standing)))
        if gone is not None:
            standing.remove(gone)
        steps.append((number, gone))
    return steps


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=lives())
def test_state_is_a_function_of_the_standing_imports(
    steps, files, sqlite_template, tmp_path_factory, monkeypatch
):
    monkeypatch.setenv("PLUMBLINE_KEY", "k" * 40)
    lived = _fresh(sqlite_template, tmp_path_factory)
    batches: dict[int, int] = {}
    standing: list[int] = []
    for number, gone in steps:
        batches[number] = _commit(lived, files[number])
        standing.append(number)
        if gone is not None:
            undo(lived, batches[gone], now=NOW)
            standing.remove(gone)
    straight = _fresh(sqlite_template, tmp_path_factory)
    for number in standing:
        _commit(straight, files[number])
    assert _state(lived) == _state(straight)
    for number in standing:
        undo(lived, batches[number], now=NOW)
    assert not any(_state(lived).values())
    lived.close()
    straight.close()


def _fresh(template: Path, factory: pytest.TempPathFactory) -> Store:
    path = factory.mktemp("law") / "plumbline.db"
    shutil.copyfile(template, path)
    return open_store(f"sqlite:///{path}")


def _commit(store: Store, found: FileReview) -> int:
    assert found.material is not None
    material = replace(found.material, surroundings=surroundings(store, now=NOW))
    said = {(one.question.ask, one.question.key): one for one in found.answered}
    return commit(store, settle(found.key, material, said), upload="law", now=NOW).batch_id


def _state(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return every fact that stands in the order in which it counts, and everything derived."""
    state: dict[str, list[tuple[object, ...]]] = {}
    with store.reading() as connection:
        for name in FACT_TABLES:
            query = f"SELECT f.*, b.as_of FROM {name} f JOIN import_batch b ON b.id = f.batch_id"
            rows = connection.execute(text(query)).mappings()
            state[name] = sorted(
                (tuple(value for key, value in row.items() if key not in ("id", "batch_id")) for row in rows),
                key=repr,
            )
        for name in DERIVED:
            rows = connection.execute(text(f"SELECT * FROM {name}"))
            state[name] = sorted((tuple(row) for row in rows), key=repr)
    return state


def _facts_of(store: Store, name: str, batch_id: int) -> int:
    with store.reading() as connection:
        query = text(f"SELECT COUNT(*) FROM {name} WHERE batch_id = :batch")
        return int(connection.execute(query, {"batch": batch_id}).scalar_one())
