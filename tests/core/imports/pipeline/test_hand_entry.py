"""Figures typed from a screenshot take the path of every file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from core.imports.commit import commit
from core.imports.hand_entry import TypedFigures, check_figures, typed_review
from core.imports.history import list_batches, undo
from core.imports.receipt import Outcome
from core.imports.review import ReviewState
from tests.core.imports.pipeline.makers import NOW, rows_in

VIDEO = "https://www.tiktok.com/@Maya.Skin/video/7341234567890123456?lang=en"
FIGURES = TypedFigures(
    video=VIDEO, day=date(2026, 3, 3), views=1200, saves=40, reach=1100, follows=7, average_watch_seconds=9.4, completion=0.21,
    audience={"gender": {"female": 0.8, "male": 0.2}},
)  # fmt: skip
TODAY = date(2026, 3, 4)


def keep(store, figures):
    return commit(store, typed_review(store, figures, now=NOW), upload="typed", now=NOW)


def test_averages_become_totals_over_the_views_they_were_taken_over(store):
    receipt = keep(store, FIGURES)
    assert (receipt.outcome, receipt.adds_up) == (Outcome.STORED, True)
    with store.reading() as connection:
        row = connection.execute(
            text(
                "SELECT subject, kind, handle, views, watch_seconds, watched_views, completions, completion_views, likes FROM stat"
            )
        ).one()
    assert tuple(row) == ("7341234567890123456", "lifetime", "maya.skin", 1200, 11280, 1200, 252, 1200, None)
    assert rows_in(store, "audience_share") == 2


def test_provenance_is_typed(store):
    keep(store, FIGURES)
    (batch,) = list_batches(store)
    assert (batch.provenance, batch.format, batch.account, batch.as_of_from) == (
        "typed",
        "screenshot",
        "maya.skin",
        "stated",
    )


def test_typing_the_same_again_changes_nothing(store):
    keep(store, FIGURES)
    assert keep(store, FIGURES).outcome is Outcome.SAME_FILE
    assert rows_in(store, "stat") == 1


def test_typed_figures_can_be_undone(store):
    undo(store, keep(store, FIGURES).batch_id)
    assert (rows_in(store, "stat"), rows_in(store, "video"), rows_in(store, "audience_share")) == (0, 0, 0)


def test_account_figures_cover_a_period(store):
    keep(
        store,
        TypedFigures(
            account="@maya.skin",
            first_day=date(2026, 2, 25),
            day=date(2026, 3, 3),
            views=900,
            profile_views=30,
        ),
    )
    with store.reading() as connection:
        row = connection.execute(
            text("SELECT subject_kind, subject, kind, last_day - first_day FROM stat")
        ).one()
    assert tuple(row) == ("account", "maya.skin", "period", 6)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"video": "https://vm.tiktok.com/ZM1"}, "video-unknown"),
        ({"video": ""}, "subject-missing"),
        ({"video": "", "account": "maya"}, "period-missing"),
        ({"day": date(2026, 3, 5)}, "day-in-future"),
        ({"first_day": date(2026, 3, 4)}, "days-reversed"),
        ({"views": -1}, "count-below-zero"),
        ({"views": None, "reach": None, "saves": None}, "views-missing"),
        ({"views": 0}, "views-missing"),
        ({"average_watch_seconds": -1.0}, "watch-time-odd"),
        ({"average_watch_seconds": 99_999.0}, "watch-time-odd"),
        ({"completion": 1.2}, "completion-odd"),
        ({"saves": 1300}, "more-than-views"),
        ({"audience": {"gender": {"female": 0.8, "male": 0.4}}}, "shares-too-large"),
        ({"audience": {"gender": {"female": 80.0}}}, "share-odd"),
        ({"audience": {"mood": {"good": 0.8}}}, "audience-unknown"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_figures_that_cannot_be_are_refused_in_words(store, change, code):
    figures = replace(FIGURES, **change)
    issues = check_figures(figures, today=TODAY)
    assert code in [issue.code for issue in issues]
    assert all(issue.what and issue.fix for issue in issues)
    assert typed_review(store, figures, now=NOW).state is ReviewState.REFUSED


def test_nothing_typed_is_nothing_to_store():
    assert [one.code for one in check_figures(TypedFigures(video=VIDEO, day=TODAY), today=TODAY)] == [
        "nothing-typed"
    ]


def test_rounded_shares_of_a_whole_are_accepted():
    figures = replace(FIGURES, audience={"age": {"18-24": 0.34, "25-34": 0.34, "35+": 0.33}})
    assert check_figures(figures, today=TODAY) == ()
