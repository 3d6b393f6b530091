from datetime import date

import pytest

from core import campaigns
from core.access import NOBODY, Principal, Role
from core.entry.forms import EntryError
from core.errors import PlumblineError
from core.metrics.model import Stage
from core.metrics.registry import BY_NAME
from tests.core.written import NOW, form, make_campaign, make_creator

LATE = 1_773_144_000  # 10 March 2026, within the campaign


def remarks_of(call):
    with pytest.raises(EntryError) as caught:
        call()
    return {remark.field: remark.issue for remark in caught.value.remarks}


def test_a_campaign_comes_back_as_it_was_typed(store):
    number = make_campaign(store, zone="europe/berlin", currency="usd", vertical="impulse", owner="Mia")
    plan = campaigns.get_campaign(store, number)
    assert (plan.code, plan.zone, plan.currency, plan.budget, plan.owner) == (
        "spring",
        "Europe/Berlin",
        "USD",
        1_250_000,
        "Mia",
    )
    assert (plan.first_day, plan.last_day, plan.objective) == (
        date(2026, 3, 1),
        date(2026, 3, 31),
        Stage.AWARENESS,
    )
    assert plan.click_window_days == 7
    assert [(goal.metric, goal.target) for goal in plan.goals] == [
        ("views", 250_000.0),
        ("engagement_rate", 0.045),
        ("cost_per_thousand_views", 1250.0),
    ]
    assert plan.primary.metric == "views"
    assert campaigns.find_campaign(store, "spring") == plan
    assert campaigns.list_campaigns(store) == (plan,)


def test_a_form_opened_again_changes_nothing(store):
    number = make_campaign(store)
    before = campaigns.get_campaign(store, number)
    campaigns.edit_campaign(store, number, campaigns.form_values(before), version=before.version, now=LATE)
    after = campaigns.get_campaign(store, number)
    assert campaigns.form_values(after) == campaigns.form_values(before)
    assert after.goals == before.goals
    assert after.version == before.version + 1


