"""Background imports: they go on without the page, can be stopped, and never pretend."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import insert, text

from core.access import Principal, Role
from core.errors import PlumblineError
from core.imports import drops, jobs
from core.imports.drops import DROPS, PROCESS
from core.imports.frames import table_of
from core.imports.jobs import JobState
from core.imports.model import Ask
from core.imports.review import Offered, ReviewState
from tests.core.imports.pipeline.makers import (
    Order,
    archive,
    content_file,
    orders_file,
    overview_file,
    rows_in,
)

ORDERS = orders_file([Order(number=number) for number in range(1000, 1010)])


def until(store, job_id, *states: JobState, seconds: float = 30):
    """Return the job once it is in one of the states."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = jobs.job(store, job_id)
        if found.state in states:
            return found
        time.sleep(0.02)
    pytest.fail(f"still {jobs.job(store, job_id)}")


def test_files_are_looked_at_and_stored_without_the_page(store):
    job_id = jobs.start_review(store, [Offered(name="orders.csv", data=ORDERS)])
    asking = until(store, job_id, JobState.ASKING)
    assert asking.sentence == "1 of 1 file is ready to import."
    assert [one.state for one in jobs.reviews(store, job_id)] == [ReviewState.READY]
    assert rows_in(store, "shop_order") == 0
    jobs.start_commit(store, job_id)
    done = until(store, job_id, JobState.DONE)
    assert done.has_ended
    assert "10 rows = 10 stored" in done.sentence
    (receipt,) = jobs.receipts(store, job_id)
    assert receipt.adds_up
    assert rows_in(store, "shop_order") == 10


def test_reading_changes_no_figure_so_no_cache_is_lost(store):
    before = store.revision()
    until(store, jobs.start_review(store, [Offered(name="orders.csv", data=ORDERS)]), JobState.ASKING)
    assert store.revision() == before


def test_one_bad_file_does_not_stop_the_others(store):
    offered = [Offered(name="a.csv", data=b""), Offered(name="orders.csv", data=ORDERS)]
    job_id = jobs.start_review(store, offered)
    until(store, job_id, JobState.ASKING)
    assert [one.state for one in jobs.reviews(store, job_id)] == [ReviewState.REFUSED, ReviewState.READY]
    jobs.start_commit(store, job_id)
    until(store, job_id, JobState.DONE)
    assert rows_in(store, "shop_order") == 10


def test_only_chosen_files_are_stored(store):
    offered = [
        Offered(name="a.csv", data=ORDERS),
        Offered(name="b.csv", data=orders_file([Order(number=2000)])),
    ]
    job_id = jobs.start_review(store, offered)
    until(store, job_id, JobState.ASKING)
    jobs.start_commit(store, job_id, keys=[jobs.reviews(store, job_id)[1].key])
    until(store, job_id, JobState.DONE)
    assert rows_in(store, "shop_order") == 1


def test_answer_makes_a_file_ready(store):
    job_id = jobs.start_review(
        store, [Offered(name="Overview.csv", data=overview_file({"March 1": 10, "March 2": 20}))]
    )
    until(store, job_id, JobState.ASKING)
    (found,) = jobs.reviews(store, job_id)
    with pytest.raises(PlumblineError, match="No file of this drop"):
        jobs.start_commit(store, job_id)
    said = {Ask.ACCOUNT: "@maya", Ask.EXPORT_DAY: "2026-03-03"}
    for _ in range(3):
        (found,) = jobs.answer_file(
            store, job_id, found.key, {(one.ask, one.key): said[one.ask] for one in found.questions}
        )
        if found.state is ReviewState.READY:
            break
    jobs.start_commit(store, job_id)
    until(store, job_id, JobState.DONE)
    assert rows_in(store, "account_day") == 2


def test_cancel_while_waiting_stores_nothing(store):
    job_id = jobs.start_review(store, [Offered(name="orders.csv", data=ORDERS)])
    until(store, job_id, JobState.ASKING)
    jobs.cancel(store, job_id)
    assert jobs.job(store, job_id).sentence == "Cancelled; nothing was stored."
    assert jobs.reviews(store, job_id) == ()
    with pytest.raises(PlumblineError, match="not waiting here any more"):
        jobs.start_commit(store, job_id)


def test_cancel_while_reading_stops_it(store):
    job_id = jobs.start_review(
        store, [Offered(name=f"{number}.csv", data=ORDERS + b"\n" * number) for number in range(20)]
    )
    jobs.cancel(store, job_id)
    ended = until(store, job_id, JobState.CANCELLED)
    assert ended.sentence == "Cancelled; nothing was stored."
    assert rows_in(store, "import_batch") == 0


def test_cancel_of_an_ended_job_changes_nothing(store):
    job_id = jobs.start_review(store, [Offered(name="orders.csv", data=ORDERS)])
    until(store, job_id, JobState.ASKING)
    jobs.start_commit(store, job_id)
    done = until(store, job_id, JobState.DONE)
    jobs.cancel(store, job_id)
    assert jobs.job(store, job_id) == done


