"""Scorecards say what is known, how sure that is, and what is missing."""

from __future__ import annotations

import dataclasses
import json
import math
from datetime import date

import pytest
from sqlalchemy import text

from core.access import NOBODY, Principal, Role
from core.errors import PlumblineError
from core.scope import Scope, Traffic
from core.scorecards import build_scorecard, build_scorecards
from core.scorecards.model import Lean
from core.scorecards.stored import is_kept
from core.units import day_number
from tests.core.scorecards import story
from tests.core.scorecards.story import TODAY, add, add_campaign


def cards_of(store, age=7, **more):
    return build_scorecards(store, Scope(campaign_id=1), age=age, today=TODAY, **more)


def change(store, sql, **values):
    with store.writing("change") as connection:
        connection.execute(text(sql), values)


def no_number_is_broken(thing):
    """Return whether no figure anywhere in a result is NaN or infinite."""
    if dataclasses.is_dataclass(thing):
        return all(no_number_is_broken(getattr(thing, field.name)) for field in dataclasses.fields(thing))
    if isinstance(thing, dict):
        return all(no_number_is_broken(value) for value in thing.values())
    if isinstance(thing, (list, tuple)):
        return all(no_number_is_broken(value) for value in thing)
    return not isinstance(thing, float) or math.isfinite(thing)


def test_creators_are_ordered_by_their_chance_above_the_peers_middle(store):
    story.tell(store, rates=[0.02] * 5 + [0.05] * 4 + [0.15], creators=10)
    cards = cards_of(store)
    chances = [card.estimates["engagement_rate"].standing.above_median for card in cards.cards]
    assert chances == sorted(chances, reverse=True)
    assert cards.cards[0].creator_id == 10
    assert cards.cards[0].lean is Lean.RENEW
    assert "very likely the best on engagement rate by views" in cards.claim
    assert no_number_is_broken(cards)


def test_the_measured_rate_is_the_quotient_of_totals_at_that_age(store):
    story.tell(store, creators=9)
    own = cards_of(store).card(4).estimates["engagement_rate"]
    with store.reading() as connection:
        top, below = connection.execute(
            text(
                "SELECT SUM(d.likes + d.comments + d.shares), SUM(d.views) FROM video_day d"
                " JOIN video v ON v.video_id = d.video_id WHERE v.creator_id = 4 AND d.day - v.posted_day <= 7"
            )
        ).one()
    assert own.raw == pytest.approx(float(top) / float(below))
    assert own.low < own.value < own.high
    assert (own.videos, own.peers.creators) == (4, 9)


def test_a_second_look_reads_the_kept_estimates_and_says_the_same(store):
    story.tell(store)
    first = cards_of(store)
    assert is_kept(store, 1, age=7, traffic=Traffic.TOTAL)
    assert cards_of(store) == first


def test_a_change_of_figures_makes_the_estimates_anew_and_a_note_does_not(store):
    story.tell(store)
    cards_of(store)
    with store.writing("decision noted"):
        pass
    assert is_kept(store, 1, age=7, traffic=Traffic.TOTAL)
    change(store, "UPDATE video_day SET likes = likes * 3 WHERE video_id LIKE '2-%'")
    assert not is_kept(store, 1, age=7, traffic=Traffic.TOTAL)
    assert cards_of(store).card(2).estimates["engagement_rate"].raw > 0.05


def test_progress_is_told_while_estimates_are_made_and_not_when_they_are_kept(store):
    story.tell(store)
    told = []
    cards_of(store, progress=lambda done, total, label: told.append((done, total, label)))
    assert told[0][0] == 0
    assert all(done < total for done, total, _ in told)
    told.clear()
    cards_of(store, progress=lambda *step: told.append(step))
    assert told == []


def test_fewer_than_eight_creators_are_not_compared_and_it_says_how_many_more(store):
    story.tell(store, creators=5)
    card = cards_of(store).cards[0]
    own = card.estimates["engagement_rate"]
    assert own.standing is None
    assert own.raw is not None
    assert own.low < own.raw < own.high
    assert "5 creators" in own.gap
    assert "3 more creators would be enough" in own.gap
    assert card.lean is Lean.OPEN


def test_peers_are_the_same_tier_when_there_are_eight_of_them(store):
    story.tell(store, creators=24)
    labels = {card.estimates["engagement_rate"].peers.label for card in cards_of(store).cards}
    assert labels == {"micro, 15 to 34 s", "nano, 15 to 34 s"}
    assert all(card.estimates["engagement_rate"].peers.creators == 12 for card in cards_of(store).cards)


def test_videos_younger_than_the_age_wait_and_are_counted(store):
    story.tell(store, rows=(1, 3))
    reading = cards_of(store).cards[0].reading
    assert (reading.used, reading.young, reading.of) == (0, 4, 4)
    assert cards_of(store, age=3).cards[0].reading.used == 4


