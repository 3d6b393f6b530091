"""Rates: against slow sums of the same formula, and laws that any honest estimate obeys."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from core.statistics.peers import Peers, peer_groups
from core.statistics.posteriors import Posteriors
from core.statistics.rates import RateFit, fit_alone, fit_rates
from core.statistics.refusals import Lack, NotEnough
from tests.core.statistics.made_up import SCATTERS, MadeUp, everybody, made_up


def fitted(data: MadeUp, peers: Peers | None = None) -> RateFit:
    fit = fit_rates(data.owner, data.events, data.views, peers or everybody(len(data.log_rates)))
    assert isinstance(fit, RateFit)
    return fit


def slow_means(data: MadeUp, shape: float) -> np.ndarray:
    """Return posterior means of log rates by plain sums over one wide grid, k given."""
    grid = np.linspace(np.log(0.0005), np.log(0.5), 1_500)
    logs = np.zeros((len(data.log_rates), len(grid)))
    for owner, events, views in zip(data.owner, data.events, data.views, strict=True):
        mean = views * np.exp(grid)
        logs[owner] += stats.nbinom.logpmf(events, shape, shape / (shape + mean))
    likelihood = np.exp(logs - logs.max(axis=1, keepdims=True))
    total, weights = 0.0, []
    for spread in np.geomspace(0.03, 2.5, 40):
        for middle in np.linspace(np.log(0.005), np.log(0.03), 61):
            layer = likelihood * stats.norm.pdf(grid, middle, spread)
            evidence = layer.sum(axis=1)
            prior = -np.log1p((spread / 0.5) ** 2) + np.log(spread)
            weights.append((np.log(evidence).sum() + prior, layer @ grid / evidence))
    best = max(height for height, _ in weights)
    total = sum(np.exp(height - best) for height, _ in weights)
    return np.asarray(sum(np.exp(height - best) * means for height, means in weights) / total)


def test_estimates_agree_with_plain_sums_over_a_wide_grid() -> None:
    data = made_up(np.random.default_rng(5), creators=14, spread=0.4, scatter="gamma")
    fit = fitted(data)
    own = np.sum(fit.posteriors.points * fit.posteriors.mass, axis=1)
    assert own == pytest.approx(slow_means(data, fit.steadiness), abs=0.03)


@pytest.mark.parametrize("scatter", SCATTERS)
def test_nine_of_ten_true_rates_lie_in_their_interval(scatter: str) -> None:
    rng = np.random.default_rng(11)
    inside = []
    for _ in range(25):
        data = made_up(rng, creators=30, spread=0.4, scatter=scatter)
        low, high = np.log(fitted(data).posteriors.intervals()).T
        inside.append(np.mean((low <= data.log_rates) & (data.log_rates <= high)))
    assert 0.85 <= np.mean(inside) <= 0.94  # 750 intervals; the bench asks for 0.87 to 0.93 of many more


def test_small_samples_are_pulled_to_their_peers_and_large_ones_are_not() -> None:
    owner = np.repeat(np.arange(20), [1, 30, *[6] * 18])
    rng = np.random.default_rng(2)
    views = np.full(len(owner), 10_000.0)
    rates = np.where(owner < 2, 0.03, 0.01)
    events = rng.poisson(views * rates * rng.gamma(4, 1 / 4, len(owner))).astype(float)
    events[owner == 0] = 300
    fit = fit_rates(owner, events, views, everybody(20))
    assert isinstance(fit, RateFit)
    one, many = fit.posteriors.means()[:2]
    assert 0.01 < one < 0.027
    assert many == pytest.approx(fit.raw[1], rel=0.1)


def test_counting_every_view_twice_does_not_halve_the_interval() -> None:
    data = made_up(np.random.default_rng(8), creators=15, spread=0.4)
    once = np.log(fitted(data).posteriors.intervals())
    twice = MadeUp(owner=data.owner, events=2 * data.events, views=2 * data.views, log_rates=data.log_rates)
    doubled = np.log(fitted(twice).posteriors.intervals())
    assert np.median(np.diff(doubled) / np.diff(once)) > 0.85


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_videos_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    data = made_up(rng, creators=9, spread=0.5)
    order = rng.permutation(len(data.owner))
    mixed = MadeUp(
        owner=data.owner[order], events=data.events[order], views=data.views[order], log_rates=data.log_rates
    )
    assert fitted(mixed).posteriors.means() == pytest.approx(fitted(data).posteriors.means(), rel=1e-6)


def test_more_videos_narrow_the_interval_on_average() -> None:
    widths = []
    for most in (3, 12):
        rng = np.random.default_rng(4)
        fits = [fitted(made_up(rng, creators=20, spread=0.4, most=most)) for _ in range(4)]
        widths.append(np.mean([np.diff(np.log(fit.posteriors.intervals())) for fit in fits]))
    assert widths[1] < widths[0]


def test_a_creator_without_videos_is_expected_to_be_like_its_peers() -> None:
    data = made_up(np.random.default_rng(6), creators=12, spread=0.4)
    peers = peer_groups([], [True] * 12 + [False])
    assert isinstance(peers, Peers)
    fit = fit_rates(data.owner, data.events, data.views, peers)
    assert isinstance(fit, RateFit)
    assert np.isnan(fit.raw[12])
    assert np.exp(fit.posteriors.quantiles([0.5]))[12, 0] == pytest.approx(fit.usual[0], rel=0.05)


def test_the_range_of_the_next_video_is_wider_than_the_interval_of_the_rate() -> None:
    fit = fitted(made_up(np.random.default_rng(6), creators=12, spread=0.4))
    low, high = fit.posteriors.intervals()[0]
    next_low, next_high = fit.next_video(0)
    assert next_low < low < high < next_high


def test_creators_of_whom_nothing_was_counted_still_get_an_upper_end() -> None:
    data = made_up(np.random.default_rng(6), creators=12, spread=0.4)
    events = np.where(data.owner == 3, 0.0, data.events)
    fit = fit_rates(data.owner, events, data.views, everybody(12))
    assert isinstance(fit, RateFit)
    low, high = fit.posteriors.intervals()[3]
    assert 0 < low < high < fit.usual[0]


def test_no_event_at_all_is_a_refusal() -> None:
    data = made_up(np.random.default_rng(6), creators=12, spread=0.4)
    assert fit_rates(data.owner, data.events * 0, data.views, everybody(12)) == NotEnough(
        lack=Lack.EVENTS, have=0, need=1
    )


def test_numbers_that_no_count_can_be_are_an_error() -> None:
    owner = np.zeros(1, dtype=int)
    with pytest.raises(ValueError, match="events"):
        fit_rates(owner, np.array([-1.0]), np.array([10.0]), everybody(9))
    with pytest.raises(ValueError, match="exposures"):
        fit_rates(owner, np.array([1.0]), np.array([0.0]), everybody(9))


def test_one_steady_video_alone_has_about_the_range_of_a_poisson_count_or_a_wider_one() -> None:
    alone = fit_alone(np.array([40.0]), np.array([1_000.0]))
    assert isinstance(alone, Posteriors)
    low, high = alone.intervals()[0]
    exact_low, exact_high = stats.gamma.ppf([0.05, 0.95], 40.5) / 1_000
    assert low < exact_low < 0.04 < exact_high < high


def test_many_videos_alone_agree_with_their_totals() -> None:
    rng = np.random.default_rng(9)
    views = np.full(60, 20_000.0)
    events = rng.poisson(views * 0.01 * rng.gamma(25, 1 / 25, 60)).astype(float)
    alone = fit_alone(events, views)
    assert isinstance(alone, Posteriors)
    assert alone.means()[0] == pytest.approx(events.sum() / views.sum(), rel=0.03)
    low, high = np.log(alone.intervals()[0])
    assert high - low == pytest.approx(2 * 1.645 * 0.2 / 60**0.5, rel=0.5)


def test_nothing_alone_is_a_refusal() -> None:
    assert fit_alone(np.array([]), np.array([])) == NotEnough(lack=Lack.VIDEOS, have=0, need=1)
