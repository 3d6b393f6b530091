"""Scorecards: luck that singles out a best, intervals that hold, and how long estimates take."""

from __future__ import annotations

import tempfile
from datetime import date
from typing import Any

import numpy as np

from bench.measuring import Table, apart, measured, seconds
from core.statistics.ranks import best_of
from core.statistics.rates import RateFit, fit_rates
from tests.core.scorecards import story
from tests.core.statistics.made_up import SCATTERS, everybody, made_up

CAMPAIGNS = 1_000
CREATORS, VIDEOS_EACH, IN_CAMPAIGN = 2_000, 25, 100


def run(campaigns: int = CAMPAIGNS, creators: int = CREATORS) -> Table:
    """Return how well estimates resist luck, and what they cost."""
    rows = [("equal creators: campaigns that single out a best", f"{equal(campaigns):.1%}", "at most 5%")]
    rows += [
        (
            f"90% intervals that hold the truth, {scatter}",
            f"{coverage(scatter, campaigns // 4):.1%}",
            "87% to 93%",
        )
        for scatter in SCATTERS
    ]
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as folder:
        took, _ = apart(everything, folder, creators)
    rows += [
        (
            f"one metric, {creators:,} creators, {creators * VIDEOS_EACH:,} videos: the fit",
            seconds(took["fit"]),
            "at most 5 s CPU",
        ),
        ("all metrics: reading, fitting and keeping", seconds(took["all"]), ""),
        (f"page of {IN_CAMPAIGN} creators from kept estimates", seconds(took["page"]), "at most 0.1 s CPU"),
        ("card of one creator", seconds(took["card"]), ""),
    ]
    return Table(
        title="Scorecards", header=("what", "measured", "aim"), rows=rows,
        notes=(f"{campaigns} campaigns of 20 creators with equal true rates; {campaigns // 4} of 30 with unequal ones.",),
    )  # fmt: skip


def equal(campaigns: int) -> float:
    """Return the share of campaigns with equal creators in which one is called clearly best."""
    rng = np.random.default_rng(2026)
    found = 0
    for number in range(campaigns):
        scatter = SCATTERS[number % len(SCATTERS)]
        data = made_up(rng, creators=20, spread=0.0, scatter=scatter, most=6)
        fit = fit_rates(data.owner, data.events, data.views, everybody(20))
        assert isinstance(fit, RateFit)
        found += best_of(fit.posteriors.draws(500, number)).is_clear
    return found / campaigns


def coverage(scatter: str, campaigns: int) -> float:
    """Return the share of true rates inside their interval."""
    rng = np.random.default_rng(77)
    inside = []
    for _ in range(campaigns):
        data = made_up(rng, creators=30, spread=0.4, scatter=scatter)
        fit = fit_rates(data.owner, data.events, data.views, everybody(30))
        assert isinstance(fit, RateFit)
        low, high = np.log(fit.posteriors.intervals()).T
        inside.append(np.mean((low <= data.log_rates) & (data.log_rates <= high)))
    return float(np.mean(inside))


def everything(folder: str, creators: int) -> dict[str, float]:
    """Return what fitting and reading take in a store of that many creators."""
    from core.scope import Scope, Traffic
    from core.scorecards import build_scorecard, build_scorecards
    from core.scorecards.stored import prepare
    from core.store.engine import open_store

    rng = np.random.default_rng(3)
    data = made_up(rng, creators=creators, spread=0.5, most=2 * VIDEOS_EACH)
    took: dict[str, Any] = {}
    with measured() as span:
        fit_rates(data.owner, data.events, data.views, everybody(creators))
    took["fit"] = span.cpu
    store = open_store(f"sqlite:///{folder}/store.db")
    story.tell(
        store,
        creators=creators,
        videos=VIDEOS_EACH,
        campaigns=max(1, creators // IN_CAMPAIGN),
        rows=(7, 14, 28),
    )
    with measured() as span:
        prepare(store, 1, age=7, traffic=Traffic.TOTAL, now=0)
    took["all"] = span.cpu
    scope, today = Scope(campaign_id=1), date(2026, 5, 20)
    build_scorecards(store, scope, age=7, today=today)
    with measured() as span:
        build_scorecards(store, scope, age=7, today=today)
    took["page"] = span.cpu
    with measured() as span:
        build_scorecard(store, 1, campaign_id=1, today=today)
    took["card"] = span.cpu
    store.close()
    return took
