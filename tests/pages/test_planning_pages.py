"""The planning pages as a marketer meets them: empty, with a campaign, and typed into."""

import time
from datetime import date

import pytest

from core import campaigns, creators, tracking
from core.metrics.model import Stage
from core.people import list_people
from pages.ui.sample_job import sample_is_loading
from pages.ui.workspace import forget_store, workspace_store
from tests.core.written import add_facts, join, make_campaign
from tests.pages.screens import button, open_page, press, words_of

PAGES = ("home.py", "plan.py", "people.py", "videos.py", "links.py", "orders.py", "settings.py", "data.py")


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
def campaign(store):
    """Return the id of a campaign with two creators, three orders and two videos."""
    number = make_campaign(store)
    join(store, number, "ada", "ben")
    add_facts(
        store,
        videos=[
            ("70001", "ada", "Hello #glow", date(2026, 3, 5), 1000),
            ("70002", "ben", "Hi", date(2026, 3, 6), 500),
        ],
        orders=[
            ("1", date(2026, 3, 7), "code", "ADA15", 5000),
            ("2", date(2026, 3, 8), "code", "ADA15", 2500),
            ("3", date(2026, 3, 9), "code", "MYSTERY", 1000),
        ],
    )
    return number


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_something_useful_in_an_empty_workspace(store, name):
    app = open_page(name)
    assert app.title[0].value
    assert not app.error


@pytest.mark.parametrize("name", PAGES)
def test_every_page_draws_a_campaign_with_figures(store, campaign, name):
    app = open_page(name, campaign="spring")
    assert app.title[0].value
    assert not app.error


@pytest.mark.parametrize("name", PAGES)
def test_text_from_people_is_shown_as_typed(store, name):
    number = make_campaign(store, name="![x](http://evil.example/a.png) :red[x]", code="evil")
    join(store, number, "ada")
    said = words_of(open_page(name, campaign="evil"))
    assert "![x](" not in said
    assert " :red[x]" not in said


def test_an_empty_workspace_offers_the_sample_and_three_steps(store):
    app = open_page()
    assert button(app, "Load the sample campaign")
    said = words_of(app)
    assert "Start with your own" in said
    assert [step.label for step in campaigns.next_steps(store)] == [
        "Create your campaign",
        "Add the creators",
        "Drop in the exports",
    ]


def test_a_campaign_is_created_with_a_brand_typed_inline(store):
    app = open_page("plan.py")
    app.text_input(key="plan_new_name").set_value("Spring Glow!")
    app.text_input(key="plan_new_first_brand").set_value("Glow")
    press(app, "Create campaign")
    made = campaigns.list_campaigns(store)[0]
    assert (made.name, made.code, made.brand) == ("Spring Glow!", "spring-glow", "Glow")
    assert made.primary is not None
    assert made.primary.metric == "views"
    assert "is created" in words_of(app)


def test_problems_of_the_form_are_all_said_and_nothing_is_written(store):
    app = open_page("plan.py")
    app.text_input(key="plan_new_first_brand").set_value("Glow")
    app.text_input(key="plan_new_budget").set_value("a lot")
    press(app, "Create campaign")
    said = words_of(app)
    assert "Campaign name is empty" in said
    assert "a lot" in said
    assert campaigns.list_campaigns(store) == ()


def test_another_objective_proposes_its_own_metrics(store):
    app = open_page("plan.py")
    app.segmented_control(key="plan_new_objective").set_value(Stage.CONVERSION).run()
    assert (
        app.selectbox(key="plan_new_conversion_p").value == campaigns.suggested_metrics(Stage.CONVERSION)[0]
    )


def test_a_stored_campaign_opens_as_it_was_typed_and_keeps_a_change(store, campaign):
    app = open_page("plan.py", campaign="spring")
    assert app.text_input(key="plan_spring_budget").value == "12500.00"
    assert app.text_input(key="plan_spring_awareness_pt").value == "250000"
    app.text_input(key="plan_spring_name").set_value("Spring again")
    press(app, "Save campaign")
    assert campaigns.get_campaign(store, campaign).name == "Spring again"


