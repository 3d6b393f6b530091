"""The credit ledger: each order once, nothing guessed, what is left out is listed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.rollups.world import DAY, World, at, claim, day, order, put


def credited(world: World) -> list[tuple[Any, ...]]:
    return world.rows(
        "SELECT order_id, creator_id, share, revenue, evidence FROM credit ORDER BY order_id, position"
    )


def left_out(world: World) -> list[tuple[Any, ...]]:
    return world.rows(
        "SELECT order_id, campaign_id, reason FROM left_out_order ORDER BY order_id, campaign_id"
    )


def test_a_creators_code_is_credited(world: World) -> None:
    world.batch({"shop_order": [order("1", 3)], "order_claim": [claim("1", "ADA10")]})
    assert credited(world) == [("1", 1, 1.0, 10_000, "code")]


@pytest.mark.parametrize("key", ["SALE", "UNKNOWN"])
def test_sitewide_and_unknown_codes_credit_nobody(world: World, key: str) -> None:
    world.batch({"shop_order": [order("1", 3)], "order_claim": [claim("1", key)]})
    assert credited(world) == left_out(world) == []


def test_a_sitewide_code_beside_a_creators_changes_nothing(world: World) -> None:
    world.batch(
        {"shop_order": [order("1", 3)], "order_claim": [claim("1", "SALE"), claim("1", "ADA10", position=1)]}
    )
    assert credited(world) == [("1", 1, 1.0, 10_000, "code")]


def test_two_creators_codes_share_to_the_last_cent_and_are_flagged(world: World) -> None:
    world.batch(
        {
            "shop_order": [order("1", 3, 10_001)],
            "order_claim": [claim("1", "BEA10"), claim("1", "ADA10", position=1)],
        }
    )
    assert credited(world) == [("1", 2, 0.5, 5001, "code"), ("1", 1, 0.5, 5000, "code")]
    assert world.rows("SELECT DISTINCT has_conflict FROM credit") == [(1,)]


def test_two_codes_of_one_creator_are_one_credit(world: World) -> None:
    world.code("ADA20", 1, 1)
    world.batch(
        {"shop_order": [order("1", 3)], "order_claim": [claim("1", "ADA10"), claim("1", "ADA20", position=1)]}
    )
    assert credited(world) == [("1", 1, 1.0, 10_000, "code")]
    assert world.rows("SELECT has_conflict FROM credit") == [(0,)]


@pytest.mark.parametrize(("on", "counts"), [(4, False), (5, True), (9, True), (10, False)])
def test_a_code_counts_on_its_days_in_the_campaigns_zone(world: World, on: int, *, counts: bool) -> None:
    world.code("SHORT", 1, 1, first_day=day(5), last_day=day(9))
    world.batch({"shop_order": [order("1", on)], "order_claim": [claim("1", "SHORT")]})
    assert bool(credited(world)) is counts


def test_one_code_for_two_creators_is_left_out_and_listed(world: World) -> None:
    world.code("ADA10", 2, 1)
    world.batch({"shop_order": [order("1", 3)], "order_claim": [claim("1", "ADA10")]})
    assert (credited(world), left_out(world)) == ([], [("1", 1, "several_creators")])


def test_a_code_used_in_two_campaigns_follows_their_dates_and_is_left_out_between(world: World) -> None:
    world.code("BEA10", 2, 2)
    world.batch(
        {
            "shop_order": [order("1", 3), order("2", 65, currency="EUR"), order("3", 45)],
            "order_claim": [claim("1", "BEA10"), claim("2", "BEA10"), claim("3", "BEA10")],
        }
    )
    assert world.rows("SELECT order_id, campaign_id FROM credit") == [("1", 1), ("2", 2)]
    assert left_out(world) == [("3", 1, "several_campaigns"), ("3", 2, "several_campaigns")]


def test_an_affiliate_is_credited_in_the_campaign_that_has_the_creator_and_the_day(world: World) -> None:
    world.batch(
        {
            "shop_order": [order("1", 3), order("2", 45)],
            "order_claim": [claim("1", "bea", "affiliate", video_id="7"), claim("2", "bea", "affiliate")],
        }
    )
    assert world.rows("SELECT order_id, campaign_id, creator_id, video_id, evidence FROM credit") == [
        ("1", 1, 2, "7", "affiliate")
    ]


@pytest.mark.parametrize("status", ["cancelled", "voided", "test", "pending", "authorized"])
def test_orders_that_are_no_sales_are_left_out_and_listed(world: World, status: str) -> None:
    world.batch({"shop_order": [order("1", 3, status=status)], "order_claim": [claim("1", "ADA10")]})
    assert (credited(world), left_out(world)) == ([], [("1", 1, status)])


def test_a_paid_order_that_was_cancelled_is_left_out(world: World) -> None:
    world.batch({"shop_order": [order("1", 3, cancelled_at=at(4))], "order_claim": [claim("1", "ADA10")]})
    assert left_out(world) == [("1", 1, "cancelled")]


@pytest.mark.parametrize(
    ("more", "revenue", "refunds"),
    [
        ({"status": "partially_paid"}, 10_000, 0),
        ({"tax": 1900, "tax_included": True}, 8100, 0),
        ({"tax": 1900, "tax_included": False}, 10_000, 0),
        ({"tax": None, "tax_included": True}, 10_000, 0),
        ({"status": "partially_refunded", "refunded": 4000}, 6000, 4000),
        ({"status": "refunded", "refunded": 12_500}, 0, 10_000),
        ({"status": "refunded", "refunded": None}, 0, 10_000),
        ({"subtotal": None, "total": 12_500, "shipping": 500, "tax": 2000}, 10_000, 0),
    ],
)
def test_revenue_is_after_discount_and_refunds_before_tax_and_shipping(
    world: World, more: dict, revenue: int, refunds: int
) -> None:
    world.batch({"shop_order": [order("1", 3) | more], "order_claim": [claim("1", "ADA10")]})
    assert world.rows("SELECT revenue, refunds FROM credit") == [(revenue, refunds)]


def test_an_order_of_unknown_value_is_left_out(world: World) -> None:
    world.batch({"shop_order": [order("1", 3) | {"subtotal": None}], "order_claim": [claim("1", "ADA10")]})
    assert left_out(world) == [("1", 1, "amount_unknown")]


def test_other_currencies_need_a_rate_stated_on_the_day_or_before(world: World) -> None:
    put(world.connection, "exchange_rate", currency="EUR", into="USD", day=day(4), rate=1.25)
    put(world.connection, "exchange_rate", currency="JPY", into="USD", day=day(1), rate=0.01)
    world.batch(
        {
            "shop_order": [
                order("1", 3, currency="EUR"),
                order("2", 4, currency="EUR"),
                order("3", 4, 5000, currency="JPY"),
            ],
            "order_claim": [claim(number, "ADA10") for number in "123"],
        }
    )
    assert world.rows("SELECT order_id, revenue, currency FROM credit") == [
        ("2", 12_500, "USD"),
        ("3", 5000, "USD"),
    ]
    assert left_out(world) == [("1", 1, "currency")]


def test_the_last_click_in_the_window_is_credited_where_no_code_is(world: World) -> None:
    world.batch(
        {
            "shop_order": [order("1", 9, customer_key="kim")],
            "touch": [
                {"person_key": "kim", "at": at(5), "link_key": "ada-link"},
                {"person_key": "kim", "at": at(7), "link_key": "bea-link"},
                {"person_key": "kim", "at": at(8), "link_key": "a newsletter"},
                {"person_key": "kim", "at": at(10), "link_key": "ada-link"},
            ],
        }
    )
    assert credited(world) == [("1", 2, 1.0, 10_000, "link")]


@pytest.mark.parametrize(
    ("earlier", "counts"), [(30 * DAY, True), (30 * DAY + 1, False), (0, True), (-1, False)]
)
def test_the_window_is_inclusive(world: World, earlier: int, *, counts: bool) -> None:
    world.batch(
        {
            "shop_order": [order("1", 9, customer_key="kim")],
            "touch": [{"person_key": "kim", "at": at(9) - earlier, "link_key": "ada-link"}],
        }
    )
    assert bool(credited(world)) is counts


def test_a_code_beats_a_click_of_another_creator_and_says_so(world: World) -> None:
    world.batch(
        {
            "shop_order": [order("1", 9), order("2", 9)],
            "order_claim": [
                claim("1", "ADA10"),
                claim("1", "bea-link", "link", position=9),
                claim("2", "ADA10"),
                claim("2", "ada-link", "link", position=9),
            ],
        }
    )
    assert world.rows("SELECT order_id, creator_id, has_conflict FROM credit") == [("1", 1, 1), ("2", 1, 0)]


def test_a_corrected_export_replaces_order_and_codes_together(world: World) -> None:
    world.batch({"shop_order": [order("1", 3)], "order_claim": [claim("1", "ADA10")]}, as_of=1)
    world.batch({"shop_order": [order("1", 3, 8000)], "order_claim": [claim("1", "BEA10")]}, as_of=2)
    assert credited(world) == [("1", 2, 1.0, 8000, "code")]
    world.undo(2)
    assert credited(world) == [("1", 1, 1.0, 10_000, "code")]


def test_clicks_that_another_file_states_for_an_order_stay_when_the_shop_exports_again(world: World) -> None:
    world.batch({"shop_order": [order("1", 3)]}, as_of=1)
    world.batch({"order_claim": [claim("1", "ada-link", "link")]}, as_of=1)
    world.batch({"shop_order": [order("1", 3, 8000)]}, as_of=2)
    assert credited(world) == [("1", 1, 1.0, 8000, "link")]


def test_the_same_sale_in_two_systems_counts_once_with_the_shops_money_and_both_claims(world: World) -> None:
    affiliate = {"system": "tiktok_shop"}
    world.batch(
        {
            "shop_order": [order("577", 3, 9000, **affiliate)],
            "order_claim": [claim("577", "ada", "affiliate", **affiliate)],
        }
    )
    assert credited(world) == [("577", 1, 1.0, 9000, "affiliate")]
    world.batch({"shop_order": [order("#1", 3, 10_000, sale_key="tiktok_shop/577")]})
    assert credited(world) == [("#1", 1, 1.0, 10_000, "affiliate")]
    world.undo(2)
    assert credited(world) == [("577", 1, 1.0, 9000, "affiliate")]


def test_new_customers_are_those_whose_first_counted_order_it_was(world: World) -> None:
    world.batch(
        {
            "shop_order": [
                order("1", 3, customer_key="kim"),
                order("2", 5, customer_key="kim"),
                order("3", 4, status="pending", customer_key="lou"),
                order("4", 6, customer_key="lou"),
                order("5", 6),
            ],
            "order_claim": [claim("2", "ADA10"), claim("4", "ADA10"), claim("5", "ADA10")],
        }
    )
    assert world.rows("SELECT order_id, is_new_customer FROM credit") == [("2", 0), ("4", 1), ("5", None)]


def test_an_earlier_order_found_later_makes_the_customer_a_known_one(world: World) -> None:
    world.batch({"shop_order": [order("2", 5, customer_key="kim")], "order_claim": [claim("2", "ADA10")]})
    assert world.rows("SELECT is_new_customer FROM credit") == [(1,)]
    world.batch({"shop_order": [order("1", 3, customer_key="kim")]})
    assert world.rows("SELECT is_new_customer FROM credit") == [(0,)]


def test_customers_who_come_back_count_once_and_later_revenue_is_net(world: World) -> None:
    world.batch(
        {
            "shop_order": [
                order("1", 3, customer_key="kim"),
                order("2", 3, 700, customer_key="kim"),
                order("3", 5, 900, customer_key="kim", refunded=100),
                order("4", 6, 500, customer_key="kim"),
                order("5", 3, customer_key="lou"),
            ],
            "order_claim": [claim("1", "ADA10"), claim("5", "ADA10")],
        }
    )
    assert world.rows("SELECT new_customers, repeat_customers, repeat_revenue FROM creator_total") == [
        (2, 1, 1300)
    ]


def test_many_orders_are_rebuilt_in_blocks_with_the_same_result(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.batch(
        {
            "shop_order": [
                order(
                    str(n),
                    1 + n % 9,
                    1000 + n,
                    customer_key=f"c{n % 7}",
                    sale_key=f"tiktok_shop/{n}" if n % 3 == 0 else "",
                )
                for n in range(40)
            ]
            + [order(str(n), 1 + n % 9, 900, system="tiktok_shop") for n in range(0, 40, 6)],
            "order_claim": [claim(str(n), "ADA10" if n % 2 else "BEA10") for n in range(40)]
            + [claim(str(n), "ada", "affiliate", system="tiktok_shop") for n in range(0, 40, 6)],
        }
    )
    monkeypatch.setattr("core.rollups.sales.SALES_AT_ONCE", 5)
    assert world.derived() == world.rebuilt()
