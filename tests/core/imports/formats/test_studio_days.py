"""Daily tables of TikTok Studio: years found, labels moved, unknown days left out."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from babel.dates import format_date
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.imports.model import Ask
from core.units import day_number

WHO = {(Ask.ACCOUNT, ""): "@Lina.Knits"}
OVERVIEW = "Date,Video Views,Profile Views,Likes,Comments,Shares"


def label(day: date, locale: str = "en") -> str:
    return format_date(day, {"es": "d 'de' MMMM", "pt": "d 'de' MMMM"}.get(locale, "d MMMM"), locale=locale)


def overview(first: date, count: int, locale: str = "en", start: int = 100) -> str:
    rows = [
        f"{label(first + timedelta(days=i), locale)},{start + i * 7},{i},{i * 2},0,{i % 3}"
        for i in range(count)
    ]
    return "\n".join([OVERVIEW, *rows])


def exported(day: str) -> dict:
    return {**WHO, (Ask.EXPORT_DAY, ""): day}


def days_of(facts) -> list[int]:
    return facts.tables["stat"]["first_day"].tolist()


@pytest.mark.parametrize("locale", ["en", "es", "el", "fr", "pt", "vi", "id", "de", "it"])
def test_days_are_dated_in_every_language_across_new_year(facts_of, locale) -> None:
    first = date(2025, 12, 20)
    facts = facts_of("Overview.csv", overview(first, 30, locale), answers=exported("2026-01-20"))
    assert days_of(facts) == [day_number(first) + i for i in range(30)]
    assert not facts.questions
    assert not facts.problems


def test_a_year_whose_first_label_is_that_of_the_export_day_lies_in_the_year_before(facts_of) -> None:
    facts = facts_of("Overview.csv", overview(date(2025, 3, 17), 364), answers=exported("2026-03-17"))
    assert facts.first_day == day_number(date(2025, 3, 17))
    assert facts.last_day == day_number(date(2026, 3, 15))
    assert facts.rows == 364


def test_rows_from_the_newest_to_the_oldest_are_dated_alike(facts_of) -> None:
    head, *rows = overview(date(2025, 12, 28), 8).split("\n")
    facts = facts_of("Overview.csv", "\n".join([head, *rows[::-1]]), answers=exported("2026-01-06"))
    assert sorted(days_of(facts)) == [day_number(date(2025, 12, 28)) + i for i in range(8)]


def test_a_leap_day_proves_the_year_without_a_question(facts_of) -> None:
    facts = facts_of("Overview.csv", overview(date(2024, 2, 25), 10), answers=WHO)
    assert not facts.questions
    assert facts.first_day == day_number(date(2024, 2, 25))


def test_the_year_is_asked_when_nothing_near_the_rows_proves_it(facts_of) -> None:
    facts = facts_of("Overview.csv", overview(date(2026, 3, 2), 10), answers=WHO)
    (question,) = facts.questions
    assert question.ask is Ask.EXPORT_DAY
    assert {value[:4] for value in question.choices} >= {"2025", "2026"}
    assert question.suggestion == "2026-03-12"
    answered = facts_of("Overview.csv", overview(date(2026, 3, 2), 10), answers=exported("2025-03-12"))
    assert answered.first_day == day_number(date(2025, 3, 2))


@pytest.mark.parametrize("lag", [1, 2, 3])
def test_a_file_handed_in_right_after_its_last_day_asks_nothing(facts_of, lag) -> None:
    last = date(2026, 11, 22) - timedelta(days=lag)
    facts = facts_of("Overview.csv", overview(last - timedelta(days=6), 7), answers=WHO)
    assert not facts.questions
    assert facts.last_day == day_number(last)


def test_the_archive_names_account_and_moment(facts_of) -> None:
    name = "Overview_2026-03-01_1773700000_lina.knits (1).zip/Overview.csv"
    facts = facts_of(name, overview(date(2026, 3, 1), 14))
    assert not facts.questions
    assert (facts.account, facts.as_of, facts.as_of_from) == ("lina.knits", 1773700000, "name")


def test_the_account_is_asked_with_the_first_rows_as_evidence(facts_of) -> None:
    facts = facts_of("Overview.csv", overview(date(2026, 11, 14), 7))
    assert [one.ask for one in facts.questions] == [Ask.ACCOUNT]
    assert "Video Views" in facts.questions[0].evidence[0]


def test_missing_days_are_reported_and_not_filled(facts_of) -> None:
    lines = overview(date(2026, 3, 1), 10).split("\n")
    facts = facts_of("Overview.csv", "\n".join(lines[:4] + lines[6:]), answers=exported("2026-03-12"))
    assert facts.rows == 8
    assert [(one.code, one.count) for one in facts.issues] == [("days-missing", 2)]


def test_an_unknown_total_takes_its_zeros_with_it(facts_of) -> None:
    text = "Date,Total Viewers,New Viewers,Returning Viewers\nMarch 1,undefined,0,0\nMarch 2,18,12,6\nMarch 3,undefined,0,0"
    facts = facts_of("Viewers.csv", text, answers=exported("2026-03-05"))
    assert facts.rows == 1
    assert dict(facts.ignored) == {"not known yet": 2}
    assert facts.tables["stat"]["new_viewers"].tolist() == [12]


def test_a_count_below_zero_is_kept(facts_of) -> None:
    facts = facts_of(
        "Overview.csv", f"{OVERVIEW}\nMarch 1,10,1,1,-4,0\nMarch 2,11,1,1,0,0", answers=exported("2026-03-04")
    )
    assert facts.tables["stat"]["comments"].tolist() == [-4, 0]


def test_the_same_day_with_two_figures_is_set_aside_and_a_plain_repeat_ignored(facts_of) -> None:
    text = f"{OVERVIEW}\nMarch 1,10,1,1,0,0\nMarch 1,10,1,1,0,0\nMarch 2,11,1,1,0,0\nMarch 2,12,1,1,0,0\nMarch 3,9,0,0,0,0"
    facts = facts_of("Overview.csv", text, answers=exported("2026-03-05"))
    assert facts.tables["stat"]["views"].tolist() == [10, 9]
    assert [one.code for one in facts.problems] == ["day-twice", "day-twice"]
    assert dict(facts.ignored) == {"same day twice": 1}


def test_a_cell_that_is_no_number_sets_its_row_aside(facts_of) -> None:
    rows = "\n".join(f"March {day},{10 * day},1,1,0,0" for day in range(1, 9))
    facts = facts_of(
        "Overview.csv", f"{OVERVIEW}\n{rows}\nMarch 9,many,1,1,0,0", answers=exported("2026-03-11")
    )
    assert facts.rows == 8
    assert len(facts.problems) == 1
    assert "many" in facts.problems[0].what


def stored_from(facts, shift: int = 0) -> pd.DataFrame:
    frame = facts.tables["stat"].rename(columns={"first_day": "day"})
    frame = frame.assign(day=frame["day"] + shift, followers=pd.NA, viewers=pd.NA)
    return frame[["day", "views", "likes", "comments", "shares", "followers", "viewers"]].astype("Int64")


def test_labels_one_day_apart_are_noticed_asked_and_moved(facts_of) -> None:
    text = overview(date(2026, 3, 2), 20)
    stored = stored_from(facts_of("Overview.csv", text, answers=exported("2026-03-22")), shift=-1)
    facts = facts_of("Overview.csv", text, answers=exported("2026-03-22"), stored=stored)
    (question,) = facts.questions
    assert question.ask is Ask.LABEL_SHIFT
    assert question.evidence[0].startswith(
        "20 of 20 overlapping days agree if the labels move one day earlier, 0 of 19"
    )
    assert (question.suggestion, set(question.choices)) == ("-1", {"0", "-1", "1"})
    moved = facts_of(
        "Overview.csv", text, answers={**exported("2026-03-22"), (Ask.LABEL_SHIFT, ""): "-1"}, stored=stored
    )
    assert not moved.questions
    assert moved.first_day == day_number(date(2026, 3, 1))
    kept = facts_of(
        "Overview.csv", text, answers={**exported("2026-03-22"), (Ask.LABEL_SHIFT, ""): "0"}, stored=stored
    )
    assert not kept.questions
    assert kept.first_day == day_number(date(2026, 3, 2))


def test_the_same_file_again_asks_nothing(facts_of) -> None:
    text = overview(date(2026, 3, 2), 20)
    stored = stored_from(facts_of("Overview.csv", text, answers=exported("2026-03-22")))
    assert not facts_of("Overview.csv", text, answers=exported("2026-03-22"), stored=stored).questions


def test_figures_of_a_stranger_are_warned_about(facts_of) -> None:
    stored = stored_from(
        facts_of("Overview.csv", overview(date(2026, 3, 2), 20, start=9000), answers=exported("2026-03-22"))
    )
    facts = facts_of(
        "Overview.csv", overview(date(2026, 3, 2), 20), answers=exported("2026-03-22"), stored=stored
    )
    assert not facts.questions
    assert "figures-of-another-account" in {one.code for one in facts.issues}


def test_an_account_without_movement_proves_no_shift(facts_of) -> None:
    rows = "\n".join(f"March {day},0,0,0,0,0" for day in range(1, 12))
    text = f"{OVERVIEW}\n{rows}"
    stored = stored_from(facts_of("Overview.csv", text, answers=exported("2026-03-13")), shift=1)
    assert not facts_of("Overview.csv", text, answers=exported("2026-03-13"), stored=stored).questions


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(last=st.dates(date(2021, 1, 1), date(2026, 11, 1)), count=st.integers(2, 365), lag=st.integers(1, 2))
def test_counting_back_gives_the_days_that_were_written(facts_of, last, count, lag) -> None:
    first = last - timedelta(days=count - 1)
    facts = facts_of(
        "Overview.csv", overview(first, count), answers=exported((last + timedelta(days=lag)).isoformat())
    )
    assert days_of(facts) == [day_number(first) + i for i in range(count)]


def test_hours_that_have_not_come_are_unknown_and_quiet_hours_before_them_are_zero(facts_of) -> None:
    rows = [
        f"March {day},{hour},{0 if (day, hour) in {(9, 3), (10, 0)} or (day == 10 and hour > 1) else 5}"
        for day in (9, 10)
        for hour in range(24)
    ]
    facts = facts_of(
        "FollowerActivity.csv",
        "\n".join(["Date,Hour,Active followers", *rows]),
        answers=exported("2026-03-10"),
    )
    assert dict(facts.ignored) == {"hour that had not come yet": 22}
    frame = facts.tables["follower_hour"]
    assert frame[frame["active"] == 0][["day", "hour"]].to_numpy().tolist() == [
        [day_number(date(2026, 3, 9)), 3],
        [day_number(date(2026, 3, 10)), 0],
    ]


@pytest.mark.parametrize(
    ("exported_on", "hint"), [("2026-03-22T10:00", "a day late"), ("2026-03-23T10:00", "to be right")]
)
def test_how_far_the_last_day_lies_before_the_download_is_evidence_on_the_labels(
    facts_of, exported_on, hint
) -> None:
    text = overview(date(2026, 3, 2), 20)
    stored = stored_from(facts_of("Overview.csv", text, answers=exported("2026-03-22")), shift=-1)
    (by_clock,) = facts_of("Overview.csv", text, answers=WHO, modified=exported_on, stored=stored).questions
    assert hint in by_clock.evidence[1]
    (by_word,) = facts_of("Overview.csv", text, answers=exported(exported_on[:10]), stored=stored).questions
    assert len(by_word.evidence) == 1