def test_every_problem_of_a_form_is_said_at_once_beside_its_field(store):
    number = campaigns.create_brand(store, {"name": "Glow"})
    typed = form(
        number,
        name="",
        code="Spring 2026!",
        first_day="3/4/2026",
        last_day="soon",
        currency="XXY",
        zone="Mars/Base",
    )
    found = remarks_of(lambda: campaigns.create_campaign(store, typed))
    assert set(found) == {"name", "code", "first_day", "last_day", "currency", "zone"}
    assert "spring-2026" in found["code"].fix
    assert found["name"].code == "missing-field"
    assert all(issue.what and issue.fix for issue in found.values())
    assert campaigns.list_campaigns(store) == ()


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"last_day": "2026-02-01"}, "last_day", "days-not-in-order"),
        ({"last_day": "2046-02-01"}, "last_day", "too-long"),
        ({"budget": "€ 5"}, "budget", "other-currency"),
        ({"objective": "fame"}, "objective", "not-a-choice"),
        ({"click_window_days": "0"}, "click_window_days", "out-of-range"),
        ({"click_window_days": "ten"}, "click_window_days", "not-a-number"),
        ({"secondary": {}}, "secondary", "not-two-or-three"),
        ({"secondary": {"engagement_rate": ""}}, "secondary", "not-two-or-three"),
        ({"secondary": dict.fromkeys(["cpm", "ctr", "cpc", "roas"], "")}, "secondary", "not-two-or-three"),
        ({"secondary": {"views": "", "ctr": ""}}, "secondary", "metric-named-twice"),
        ({"primary_metric": "fame"}, "primary_metric", "not-a-metric"),
        ({"primary_target": "lots"}, "primary_target", "not-a-number"),
        ({"brand_id": 99}, "brand_id", "not-found"),
        ({"rank": "x"}, "rank", "unknown-field"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused_by_field(sqlite_store, changes, field, code):
    number = campaigns.create_brand(sqlite_store, {"name": "Glow"})
    found = remarks_of(lambda: campaigns.create_campaign(sqlite_store, form(number) | changes))
    assert found[field].code == code


def test_a_code_is_taken_once(store):
    make_campaign(store)
    assert remarks_of(lambda: make_campaign(store))["code"].code == "code-taken"


def test_of_two_edits_of_one_version_the_second_is_told(store):
    number = make_campaign(store)
    brand = campaigns.get_campaign(store, number).brand_id
    campaigns.edit_campaign(store, number, form(brand, name="One"), version=1, now=NOW)
    with pytest.raises(PlumblineError) as caught:
        campaigns.edit_campaign(store, number, form(brand, name="Two"), version=1, now=NOW)
    assert caught.value.issue.code == "changed-meanwhile"
    assert campaigns.get_campaign(store, number).name == "One"


def test_goals_change_freely_before_the_start_and_with_a_reason_after(store):
    number = make_campaign(store)
    brand = campaigns.get_campaign(store, number).brand_id
    campaigns.edit_campaign(store, number, form(brand, primary_target="300k"), version=1, now=NOW)
    found = remarks_of(
        lambda: campaigns.edit_campaign(
            store, number, form(brand, primary_target="100k"), version=2, now=LATE
        )
    )
    assert found["reason"].code == "goals-locked"
    campaigns.edit_campaign(
        store, number, form(brand, primary_target="100k", reason="Two creators left."), version=2, now=LATE
    )
    note = campaigns.list_notes(store, number)[0]
    assert note.kind == "goal change"
    assert "Two creators left." in note.text
    assert "views 300000" in note.text


def test_an_empty_campaign_can_be_removed_and_a_used_one_names_what_hangs_on_it(store):
    number = make_campaign(store)
    creator = make_creator(store, "lena")
    collaboration = campaigns.add_collaboration(store, number, creator, {})
    with pytest.raises(PlumblineError, match="1 creator"):
        campaigns.delete_campaign(store, number)
    campaigns.remove_collaboration(store, number, collaboration, version=1)
    campaigns.delete_campaign(store, number)
    assert campaigns.list_campaigns(store) == ()


def test_brands_have_different_names(store):
    number = campaigns.create_brand(store, {"name": "Glow", "currency": "eur"})
    found = remarks_of(lambda: campaigns.create_brand(store, {"name": "GLOW"}))
    assert found["name"].code == "name-taken"
    campaigns.edit_brand(store, number, {"name": "Glow Labs", "zone": "europe/paris"})
    assert [(brand.name, brand.zone) for brand in campaigns.list_brands(store)] == [
        ("Glow Labs", "Europe/Paris")
    ]


def test_people_see_and_change_only_their_campaigns(sqlite_store):
    mine, other = make_campaign(sqlite_store), make_campaign(sqlite_store, code="other", name="Secret")
    guest = sqlite_store.acting_as(Principal(name="guest", role=Role.VIEWER, campaign_ids=frozenset({mine})))
    assert [plan.code for plan in campaigns.list_campaigns(guest)] == ["spring"]
    assert campaigns.list_brands(guest)[0].campaigns == 1
    assert campaigns.find_campaign(guest, "other") is None
    for call in (
        lambda: campaigns.get_campaign(guest, other),
        lambda: campaigns.list_collaborations(guest, other),
        lambda: campaigns.list_videos(guest, other),
        lambda: campaigns.add_note(guest, mine, {"text": "x"}, now=NOW),
        lambda: campaigns.delete_campaign(guest, mine),
        lambda: campaigns.create_brand(guest, {"name": "x"}),
        lambda: campaigns.get_campaign(sqlite_store.acting_as(NOBODY), mine),
    ):
        with pytest.raises(PlumblineError) as caught:
            call()
        assert caught.value.issue.code == "not-allowed"


def test_the_suggested_metrics_of_every_objective_make_a_valid_form(sqlite_store):
    brand = campaigns.create_brand(sqlite_store, {"name": "Glow"})
    for objective in Stage:
        primary, *others = campaigns.suggested_metrics(objective)
        assert {primary, *others} <= set(BY_NAME)
        changes = {
            "code": objective.value,
            "objective": objective,
            "primary_metric": primary,
            "primary_target": "",
        }
        campaigns.create_campaign(sqlite_store, form(brand, **changes, secondary=dict.fromkeys(others, "")))


def test_a_code_is_suggested_from_a_name():
    assert campaigns.suggest_code("Frühling 2026 – Glow!") == "fruhling-2026-glow"
    assert campaigns.suggest_code("春") == ""
