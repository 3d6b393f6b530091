"""The page of reports as a marketer meets it."""

import pytest

from core.reports import KINDS, Kind
from pages.ui.workspace import forget_store, workspace_store
from tests.core.funnel import story
from tests.pages.screens import open_page, words_of


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


def look(**query):
    return open_page("reports.py", **query)


def said_on(app):
    """Return every text on the page, as it is read."""
    return words_of(app).replace("\\", "")


def test_without_a_campaign_the_page_says_what_it_would_show(store):
    assert "There is no campaign yet." in said_on(look())


def test_it_opens_with_the_page_for_leadership(told):
    app = look(campaign="spring")
    words = said_on(app)
    assert "Goal against actual" in words
    assert "4 videos carried 150,500 views, and 60 orders could be linked to a creator." in words
    assert "€3,000.00" in words
    assert [one.label for one in app.get("download_button")] == [
        "PDF",
        "PowerPoint",
        "Web page",
        "Excel",
        "CSV",
    ]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_report_opens_from_its_address(told, kind):
    app = look(campaign="spring", report=kind.value, creator=str(story.BEN))
    words = said_on(app)
    chosen = next(one for one in KINDS if one.kind is kind)
    assert chosen.words in words
    assert app.header[0].value


def test_money_can_be_switched_off_and_the_address_says_so(told):
    app = look(campaign="spring")
    app.toggle(key="report_money").set_value(False).run()
    assert not app.exception
    assert "€" not in said_on(app)
    assert app.query_params["money"] == "no"
    assert "€" not in said_on(look(campaign="spring", money="no"))


def test_a_creators_sheet_has_no_money_unless_asked(told):
    sheet = {"campaign": "spring", "report": "creator", "creator": str(story.ANA)}
    assert "€" not in said_on(look(**sheet))
    assert "€3,000.00" in said_on(look(**sheet, money="yes"))
    assert "Ben" not in said_on(look(**sheet, money="yes"))


def test_another_report_begins_with_its_own_usual_audience(told):
    app = look(campaign="spring", money="no", internal="yes")
    app.segmented_control(key="report_kind").set_value(Kind.FULL).run()
    assert not app.exception
    assert "money" not in app.query_params
    assert "internal" not in app.query_params
    assert app.query_params["report"] == "full"


def test_what_an_address_says_wrongly_is_taken_as_usual(told):
    app = look(campaign="spring", report="nonsense", money="perhaps", creator="x")
    assert "Goal against actual" in said_on(app)


def test_a_creators_sheet_of_a_campaign_without_creators_leads_on(store):
    with store.writing("plan only") as connection:
        story.brand(connection)
        story.campaign(connection, story.SPRING, "spring", "Spring", (story.FIRST, story.LAST))
    assert "No creator takes part in this campaign yet." in said_on(look(campaign="spring", report="creator"))


def test_an_empty_campaign_has_a_report_that_says_so(store):
    with store.writing("plan only") as connection:
        story.brand(connection)
        story.campaign(connection, story.SPRING, "spring", "Spring", (story.FIRST, story.LAST))
    assert "No file has been imported yet, so there is nothing to report." in said_on(look(campaign="spring"))


def test_the_chat_text_is_ready_to_copy(told):
    app = look(campaign="spring")
    assert any("Credited orders: 60 (75.0% of the goal of 80)" in one.value for one in app.code)


def test_a_brand_name_of_ones_own_is_on_the_report(told):
    app = look(campaign="spring")
    app.text_input(key="report_brand").set_value("Glow *& Co*").run()
    assert not app.exception
    assert "Glow *& Co* ·" in said_on(app)
