"""The credit ledger in words and numbers."""

from datetime import date

import pytest
from sqlalchemy import text

from core import creators, tracking
from core.access import NOBODY
from core.errors import PlumblineError
from core.orders import _REASONS, order_summary
from core.rollups.credit_rule import LeftOut
from tests.core.written import add_facts, join, make_campaign


def orders(*rows):
    return [(number, date(2026, 3, day), "code", code, net) for number, day, code, net in rows]


def test_a_campaign_without_orders_says_so_and_claims_no_revenue(store):
    summary = order_summary(store, make_campaign(store))
    assert (summary.orders, summary.revenue, summary.creators, summary.left_out) == (0, None, (), ())
    assert summary.sentence == "No imported order points to a creator of this campaign yet."


def test_orders_are_counted_once_and_revenue_is_the_sum_of_the_creators(store):
    campaign = make_campaign(store)
    ada, ben = join(store, campaign, "ada", "ben")
    add_facts(store, orders=orders(("1", 5, "ADA", 5000), ("2", 6, "ADA", 2500), ("3", 7, "BEN", 1000)))
    tracking.add_code(store, campaign, {"code": "ADA", "creator_id": ada})
    tracking.add_code(store, campaign, {"code": "BEN", "creator_id": ben})
    summary = order_summary(store, campaign)
    assert [(item.name, item.orders, item.revenue, item.by_code) for item in summary.creators] == [
        ("ada", 2.0, 7500, 2.0),
        ("ben", 1.0, 1000, 1.0),
    ]
    assert (summary.orders, summary.revenue, summary.conflicts) == (3, 8500, 0)
    assert summary.sentence == "3 orders credited to 2 creators, worth $85.00 after refunds."
    assert "30 days" in summary.rule


def test_codes_that_nobody_explained_are_counted_and_credited_to_nobody(store):
    campaign = make_campaign(store)
    add_facts(store, orders=orders(("1", 5, "WHO", 5000), ("2", 6, "WHO", 2500), ("3", 7, "WHAT", 100)))
    summary = order_summary(store, campaign)
    assert (summary.unknown_codes, summary.unknown_orders, summary.orders) == (2, 3, 0)


def test_cancelled_orders_are_listed_with_reason_and_amount(store):
    campaign = make_campaign(store)
    (ada,) = join(store, campaign, "ada")
    add_facts(store, orders=orders(("1", 5, "ADA", 5000), ("2", 6, "ADA", 2500)))
    with store.writing("cancelled for a test") as connection:
        connection.execute(
            text("UPDATE shop_order SET cancelled_at = created_at, status = 'cancelled' WHERE order_id = '2'")
        )
    tracking.add_code(store, campaign, {"code": "ADA", "creator_id": ada})
    summary = order_summary(store, campaign)
    (group,) = summary.left_out
    assert (group.reason, group.orders, group.amount, group.currency) == ("Cancelled", 1, 2500, "USD")
    assert summary.sentence.endswith("1 more order points here but is left out.")


def test_a_sitewide_code_credits_nobody_and_is_no_unknown_one(store):
    campaign = make_campaign(store)
    add_facts(store, orders=orders(("1", 5, "WELCOME", 5000)))
    tracking.map_code_to_nobody(store, "WELCOME")
    summary = order_summary(store, campaign)
    assert (summary.unknown_codes, summary.orders) == (0, 0)


def test_every_reason_of_the_rule_has_words_and_advice():
    assert set(_REASONS) == set(LeftOut)
    assert all(words and advice.endswith(".") for words, advice in _REASONS.values())


def test_whoever_may_not_read_the_campaign_learns_nothing(store):
    campaign = make_campaign(store)
    with pytest.raises(PlumblineError, match="do not have the right"):
        order_summary(store.acting_as(NOBODY), campaign)


def test_a_creator_who_was_merged_keeps_the_credit_under_the_new_name(store):
    campaign = make_campaign(store)
    (ada,) = join(store, campaign, "ada")
    add_facts(store, orders=orders(("1", 5, "ADA", 5000)))
    tracking.add_code(store, campaign, {"code": "ADA", "creator_id": ada})
    other = creators.create_creator(store, {"handle": "ada.two", "name": "Ada Two"}, today=date(2026, 4, 1))
    creators.merge_creators(store, other, ada, keep_version=1, gone_version=1)
    assert [(item.name, item.revenue) for item in order_summary(store, campaign).creators] == [
        ("Ada Two", 5000)
    ]
