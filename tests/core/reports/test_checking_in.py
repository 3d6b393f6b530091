"""The check-in digest says where a running campaign stands, and to whom how much of it."""

from __future__ import annotations

from datetime import date

import pytest

from core.checkins import build_check_in
from core.reports import Audience, Kind
from tests.core.funnel import story
from tests.core.reports.making import BOARD, OUTSIDE, TEAM, build

MIDDLE = date(2026, 3, 20)


@pytest.fixture
def told(sqlite_store):
    story.tell(sqlite_store)
    return sqlite_store


def digest(store, audience):
    return build(store, Kind.CHECKIN, audience, today=MIDDLE).section("today")


def test_it_says_what_the_check_in_says(told):
    found = build_check_in(told, story.SPRING, today=MIDDLE)
    part = digest(told, TEAM)
    assert part.claim == found.headline
    assert {goal.sentence for goal in found.goals} <= set(part.points)
    assert found.spending.sentence in part.points
    assert found.advice.sentence in part.points


@pytest.mark.parametrize("audience", [OUTSIDE, Audience(internal=True)])
def test_without_money_no_amount_is_in_it(told, audience):
    part = digest(told, audience)
    words = " ".join((part.claim, *part.points, *part.notes))
    assert "€" not in words
    assert "spent" not in words


def test_what_to_mend_is_for_the_team(told):
    found = build_check_in(told, story.SPRING, today=MIDDLE)
    assert found.alarms
    inside, outside = (" ".join(digest(told, one).points) for one in (TEAM, BOARD))
    assert found.alarms[0].fix in inside
    assert all(alarm.sentence not in outside for alarm in found.alarms)


@pytest.mark.parametrize("kind", [Kind.LEADERSHIP, Kind.FULL, Kind.CREATOR])
def test_other_reports_do_not_hold_it(told, kind):
    assert build(told, kind).section("today") is None
