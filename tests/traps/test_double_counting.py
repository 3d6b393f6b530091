"""The classical wrong answers of derived data, each pinned by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.rollups.world import World, ad, at, claim, day, open_engine, order, stat, video_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    engine = open_engine(tmp_path / "store.db")
    with engine.begin() as connection:
        yield World(connection)
    engine.dispose()


def creator_sum(world: World, column: str, traffic: str = "total") -> int | None:
    return world.value(
        f"SELECT SUM({column}) FROM creator_total WHERE campaign_id = 1 AND traffic = :t", t=traffic
    )


def test_an_order_does_not_fan_out_over_the_creators_videos(world: World) -> None:
    world.batch(
        {
            "video_fact": [{"video_id": video_id(n), "handle": "ada"} for n in range(3)],
            "stat": [stat(video_id(n), "lifetime", 3, views=1) for n in range(3)],
        }
    )
    world.batch({"shop_order": [order("1", 3)], "order_claim": [claim("1", "ADA10")]})
    assert (creator_sum(world, "orders"), creator_sum(world, "revenue")) == (1, 10_000)


def test_an_order_with_several_lines_is_one_order(world: World) -> None:
    world.batch(
        {
            "shop_order": [order("1", 3)],
            "order_line": [{"system": "shopify", "order_id": "1", "line": n} for n in range(3)],
            "order_claim": [claim("1", "ADA10")],
        }
    )
    assert creator_sum(world, "orders") == 1


def test_lifetime_snapshots_are_not_added(world: World) -> None:
    v = video_id(1)
    world.batch(
        {
            "video_fact": [{"video_id": v, "handle": "ada"}],
            "stat": [stat(v, "lifetime", on, views=1000 + on) for on in range(2, 9)],
        }
    )
    assert creator_sum(world, "views") == 1008


def test_overlapping_exports_count_a_day_once(world: World) -> None:
    v = video_id(1)
    world.batch(
        {
            "video_fact": [{"video_id": v, "handle": "ada"}],
            "stat": [stat(v, "daily", on, views=10) for on in range(2, 7)],
        },
        as_of=1,
    )
    world.batch({"stat": [stat(v, "daily", on, views=10) for on in range(4, 9)]}, as_of=2)
    assert creator_sum(world, "views") == 70


def test_reach_is_in_no_sum(world: World) -> None:
    for number in (1, 2):
        world.batch(
            {
                "video_fact": [{"video_id": video_id(number), "handle": "ada"}],
                "stat": [stat(video_id(number), "lifetime", 3, reach=100, views=1)],
            }
        )
    assert creator_sum(world, "reach") is None


def test_bought_views_are_not_added_to_the_total_that_contains_them(world: World) -> None:
    v = video_id(1)
    world.batch(
        {
            "video_fact": [{"video_id": v, "handle": "ada"}],
            "stat": [stat(v, "lifetime", 5, views=100), ad("a", "daily", 4, video_id=v, views=30)],
        }
    )
    assert [creator_sum(world, "views", traffic) for traffic in ("total", "organic", "paid")] == [100, 70, 30]


def test_currencies_are_not_mixed(world: World) -> None:
    world.batch(
        {
            "shop_order": [order("1", 3), order("2", 3, 999_999, currency="IDR")],
            "order_claim": [claim("1", "ADA10"), claim("2", "ADA10")],
        }
    )
    assert (creator_sum(world, "orders"), creator_sum(world, "revenue")) == (1, 10_000)


def test_a_day_is_the_campaigns_day_and_not_that_of_utc(world: World) -> None:
    world.connection.exec_driver_sql("UPDATE campaign SET zone = 'America/New_York' WHERE id = 1")
    world.batch(
        {"shop_order": [order("1", 3) | {"created_at": at(3, hour=2)}], "order_claim": [claim("1", "ADA10")]}
    )
    assert world.value("SELECT day FROM credit") == day(2)


def test_unknown_is_not_zero(world: World) -> None:
    v = video_id(1)
    world.batch({"video_fact": [{"video_id": v, "handle": "ada"}], "stat": [stat(v, "lifetime", 3, views=5)]})
    assert creator_sum(world, "saves") is None
