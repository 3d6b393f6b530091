"""Forecasts: how often the range of nine in ten holds, and how far off the middle is beside a straight line."""

from __future__ import annotations

import numpy as np

from bench.measuring import Table, measured, ratio, seconds
from core.statistics.growth import Running, expected_count, learn_growth, outlook_of, simulate_total

WORLDS = ("steady", "second waves", "heavy tails", "slow burners")
AGES = (3, 7, 14)
END = 40  # days
FINISHED = 16  # videos that growth is learnt from
ROUNDS = 200  # accounts of each world
YOUNG = 4  # videos of each that are forecast


def run(rounds: int = ROUNDS) -> Table:
    """Return coverage and error of single videos by world and age, and of campaign totals."""
    rows = []
    with measured() as span:
        for world in WORLDS:
            rows.extend((world, f"day {age}", *_videos(world, age, rounds)) for age in AGES)
            rows.append((world, "campaign total", *_totals(world, rounds)))
    return Table(
        title=f"Forecasts: {rounds} accounts of each world, {FINISHED} finished videos, read to day {END}",
        header=(
            "world",
            "read on",
            "range holds (aim 85–95%)",
            "median error",
            "straight line",
            "÷ (aim ≤ 0.5)",
        ),
        rows=rows,
        notes=(f"All of it took {seconds(span.cpu)} of CPU.",),
    )


def make_video(world: str, rng: np.random.Generator) -> np.ndarray:
    """Return the views of one video up to each day of age."""
    days = np.arange(END + 1.0)
    half = rng.lognormal(np.log(5.0 if world == "slow burners" else 2.5), 0.4)
    daily = np.exp(-days / half) + 0.02 * np.exp(-days / 20)
    scatter = (
        rng.standard_t(3, len(days)) * 0.25 if world == "heavy tails" else rng.normal(0, 0.25, len(days))
    )
    daily *= np.exp(np.clip(scatter, -3, 3))
    if world == "second waves" and rng.random() < 0.12:
        start = rng.integers(5, 25)
        daily[start:] += 0.5 * np.exp(-(days[start:] - start) / 3)
    return 10_000 * rng.lognormal(0, 1.3) * np.cumsum(daily) / daily.sum()


def _growth(world: str, rng: np.random.Generator):
    days = np.arange(END + 1.0)
    return learn_growth([(days, make_video(world, rng)) for _ in range(FINISHED)])


def _videos(world: str, age: int, rounds: int) -> tuple[str, str, str, str]:
    inside, ours, straight = [], [], []
    for seed in range(rounds):
        rng = np.random.default_rng(seed)
        growth = _growth(world, rng)
        for _ in range(YOUNG):
            views = make_video(world, rng)
            found = expected_count(growth, views[age], age, END)
            inside.append(found.low <= views[END] <= found.high)
            ours.append(abs(found.middle / views[END] - 1))
            straight.append(abs(views[age] * (END + 1) / (age + 1) / views[END] - 1))
    return _cells(inside, ours, straight)


def _totals(world: str, rounds: int) -> tuple[str, str, str, str]:
    """Return the same for the views of twelve videos of mixed age, two weeks on."""
    inside, ours, straight = [], [], []
    for seed in range(rounds):
        rng = np.random.default_rng(10_000 + seed)
        growth = _growth(world, rng)
        ages = rng.integers(1, 20, 12)
        videos = [make_video(world, rng) for _ in ages]
        running = [
            Running(count=v[a], age=int(a), until=int(a) + 14) for v, a in zip(videos, ages, strict=True)
        ]
        truth = sum(v[a + 14] for v, a in zip(videos, ages, strict=True))
        now = sum(v[a] for v, a in zip(videos, ages, strict=True))
        found = outlook_of(simulate_total(growth, running, [], draws=2_000, seed=seed))
        inside.append(found.low <= truth <= found.high)
        ours.append(abs(found.middle / truth - 1))
        straight.append(abs(now * (ages.max() + 15) / (ages.max() + 1) / truth - 1))
    return _cells(inside, ours, straight)


def _cells(inside: list[bool], ours: list[float], straight: list[float]) -> tuple[str, str, str, str]:
    own, line = float(np.median(ours)), float(np.median(straight))
    return f"{np.mean(inside):.1%}", f"{own:.1%}", f"{line:.1%}", ratio(own, line)