def test_goals_that_change_after_the_start_ask_for_a_reason_beside_the_field(store, campaign):
    app = open_page("plan.py", campaign="spring")
    app.text_input(key="plan_spring_awareness_pt").set_value("300,000")
    press(app, "Save campaign")
    assert "its goals are fixed" in words_of(app)
    assert campaigns.get_campaign(store, campaign).primary.target == 250_000


def test_a_decision_is_noted(store, campaign):
    app = open_page("plan.py", campaign="spring")
    app.text_area(key="note_text").set_value("Boost *Ada's* video")
    press(app, "Note it")
    assert [note.text for note in campaigns.list_notes(store, campaign)] == ["Boost *Ada's* video"]
    assert "Boost \\*Ada\\'s\\* video" in words_of(app)


def test_pasted_creators_are_read_first_and_then_added_with_their_fees(store, campaign):
    app = open_page("people.py", campaign="spring")
    app.text_area(key="paste_people_0").set_value("handle\tfollowers\tfee\n@cleo\t12.4k\t1,200\n").run()
    assert "1 creator found" in words_of(app)
    press(app, "Add 1 creator")
    person = next(each for each in list_people(store, campaign) if each.creator.handle == "cleo")
    assert (person.agreed.fee, person.creator.followers) == (120_000, 12_400)


def test_a_pasted_row_that_cannot_be_read_is_named_before_anything_is_written(store, campaign):
    app = open_page("people.py", campaign="spring")
    app.text_area(key="paste_people_0").set_value("handle\tfee\n@cleo\tplenty\n").run()
    press(app, "Add 1 creator")
    assert "plenty" in words_of(app)
    assert len(list_people(store, campaign)) == 2
    assert len(creators.list_creators(store)) == 2


def test_an_account_found_in_files_is_added_with_one_click(store, campaign):
    add_facts(store, videos=[("70003", "dora", "New", date(2026, 3, 9), 10)])
    press(open_page("people.py", campaign="spring"), "Add to the campaign")
    assert "dora" in {person.creator.handle for person in list_people(store, campaign)}


