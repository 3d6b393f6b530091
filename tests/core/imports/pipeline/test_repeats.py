"""The same rows again, in every way a person brings them again: each fact counts once."""

from __future__ import annotations

import pytest

from core.imports.differences import Differences
from core.imports.history import list_batches, undo
from core.imports.receipt import Outcome
from core.imports.review import Offered, ReviewState, review_files
from tests.core.imports.pipeline.makers import (
    DAY,
    NOW,
    Order,
    bring,
    newest_orders,
    orders_file,
    review,
    rows_in,
    totals,
)

THREE = [
    Order(number=1001),
    Order(number=1002, total="35.00"),
    Order(number=1003, total="12.50", refunded="2.50"),
]


def test_same_file_twice_changes_nothing_and_says_when_it_came(store):
    first = bring(store, "orders.csv", orders_file(THREE))
    before, revision = newest_orders(store), store.revision()
    again = review(store, "orders.csv", orders_file(THREE))
    assert again.state is ReviewState.ALREADY_IMPORTED
    assert "4 Mar 2026" in again.sentence
    second = bring(store, "orders.csv", orders_file(THREE))
    assert (second.outcome, second.batch_id) == (Outcome.SAME_FILE, first.batch_id)
    assert (newest_orders(store), store.revision()) == (before, revision)


def test_renamed_file_is_known_under_its_old_name(store):
    bring(store, "orders.csv", orders_file(THREE))
    receipt = bring(store, "orders (1).csv", orders_file(THREE))
    assert receipt.outcome is Outcome.SAME_FILE
    assert "orders.csv" in receipt.sentence
    assert rows_in(store, "import_batch") == 1


def test_resaved_file_with_other_line_ends_is_a_twin_that_stores_nothing(store):
    bring(store, "orders.csv", orders_file(THREE))
    receipt = bring(store, "orders_resaved.csv", orders_file(THREE, "\r\n"))
    assert receipt.outcome is Outcome.SAME_ROWS
    assert receipt.differences == Differences(unchanged=3)
    assert rows_in(store, "shop_order") == 3


def test_rows_in_another_order_are_a_twin(store):
    bring(store, "orders.csv", orders_file(THREE))
    receipt = bring(store, "sorted.csv", orders_file(THREE[::-1]))
    assert receipt.outcome is Outcome.SAME_ROWS


def test_file_handed_in_twice_in_one_drop_counts_once(store):
    offered = [Offered(name=name, data=orders_file(THREE)) for name in ("a.csv", "b.csv")]
    first, second = review_files(store, offered, now=NOW)
    assert (first.state, second.state) == (ReviewState.READY, ReviewState.ALREADY_IMPORTED)
    assert first.key != second.key
    assert "the same file as a.csv" in second.sentence


def test_corrected_file_wins_by_its_own_age(store):
    bring(store, "old.csv", orders_file(THREE), modified_at=NOW - 9 * DAY)
    corrected = [THREE[0], Order(number=1002, total="30.00"), THREE[2]]
    receipt = bring(store, "new.csv", orders_file(corrected), modified_at=NOW - DAY)
    assert receipt.differences == Differences(changed=1, unchanged=2)
    assert totals(store)["1002"] == 3000


def test_older_file_imported_later_does_not_win(store):
    corrected = [THREE[0], Order(number=1002, total="30.00"), THREE[2]]
    bring(store, "new.csv", orders_file(corrected), modified_at=NOW - DAY)
    receipt = bring(store, "old.csv", orders_file(THREE), modified_at=NOW - 9 * DAY)
    assert receipt.differences == Differences(older=1, unchanged=2)
    assert totals(store)["1002"] == 3000


def test_overlapping_file_adds_only_what_is_new(store):
    bring(store, "first.csv", orders_file(THREE), modified_at=NOW - 9 * DAY)
    second = [THREE[2], Order(number=1004, day=3), Order(number=1005, day=4)]
    found = review(store, "second.csv", orders_file(second), modified_at=NOW - DAY)
    assert found.differences == Differences(new=2, unchanged=1)
    assert "2 new, 0 changed, 1 unchanged" in found.sentence
    bring(store, "second.csv", orders_file(second), modified_at=NOW - DAY)
    assert sorted(totals(store)) == ["1001", "1002", "1003", "1004", "1005"]


def test_reverted_correction_wins_although_its_rows_are_those_of_the_oldest_file(store):
    bring(store, "monday.csv", orders_file(THREE), modified_at=NOW - 9 * DAY)
    bring(store, "tuesday.csv", orders_file([Order(number=1002, total="99.00")]), modified_at=NOW - 8 * DAY)
    assert totals(store)["1002"] == 9900
    receipt = bring(store, "wednesday.csv", orders_file(THREE, "\r\n"), modified_at=NOW - 7 * DAY)
    assert receipt.outcome is Outcome.SAME_ROWS
    assert totals(store)["1002"] == 3500
    undo(store, receipt.batch_id)
    assert totals(store)["1002"] == 9900


def test_differences_are_those_at_the_moment_of_storing(store):
    late = review(store, "late.csv", orders_file(THREE), modified_at=NOW - DAY)
    assert late.differences == Differences(new=3)
    bring(store, "other.csv", orders_file(THREE[:2]), modified_at=NOW - 9 * DAY)
    from core.imports.commit import commit

    assert commit(store, late, upload="x", now=NOW).differences == Differences(new=1, unchanged=2)


@pytest.mark.parametrize("first", [0, 1], ids=["owner first", "twin first"])
def test_rows_of_twins_outlive_either_and_go_with_the_last(store, first):
    owner = bring(store, "a.csv", orders_file(THREE))
    twin = bring(store, "b.csv", orders_file(THREE, "\r\n"))
    ids = [owner.batch_id, twin.batch_id]
    undo(store, ids[first])
    assert totals(store) == {"1001": 2000, "1002": 3500, "1003": 1250}
    undo(store, ids[1 - first])
    assert newest_orders(store) == []
    assert [batch.is_standing for batch in list_batches(store)] == [False, False]
