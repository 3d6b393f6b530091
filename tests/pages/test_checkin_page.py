"""The check-in as a team meets it: empty, running, finished, and read by somebody who may only look."""

import time
from datetime import date

import pytest

from core import campaigns, tracking
from core.checkins import list_check_ins
from pages.ui import context, routing
from pages.ui.workspace import forget_store, workspace_store
from tests.core.written import add_facts, join, make_campaign
from tests.pages.screens import button, open_page, press, words_of


@pytest.fixture
def store(sqlite_url, monkeypatch):
    """Return the store that the page of this test opens, in the middle of March 2026."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    for module in (context, routing):
        monkeypatch.setattr(module, "today_in", lambda _zone: date(2026, 3, 15))
    forget_store()
    opened = workspace_store()
    yield opened
    forget_store()
    opened.close()


@pytest.fixture
def campaign(store):
    """Return the id of a running campaign with two creators, two videos and three orders."""
    number = make_campaign(store, name="Spring *glow* ![x](http://x.example/p.png)")
    ada, _ = join(store, number, "ada", "ben")
    tracking.add_code(store, number, {"code": "ADA15", "creator_id": ada})
    add_facts(
        store,
        videos=[
            ("70001", "ada", "Hello", date(2026, 3, 5), 1_000),
            ("70002", "ben", "Hi", date(2026, 3, 6), 500),
        ],
        orders=[(str(n), date(2026, 3, 7), "code", "ADA15", 5_000) for n in range(3)],
    )
    return number


def test_without_a_campaign_the_page_says_what_it_will_show(store):
    app = open_page("checkin.py")
    assert app.title[0].value == "Check-in"
    assert "on track" in words_of(app)


def test_a_running_campaign_is_told_in_words_first(store, campaign):
    app = open_page("checkin.py", campaign="spring")
    said = words_of(app)
    assert "Day 15 of 31" in said
    assert "9 chances in 10" in said
    assert "To fix first" in said
    assert "ben has neither a code nor a tagged link" in said
    assert "too early" in said.lower() or "Nobody" in said
    assert "Keep the plan" in said


def test_names_are_shown_as_typed(store, campaign):
    said = words_of(open_page("checkin.py", campaign="spring"))
    assert "![x](http" not in said


def test_a_check_in_is_finished_with_a_reason_and_remembered(store, campaign):
    app = open_page("checkin.py", campaign="spring")
    next(area for area in app.text_area if area.label.startswith("Why")).set_value("Going well.")
    press(app, "Finish the check-in")
    (held,) = list_check_ins(store, campaign)
    assert held.reason == "Going well."
    assert held.day == date(2026, 3, 15)
    assert any("Earlier check-ins" in one.label for one in app.expander)


def test_the_measurement_plan_is_locked_and_a_later_change_shows(store, campaign):
    press(open_page("checkin.py", campaign="spring"), "Lock the measurement plan")
    plan = campaigns.get_campaign(store, campaign)
    values = campaigns.form_values(plan) | {"primary_target": "9,000", "reason": "More budget."}
    campaigns.edit_campaign(store, campaign, values, version=plan.version, now=int(time.time()))
    said = words_of(open_page("checkin.py", campaign="spring"))
    assert "was 250,000 when the plan was locked and is 9,000 now" in said.replace("\\", "")


def test_the_digest_can_be_copied(store, campaign):
    app = open_page("checkin.py", campaign="spring")
    assert any("check-in of 15 Mar 2026" in block.value for block in app.code)


def test_the_plan_lock_is_offered_once(store, campaign):
    app = press(open_page("checkin.py", campaign="spring"), "Lock the measurement plan")
    assert not [one for one in app.button if one.label == "Lock the measurement plan"]
    assert button(app, "Finish the check-in")
