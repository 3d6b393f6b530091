"""Lifetime, period and daily figures of videos and ads become one number per day."""

from __future__ import annotations

import pytest

from tests.core.rollups.world import World, ad, day, order, stat, video_id

V = video_id(1)
FACT = {"video_fact": [{"video_id": V, "handle": "ada", "caption": "x"}]}


def days_of(world: World, column: str, traffic: str = "total") -> dict[int, int | None]:
    rows = world.rows(
        f"SELECT day, {column} FROM video_day WHERE video_id = :v AND traffic = :t ORDER BY day",
        v=V,
        t=traffic,
    )
    return {number - day(1) + 1: value for number, value in rows}


def test_lifetime_counts_enter_as_the_rise_since_the_snapshot_before(world: World) -> None:
    world.batch({"stat": [stat(V, "lifetime", 3, views=100), stat(V, "lifetime", 7, views=160)]})
    assert days_of(world, "views") == {3: 100, 7: 60}


def test_a_snapshot_found_later_for_a_day_in_between_splits_the_rise(world: World) -> None:
    world.batch({"stat": [stat(V, "lifetime", 3, views=100), stat(V, "lifetime", 7, views=160)]})
    world.batch({"stat": [stat(V, "lifetime", 5, views=130)]})
    assert days_of(world, "views") == {3: 100, 5: 30, 7: 30}


def test_a_smaller_later_count_is_a_fall(world: World) -> None:
    world.batch({"stat": [stat(V, "lifetime", 3, likes=10), stat(V, "lifetime", 4, likes=8)]})
    assert days_of(world, "likes") == {3: 10, 4: -2}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [
                stat(V, "lifetime", 5, views=100),
                stat(V, "period", 1, 5, views=70),
                stat(V, "daily", 2, views=9),
            ],
            {5: 100},
        ),
        (
            [stat(V, "period", 1, 5, views=70), stat(V, "daily", 2, views=9), stat(V, "daily", 9, views=9)],
            {5: 70},
        ),
        ([stat(V, "daily", 2, views=9), stat(V, "daily", 3, views=4)], {2: 9, 3: 4}),
    ],
    ids=["lifetime wins", "else period", "else daily"],
)
def test_kinds_of_figures_of_one_video_are_never_added(world: World, rows: list, expected: dict) -> None:
    world.batch({"stat": rows})
    assert days_of(world, "views") == expected


def test_each_measure_takes_its_own_best_kind(world: World) -> None:
    world.batch(
        {"stat": [stat(V, "lifetime", 5, views=100), stat(V, "period", 1, 4, views=70, shop_orders=3)]}
    )
    assert days_of(world, "views") == {4: None, 5: 100}
    assert days_of(world, "shop_orders") == {4: 3, 5: None}


def test_a_corrected_day_counts_once_by_the_age_of_the_export_not_of_the_upload(world: World) -> None:
    world.batch({"stat": [stat(V, "daily", 2, views=9)]}, as_of=20)
    world.batch({"stat": [stat(V, "daily", 2, views=5)]}, as_of=10)
    assert days_of(world, "views") == {2: 9}


def test_what_the_newest_export_does_not_state_is_taken_from_an_older_one(world: World) -> None:
    world.batch({"stat": [stat(V, "lifetime", 2, views=9, saves=4)]}, as_of=10)
    world.batch({"stat": [stat(V, "lifetime", 2, views=10)]}, as_of=20)
    assert days_of(world, "views") == {2: 10}
    assert days_of(world, "saves") == {2: 4}


def test_an_exact_count_beats_a_newer_rounded_one_of_the_same_day(world: World) -> None:
    world.batch({"stat": [stat(V, "lifetime", 2, views=12_345)]}, as_of=10)
    world.batch({"stat": [stat(V, "lifetime", 2, views=12_300, is_rounded=True)]}, as_of=20)
    assert days_of(world, "views") == {2: 12_345}


def test_zero_is_kept_apart_from_unknown(world: World) -> None:
    world.batch({"stat": [stat(V, "daily", 2, views=0), stat(V, "daily", 3, likes=1)]})
    assert days_of(world, "views") == {2: 0, 3: None}


def test_rows_of_an_age_group_are_no_totals(world: World) -> None:
    world.batch({"stat": [ad("a", "period", 1, 5, video_id=V, cost=100, breakdown="age=18-24")]})
    assert days_of(world, "cost", "paid") == {}


