"""Public video data: names, rounding, repeats and the day the counts were seen."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from core.imports.model import Ask
from core.units import day_number


def video(day: str = "2026-05-05", number: int = 1) -> str:
    return str((int(datetime.fromisoformat(f"{day}T12:00+00:00").timestamp()) << 32) + number)


def link(number: int = 1, handle: str = "bea.reads") -> str:
    return f"https://www.tiktok.com/@{handle}/video/{video(number=number)}"


def item(number: int = 1, views: int = 900, **more: object) -> dict:
    return {"webVideoUrl": link(number), "playCount": views, "diggCount": 3, "text": "Hello", **more}


def test_the_day_is_asked_when_only_the_upload_is_known(facts_of) -> None:
    facts = facts_of("v.json", json.dumps([item()]))
    assert [one.ask for one in facts.questions] == [Ask.EXPORT_DAY]
    told = facts_of("v.json", json.dumps([item()]), answers={(Ask.EXPORT_DAY, ""): "2026-06-01"})
    assert told.tables["stat"]["last_day"].tolist() == [day_number(date(2026, 6, 1))]


def test_a_time_of_scraping_in_the_rows_dates_each_row(facts_of) -> None:
    rows = [item(1, scrapedAt="2026-06-01T10:00:00Z"), item(2, scrapedAt="2026-06-03T10:00:00Z")]
    facts = facts_of("v.json", json.dumps(rows), modified="2026-09-09T00:00")
    assert not facts.questions
    assert facts.tables["stat"]["last_day"].tolist() == [
        day_number(date(2026, 6, 1)),
        day_number(date(2026, 6, 3)),
    ]
    assert facts.as_of_from == "file"


@pytest.mark.parametrize(
    ("views", "rounded"),
    [([308_200, 900], [True, False]), ([308_251, 12_300], [False, False]), ([900, 1234], [False, False])],
    ids=["web page", "exact", "small"],
)
def test_rows_with_rounded_counts_are_flagged(facts_of, views, rounded) -> None:
    rows = [item(number, count) for number, count in enumerate(views)]
    facts = facts_of("v.json", json.dumps(rows), modified="2026-06-01T00:00")
    assert facts.tables["stat"]["is_rounded"].tolist() == rounded


def test_a_count_written_with_k_is_a_rounded_number(facts_of) -> None:
    text = f"Video_title,Views,Likes,Link\nA,130.2K,1.4M,{link(1)}\nB,6236,12,{link(2)}"
    facts = facts_of("list.csv", text, modified="2026-06-01T00:00", expected="video_metadata")
    assert facts.tables["stat"][["views", "likes", "is_rounded"]].to_numpy().tolist() == [
        [130_200, 1_400_000, True],
        [6236, 12, False],
    ]


def test_fans_become_followers_of_the_account_once(facts_of) -> None:
    rows = [item(n, **{"authorMeta.name": "Bea.Reads", "authorMeta.fans": 8123}) for n in (1, 2)]
    frame = facts_of("v.json", json.dumps(rows), modified="2026-06-01T00:00").tables["stat"]
    accounts = frame[frame["subject_kind"] == "account"]
    assert accounts[["subject", "followers", "kind"]].to_numpy().tolist() == [["bea.reads", 8123, "daily"]]


def test_advertising_and_sponsoring_marks_are_one_and_silence_is_unknown(facts_of) -> None:
    rows = [item(1, isAd=True, isSponsored=False), item(2, isAd=False, isSponsored=False), item(3)]
    facts = facts_of("v.json", json.dumps(rows), modified="2026-06-01T00:00").tables["video_fact"]
    assert [str(one) for one in facts["is_paid_partnership"]] == ["True", "False", "<NA>"]


def test_an_id_that_excel_damaged_is_recovered_from_the_link(facts_of) -> None:
    text = f"video_id,video_url,views\n7.63E+18,{link(1)},10\n7.64E+18,{link(2)},20"
    facts = facts_of("v.csv", text, modified="2026-06-01T00:00")
    assert facts.tables["video_fact"]["video_id"].tolist() == [video(number=1), video(number=2)]
    assert not facts.problems


def test_a_status_message_is_not_a_video(facts_of) -> None:
    facts = facts_of("v.json", json.dumps([item(), {"error": "no_items"}]), modified="2026-06-01T00:00")
    assert (facts.rows, dict(facts.ignored)) == (1, {"status message instead of a video": 1})


@pytest.mark.parametrize("joint", [".", "/", "_"])
def test_nested_names_are_known_in_every_spelling(facts_of, joint) -> None:
    head = f"id,stats{joint}playCount,stats{joint}diggCount,author{joint}uniqueId"
    facts = facts_of(
        "v.csv",
        f"{head}\n{video(number=1)},10,2,bea.reads\n{video(number=2)},20,3,bea.reads",
        modified="2026-06-01T00:00",
    )
    assert facts.tables["stat"]["views"].tolist() == [10, 20]
    assert set(facts.tables["video_fact"]["handle"]) == {"bea.reads"}


def test_the_clock_in_the_id_dates_a_video_without_a_time(facts_of) -> None:
    (fact,) = (
        facts_of("v.json", json.dumps([item()]), modified="2026-06-01T00:00")
        .tables["video_fact"]
        .to_dict("records")
    )
    assert datetime.fromtimestamp(fact["posted_at"], tz=UTC).date() == date(2026, 5, 5)
    assert fact["posted_from"] == "id"
