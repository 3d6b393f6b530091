"""Closing old orders: every figure stays, the rows go, and what is left behaves as if they were there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from core.rollups.closing import SumsDifferError, close_orders
from tests.core.rollups.test_law import batches
from tests.core.rollups.world import World, at, claim, open_engine, order

if TYPE_CHECKING:
    from core.store.engine import Store

SUMS = ("campaign_day", "day_total", "creator_total", "video_total")


def sums(world: World) -> dict[str, list[tuple[Any, ...]]]:
    state = world.derived()
    return {name: state[name] for name in SUMS}


def old_rows(world: World, before: int) -> int:
    return int(world.value("SELECT COUNT(*) FROM shop_order WHERE created_at < :one", one=before))


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(
    made=st.lists(batches(), min_size=1, max_size=4),
    days=st.lists(st.integers(1, 12), min_size=1, max_size=2).map(sorted),
)
def test_whatever_is_closed_no_figure_moves_and_a_rebuild_of_everything_agrees(tmp_path, made, days):
    path = tmp_path / "closing.db"
    path.unlink(missing_ok=True)
    engine = open_engine(path)
    with engine.begin() as connection:
        world = World(connection)
        for facts, as_of, campaign in made:
            world.batch(facts, as_of=as_of, campaign=campaign)
        before = sums(world)
        credit = world.derived()["credit"]
        for day in days:
            close_orders(connection, at(day, 0))
            assert sums(world) == before
            assert sums(world) == {name: world.rebuilt()[name] for name in SUMS}
        kept = {(row[0], row[1]) for row in world.rows("SELECT system, order_id FROM shop_order")}
        assert world.derived()["credit"] == [row for row in credit if (row[0], row[1]) in kept]
    engine.dispose()


def busy(world: World) -> list[int]:
    """Import a customer who comes back, a shared order, a click, a cancelled order, a sale of two systems."""
    first = world.batch(
        {
            "shop_order": [
                order("1", 2, 10_000, customer_key="kim", refunded=1_000),
                order("2", 3, 8_000, customer_key="lou"),
                order("3", 3, 5_000, cancelled_at=at(4), status="cancelled"),
                order("4", 4, 6_000, sale_key="tiktok_shop/9"),
                order("9", 4, 6_000, system="tiktok_shop", sale_key="tiktok_shop/9"),
            ],
            "order_claim": [
                claim("1", "ADA10"),
                claim("1", "BEA10", position=1),
                claim("3", "ADA10"),
                claim("9", "bea", "affiliate", system="tiktok_shop", video_id="7"),
            ],
            "touch": [{"person_key": "lou", "at": at(2), "link_key": "ada-link"}],
        }
    )
    second = world.batch(
        {
            "shop_order": [
                order("5", 20, 4_000, customer_key="kim"),
                order("6", 21, 3_000, customer_key="kim"),
                order("7", 22, 2_000, customer_key="mia"),
            ],
            "order_claim": [claim("6", "BEA10"), claim("7", "BEA10")],
        }
    )
    return [first, second]


@pytest.fixture
def world(store: Store):
    with store.writing("test") as connection:
        yield World(connection)


def test_the_rows_go_and_the_figures_stay_on_both_databases(world):
    busy(world)
    before = sums(world)
    done = close_orders(world.connection, at(10, 0))
    assert done.orders == 5
    assert old_rows(world, at(10, 0)) == 0
    for table in ("order_claim", "order_line", "credit", "left_out_order"):
        assert world.rows(f"SELECT 1 FROM {table} WHERE order_id IN ('1', '2', '3', '4', '9')") == []
    assert sums(world) == before
    assert {name: world.rebuilt()[name] for name in SUMS} == before
    assert world.value("SELECT closed_before FROM workspace") == at(10, 0)


def test_of_closed_orders_nobody_can_be_told(world):
    busy(world)
    close_orders(world.connection, at(10, 0))
    people = {row[0] for row in world.rows("SELECT customer_key FROM shop_order")}
    assert people == {"kim", "mia"}
    assert world.rows("SELECT customer_key FROM earlier_buyer") == [("kim",)], "lou is forgotten"


def test_who_bought_before_is_not_new_as_long_as_an_order_of_theirs_is_here(world):
    _, second = busy(world)
    close_orders(world.connection, at(10, 0))
    new = "SELECT is_new_customer FROM credit WHERE order_id = :one"
    rebuilt = world.rebuilt()
    assert rebuilt["credit"]
    assert not world.value(new, one="6")
    assert world.value(new, one="7")
    close_orders(world.connection, at(30, 0))
    assert world.rows("SELECT 1 FROM earlier_buyer") == []
    assert old_rows(world, at(30, 0)) == 0
    world.undo(second)


def test_undoing_an_import_takes_its_closed_orders_along(world):
    first, second = busy(world)
    alone = sums(world)
    world.undo(first)
    without = sums(world)
    assert without != alone
    again = world.batch(
        {
            "shop_order": [order("1", 2, 10_000, customer_key="kim"), order("2", 3, 8_000)],
            "order_claim": [claim("1", "ADA10"), claim("2", "ADA10")],
        }
    )
    assert sums(world) != without
    close_orders(world.connection, at(10, 0))
    world.undo(again)
    assert sums(world) == without, "kim is new again, and came by the code on order 6"
    assert sums(world) == {name: world.rebuilt()[name] for name in SUMS}
    world.undo(second)
    assert sums(world) == {name: world.rebuilt()[name] for name in SUMS}


def test_a_sale_of_two_systems_stays_whole(world):
    world.batch(
        {
            "shop_order": [
                order("4", 4, 6_000, sale_key="tiktok_shop/9"),
                order("9", 12, 6_000, system="tiktok_shop"),
            ],
            "order_claim": [claim("9", "bea", "affiliate", system="tiktok_shop")],
        }
    )
    assert close_orders(world.connection, at(10, 0)).orders == 0
    assert len(world.rows("SELECT 1 FROM shop_order")) == 2


def test_a_later_order_waits_for_an_earlier_one_that_stays(world):
    world.batch(
        {
            "shop_order": [
                order("1", 2, 6_000, customer_key="kim", sale_key="tiktok_shop/9"),
                order("9", 12, 6_000, system="tiktok_shop"),
                order("2", 5, 3_000, customer_key="kim"),
            ],
            "order_claim": [claim("1", "ADA10"), claim("2", "ADA10")],
        }
    )
    before = sums(world)
    assert close_orders(world.connection, at(10, 0)).orders == 0
    assert sums(world) == before


def test_old_clicks_go_and_clicks_that_may_count_stay(world):
    world.batch(
        {
            "touch": [
                {"person_key": "kim", "at": at(1), "link_key": "ada-link"},
                {"person_key": "kim", "at": at(58), "link_key": "ada-link"},
            ]
        }
    )
    assert close_orders(world.connection, at(60, 0)).clicks == 1
    assert world.rows("SELECT at FROM touch") == [(at(58),)]


def test_a_figure_that_would_move_stops_it(world, monkeypatch):
    busy(world)
    monkeypatch.setattr("core.rollups.closing._keep_later_orders", lambda *_: None)
    with pytest.raises(SumsDifferError):
        close_orders(world.connection, at(10, 0))


def test_all_that_a_shop_sold_is_kept_by_day(world):
    busy(world)
    close_orders(world.connection, at(10, 0))
    rows = world.rows(
        "SELECT system, status, orders, known, amount FROM closed_sale ORDER BY day, system, status"
    )
    assert rows == [
        ("shopify", "paid", 1, 1, 9_000),
        ("shopify", "cancelled", 1, 1, 5_000),
        ("shopify", "paid", 1, 1, 8_000),
        ("shopify", "paid", 1, 1, 6_000),
        ("tiktok_shop", "paid", 1, 1, 6_000),
    ]


def test_a_claim_that_names_a_closed_order_by_number_goes(world):
    world.batch(
        {
            "shop_order": [order("77", 2, order_name="#1001"), order("78", 20, order_name="#1002")],
            "order_claim": [
                claim("1001", "ada-link", "link", system=""),
                claim("1002", "ada-link", "link", system=""),
            ],
        }
    )
    before = sums(world)
    close_orders(world.connection, at(10, 0))
    assert sums(world) == before
    assert world.rows("SELECT order_id FROM order_claim") == [("1002",)]


def test_closing_nothing_says_so_and_still_moves_the_line(world):
    assert close_orders(world.connection, at(10, 0)).orders == 0
    assert world.connection.execute(text("SELECT closed_before FROM workspace")).scalar() == at(10, 0)
