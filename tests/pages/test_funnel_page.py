"""The funnel's pages as a marketer meets them: with the made-up campaign, an empty one, and none."""

from datetime import date

import pytest
from sqlalchemy import text

from core.campaigns import list_notes
from core.funnel import build_funnel
from core.metrics.model import Stage
from core.scope import Scope, Traffic
from pages.ui.charts import day_of_click
from pages.ui.figures import change_words
from pages.ui.workspace import forget_store, workspace_store
from tests.core.funnel import story
from tests.core.funnel.story import ANA, BEN, SPRING
from tests.pages.screens import open_page, words_of

FILES = {"funnel": "funnel.py", "creator": "collaboration.py", "sum": "show_the_sum.py"}
PAGES = tuple(FILES)
FILTERS = [
    {},
    {"creator": str(BEN)},
    {"video": "7002"},
    {"traffic": "paid"},
    {"from": "2026-03-02", "to": "2026-03-08"},
    {"creator": str(ANA), "traffic": "organic"},
]


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
    story.tell(store)
    return store


def look(address, **query):
    """Return a page that the address opens."""
    return open_page(FILES[address], **query)


def said_on(app):
    """Return every text on the page, as it is read."""
    return words_of(app).replace("\\", "")


def scope_of(fields):
    """Return the scope that these fields of an address stand for."""
    return Scope(
        campaign_id=SPRING,
        creator_ids=(int(fields["creator"]),) if "creator" in fields else (),
        video_ids=(fields["video"],) if "video" in fields else (),
        first_day=date.fromisoformat(fields["from"]) if "from" in fields else None,
        last_day=date.fromisoformat(fields["to"]) if "to" in fields else None,
        traffic=Traffic(fields.get("traffic", "total")),
    )


@pytest.mark.parametrize("address", PAGES)
def test_without_a_campaign_there_is_one_button_that_helps(store, address):
    app = look(address)
    assert app.title[0].value
    assert "There is no campaign yet" in said_on(app)


@pytest.mark.parametrize("address", PAGES)
def test_an_empty_campaign_shows_no_number_that_nobody_counted(store, address):
    with store.writing("begin") as connection:
        story.brand(connection)
        story.campaign(connection, SPRING, "spring", "Spring glow", (story.FIRST, story.LAST))
    app = look(address, campaign="spring")
    assert not app.error
    assert {metric.value for metric in app.metric} <= {"–"}
    assert len(app.metric) <= 5, "a page full of dashes helps nobody"


def test_the_strip_leads_through_the_five_stages(told):
    app = look("funnel", campaign="spring")
    said = said_on(app)
    for number, stage in enumerate(Stage, start=1):
        assert f"**[{number} {stage.value.capitalize()}](#{stage.value})**" in said
    assert [metric.value for metric in app.metric[:5]] == ["150K", "7,610", "600", "60", "6"]
    assert "5.06% engaged" in said


def test_the_campaigns_name_stands_in_the_title_and_not_again_under_it(told):
    app = look("funnel", campaign="spring")
    assert app.title[0].value == "Spring glow"
    assert "#### 4 videos carried 150,500 views, and 60 orders could be linked to a creator." in said_on(app)


@pytest.mark.parametrize("fields", FILTERS, ids=lambda fields: "&".join(fields) or "whole")
def test_the_address_alone_brings_the_same_figures_back(told, fields):
    app = look("funnel", campaign="spring", **fields)
    funnel = build_funnel(told, scope_of(fields), today=date(2026, 12, 1))
    shown = [metric.value for metric in app.metric]
    strip = [view.headline.written(compact=True) for view in funnel.stages]
    cards = [figure.written(compact=figure.is_range) for view in funnel.stages for figure in view.figures]
    assert shown == strip + cards
    assert funnel.claim in said_on(app)