def test_final_takes_only_videos_of_28_days_or_more(store):
    story.tell(store)
    assert cards_of(store, age=0).cards[0].reading.used == 4
    change(
        store,
        "DELETE FROM video_day WHERE day - (SELECT posted_day FROM video v WHERE v.video_id = video_day.video_id) > 14",
    )
    assert cards_of(store, age=0).cards[0].reading.used == 0


BAD = {
    "no followers": "DELETE FROM creator_followers",
    "videos without dates": "UPDATE video SET posted_day = NULL",
    "one video": "DELETE FROM video WHERE video_id NOT LIKE '%-0'",
    "no videos": "DELETE FROM video",
    "no fee": "UPDATE collaboration SET fee = NULL",
    "zero orders": "UPDATE creator_total SET orders = 0, revenue = 0",
    "no orders": "UPDATE creator_total SET orders = NULL, revenue = NULL",
    "negative counts": "UPDATE video_day SET likes = -5 WHERE video_id LIKE '3-%'",
    "zero views": "UPDATE video_day SET views = 0",
    "unknown views": "UPDATE video_day SET views = NULL",
    "nothing counted": "DELETE FROM video_day",
    "fees in dollars": "UPDATE collaboration SET currency = 'USD'",
    "no currency": "UPDATE collaboration SET currency = ''",
    "more likes than views": "UPDATE video_day SET likes = views * 1000",
    "no totals": "DELETE FROM creator_total",
}
SAID = {
    "no followers": "the tier is unknown",
    "videos without dates": "without a known posting day",
    "one video": "One video only",
    "no videos": "No video of this creator",
    "no fee": "No fee is stated",
    "zero orders": "No order was credited so far",
    "no orders": "No order can be tied",
    "nothing counted": "that no file counts",
    "fees in dollars": "costs are not compared",
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_a_sentence_and_never_a_broken_or_misleading_number(sqlite_store, what):
    store = sqlite_store
    story.tell(store)
    change(store, BAD[what])
    for age in (7, 0):
        cards = cards_of(store, age=age)
        assert no_number_is_broken(cards), what
        assert cards.claim
    card = build_scorecard(store, 3, campaign_id=1, today=TODAY)
    assert no_number_is_broken(card)
    assert SAID.get(what, "") in " ".join(card.gaps)


def test_negative_counts_are_left_out_and_named(sqlite_store):
    story.tell(sqlite_store)
    change(sqlite_store, BAD["negative counts"])
    card = cards_of(sqlite_store).card(3)
    assert "count below zero" in " ".join(card.gaps)
    own = card.estimates["engagement_rate"]
    assert own.raw is None
    assert "Not enough yet" in own.gap


def test_zero_orders_give_no_cost_per_order_but_a_rate_that_may_be_low(sqlite_store):
    story.tell(sqlite_store)
    change(sqlite_store, "UPDATE creator_total SET orders = 0, revenue = 0 WHERE creator_id = 3")
    card = cards_of(sqlite_store).card(3)
    cost = card.estimates["cost_per_order"]
    assert cost.raw is None
    assert cost.value > cost.peers.middle
    assert "No result yet" in cost.sentence
    assert card.estimates["orders_per_thousand_views"].raw == 0


def test_costs_in_other_currencies_are_never_compared(sqlite_store):
    store = sqlite_store
    story.tell(store, creators=20, campaigns=2)
    change(store, "UPDATE campaign SET currency = 'USD' WHERE id = 2")
    change(store, "UPDATE collaboration SET currency = 'USD' WHERE campaign_id = 2")
    own = cards_of(store).cards[0].estimates
    assert own["cost_per_thousand_views"].peers.creators <= 10
    assert own["engagement_rate"].peers.creators == 10  # micro or nano of both campaigns


def test_a_campaign_that_has_not_begun_says_when_it_does(sqlite_store):
    with sqlite_store.writing("tell") as connection:
        add(connection, "brand", [{"id": 1, "name": "Lumo", "currency": "EUR", "zone": "UTC"}])
        add_campaign(connection, 1, first=date(2026, 9, 1), last=date(2026, 9, 30))
        add(connection, "creator", [{"id": 1, "name": "Ana", "version": 1}])
        add(
            connection,
            "collaboration",
            [{"campaign_id": 1, "creator_id": 1, "currency": "EUR", "version": 1}],
        )
    cards = cards_of(sqlite_store)
    assert "begins on 1 Sep 2026" in cards.claim
    assert cards.metrics == ()


def test_a_campaign_without_creators_says_so(sqlite_store):
    with sqlite_store.writing("tell") as connection:
        add(connection, "brand", [{"id": 1, "name": "Lumo", "currency": "EUR", "zone": "UTC"}])
        add_campaign(connection, 1)
    assert cards_of(sqlite_store).claim == "No creator takes part in this campaign yet."


def test_a_stranger_sees_nothing(sqlite_store):
    story.tell(sqlite_store)
    stranger = sqlite_store.acting_as(NOBODY)
    with pytest.raises(PlumblineError, match="right"):
        cards_of(stranger)
    with pytest.raises(PlumblineError, match="right"):
        build_scorecard(stranger, 1, campaign_id=1, today=TODAY)


def test_a_reader_of_one_campaign_is_compared_within_it_alone(sqlite_store):
    story.tell(sqlite_store, creators=20, campaigns=2)
    reader = sqlite_store.acting_as(Principal(name="client", role=Role.VIEWER, campaign_ids=frozenset({1})))
    assert cards_of(sqlite_store).cards[0].estimates["engagement_rate"].peers.creators == 10
    seen = cards_of(reader)
    assert {card.estimates["engagement_rate"].peers.creators for card in seen.cards} == {10}
    with sqlite_store.reading() as connection:
        names = set(connection.execute(text("SELECT population FROM stored_fit")).scalars())
    assert len(names) == 2


def test_the_sample_is_not_compared_with_real_work(sqlite_store):
    story.tell(sqlite_store, creators=20, campaigns=2)
    change(sqlite_store, "UPDATE campaign SET is_sample = TRUE WHERE id = 2")
    with sqlite_store.reading() as connection:
        pass
    cards_of(sqlite_store)
    with sqlite_store.reading() as connection:
        kept = set(connection.execute(text("SELECT DISTINCT campaign_id FROM stored_estimate")).scalars())
    assert kept == {1}


def test_the_metric_asked_for_decides_the_order(sqlite_store):
    story.tell(sqlite_store)
    cards = cards_of(sqlite_store, metric="views_per_video")
    assert cards.header.judged_by.name == "views_per_video"
    assert cards_of(sqlite_store, metric="no such metric").header.judged_by.name == "engagement_rate"


def test_when_the_goal_cannot_be_compared_the_page_says_by_what_it_orders_instead(sqlite_store):
    story.tell(sqlite_store)
    change(sqlite_store, "UPDATE campaign_metric SET metric = 'orders'")
    change(sqlite_store, "UPDATE collaboration SET fee = NULL")
    cards = cards_of(sqlite_store)
    assert cards.header.judged_by.name == "orders_per_thousand_views"
    assert any(note.startswith("Ordered by orders per 1,000 views, not by CPA") for note in cards.notes)


def test_one_card_holds_the_same_estimates_as_the_list(sqlite_store):
    story.tell(sqlite_store, creators=20, campaigns=2)
    card = build_scorecard(sqlite_store, 3, campaign_id=1, today=TODAY)
    assert card.estimates == cards_of(sqlite_store).card(3).estimates
    assert {fact.metric.name for fact in card.facts} >= {"reach", "views", "orders", "repeat_rate"}
    assert card.ask is not None
    assert "Content" in card.ask.message


def test_a_creator_who_is_not_in_the_campaign_has_no_card(sqlite_store):
    story.tell(sqlite_store)
    with pytest.raises(PlumblineError, match="no collaboration"):
        build_scorecard(sqlite_store, 99, campaign_id=1, today=TODAY)


def test_history_shows_the_same_creator_in_other_campaigns(sqlite_store):
    store = sqlite_store
    story.tell(store, creators=20, campaigns=2)
    with store.writing("again") as connection:
        add(
            connection,
            "collaboration",
            [{"campaign_id": 2, "creator_id": 3, "fee": 70_000, "currency": "EUR", "version": 1}],
        )
        add(
            connection, "video",
            [{"video_id": "again", "handle": "creator.3", "creator_id": 3, "campaign_id": 2,
              "posted_day": day_number(story.FIRST), "duration_seconds": 20}],
        )  # fmt: skip
        add(
            connection, "video_day",
            [{"video_id": "again", "day": day_number(story.FIRST) + 7, "traffic": "total", "views": 9_000,
              "likes": 700, "comments": 20, "shares": 5}],
        )  # fmt: skip
    card = build_scorecard(store, 3, campaign_id=1, today=TODAY)
    assert [one.name for one in card.past] == ["Campaign 2"]
    assert card.past[0].estimates["engagement_rate"].raw == pytest.approx(725 / 9_000)


def test_kept_rows_are_plain_json_without_nan(sqlite_store):
    story.tell(sqlite_store)
    cards_of(sqlite_store)
    with sqlite_store.reading() as connection:
        details = (
            connection.execute(text("SELECT detail FROM stored_estimate WHERE detail <> ''")).scalars().all()
        )
    for detail in details:
        json.loads(detail, parse_constant=pytest.fail)
