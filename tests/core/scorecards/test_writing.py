"""Ratings, decisions, margins and target audiences: who, when, why, and what they change."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from core.access import Principal, Role
from core.creators import list_merges, merge_creators, split_creators
from core.entry.forms import EntryError
from core.errors import PlumblineError
from core.scope import Scope
from core.scorecards import build_scorecard, build_scorecards
from core.scorecards.audience import get_target, state_target
from core.scorecards.decisions import decide
from core.scorecards.margins import get_margin, state_margin
from core.scorecards.model import Choice
from core.scorecards.ratings import rate_creator
from core.units import day_number
from tests.core.scorecards import story
from tests.core.scorecards.story import TODAY, add


def card_of(store, creator_id=3):
    return build_scorecard(store, creator_id, campaign_id=1, today=TODAY)


def test_marks_are_kept_with_name_and_date_and_change_no_figure(store):
    story.tell(store)
    before = card_of(store)
    rate_creator(store, 1, 3, {"ease": 5, "timeliness": "2", "notes": "=late, but kind"}, now=1_770_000_000)
    after = card_of(store)
    (mark,) = after.ratings
    assert (mark.ease, mark.timeliness, mark.quality, mark.notes) == (5, 2, None, "=late, but kind")
    assert mark.who == "this computer"
    assert after.estimates == before.estimates


def test_of_one_person_the_newest_marks_count_and_of_two_both_show(sqlite_store):
    story.tell(sqlite_store)
    rate_creator(sqlite_store, 1, 3, {"ease": 2}, now=10)
    rate_creator(sqlite_store, 1, 3, {"ease": 4}, now=20)
    other = sqlite_store.acting_as(Principal(name="Bea", role=Role.EDITOR, campaign_ids=frozenset({1})))
    rate_creator(other, 1, 3, {"ease": 1}, now=15)
    assert [(one.who, one.ease) for one in card_of(sqlite_store).ratings] == [
        ("this computer", 4),
        ("Bea", 1),
    ]


@pytest.mark.parametrize("values", [{}, {"ease": 6}, {"ease": 0}, {"quality": "good"}, {"charm": 3}])
def test_marks_that_are_none_are_refused_and_nothing_is_kept(sqlite_store, values):
    story.tell(sqlite_store)
    with pytest.raises(EntryError):
        rate_creator(sqlite_store, 1, 3, values, now=1)
    assert card_of(sqlite_store).ratings == ()


def test_a_decision_keeps_the_figures_as_they_stood(store):
    story.tell(store)
    card = card_of(store)
    decide(store, card, {"choice": "renew", "reason": "Strong saves"}, now=1_770_000_000)
    with store.writing("figures change") as connection:
        connection.execute(text("UPDATE video_day SET likes = likes * 2 WHERE video_id LIKE '3-%'"))
    now = card_of(store)
    (decision,) = now.decisions
    assert (decision.choice, decision.reason, decision.who) == (Choice.RENEW, "Strong saves", "this computer")
    kept = decision.evidence["estimates"]["engagement_rate"]
    assert kept["raw"] == card.estimates["engagement_rate"].raw
    assert kept["raw"] < now.estimates["engagement_rate"].raw
    assert now.decision == decision
    assert decision.outcome == ""


def test_a_later_campaign_shows_how_a_decision_turned_out(sqlite_store):
    store = sqlite_store
    story.tell(store, creators=20, campaigns=2)
    with store.writing("later") as connection:
        connection.execute(
            text("UPDATE campaign SET first_day = first_day + 90, last_day = last_day + 90 WHERE id = 2")
        )
        add(
            connection,
            "collaboration",
            [{"campaign_id": 2, "creator_id": 3, "currency": "EUR", "version": 1}],
        )
        add(
            connection, "video",
            [{"video_id": "later", "handle": "creator.3", "creator_id": 3, "campaign_id": 2,
              "posted_day": day_number(story.FIRST) + 95}],
        )  # fmt: skip
        add(
            connection, "video_day",
            [{"video_id": "later", "day": day_number(story.FIRST) + 102, "traffic": "total", "views": 10_000,
              "likes": 900, "comments": 0, "shares": 0}],
        )  # fmt: skip
    decide(store, card_of(store), {"choice": "test_again", "reason": "Too few videos"}, now=1_770_000_000)
    (decision,) = card_of(store).decisions
    assert decision.outcome.startswith("In Campaign 2: Engagement rate by views 9.0%, against")


@pytest.mark.parametrize(
    "values", [{"choice": "renew"}, {"reason": "why"}, {"choice": "marry", "reason": "why"}]
)
def test_a_decision_needs_a_choice_and_a_reason(sqlite_store, values):
    story.tell(sqlite_store)
    with pytest.raises(EntryError):
        decide(sqlite_store, card_of(sqlite_store), values, now=1)
    assert card_of(sqlite_store).decisions == ()


def test_a_viewer_decides_and_rates_nothing(sqlite_store):
    story.tell(sqlite_store)
    viewer = sqlite_store.acting_as(Principal(name="client", role=Role.VIEWER, campaign_ids=frozenset({1})))
    card = card_of(viewer)
    with pytest.raises(PlumblineError, match="right"):
        decide(viewer, card, {"choice": "renew", "reason": "x"}, now=1)
    with pytest.raises(PlumblineError, match="right"):
        rate_creator(viewer, 1, 3, {"ease": 3}, now=1)
    with pytest.raises(PlumblineError, match="right"):
        state_margin(viewer, 1, 0.4, now=1)
    with pytest.raises(PlumblineError, match="right"):
        state_target(viewer, 1, [("gender", "female", 0.7)])


def test_decisions_show_beside_the_creators_in_the_list(sqlite_store):
    story.tell(sqlite_store)
    decide(sqlite_store, card_of(sqlite_store), {"choice": "stop", "reason": "x"}, now=1)
    cards = build_scorecards(sqlite_store, Scope(campaign_id=1), age=7, today=TODAY)
    assert cards.card(3).decision.choice is Choice.STOP
    assert cards.card(4).decision is None


def test_a_margin_is_remembered_for_the_brand_and_a_campaign_can_have_its_own(store):
    story.tell(store, campaigns=2, creators=16)
    assert get_margin(store, 1) is None
    state_margin(store, 1, 0.4, now=10)
    assert (get_margin(store, 2).margin, get_margin(store, 2).is_of_brand) == (0.4, True)
    state_margin(store, 2, 0.25, for_brand=False, now=20)
    assert (get_margin(store, 2).margin, get_margin(store, 1).margin) == (0.25, 0.4)


@pytest.mark.parametrize("margin", [0.0, -0.1, 1.5])
def test_a_margin_outside_its_range_is_refused(sqlite_store, margin):
    story.tell(sqlite_store)
    with pytest.raises(EntryError, match="above 0%"):
        state_margin(sqlite_store, 1, margin, now=1)


def shares(store, rows, day=20_000, handle="creator.3"):
    with store.writing("audience") as connection:
        found = connection.execute(text("SELECT MIN(id) FROM import_batch")).scalar()
        if found is None:
            add(
                connection,
                "import_batch",
                [
                    {"id": 1, "upload": "u", "file_name": "a", "sha256": "0", "size": 1, "format": "x", "label": "x",
                     "provenance": "platform", "as_of": 0, "as_of_from": "file", "answers": "{}", "importer_version": 1,
                     "rows_in": 1, "rows_stored": 1, "rows_aside": 0, "rows_ignored": 0, "receipt": "{}", "at": 0}
                ],
            )  # fmt: skip
        add(
            connection, "audience_share",
            [{"batch_id": 1, "subject_kind": "account", "subject": handle, "day": day, "dimension": dimension,
              "value": value, "share": share} for dimension, value, share in rows],
        )  # fmt: skip


def test_the_overlap_with_the_target_audience_is_worked_out_by_part(store):
    story.tell(store)
    state_target(store, 1, [("gender", "Female", 0.8), ("territory", "gb", 0.5), ("territory", "IE", 0.1)])
    assert get_target(store, 1) == {"gender": {"female": 0.8}, "territory": {"GB": 0.5, "IE": 0.1}}
    shares(store, [("gender", "female", 0.6), ("gender", "male", 0.4), ("territory", "GB", 0.7)])
    fit = card_of(store).audience
    assert fit.by_dimension == pytest.approx({"gender": 0.6 / 0.8, "territory": 0.5 / 0.6})
    assert fit.overlap == pytest.approx((0.75 + 5 / 6) / 2)


def test_the_newest_export_of_the_audience_counts(sqlite_store):
    story.tell(sqlite_store)
    state_target(sqlite_store, 1, [("gender", "female", 0.8)])
    shares(sqlite_store, [("gender", "female", 0.2)], day=19_000)
    shares(sqlite_store, [("gender", "female", 0.8)], day=20_000)
    assert card_of(sqlite_store).audience.overlap == pytest.approx(1.0)


def test_without_target_or_export_it_says_what_is_missing(sqlite_store):
    story.tell(sqlite_store)
    assert "No target audience" in card_of(sqlite_store).audience.sentence
    state_target(sqlite_store, 1, [("age", "18-24", 0.8)])
    assert "Followers export" in card_of(sqlite_store).audience.sentence
    assert card_of(sqlite_store).audience.overlap is None


@pytest.mark.parametrize(
    "rows",
    [
        [("gender", "", 0.5)],
        [("shoe size", "42", 0.5)],
        [("gender", "female", 0.0)],
        [("age", "a", 0.7), ("age", "b", 0.7)],
    ],
)
def test_a_target_that_cannot_be_is_refused(sqlite_store, rows):
    story.tell(sqlite_store)
    with pytest.raises(EntryError):
        state_target(sqlite_store, 1, rows)
    assert get_target(sqlite_store, 1) == {}


def test_marks_and_decisions_follow_a_creator_that_is_merged_and_come_back(sqlite_store):
    story.tell(sqlite_store, campaigns=2)
    rate_creator(sqlite_store, 1, 3, {"ease": 4}, now=1)
    decide(sqlite_store, card_of(sqlite_store), {"choice": "renew", "reason": "x"}, now=2)
    merge_creators(sqlite_store, 4, 3, keep_version=1, gone_version=1)
    assert card_of(sqlite_store, 4).ratings[0].ease == 4
    assert card_of(sqlite_store, 4).decision.choice is Choice.RENEW
    (merge,) = list_merges(sqlite_store)
    assert split_creators(sqlite_store, merge.merge_id) == 3
    assert card_of(sqlite_store, 3).decision.choice is Choice.RENEW
