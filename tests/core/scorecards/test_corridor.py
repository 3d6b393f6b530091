"""The fee corridor: orders, times what is left of each, with the range of the order rate."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scipy import stats

from core.scorecards.build import build_scorecard
from core.scorecards.corridor import Worth, corridor_of
from core.scorecards.margins import Margin, state_margin
from tests.core.scorecards import story

MARGIN = Margin(margin=0.4, is_of_brand=True, who="me", at=datetime(2026, 1, 1, tzinfo=UTC))


def worth(**more):
    usual = {
        "orders": 40.0, "revenue": 120_000.0, "views": 50_000.0, "commission": None, "fee": 30_000.0,
        "campaign_orders": 100.0, "campaign_revenue": 250_000.0,
    }  # fmt: skip
    return Worth(**(usual | more))


def test_without_peers_the_range_is_the_exact_one_of_a_count():
    found = corridor_of(worth(), None, None, MARGIN, "EUR")
    low, high = stats.gamma.ppf(0.05, 40), stats.gamma.ppf(0.95, 41)
    assert found.middle == pytest.approx(40 * 3_000 * 0.4)
    assert (found.low, found.high) == pytest.approx((low * 1_200, high * 1_200))
    assert "€1,200" not in found.sentence
    assert "breaks even at 25 orders" in found.sentence


def test_few_orders_take_the_average_order_of_the_campaign():
    found = corridor_of(worth(orders=4.0, revenue=40_000.0), None, None, MARGIN, "EUR")
    assert "of the campaign: €25.00" in found.lines[0]


def test_no_order_leaves_a_low_end_of_zero_and_a_high_end():
    found = corridor_of(worth(orders=0.0, revenue=0.0), None, None, MARGIN, "EUR")
    assert (found.low, found.middle) == (0, 0)
    assert found.high > 0


def test_commission_is_taken_off_each_order():
    plain = corridor_of(worth(), None, None, MARGIN, "EUR")
    less = corridor_of(worth(commission=20_000.0), None, None, MARGIN, "EUR")
    assert plain.middle - less.middle == pytest.approx(20_000)


@pytest.mark.parametrize(
    ("given", "margin", "said"),
    [
        ({"orders": None}, MARGIN, "No order can be tied"),
        ({"campaign_orders": 0.0}, MARGIN, "No order can be tied"),
        ({}, None, "State the contribution margin"),
        ({"revenue": 0.0}, MARGIN, "Refunds took all revenue"),
    ],
)
def test_what_is_missing_is_said_and_no_fee_is_claimed(given, margin, said):
    found = corridor_of(worth(**given), None, None, margin, "EUR")
    assert said in found.sentence
    assert (found.low, found.middle, found.high) == (None, None, None)


def test_on_a_card_the_range_is_the_one_of_the_order_rate_and_peers_stand_beside_it(sqlite_store):
    story.tell(sqlite_store)
    state_margin(sqlite_store, 1, 0.5, now=1)
    card = build_scorecard(sqlite_store, 3, campaign_id=1, today=story.TODAY)
    rate = card.estimates["orders_per_thousand_views"]
    facts = {fact.metric.name: fact.value for fact in card.facts}
    each = facts["revenue"] / facts["orders"] if facts["orders"] >= 20 else None
    found = card.corridor
    assert found.low < found.middle < found.high
    if each is not None:
        assert found.middle == pytest.approx(facts["views"] / 1_000 * rate.value * each * 0.5)
    assert "the middle half of" in found.lines[-1]
