from __future__ import annotations

import math

import numpy as np
import pytest
from statsmodels.stats.power import NormalIndPower, TTestPower

from core.statistics.planning import (
    RATE_OF_ACTING,
    VIEWS,
    Spread,
    Way,
    cheapest_way,
    detectable_inside,
    detectable_whole,
    needed_creators,
    needed_videos,
    people_per_arm,
    shift,
    spread_of_rates,
    spread_of_values,
)
from core.statistics.refused import Refused
from tests.core.statistics.campaigns import campaign


@pytest.mark.parametrize(
    ("creators", "videos", "hooks", "clicks", "views"),
    [
        (4, 4, 0.77, 2.04, 19.01),
        (6, 4, 0.47, 1.11, 6.54),
        (8, 6, 0.30, 0.65, 2.79),
        (12, 6, 0.22, 0.47, 1.79),
        (20, 10, 0.13, 0.26, 0.81),
        (30, 20, 0.08, 0.15, 0.41),
    ],
)
def test_detectable_lifts_are_the_published_table(creators, videos, hooks, clicks, views):
    assert detectable_inside(creators, videos, 0.25, reactions=0.10) == pytest.approx(hooks, abs=0.006)
    assert detectable_inside(creators, videos, 0.5) == pytest.approx(clicks, abs=0.006)
    assert detectable_inside(creators, videos, 1.4) == pytest.approx(views, abs=0.006)


def test_whole_creators_find_far_less_and_their_past_helps():
    assert detectable_whole(12, 4, RATE_OF_ACTING) == pytest.approx(0.95, abs=0.01)
    assert detectable_whole(12, 4, RATE_OF_ACTING, has_history=True) == pytest.approx(0.56, abs=0.01)
    assert detectable_whole(12, 4, VIEWS) == pytest.approx(6.25, abs=0.02)


@pytest.mark.parametrize("creators", [4, 9, 25])
def test_the_power_is_that_of_statsmodels(creators):
    effect = shift(creators - 1) / math.sqrt(creators)
    power = TTestPower().power(effect, creators, 0.05, alternative="two-sided")
    assert power == pytest.approx(0.8, abs=1e-4)


def test_an_audience_split_needs_the_classical_size():
    assert people_per_arm(0.02, 0.022) == pytest.approx(80_681, abs=1)
    found = people_per_arm(0.10, 0.12)
    arcsine = 2 * math.asin(math.sqrt(0.12)) - 2 * math.asin(math.sqrt(0.10))
    assert found == pytest.approx(NormalIndPower().solve_power(arcsine, power=0.8, alpha=0.05), rel=0.01)


@pytest.mark.parametrize("shares", [(0.1, 0.1), (0, 0.1), (0.5, 1), (-1, 0.2)])
def test_impossible_shares_are_refused(shares):
    assert isinstance(people_per_arm(*shares), Refused)


def test_needed_sizes_find_the_wished_lift_and_one_less_does_not():
    creators = needed_creators(0.5, 6, 0.5)
    assert isinstance(creators, int)
    assert detectable_inside(creators, 6, 0.5) <= 0.5 < detectable_inside(creators - 1, 6, 0.5)
    videos = needed_videos(0.5, 10, 0.5)
    assert isinstance(videos, int)
    assert detectable_inside(10, videos, 0.5) <= 0.5 < detectable_inside(10, videos - 2, 0.5)


def test_no_number_of_videos_makes_up_for_creators():
    found = needed_videos(0.05, 5, 0.5)
    assert isinstance(found, Refused)
    assert "creators" in found.cure
    assert isinstance(needed_creators(0.001, 6, 1.4), Refused)


def test_too_little_to_plan_with_finds_nothing():
    assert detectable_inside(1, 6, 0.5) == math.inf
    assert detectable_inside(8, 1, 0.5) == math.inf
    assert detectable_whole(1, 4, VIEWS) == math.inf


def test_the_cheapest_way_is_the_cheapest_of_all_ways():
    fees = [40_000, 10_000, 12_000, 9_000, 30_000, 11_000, 8_000, 25_000, 10_500, 14_000]
    found = cheapest_way(0.6, 0.5, fees)
    assert isinstance(found, Way)
    costs = [
        sum(sorted(fees)[:count]) * videos
        for videos in range(2, 13, 2)
        for count in range(4, 11)
        if detectable_inside(count, videos, 0.5) <= 0.6
    ]
    assert found.cost_minor == min(costs)
    assert sum(fees[at] for at in found.creators) * found.videos_each == found.cost_minor
    assert isinstance(cheapest_way(0.05, 0.5, fees), Refused)
    assert isinstance(cheapest_way(0.5, 0.5, []), Refused)


def test_own_history_gives_back_the_spread_it_was_made_with():
    rng = np.random.default_rng(0)
    who = np.repeat(np.arange(60), 8)
    logs = rng.normal(8, 1.2, 60)[who] + rng.normal(0, 0.7, len(who))
    found = spread_of_values(who.tolist(), np.exp(logs).tolist())
    assert isinstance(found, Spread)
    assert found.within == pytest.approx(0.7, abs=0.05)
    assert found.between == pytest.approx(1.2, abs=0.25)
    assert found.low < 0.7 < found.high


def test_own_history_of_a_rate_gives_back_its_spread():
    made = campaign(4, creators=60, videos=8)
    found = spread_of_rates(made.creators, made.clicks, made.views)
    assert isinstance(found, Spread)
    assert found.within == pytest.approx(0.5, abs=0.08)
    assert (found.creators, found.videos) == (60, 480)


def test_a_short_history_is_refused():
    assert isinstance(spread_of_values(["a", "a"], [1.0, 2.0]), Refused)
    assert isinstance(spread_of_values([], []), Refused)
    assert isinstance(spread_of_rates(["a"] * 30, [0.0] * 30, [10.0] * 30), Refused)