def _stray(store, *, process: str, state: JobState, heartbeat: int, done: int = 0) -> int:
    with store.tracking() as connection:
        written = connection.execute(
            insert(table_of("import_job")).values(
                upload="u", label="x", state=state.value, done=done, total=3, sentence="", wants_cancel=False, process=process,
                heartbeat=heartbeat, who="x", at=heartbeat,
            )
        )  # fmt: skip
        return int(written.inserted_primary_key[0])


def test_job_of_a_server_that_stopped_is_closed_and_says_so(store):
    job_id = _stray(store, process="elsewhere:1:x", state=JobState.READING, heartbeat=1000)
    assert jobs.close_orphans(store, now=1061) == 1
    found = jobs.job(store, job_id)
    assert found.state is JobState.FAILED
    assert found.sentence == "Stopped when the app closed; nothing was stored."


def test_job_that_had_stored_some_files_says_how_many(store):
    job_id = _stray(store, process="elsewhere:1:x", state=JobState.STORING, heartbeat=1000, done=2)
    jobs.close_orphans(store, now=2000)
    assert "2 of 3 files had been stored" in jobs.job(store, job_id).sentence


def test_job_that_shows_life_is_left_alone(store):
    _stray(store, process="elsewhere:1:x", state=JobState.READING, heartbeat=1000)
    assert jobs.close_orphans(store, now=1059) == 0


def test_job_of_this_process_that_nobody_holds_is_closed_at_once(store):
    _stray(store, process=PROCESS, state=JobState.ASKING, heartbeat=10**10)
    assert jobs.close_orphans(store) == 1


def test_running_job_is_not_an_orphan(store):
    job_id = jobs.start_review(store, [Offered(name="orders.csv", data=ORDERS)])
    until(store, job_id, JobState.ASKING)
    assert jobs.close_orphans(store) == 0


def test_oldest_drop_gives_way_when_too_much_waits(store, monkeypatch):
    monkeypatch.setattr(drops, "MOST_WAITING", len(ORDERS) + 100)
    first = jobs.start_review(store, [Offered(name="a.csv", data=ORDERS)])
    until(store, first, JobState.ASKING)
    second = jobs.start_review(store, [Offered(name="b.csv", data=ORDERS + b"\n")])
    until(store, second, JobState.ASKING)
    assert "Hand the files in again" in until(store, first, JobState.CANCELLED).sentence
    assert DROPS.get(store, first) is None
    assert len(jobs.reviews(store, second)) == 1


def test_file_that_another_import_made_doubtful_asks_again(store):
    days = {f"March {day}": 100 + 7 * day * day for day in range(1, 25)}
    shifted = {f"March {day + 1}": views for day, views in zip(range(1, 25), days.values(), strict=True)}
    members = [
        Offered(
            name="one.zip",
            data=archive({"Content.csv": content_file("maya"), "Overview.csv": overview_file(days)}),
        ),
        Offered(
            name="two.zip",
            data=archive({"Content.csv": content_file("maya"), "Overview.csv": overview_file(shifted)}),
        ),
    ]
    said = {
        f"{name}.zip/{member}.csv": {(Ask.EXPORT_DAY, ""): day}
        for name, day in (("one", "2026-03-25"), ("two", "2026-03-26"))
        for member in ("Content", "Overview")
    }
    job_id = jobs.start_review(store, members, answers=said)
    until(store, job_id, JobState.ASKING)
    found = {one.file: one.state for one in jobs.reviews(store, job_id)}
    assert found["two.zip/Overview.csv"] is ReviewState.READY, found
    jobs.start_commit(store, job_id)
    waiting = until(store, job_id, JobState.ASKING, JobState.DONE)
    assert waiting.state is JobState.ASKING
    (left,) = jobs.reviews(store, job_id)
    assert [one.ask for one in left.questions] == [Ask.LABEL_SHIFT]


def test_viewer_sees_no_jobs(store):
    viewer = store.acting_as(Principal(name="v", role=Role.VIEWER))
    with pytest.raises(PlumblineError, match="right"):
        jobs.start_review(viewer, [Offered(name="orders.csv", data=ORDERS)])
    with pytest.raises(PlumblineError, match="right"):
        jobs.list_jobs(viewer)


def test_list_shows_open_jobs_newest_first(store):
    first = jobs.start_review(store, [Offered(name="a.csv", data=ORDERS)])
    second = jobs.start_review(store, [Offered(name="b.csv", data=orders_file([Order(number=9)]))])
    until(store, first, JobState.ASKING)
    until(store, second, JobState.ASKING)
    jobs.cancel(store, first)
    assert [one.job_id for one in jobs.list_jobs(store)] == [second]
    assert [one.job_id for one in jobs.list_jobs(store, only_open=False)] == [second, first]


def test_job_that_is_not_there_is_said_in_words(store):
    with pytest.raises(PlumblineError, match="no such import"):
        jobs.job(store, 4711)
    with store.reading() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM import_job")).scalar_one() == 0