def test_a_video_is_taken_out_by_hand_and_says_so(store, campaign):
    app = open_page("videos.py", campaign="spring")
    app.session_state[f"videos_{campaign}_0"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    press(app, "Leave them out")
    out = [video for video in campaigns.list_videos(store, campaign) if not video.belongs]
    assert [video.reason for video in out] == ["taken out by hand"]


def test_a_rule_is_looked_at_before_it_is_added(store, campaign):
    app = open_page("videos.py", campaign="spring")
    app.text_input(key="rule_hashtag").set_value("#glow")
    press(app, "See what it would take")
    assert "no further video" in words_of(app)
    assert len(campaigns.list_rules(store, campaign)) == 1
    press(app, "Add the rule")
    assert len(campaigns.list_rules(store, campaign)) == 2


def test_pasted_codes_are_kept(store, campaign):
    app = open_page("links.py", campaign="spring")
    app.text_area(key="paste_codes_0").set_value("code\thandle\nBEN10\t@ben").run()
    press(app, "Add 1 code")
    assert [(code.code, code.handle) for code in tracking.list_codes(store)] == [("BEN10", "ben")]


def test_an_unknown_code_is_given_to_a_creator_and_its_orders_are_credited(store, campaign):
    app = open_page("links.py", campaign="spring")
    ada = next(
        person.creator.creator_id for person in list_people(store, campaign) if person.creator.name == "ada"
    )
    app.selectbox(key=f"whose_{campaign}_ADA15").set_value(ada)
    app.selectbox(key=f"whose_{campaign}_MYSTERY").set_value(0)
    press(app, "Save whose they are")
    assert tracking.unknown_codes(store) == ()
    orders = open_page("orders.py", campaign="spring")
    assert "2 orders credited to 1 creator" in words_of(orders)


def test_links_are_made_for_every_creator(store, campaign):
    app = open_page("links.py", campaign="spring")
    app.text_input(key="link_page").set_value("https://shop.example/spring")
    press(app, "Make the links")
    assert len(tracking.list_links(store, campaign)) == 2


def test_a_landing_page_that_is_none_is_refused_beside_the_field(store, campaign):
    app = open_page("links.py", campaign="spring")
    app.text_input(key="link_page").set_value("shop")
    press(app, "Make the links")
    assert "shop" in " ".join(str(error.value) for error in app.error)
    assert tracking.list_links(store, campaign) == ()


def test_a_backup_is_made_and_checked(store, campaign):
    app = press(open_page("data.py"), "Make a backup now")
    assert "made and checked" in words_of(app)
    assert list((store.folder / "backups").glob("plumbline-*.db"))


def test_the_usual_tiers_come_back(store):
    creators.set_cutoffs(store, [("small", "10")])
    press(open_page("settings.py"), "Back to the usual tiers")
    assert creators.get_cutoffs(store) == creators.DEFAULT_CUTOFFS


def test_a_table_shows_the_campaign_that_is_chosen_also_after_another_one(store, campaign):
    other = make_campaign(store, name="Autumn", code="autumn")
    join(store, other, "cleo")
    app = open_page("people.py", campaign="spring")
    assert list(app.dataframe[0].value["handle"]) == ["ada", "ben"]
    app.selectbox(key="campaign_choice").set_value("autumn").run()
    assert list(app.dataframe[0].value["handle"]) == ["cleo"]


def test_somebody_elses_change_is_not_overwritten_unseen(store, campaign):
    app = open_page("plan.py", campaign="spring")
    shown = campaigns.get_campaign(store, campaign)
    values = campaigns.form_values(shown) | {"name": "Theirs"}
    campaigns.edit_campaign(store, campaign, values, version=shown.version, now=0)
    app.text_input(key="plan_spring_name").set_value("Mine")
    press(app, "Save campaign")
    assert "Somebody changed this campaign" in words_of(app)
    assert campaigns.get_campaign(store, campaign).name == "Theirs"


def test_the_start_page_says_how_each_goal_stands_and_what_comes_next(store, campaign):
    said = words_of(open_page(campaign="spring"))
    assert "Video views" in said
    assert "1,500; target 250,000, 1% of it reached" in said.replace("\\", "")


def test_the_sample_loads_in_the_background_through_a_page_change_and_can_be_stopped(store):
    app = press(open_page(), "Load the sample campaign")
    assert "You can leave this page" in words_of(app)
    app.switch_page("glossary.py").run()
    assert sample_is_loading(store)
    app.switch_page("home.py").run()
    press(app, "Stop")
    deadline = time.monotonic() + 60
    while sample_is_loading(store) and time.monotonic() < deadline:
        time.sleep(0.1)
    app.run()
    assert "not loaded whole. It was stopped" in words_of(app).replace("\\", "")
    assert button(app, "Load the rest")


def test_whom_to_ask_for_exports_is_chosen_from_a_table_where_there_are_many(store, monkeypatch):
    monkeypatch.setattr("pages.ui.routing.today_in", lambda _zone: date(2026, 11, 1))
    number = make_campaign(store, first_day="2026-09-01", last_day="2027-01-31")
    few = make_campaign(store, name="Few", code="few", first_day="2026-09-01", last_day="2027-01-31")
    join(store, few, "solo")
    join(store, number, *(f"creator{place}" for place in range(26)))
    app = open_page("people.py", campaign="few")
    assert not any(one.key == "request_of" for one in app.selectbox)
    assert any("solo" in one.label for one in app.expander)
    app = open_page("people.py", campaign="spring")
    assert not any("creator7" in one.label for one in app.expander)
    box = app.selectbox(key="request_of")
    box.set_value(next(person.creator.creator_id for person in list_people(store, number))).run()
    assert any("creator0" in one.value for one in app.code)
