"""What several files of a drop ask alike is asked once; what one file proves helps the others."""

from __future__ import annotations

import time

from core.imports import jobs
from core.imports.jobs import JobState, answer_shared, shared_questions
from core.imports.model import Ask
from core.imports.receipt import Outcome
from core.imports.review import Offered, ReviewState, answer, review_files
from tests.core.imports.pipeline.makers import (
    NOW,
    archive,
    bring,
    content_file,
    csv_bytes,
    overview_file,
    rows_in,
)

VIEWERS = csv_bytes(
    ("Date", "Total Viewers", "New Viewers", "Returning Viewers"),
    [("March 1", "9", "4", "5"), ("March 2", "8", "4", "4")],
)
GENDER = csv_bytes(("Gender", "Distribution"), [("Female", "0.56"), ("Male", "0.44")])
OVERVIEW = overview_file({"February 28": 10, "March 1": 12})


def drop(store, *files):
    return review_files(store, [Offered(name=name, data=data) for name, data in files], now=NOW)


def shared(reviews):
    return {one.ask: one for one in shared_questions(reviews)}


def test_account_and_export_day_of_bare_files_are_asked_once(store):
    asked = shared(
        drop(store, ("Overview.csv", OVERVIEW), ("Viewers.csv", VIEWERS), ("FollowerGender.csv", GENDER))
    )
    assert asked[Ask.ACCOUNT].files == ("Overview.csv", "Viewers.csv", "FollowerGender.csv")
    assert not asked[Ask.ACCOUNT].choices


def test_export_day_that_fits_no_two_files_alike_is_asked_of_each(store):
    old = csv_bytes(
        ("Date", "Total Viewers", "New Viewers", "Returning Viewers"),
        [("July 1", "9", "4", "5"), ("July 2", "8", "4", "4")],
    )
    older = overview_file({"October 3": 10, "October 4": 12})
    asked = shared(drop(store, ("Overview.csv", older), ("Viewers.csv", old)))
    assert Ask.ACCOUNT in asked
    assert Ask.EXPORT_DAY not in asked


def test_export_day_offers_only_days_that_fit_every_file(store):
    one = overview_file({"October 3": 10, "October 4": 12})
    other = csv_bytes(
        ("Date", "Total Viewers", "New Viewers", "Returning Viewers"),
        [("October 4", "9", "4", "5"), ("October 5", "8", "4", "4")],
    )
    asked = shared(drop(store, ("Overview.csv", one), ("Viewers.csv", other), ("FollowerGender.csv", GENDER)))
    days = list(asked[Ask.EXPORT_DAY].choices)
    assert days[0] == "2025-10-06"
    assert all(day.endswith("-10-06") for day in days)


def test_what_one_file_asks_is_not_shared(store):
    assert shared_questions(drop(store, ("Overview.csv", OVERVIEW))) == ()


def test_list_of_videos_suggests_account_and_day_of_the_others(store):
    reviews = drop(store, ("Content.csv", content_file("maya")), ("FollowerGender.csv", GENDER))
    questions = {one.ask: one for one in reviews[1].questions}
    assert questions[Ask.ACCOUNT].suggestion == "maya"
    assert questions[Ask.EXPORT_DAY].suggestion == "2026-03-03"


def test_one_answer_settles_every_file_that_asks(store):
    files = [Offered(name="Viewers.csv", data=VIEWERS), Offered(name="FollowerGender.csv", data=GENDER)]
    job_id = jobs.start_review(store, files)
    for _ in range(200):
        if jobs.job(store, job_id).state is JobState.ASKING:
            break
        time.sleep(0.05)
    answer_shared(store, job_id, Ask.ACCOUNT, "", "@Maya")
    found = answer_shared(store, job_id, Ask.EXPORT_DAY, "", "2026-03-03")
    assert [one.state for one in found] == [ReviewState.READY, ReviewState.READY]
    assert {one.reading.account for one in found} == {"maya"}
    jobs.cancel(store, job_id)


def test_equal_snapshots_of_two_days_are_both_stored(store):
    said = {(Ask.ACCOUNT, ""): "maya"}
    bring(store, "FollowerGender.csv", GENDER, answers={**said, (Ask.EXPORT_DAY, ""): "2026-02-01"})
    bring(store, "FollowerGender.csv", GENDER, answers={**said, (Ask.EXPORT_DAY, ""): "2026-03-01"})
    assert rows_in(store, "audience_share") == 4
    again = bring(store, "Gender.csv", GENDER, answers={**said, (Ask.EXPORT_DAY, ""): "2026-03-01"})
    assert again.outcome is Outcome.SAME_FILE
    assert rows_in(store, "audience_share") == 4


def test_equal_snapshots_of_one_drop_are_two_until_their_day_is_known(store):
    first, second = drop(store, ("a.csv", GENDER), ("b.csv", GENDER))
    assert (first.state, second.state) == (ReviewState.ASKS, ReviewState.ASKS)
    said = {(Ask.ACCOUNT, ""): "maya", (Ask.EXPORT_DAY, ""): "2026-03-01"}
    assert answer(second, said).state is ReviewState.READY


def test_folders_of_an_archive_prove_each_its_own_account(store):
    members = {
        "maya/Content.csv": content_file("maya"),
        "maya/Overview.csv": OVERVIEW,
        "juno/Content.csv": content_file("juno", "7341234567890123999"),
        "juno/Overview.csv": overview_file({"February 28": 99, "March 1": 98}),
    }
    found = {one.file: one for one in drop(store, ("exports.zip", archive(members)))}
    assert found["exports.zip/maya/Overview.csv"].reading.account == "maya"
    assert found["exports.zip/juno/Overview.csv"].reading.account == "juno"


def test_equal_files_of_two_accounts_in_one_archive_are_both_kept(store):
    members = {
        "maya/Content.csv": content_file("maya"),
        "maya/FollowerGender.csv": GENDER,
        "juno/Content.csv": content_file("juno", "7341234567890123999"),
        "juno/FollowerGender.csv": GENDER,
    }
    found = {one.file: one for one in drop(store, ("exports.zip", archive(members)))}
    accounts = {found[f"exports.zip/{name}/FollowerGender.csv"].reading.account for name in ("maya", "juno")}
    assert accounts == {"maya", "juno"}