def test_every_filter_can_be_seen_and_lifted(told):
    app = look("funnel", campaign="spring", video="7002", **{"from": "2026-03-09", "to": "2026-03-15"})
    labels = [button.label.replace("\\", "") for button in app.button]
    assert "9 Mar 2026 to 15 Mar 2026" in labels
    assert "video “Caption of 7002”" in labels
    next(button for button in app.button if "Caption" in button.label).click().run()
    assert "video" not in app.query_params
    assert app.query_params["from"] == "2026-03-09"
    next(button for button in app.button if "15 Mar" in button.label).click().run()
    assert "from" not in app.query_params
    assert "to" not in app.query_params


def test_all_filters_can_be_lifted_at_once(told):
    app = look("funnel", campaign="spring", creator=str(BEN), traffic="paid")
    next(button for button in app.button if button.label == "Lift all").click().run()
    assert set(app.query_params) == {"campaign"}


def test_picked_days_stand_in_the_address(told):
    app = look("funnel", campaign="spring")
    app.date_input[0].set_value((date(2026, 3, 4), date(2026, 3, 10))).run()
    assert (app.query_params["from"], app.query_params["to"]) == ("2026-03-04", "2026-03-10")
    assert app.metric[0].value == "50K"


def test_a_decision_is_kept_beside_its_evidence(told):
    app = look("funnel", campaign="spring")
    app.session_state["decide_conversion_0"] = True
    app.run()
    app.text_area(key="decided_conversion_0").set_value("Move the *budget* to Ana")
    next(button for button in app.button if button.label == "Keep it").click().run()
    assert not app.exception
    (note,) = list_notes(told, SPRING)
    assert (note.stage, note.kind, note.text) == (Stage.CONVERSION, "decision", "Move the *budget* to Ana")
    app = look("funnel", campaign="spring")
    assert any(
        r"Move the \*budget\* to Ana" in each.value and "this computer" in each.value for each in app.markdown
    )


def test_an_empty_decision_is_not_kept(told):
    app = look("funnel", campaign="spring")
    app.session_state["decide_loyalty_0"] = True
    app.run()
    next(button for button in app.button if button.label == "Keep it").click().run()
    assert app.error
    assert list_notes(told, SPRING) == ()


def test_good_and_bad_news_is_coloured_only_where_enough_was_counted(told):
    figure = build_funnel(told, scope_of({}), today=date(2026, 12, 1)).figure("views")
    assert change_words(figure).startswith(":green[")
    assert "vs. last campaign" in change_words(figure)
    with told.writing("few views before") as connection:
        connection.execute(text("UPDATE creator_total SET views = 1, likes = 0 WHERE campaign_id = 1"))
        connection.execute(text("UPDATE video_total SET views = 1 WHERE campaign_id = 1"))
    rate = build_funnel(told, scope_of({}), today=date(2026, 12, 1)).figure("engagement_rate")
    assert rate.previous is not None
    assert change_words(rate).startswith(":gray[")


def test_one_creators_page_names_the_creator_and_the_terms(told):
    app = look("creator", campaign="spring", creator=str(ANA))
    assert app.title[0].value == "Ana"
    assert "fee €1,000.00" in said_on(app)
    assert app.metric[0].value == "120K"


def test_the_sum_of_a_range_says_what_it_stands_on(told):
    app = look("sum", campaign="spring", metric="reach")
    assert app.metric[0].value == "30,000 to 152,500"
    assert "every view may be another person" in said_on(app)


@pytest.mark.parametrize(
    ("clicked", "day"),
    [
        ("1772409600000", date(2026, 3, 2)),
        ("1772409600000.0", date(2026, 3, 2)),
        ("2026-03-02", date(2026, 3, 2)),
        ("2026-03-02T00:00:00", date(2026, 3, 2)),
        ("", None),
        (None, None),
        ("soon", None),
        ("9" * 40, None),
    ],
)
def test_a_click_in_a_chart_names_a_day_or_nothing(clicked, day):
    assert day_of_click(clicked) == day
