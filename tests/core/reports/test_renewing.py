"""Who to renew: estimates with their range, never a bare rank."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.reports import Audience, Kind
from core.reports.holding_back import HELD_BACK
from core.reports.material import Asked, gather
from core.reports.model import ColumnKind
from core.reports.renewing import next_words, renew
from core.scope import Scope
from core.scorecards import build_scorecards
from core.scorecards.model import Lean
from tests.core.funnel import story
from tests.core.reports.making import BOARD, NOW, OUTSIDE, TEAM, build


@pytest.fixture
def told(sqlite_store):
    story.tell(sqlite_store)
    return sqlite_store


def material(store, audience=TEAM):
    """Return what the leadership report is made from."""
    return gather(
        store,
        Asked(
            campaign_id=story.SPRING, audience=audience, creator_id=None, has_files=False, has_cards=True, has_check_in=False, has_findings=False,
            today=story.TODAY, now=NOW, locale="en_US",
        ),
    )  # fmt: skip


def leaning(found, **leans):
    """Return the same material where the figures lean as told, by creator's name."""
    cards = tuple(replace(card, lean=leans.get(card.name, Lean.OPEN)) for card in found.cards.cards)
    return replace(found, cards=replace(found.cards, cards=cards))


@pytest.mark.parametrize("kind", [Kind.LEADERSHIP, Kind.FULL])
def test_the_part_names_every_creator_in_the_order_of_the_scorecards(told, kind):
    part = build(told, kind).section("renew")
    cards = build_scorecards(told, Scope(campaign_id=story.SPRING), today=story.TODAY).cards
    assert [row[0].written for row in part.tables[0].rows] == [card.name for card in cards]
    assert part.claim


@pytest.mark.parametrize("kind", [Kind.CREATOR, Kind.CHECKIN])
def test_other_reports_do_not_speak_of_it(told, kind):
    assert build(told, kind).section("renew") is None


def test_estimates_are_those_of_the_scorecards(told):
    found = material(told)
    judged = found.cards.header.judged_by.name
    rows = renew(found).tables[0].rows
    for card, row in zip(found.cards.cards, rows, strict=True):
        own = card.estimates.get(judged)
        assert row[1].number == (own.value if own else None)


def test_it_says_for_whom_the_figures_speak(told):
    said = renew(leaning(material(told), Ana=Lean.RENEW, Ben=Lean.STOP)).claim
    assert "the figures speak for renewing Ana and against Ben." in said
    assert "There is not enough evidence yet on 1 more." in said


def test_without_evidence_nobody_is_named_for_renewing(told):
    found = leaning(material(told))
    assert renew(found).claim.startswith("There is not enough evidence yet to renew or stop anybody.")
    assert next_words(found).startswith("Test again before renewing")


def test_the_next_step_follows_from_it(told):
    assert next_words(leaning(material(told), Ana=Lean.RENEW)) == (
        "Decide on renewing Ana: the figures speak for it."
    )


def test_decisions_are_for_the_team_only(told):
    inside = [column.label for column in renew(material(told, TEAM)).tables[0].columns]
    outside = [column.label for column in renew(material(told, BOARD)).tables[0].columns]
    assert inside == [*outside, "Decided"]


def test_who_sees_no_money_gets_a_yardstick_without_money(told):
    for audience in (OUTSIDE, Audience(internal=True)):
        columns = renew(material(told, audience)).tables[0].columns
        assert all(not column.currency for column in columns if column.kind is ColumnKind.NUMBER)


def test_estimates_of_few_buyers_are_held_back_from_readers_outside(told):
    found = material(told, BOARD)
    judged = found.cards.header.judged_by
    cards = tuple(
        replace(card, estimates={name: replace(one, events=3.0) for name, one in card.estimates.items()})
        for card in found.cards.cards
    )
    few = replace(found, cards=replace(found.cards, cards=cards))
    held = [row[1].written for row in renew(few).tables[0].rows]
    with_orders = any(measure.name == "orders" for measure in judged.measures)
    assert (HELD_BACK in held) is (with_orders and any(judged.name in card.estimates for card in cards))
    assert HELD_BACK not in [row[1].written for row in renew(replace(few, audience=TEAM)).tables[0].rows]
