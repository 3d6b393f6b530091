"""What is usual: against numpy and the exact test of scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from core.statistics.quantiles import Quantile, creator_quantiles, fewest_creators, weighted_quantiles
from core.statistics.refusals import Lack, NotEnough


def test_equal_weights_give_the_quantiles_of_numpy() -> None:
    values = np.random.default_rng(1).standard_normal(31)
    shares = [0.25, 0.5, 0.75, 0.9]
    ours = weighted_quantiles(values, np.ones(31), shares)
    assert ours == pytest.approx(np.quantile(values, shares, method="hazen"))


def test_a_creator_with_many_videos_weighs_no_more_than_one_with_few() -> None:
    owner = np.repeat(np.arange(7), [60, 1, 1, 1, 1, 1, 1])
    values = np.where(owner == 0, 100.0, owner.astype(float))
    (median,) = creator_quantiles(owner, values, [0.5])
    assert isinstance(median, Quantile)
    assert median.value <= 5
    assert np.median(values) == 100


@pytest.mark.parametrize(("share", "fewest"), [(0.5, 6), (0.25, 13), (0.75, 13), (0.9, 36)])
def test_below_the_smallest_number_no_interval_exists_and_from_it_on_one_does(
    share: float, fewest: int
) -> None:
    assert fewest_creators(share) == fewest
    for count, exists in ((fewest - 1, False), (fewest, True)):
        exact = stats.quantile_test(np.arange(count), p=share).confidence_interval(0.95)
        assert bool(np.isfinite([exact.low, exact.high]).all()) is exists


def test_too_few_creators_are_a_refusal_that_says_what_would_be_enough() -> None:
    owner = np.arange(7)
    low, median, _ = creator_quantiles(owner, owner.astype(float))
    assert isinstance(median, Quantile)
    assert low == NotEnough(lack=Lack.CREATORS, have=7, need=13)
    assert low.missing == 6


def test_intervals_hold_the_true_median_in_nine_of_ten_cases() -> None:
    rng = np.random.default_rng(3)
    inside = 0
    for number in range(150):
        owner = np.repeat(np.arange(25), rng.integers(1, 10, 25))
        values = rng.standard_normal(25)[owner] + 0.7 * rng.standard_normal(len(owner))
        (median,) = creator_quantiles(owner, values, [0.5], rounds=200, seed=number)
        assert isinstance(median, Quantile)
        inside += median.low <= 0 <= median.high
    assert 0.83 <= inside / 150 <= 0.97


def test_no_values_are_an_error() -> None:
    with pytest.raises(ValueError, match="weights above 0"):
        weighted_quantiles(np.array([]), np.array([]), [0.5])


def test_no_creators_are_a_refusal() -> None:
    (median,) = creator_quantiles(np.array([], dtype=int), np.array([]), [0.5])
    assert median == NotEnough(lack=Lack.CREATORS, have=0, need=6)