def test_ads_of_one_video_are_added_and_days_beat_the_period_around_them(world: World) -> None:
    world.batch(FACT)
    world.batch(
        {
            "stat": [
                ad("a", "daily", 2, video_id=V, cost=10),
                ad("a", "daily", 3, video_id=V, cost=20),
                ad("a", "period", 1, 5, video_id=V, cost=30),
                ad("a", "period", 10, 12, video_id=V, cost=7),
                ad("b", "period", 1, 5, video_id=V, cost=50),
            ]
        }
    )
    assert days_of(world, "cost", "paid") == {2: 10, 3: 20, 5: 50, 12: 7}


def test_of_overlapping_periods_of_an_ad_the_newest_counts_then_the_longest(world: World) -> None:
    world.batch(FACT)
    world.batch({"stat": [ad("a", "period", 1, 7, video_id=V, cost=70)]}, as_of=1)
    world.batch(
        {
            "stat": [
                ad("a", "period", 5, 6, video_id=V, cost=99),
                ad("a", "period", 5, 11, video_id=V, cost=60),
            ]
        },
        as_of=2,
    )
    assert days_of(world, "cost", "paid") == {11: 60}


def test_organic_is_total_less_paid_where_an_ads_file_names_the_video(world: World) -> None:
    world.batch(
        {
            "stat": [
                stat(V, "lifetime", 5, views=100),
                ad("a", "daily", 4, video_id=V, views=30),
                ad("a", "daily", 9, video_id=V, views=40),
            ]
        }
    )
    assert (
        sum(days_of(world, "views", "organic").values()) == 70
    )  # what was bought after day 5 is in no total yet
    assert sum(days_of(world, "views", "paid").values()) == 70


def test_total_is_organic_and_paid_together_where_nobody_states_it(world: World) -> None:
    world.batch(
        {
            "stat": [
                stat(V, "daily", 2, views=100, traffic="organic"),
                ad("a", "daily", 2, video_id=V, views=30),
            ]
        }
    )
    assert days_of(world, "views") == {2: 130}


def test_paid_views_alone_are_no_total_but_what_only_ads_have_is(world: World) -> None:
    world.batch(FACT)
    world.batch({"stat": [ad("a", "daily", 2, video_id=V, views=30, impressions=90)]})
    assert days_of(world, "views") == {2: None}
    assert days_of(world, "impressions") == {2: 90}


def test_reach_stands_as_a_range_and_is_never_added(world: World) -> None:
    world.batch({"stat": [stat(V, "lifetime", 2, reach=50), stat(V, "lifetime", 4, reach=80)]})
    assert (days_of(world, "reach"), days_of(world, "reach_most")) == ({2: 50, 4: 80}, {2: 50, 4: 80})
    world.batch(
        {
            "stat": [
                ad("a", "daily", 2, video_id=V, reach=10),
                ad("a", "daily", 3, video_id=V, reach=30),
                ad("b", "daily", 3, video_id=V, reach=5),
            ]
        }
    )
    assert days_of(world, "reach", "paid") == {2: 10, 3: 30}
    assert days_of(world, "reach_most", "paid") == {2: 10, 3: 45}


def test_money_is_in_the_currency_of_the_videos_campaign_or_unknown(world: World) -> None:
    world.batch(FACT)
    world.batch(
        {
            "stat": [
                ad("a", "daily", 2, video_id=V, cost=100, currency="EUR"),
                ad("b", "daily", 2, video_id=V, cost=7),
            ]
        }
    )
    assert days_of(world, "cost", "paid") == {2: 7}
    from core.rollups import rebuild_campaign
    from tests.core.rollups.world import put

    put(world.connection, "exchange_rate", currency="EUR", into="USD", day=day(2), rate=1.25)
    rebuild_campaign(world.connection, 1)
    assert days_of(world, "cost", "paid") == {2: 132}
    assert world.value("SELECT cost FROM creator_total WHERE traffic = 'paid'") == 132


def test_a_video_of_which_only_figures_are_known_exists(world: World) -> None:
    world.batch({"stat": [ad("a", "daily", 2, video_id=V, cost=1, handle="ada")]})
    assert world.rows("SELECT video_id, handle, campaign_id, posted_day FROM video") == [
        (V, "ada", 1, day(2))
    ]


def test_an_order_touches_no_video(world: World) -> None:
    world.batch({"shop_order": [order("1", 2)]})
    assert world.rows("SELECT * FROM video") == []
