"""Scorecards and benchmarks as a marketer meets them: with creators, with too few, empty, and without any campaign."""

import pytest
from sqlalchemy import text

from core.scorecards import build_scorecard
from core.scorecards.audience import state_target
from core.scorecards.margins import state_margin
from pages.ui.workspace import forget_store, workspace_store
from tests.core.scorecards import story
from tests.core.scorecards.story import TODAY, add, add_campaign
from tests.pages.screens import button, open_page, words_of

FILES = ("scorecards.py", "scorecard.py", "benchmarks.py")


@pytest.fixture
def store(sqlite_url, monkeypatch):
    """Return the store that the pages of this test open."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    forget_store()
    opened = workspace_store()
    yield opened
    forget_store()
    opened.close()


@pytest.fixture
def told(store):
    story.tell(store, rates=[0.02] * 5 + [0.05] * 4 + [0.2], creators=10)
    return store


def look(file, **query):
    return open_page(file, campaign="campaign-1", **query)


def said_on(app):
    """Return every text on the page, as it is read."""
    return words_of(app).replace("\\", "")


@pytest.mark.parametrize("file", FILES)
def test_without_a_campaign_there_is_one_button_that_helps(store, file):
    assert "There is no campaign yet" in said_on(open_page(file))


@pytest.mark.parametrize("file", FILES)
def test_an_empty_campaign_shows_no_number_that_nobody_counted(store, file):
    with store.writing("begin") as connection:
        add(connection, "brand", [{"id": 1, "name": "Lumo", "currency": "EUR", "zone": "UTC"}])
        add_campaign(connection, 1)
    said = said_on(look(file))
    assert "nan" not in said.lower()
    assert "0%" not in said


def test_the_list_says_who_stands_out_before_it_shows_the_table(told):
    app = look("scorecards.py")
    assert "Creator 0010 is very likely the best on engagement rate by views" in said_on(app)
    table = app.dataframe[0].value
    assert next(iter(table["Creator"])) == "Creator 0010"
    assert table["Chance above peers"].is_monotonic_decreasing


def test_the_address_keeps_age_metric_and_the_creators_compared(told):
    app = look("scorecards.py", age="28", metric="views_per_video", **{"with": ["1", "10"]})
    assert app.selectbox(key="age").value == 28
    assert app.selectbox(key="judged").value == "views_per_video"
    assert app.multiselect(key="beside").value == [1, 10]
    assert "on views per video" in said_on(app)


def test_nonsense_in_the_address_is_left_out(told):
    app = look("scorecards.py", age="-3", metric="'; DROP", **{"with": ["x", "99"]})
    assert app.selectbox(key="age").value == 7
    assert app.multiselect(key="beside").value == []


def test_too_few_creators_are_shown_as_measured_with_what_would_be_enough(store):
    story.tell(store, creators=4)
    said = said_on(look("scorecards.py"))
    assert "8 are needed" in said_on(look("scorecard.py", creator="1"))
    assert "No creator is clearly the best" in said or "very likely" in said


def test_a_decision_is_kept_from_the_card_with_its_reason(told):
    app = look("scorecard.py", creator="10")
    app.session_state["decide_card_0"] = True
    app.run()
    assert "The figures speak for renewing" in said_on(app)
    app.radio[0].set_value("renew")
    app.text_area[0].set_value("Best rate of all")
    button(app, "Keep the decision").click().run()
    assert not app.exception
    assert "Best rate of all" in said_on(app)
    (kept,) = build_scorecard(told, 10, campaign_id=1, today=TODAY).decisions
    assert kept.choice.value == "renew"


def test_a_decision_without_a_reason_says_so_and_keeps_nothing(told):
    app = look("scorecard.py", creator="10")
    app.session_state["decide_card_0"] = True
    app.run()
    app.radio[0].set_value("stop")
    button(app, "Keep the decision").click().run()
    assert "Reason is empty" in said_on(app)
    assert build_scorecard(told, 10, campaign_id=1, today=TODAY).decisions == ()


def test_the_fee_corridor_asks_for_the_margin_and_then_shows_its_arithmetic(told):
    assert "State the contribution margin" in said_on(look("scorecard.py", creator="3"))
    state_margin(told, 1, 0.4, now=1)
    said = said_on(look("scorecard.py", creator="3"))
    assert "× contribution margin 40.0%" in said
    assert "For the same views, orders would carry a fee of" in said


def test_a_name_with_markdown_is_shown_as_typed(told):
    with told.writing("rename") as connection:
        connection.execute(text("UPDATE creator SET name = '![x](http://evil)*b*' WHERE id = 10"))
    app = look("scorecards.py")
    assert "![x](" not in words_of(app)
    assert "*b*" in said_on(app)


def test_the_benchmarks_page_shows_cells_published_figures_and_a_goal(store):
    story.tell(store, creators=16)
    app = look("benchmarks.py")
    said = said_on(app)
    assert "In your own past work the middle engagement rate" in said.replace("Engagement", "engagement")
    assert "Published:" in said
    assert "videos like your past work would bring" in said
    assert "all creators" in list(app.dataframe[0].value["Group"])


def test_the_target_audience_stands_on_the_card(told):
    state_target(told, 1, [("gender", "female", 0.7)])
    assert "who follows" in said_on(look("scorecard.py", creator="3"))
