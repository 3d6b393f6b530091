"""Who bought first and who came back, from the newest version of each order."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import text

from core.rollups.buyers import sales_to
from tests.core.rollups.world import World, claim, day, order

CUSTOMERS = ["kim", "lou", "max", ""]


def busy_shop(world: World) -> None:
    """Put three files into the store: overlapping orders, customers who come back, some not paid."""
    draw = random.Random(3)  # noqa: S311  (made-up orders, the same each time)
    for as_of in (1, 2, 0):
        rows, claims = [], []
        for number in sorted(draw.sample(range(40), 25)):
            status = draw.choice(["paid", "paid", "pending", "refunded"])
            rows.append(
                order(
                    str(number),
                    draw.randint(1, 9),
                    draw.randint(100, 900),
                    status=status,
                    customer_key=draw.choice(CUSTOMERS),
                )
            )
            for position, code in enumerate(draw.sample(["ADA10", "BEA10"], draw.randint(0, 2))):
                claims.append(claim(str(number), code, position=position))
        world.batch({"shop_order": rows, "order_claim": claims}, as_of=as_of)


@pytest.mark.parametrize("one_in", [0, 1_000_000], ids=["looked up", "walked through"])
def test_both_ways_to_the_credits_of_a_creator_give_the_same_ledger(
    world: World, monkeypatch: pytest.MonkeyPatch, one_in: int
) -> None:
    busy_shop(world)
    usual = world.derived()
    monkeypatch.setattr("core.rollups.ledger_days._ONE_IN", one_in)
    rebuilt = world.rebuilt()
    assert rebuilt == usual
    assert world.value("SELECT SUM(new_customers) FROM campaign_day") > 0
    assert world.value("SELECT SUM(repeat_revenue) FROM campaign_day") > 0


def test_only_the_newest_version_of_what_counts_is_a_sale_to_a_customer(world: World) -> None:
    world.batch({"shop_order": [order("1", 2, 100, customer_key="kim")]}, as_of=1)
    world.batch(
        {
            "shop_order": [
                order("1", 2, 100, customer_key="lou"),
                order("2", 1, 100, customer_key="kim"),
                order("3", 1, 100, customer_key="kim", status="pending"),
                order("4", 1, 100, customer_key=""),
            ]
        },
        as_of=2,
    )
    with sales_to(world.connection, "SELECT customer_key FROM shop_order"):
        found = world.connection.execute(
            text("SELECT customer_key, order_id, created_at FROM buyer_sale ORDER BY customer_key")
        ).all()
    assert [(who, number) for who, number, _ in found] == [("kim", "2"), ("lou", "1")]
    assert found[0].created_at // 86_400 == day(1)
