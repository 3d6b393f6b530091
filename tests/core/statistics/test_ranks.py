"""Standings: chances add up, and equal creators get no best."""

from __future__ import annotations

import numpy as np
import pytest

from core.statistics.ranks import best_of, chance_better, chances_above, standings
from core.statistics.rates import RateFit, fit_rates
from tests.core.statistics.made_up import everybody, made_up


def test_a_creator_that_is_always_first_is_better_than_all_peers() -> None:
    draws = np.array([np.full(50, level) for level in (3.0, 1.0, 2.0)])
    first, last, middle = standings(draws)
    assert (first.percentile, first.above_median, first.top_quarter) == (1, 1, 1)
    assert (last.percentile, last.above_median) == (0, 0)
    assert (middle.percentile, middle.above_median) == (0.5, 0.5)


def test_where_less_is_better_the_order_turns_around() -> None:
    draws = np.array([np.full(50, level) for level in (3.0, 1.0, 2.0)])
    assert standings(draws, is_high_good=False)[1].percentile == 1
    assert best_of(draws, is_high_good=False).creator == 1
    assert chance_better(draws[0], draws[1], is_high_good=False) == 0
    assert chances_above(draws, 2.5, is_high_good=False).tolist() == [0, 1, 1]


def test_chances_above_the_median_average_to_one_half() -> None:
    draws = np.random.default_rng(1).standard_normal((15, 400))
    assert np.mean([one.above_median for one in standings(draws)]) == pytest.approx(0.5, abs=0.001)


def test_of_two_creators_the_chances_add_up_to_one() -> None:
    one, other = np.random.default_rng(1).standard_normal((2, 400))
    assert chance_better(one, other) + chance_better(other, one) == pytest.approx(1)
    assert chance_better(one, one) == 0.5


def test_a_single_creator_is_not_called_the_best() -> None:
    assert not best_of(np.ones((1, 10))).is_clear


def test_equal_creators_hardly_ever_get_a_best() -> None:
    rng = np.random.default_rng(21)
    singled_out = 0
    for number in range(200):
        data = made_up(rng, creators=20, spread=0.0, most=5)
        fit = fit_rates(data.owner, data.events, data.views, everybody(20))
        assert isinstance(fit, RateFit)
        singled_out += best_of(fit.posteriors.draws(300, number)).is_clear
    assert singled_out <= 10  # of 200 campaigns: 5 %


def test_a_creator_three_times_as_good_is_found() -> None:
    rng = np.random.default_rng(22)
    data = made_up(rng, creators=20, spread=0.1, most=12)
    events = np.where(data.owner == 4, 3 * data.events, data.events)
    owner = np.append(data.owner, [4] * 8)
    views = np.append(data.views, [5_000.0] * 8)
    fit = fit_rates(owner, np.append(events, [180.0] * 8), views, everybody(20))
    assert isinstance(fit, RateFit)
    found = best_of(fit.posteriors.draws(500, 1))
    assert found.creator == 4
    assert found.is_clear
