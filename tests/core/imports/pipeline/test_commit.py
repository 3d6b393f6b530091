"""One transaction: all of an import or nothing, whatever happens meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from core.access import Principal, Role
from core.errors import PlumblineError
from core.imports import commit as committing
from core.imports.commit import commit
from core.imports.receipt import Outcome
from core.store.engine import open_store
from tests.core.imports.pipeline.makers import NOW, Order, bring, orders_file, review, rows_in, totals

ORDERS = [Order(number=number) for number in range(1000, 1040)]
ROOT = Path(__file__).parents[4]


def test_receipt_adds_up_and_says_so(store):
    data = orders_file([*ORDERS, Order(number=2000, status="nonsense")])
    receipt = bring(store, "orders.csv", data)
    assert receipt.adds_up
    assert (
        receipt.sentence == "orders.csv: 41 rows = 40 stored + 1 set aside; 40 new, 0 changed, 0 unchanged."
    )


def test_cancel_before_the_commit_point_leaves_nothing(store):
    found = review(store, "orders.csv", orders_file(ORDERS))
    asked = iter([False, False, False, True])
    with pytest.raises(PlumblineError, match="cancelled; nothing of it was stored"):
        commit(store, found, upload="x", cancelled=lambda: next(asked, True))
    assert (rows_in(store, "import_batch"), rows_in(store, "shop_order")) == (0, 0)


@pytest.mark.parametrize("number", range(6))
def test_cancel_at_any_question_leaves_all_or_nothing(sqlite_store, number):
    found = review(sqlite_store, "orders.csv", orders_file(ORDERS))
    seen = iter(range(100))
    problem = ""
    try:
        commit(sqlite_store, found, upload="x", cancelled=lambda: next(seen) == number)
    except PlumblineError as error:
        problem = error.issue.code
    assert problem in ("", "import-cancelled")
    assert rows_in(sqlite_store, "shop_order") == (0 if problem else len(ORDERS))


def test_what_must_be_true_together_fails_together(store):
    found = review(store, "orders.csv", orders_file(ORDERS))

    def fail(connection: object) -> None:
        raise RuntimeError(str(connection)[:0] or "stop")

    with pytest.raises(RuntimeError, match="stop"):
        commit(store, found, upload="x", within=fail)
    assert rows_in(store, "import_batch") == 0


def test_file_that_asks_something_cannot_be_committed(store):
    found = review(
        store,
        "Overview.csv",
        b"Date,Video Views,Profile Views,Likes,Comments,Shares\nMarch 1,1,1,1,1,1\nMarch 2,2,2,2,2,2\n",
    )
    with pytest.raises(PlumblineError, match="cannot be imported yet"):
        commit(store, found, upload="x")


def test_viewer_cannot_import(store):
    found = review(store, "orders.csv", orders_file(ORDERS))
    with pytest.raises(PlumblineError, match="right"):
        commit(store.acting_as(Principal(name="v", role=Role.VIEWER)), found, upload="x")


def test_disk_without_room_is_said_before_anything_is_written(sqlite_store, monkeypatch):
    found = review(sqlite_store, "orders.csv", orders_file(ORDERS))
    monkeypatch.setattr(committing, "_ROOM", 10**15)
    with pytest.raises(PlumblineError, match="free disk"):
        commit(sqlite_store, found, upload="x")
    assert rows_in(sqlite_store, "import_batch") == 0


def test_two_importers_of_one_file_store_it_once(store):
    reviews = [review(store, f"orders{number}.csv", orders_file(ORDERS)) for number in range(4)]
    outcomes: list[Outcome] = []
    threads = [
        threading.Thread(target=lambda one=one: outcomes.append(commit(store, one, upload="x").outcome))
        for one in reviews
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(outcomes) == sorted([Outcome.STORED, *[Outcome.SAME_FILE] * 3])
    assert rows_in(store, "shop_order") == len(ORDERS)


def test_several_importers_at_once_all_come_through(store):
    reviews = [
        review(
            store, f"{number}.csv", orders_file([Order(number=number * 100 + place) for place in range(20)])
        )
        for number in range(10, 15)
    ]
    threads = [threading.Thread(target=commit, args=(store, one), kwargs={"upload": "x"}) for one in reviews]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (rows_in(store, "import_batch"), rows_in(store, "shop_order")) == (5, 100)


CHILD = """
import os, sys, time
from core.imports import commit as committing
from core.imports.commit import commit
from core.store.engine import open_store
from tests.core.imports.pipeline.makers import NOW, Order, orders_file, review

store = open_store(sys.argv[1])
found = review(store, "orders.csv", orders_file([Order(number=number) for number in range(1000, 1040)]))

def hold(connection):
    print("inside", flush=True)
    time.sleep(60)

commit(store, found, upload="x", now=NOW, within=hold if sys.argv[2] == "inside" else None)
print("stored", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize(
    ("moment", "expected"), [("inside", 0), ("stored", 40)], ids=["before commit", "after commit"]
)
def test_kill_leaves_all_or_nothing_and_the_store_works(sqlite_url, moment, expected):
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, sqlite_url, moment],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == moment
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    store = open_store(sqlite_url)
    assert rows_in(store, "shop_order") == expected
    with store.reading() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    receipt = bring(store, "orders.csv", orders_file(ORDERS))
    assert receipt.outcome is (Outcome.SAME_FILE if expected else Outcome.STORED)
    assert len(totals(store)) == 40
    store.close()


def test_kill_at_random_moments_leaves_all_or_nothing(sqlite_url):
    seen = set()
    for delay in (0.0, 0.02, 0.05, 0.1):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, sqlite_url, "stored"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        time.sleep(1.5 + delay)
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
        store = open_store(sqlite_url)
        seen.add((rows_in(store, "import_batch"), rows_in(store, "shop_order")))
        store.close()
    assert seen <= {(0, 0), (1, 40)}


def test_time_is_injected(store):
    receipt = bring(store, "orders.csv", orders_file(ORDERS))
    with store.reading() as connection:
        assert connection.execute(text("SELECT at FROM import_batch")).scalar_one() == NOW
    assert receipt.batch_id
