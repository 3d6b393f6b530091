"""Equal creators do not stand out; truly different ones do."""

from __future__ import annotations

import numpy as np
import pytest

from core.statistics.results import rate_draws


def flags(results, amounts, seed):
    draws = 1 / rate_draws(results, amounts, draws=2_000, seed=seed)
    middle = np.median(draws.mean(axis=1))
    low, high = np.quantile(draws, [0.05, 0.95], axis=1)
    return (high < middle), (low > middle)


def test_twenty_equal_creators_seldom_get_a_winner():
    singled_out = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        amounts = rng.lognormal(np.log(1_000), 0.5, 20)
        results = rng.poisson(amounts * 0.03).astype(float)
        winners, _ = flags(results, amounts, seed)
        singled_out += bool(winners.any())
    assert singled_out <= 16, "5 % of 200, and two standard errors"


def test_a_creator_who_is_twice_as_good_is_seen():
    seen = 0
    for seed in range(50):
        rng = np.random.default_rng(seed)
        amounts = np.full(8, 1_000.0)
        rates = np.r_[0.08, np.full(7, 0.03)]
        winners, _ = flags(rng.poisson(amounts * rates).astype(float), amounts, seed)
        seen += bool(winners[0])
    assert seen >= 45


def test_nine_of_ten_true_rates_lie_in_their_interval():
    inside = total = 0
    for seed in range(150):
        rng = np.random.default_rng(seed)
        amounts = rng.lognormal(np.log(1_000), 0.5, 10)
        rates = 0.03 * rng.gamma(1 / 0.4**2, 0.4**2, 10)
        draws = rate_draws(rng.poisson(amounts * rates).astype(float), amounts, draws=2_000, seed=seed)
        low, high = np.quantile(draws, [0.05, 0.95], axis=1)
        inside += int(((low <= rates) & (rates <= high)).sum())
        total += 10
    assert 0.87 <= inside / total <= 0.93


def test_money_in_another_unit_changes_nothing_but_the_unit():
    results, amounts = np.array([30.0, 12.0, 0.0]), np.array([1_000.0, 900.0, 400.0])
    one, other = rate_draws(results, amounts), rate_draws(results, amounts * 100)
    assert other * 100 == pytest.approx(one)
