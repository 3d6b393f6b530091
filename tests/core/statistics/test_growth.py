"""Forecasts of views hold nine times in ten, and never promise less than is counted already."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.statistics.growth import (
    Coming,
    Running,
    expected_count,
    finished_level,
    learn_growth,
    outlook_of,
    published_ratio,
    simulate_total,
)

AGES = np.arange(0, 41.0)


def curve(rng, level=10_000.0):
    """Return the daily counts of one made-up video: a fast start, a tail, scatter of its own."""
    half = rng.lognormal(math.log(2.5), 0.4)
    daily = np.exp(-AGES / half) + 0.02 * np.exp(-AGES / 20)
    daily *= np.exp(rng.normal(0, 0.25, len(AGES)))
    return level * rng.lognormal(0, 1.0) * np.cumsum(daily) / daily.sum()


def finished(rng, count=16):
    return [(AGES, curve(rng)) for _ in range(count)]


@pytest.mark.parametrize("age", [3, 7, 14])
def test_nine_of_ten_finals_lie_in_the_range(age):
    inside = total = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        growth = learn_growth(finished(rng))
        for _ in range(5):
            own = curve(rng)
            found = expected_count(growth, own[age], age, 40)
            inside += found.low <= own[40] <= found.high
            total += 1
    assert 0.85 <= inside / total <= 0.96


def test_the_total_of_a_campaign_lies_in_its_range():
    inside = 0
    for seed in range(80):
        rng = np.random.default_rng(1_000 + seed)
        growth = learn_growth(finished(rng))
        ages = rng.integers(1, 20, 12)
        videos = [curve(rng) for _ in ages]
        running = [
            Running(count=v[a], age=int(a), until=int(a) + 14) for v, a in zip(videos, ages, strict=True)
        ]
        truth = sum(v[a + 14] for v, a in zip(videos, ages, strict=True))
        found = outlook_of(simulate_total(growth, running, [], seed=seed))
        inside += found.low <= truth <= found.high
    assert inside >= 66


def test_with_few_finished_videos_the_published_curves_stand_in_and_are_wide():
    rng = np.random.default_rng(1)
    growth = learn_growth(finished(rng, 7))
    assert not growth.is_own
    ratio = growth.ratio(1, 28)
    assert ratio == published_ratio(1, 28)
    low, high = ratio.ends(0.9)
    assert high - low > 1.5


def test_one_ratio_worked_out_by_hand():
    # Eight finished videos that double from day 7 to day 30, four of them a little more, four a little less.
    histories = [(np.array([7.0, 30.0]), np.array([100.0, 200.0 * f])) for f in (1.1, 1 / 1.1) * 4]
    ratio = learn_growth(histories).ratio(7, 30)
    assert ratio.mean == pytest.approx(math.log(2))
    assert ratio.spread == pytest.approx(math.log(1.1) * math.sqrt(8 / 7))
    found = expected_count(learn_growth(histories), 1_000, 7, 30)
    assert found.middle == pytest.approx(2_000)
    half = 1.894578605 * math.log(1.1) * math.sqrt(8 / 7) * math.sqrt(1 + 1 / 8)  # t of 7 at 95 %
    assert found.high == pytest.approx(2_000 * math.exp(half))


@given(st.integers(0, 60), st.integers(0, 60), st.floats(1, 1e9))
def test_a_forecast_is_never_below_what_is_counted(age, until, count):
    growth = learn_growth([])
    found = expected_count(growth, count, age, until)
    assert count <= found.low <= found.high < math.inf
    assert found.middle >= count


def test_nothing_grows_backwards():
    assert learn_growth([]).ratio(20, 10).mean == 0


def test_snapshots_too_far_apart_do_not_say_what_lay_between():
    growth = learn_growth([(np.array([1.0, 40.0]), np.array([10.0, 100.0]))] * 8)
    assert growth.finished == 8
    assert growth.ratio(10, 30).videos == 0, "the published curves stand in"
    assert growth.ratio(1, 40).mean == pytest.approx(math.log(10))


def test_a_video_that_is_not_out_by_then_adds_nothing():
    coming = [Coming(log_mean=9.0, log_spread=1.0, until=-1)]
    assert simulate_total(learn_growth([]), [], coming, settled=5.0, draws=10).tolist() == [5.0] * 10


def test_a_coming_video_adds_what_finished_ones_of_its_creator_reached():
    coming = [Coming(log_mean=math.log(1_000), log_spread=0.5, until=30)]
    draws = simulate_total(learn_growth([]), [], coming, draws=4_000)
    assert np.median(draws) == pytest.approx(1_000, rel=0.1)


def test_the_level_of_a_new_creator_is_everybodys():
    mean, spread = finished_level([], [100.0, 1_000.0, 10_000.0])
    assert mean == pytest.approx(math.log(1_000))
    assert spread > 1
    assert finished_level([], []) is None
    closer, _ = finished_level([5_000.0] * 6, [100.0, 1_000.0, 10_000.0])
    assert math.log(1_000) < closer < math.log(5_000)
