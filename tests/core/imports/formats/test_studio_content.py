"""TikTok Studio's list of videos: dated by its own cells and the clocks in the ids."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd

from core.imports.formats.studio_content import posted_day
from core.imports.model import Ask
from core.units import day_number

HEAD = "Time,Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views"


def video(day: str, number: int = 1) -> str:
    return str((int(datetime.fromisoformat(f"{day}T12:00+00:00").timestamp()) << 32) + number)


def row(
    time: str, id_day: str, post: str, *, handle: str = "lina.knits", number: int = 1, views: int = 50
) -> str:
    return f"{time},A caption,https://www.tiktok.com/@{handle}/video/{video(id_day, number)},{post},5,1,0,{views}"


def test_a_year_old_video_is_not_put_a_year_late(facts_of) -> None:
    text = "\n".join(
        [HEAD, row("11 septembre", "2026-08-30", "30 août"), row("11 septembre", "2025-09-03", "3 septembre")]
    )
    facts = facts_of("Content.csv", text)
    assert not facts.questions
    assert facts.account == "lina.knits"
    assert facts.tables["video_fact"]["posted_day"].tolist() == [
        day_number(date(2026, 8, 30)),
        day_number(date(2025, 9, 3)),
    ]
    assert facts.tables["stat"]["last_day"].tolist() == [day_number(date(2026, 9, 11))] * 2
    assert set(facts.tables["stat"]["kind"]) == {"lifetime"}


def test_a_video_of_five_years_ago_keeps_its_year(facts_of) -> None:
    text = "\n".join(
        [HEAD, row("June 3", "2021-01-05", "January 6"), row("June 3", "2026-05-05", "May 5", number=2)]
    )
    facts = facts_of("Content.csv", text)
    assert facts.tables["video_fact"]["posted_day"].tolist()[0] == day_number(date(2021, 1, 6))


def test_a_scheduled_video_has_a_day_but_no_moment(facts_of) -> None:
    text = "\n".join([HEAD, row("June 3", "2026-05-05", "May 10")])
    (fact,) = facts_of("Content.csv", text).tables["video_fact"].to_dict("records")
    assert fact["posted_day"] == day_number(date(2026, 5, 10))
    assert pd.isna(fact["posted_at"])


def test_the_export_day_is_asked_when_two_years_fit_it(facts_of) -> None:
    text = "\n".join([HEAD, row("March 3", "2025-02-05", "February 5")])
    (question,) = facts_of("Content.csv", text).questions
    assert question.ask is Ask.EXPORT_DAY
    assert set(question.choices) == {"2026-03-03", "2025-03-03"}
    facts = facts_of("Content.csv", text, answers={(Ask.EXPORT_DAY, ""): "2025-03-03"})
    assert facts.first_day == day_number(date(2025, 3, 3))


def test_a_new_file_whose_videos_are_all_old_asks_nothing(facts_of) -> None:
    text = "\n".join([HEAD, row("November 22", "2025-02-05", "February 5")])
    assert not facts_of("Content.csv", text).questions


def test_a_repeated_video_is_ignored_and_a_changed_one_reported(facts_of) -> None:
    same = row("June 3", "2026-05-05", "May 5")
    text = "\n".join([HEAD, same, same, row("June 3", "2026-05-05", "May 5", views=70)])
    facts = facts_of("Content.csv", text)
    assert facts.tables["stat"]["views"].tolist() == [70]
    assert dict(facts.ignored) == {"same video twice": 1, "same video twice, with other figures": 1}
    assert "video-twice" in {one.code for one in facts.issues}


def test_a_link_without_a_video_is_set_aside(facts_of) -> None:
    text = "\n".join(
        [HEAD, row("June 3", "2026-05-05", "May 5"), "June 3,B,https://vm.tiktok.com/ZMabc/,May 6,1,1,1,9"]
    )
    facts = facts_of("Content.csv", text)
    assert facts.rows == 1
    assert [(one.position, one.code) for one in facts.problems] == [(1, "no-video-id")]


def test_the_day_of_posting_needs_the_clock_for_its_year() -> None:
    assert posted_day("March 3", None, date(2026, 6, 1)) is None
    clock = int(datetime(2024, 12, 31, 23, tzinfo=UTC).timestamp())
    assert posted_day("January 1", clock, date(2026, 6, 1)) == date(2025, 1, 1)
    assert posted_day("", clock, date(2026, 6, 1)) == date(2024, 12, 31)
