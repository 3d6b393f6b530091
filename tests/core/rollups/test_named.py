"""Claims that name an order by its number and no shop."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.rollups.world import World, claim, order

CLICKED = {"order_claim": [claim("1001", "ada-link", kind="link", system="")]}
SOLD = {"shop_order": [order("99001", 3, order_name="#1001"), order("99002", 3, order_name="#1002")]}


def credited_by(world: World) -> list[tuple[Any, ...]]:
    return world.rows("SELECT order_id, creator_id, share, revenue, evidence FROM credit ORDER BY order_id")


@pytest.mark.parametrize("files", [(CLICKED, SOLD), (SOLD, CLICKED)], ids=["clicks first", "orders first"])
def test_the_order_of_that_number_is_credited_whichever_file_comes_first(world: World, files: Any) -> None:
    for file in files:
        world.batch(file)
    assert credited_by(world) == [("99001", 1, 1.0, 10_000, "link")]
    assert world.derived() == world.rebuilt()


def test_the_order_of_that_id_is_credited_too(world: World) -> None:
    world.batch({"shop_order": [order("1001", 3)]})
    world.batch(CLICKED)
    assert credited_by(world) == [("1001", 1, 1.0, 10_000, "link")]


def test_undoing_the_clicks_takes_the_credit_back(world: World) -> None:
    world.batch(SOLD)
    before = world.derived()
    world.undo(world.batch(CLICKED))
    assert world.derived() == before


def test_a_number_that_fits_orders_of_two_shops_credits_neither(world: World) -> None:
    world.batch(SOLD)
    world.batch({"shop_order": [order("7", 4, system="woocommerce", order_name="1001")]})
    world.batch(CLICKED)
    assert credited_by(world) == []


def test_a_code_beats_a_click_of_another_creator_and_is_flagged(world: World) -> None:
    world.batch(SOLD | {"order_claim": [claim("99001", "BEA10")]})
    world.batch(CLICKED)
    assert credited_by(world) == [("99001", 2, 1.0, 10_000, "code")]
    assert world.value("SELECT has_conflict FROM credit") == 1


def test_the_newest_file_says_whose_click_it_was(world: World) -> None:
    world.batch(SOLD)
    world.batch({"order_claim": [claim("1001", "bea-link", kind="link", system="")]}, as_of=5)
    world.batch(CLICKED, as_of=1)
    assert credited_by(world) == [("99001", 2, 1.0, 10_000, "link")]
