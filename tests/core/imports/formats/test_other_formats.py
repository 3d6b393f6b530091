"""Audience shares, search interest, and survey answers that are refused."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import PlumblineError
from core.imports.model import Ask
from core.units import day_number

WHO = {(Ask.ACCOUNT, ""): "lina.knits", (Ask.EXPORT_DAY, ""): "2026-03-10"}


@pytest.mark.parametrize(
    "text",
    [
        "Gender,Distribution\nFemale,0.61\nMale,0.375\nOther,0.015",
        "Gender,Distribution\nFemale,61%\nMale,37.5%\nOther,1.5%",
    ],
    ids=["fractions", "per cent"],
)
def test_both_writings_of_shares_mean_the_same(facts_of, text) -> None:
    frame = facts_of("FollowerGender.csv", text, answers=WHO).tables["audience_share"]
    assert dict(zip(frame["value"], frame["share"].round(6), strict=True)) == {
        "female": 0.61,
        "male": 0.375,
        "other": 0.015,
    }
    assert set(frame["day"]) == {day_number(date(2026, 3, 10))}


def test_shares_that_make_no_whole_are_reported(facts_of) -> None:
    facts = facts_of(
        "FollowerTopTerritories.csv", "Top territories,Distribution\nGR,0.4\nRO,0.1", answers=WHO
    )
    assert [one.code for one in facts.issues] == ["shares-not-a-whole"]
    assert facts.tables["audience_share"]["value"].tolist() == ["GR", "RO"]


def test_the_day_of_shares_is_asked_when_only_the_upload_is_known(facts_of) -> None:
    facts = facts_of(
        "FollowerGender.csv", "Gender,Distribution\nFemale,0.6\nMale,0.4", answers={(Ask.ACCOUNT, ""): "x.y"}
    )
    assert [one.ask for one in facts.questions] == [Ask.EXPORT_DAY]


def trends(*rows: str, head: str = "Week,wool: (Peru),silk: (Peru)") -> str:
    return "\n".join(["Category: All categories", "", head, *rows, ""])


def test_below_one_is_no_number_but_a_flag(facts_of) -> None:
    facts = facts_of("multiTimeline.csv", trends("2026-03-01,32,<1", "2026-03-08,100,7"))
    frame = facts.tables["search_interest"]
    assert [str(one) for one in frame["interest"]] == ["32", "<NA>", "100", "7"]
    assert frame["is_below_one"].tolist() == [False, True, False, False]
    assert set(frame["grain"]) == {"week"}
    assert set(frame["region"]) == {"Peru"}


def test_files_with_other_terms_or_spans_are_not_comparable(facts_of) -> None:
    sets = {
        facts_of("multiTimeline.csv", text).tables["search_interest"]["term_set"].iloc[0]
        for text in (
            trends("2026-03-01,32,1", "2026-03-08,100,7"),
            trends("2026-03-01,32,1", "2026-03-08,100,7", "2026-03-15,50,7"),
            trends("2026-03-01,32", "2026-03-08,100", head="Week,wool: (Peru)"),
        )
    }
    assert len(sets) == 3


def test_an_index_above_a_hundred_sets_the_row_aside(facts_of) -> None:
    facts = facts_of("multiTimeline.csv", trends("2026-03-01,32,1", "2026-03-08,320,7"))
    assert facts.rows == 1
    assert [one.code for one in facts.problems] == ["not-an-index"]


@pytest.mark.parametrize(
    ("rows", "grain"),
    [
        (("2026-03-01T00,32", "2026-03-01T01,3"), "hour"),
        (("2026-03-01,32", "2026-03-02,3"), "day"),
        (("2026-02,32", "2026-03,3"), "month"),
    ],
    ids=["hour", "day", "month"],
)
def test_the_grain_is_the_step_between_rows(facts_of, rows, grain) -> None:
    frame = facts_of("multiTimeline.csv", trends(*rows, head="Time,wool: (Peru)")).tables["search_interest"]
    assert set(frame["grain"]) == {grain}


def test_survey_answers_are_refused_in_one_sentence_and_nothing_is_kept(facts_of) -> None:
    text = "Respondent ID,Collector ID,Start Date,Email Address,Do you know us?\n1,2,03/01/2026,a@example.com,Yes"
    with pytest.raises(PlumblineError, match="othing was stored") as refused:
        facts_of("answers.csv", text)
    assert "example.com" not in str(refused.value)
