"""Do experiments lie? False alarms, coverage, power and calibration over simulated campaigns."""

from __future__ import annotations

import itertools
import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bench.measuring import Table, seconds
from bench.simulated import LOOKS, WORLDS, Drawn, World, draw
from core.statistics.chances import chance_of
from core.statistics.lifts import Lift, lift_of_rates, lift_of_values
from core.statistics.looking import always_valid, at_the_end
from core.statistics.luck import FalseAlarms, false_alarms_on_own_history
from core.statistics.refused import Refused
from core.statistics.several import holm
from core.statistics.splits import pooled_p
from core.statistics.whole_creators import lift_of_whole_creators, typical_rates, typical_values

if TYPE_CHECKING:
    from collections.abc import Sequence

RUNS = 1_000
TRUE_LIFT = math.log(1.5)


@dataclass(kw_only=True)
class Tally:
    """Counts over campaigns."""

    judged: int = 0
    refused: int = 0
    alarms: int = 0
    covered: int = 0
    wrong: int = 0

    def share(self, count: int) -> float:
        """Return a count per judged campaign."""
        return count / max(self.judged, 1)

    def add(self, lift: Lift | Refused, truth: float = 0.0) -> None:
        """Count one campaign judged once, at 5 %."""
        if isinstance(lift, Refused):
            self.refused += 1
            return
        low, high = lift.interval(0.95)
        self.judged += 1
        self.alarms += low > 0 or high < 0
        self.wrong += high < 0
        self.covered += low <= truth <= high


def read(world: World, drawn: Drawn, *, is_value: bool = False, arm: int = 1) -> Lift | Refused:
    """Return the lift as the product works it out for this design."""
    mask = (drawn.arms == 0) | (drawn.arms == arm)
    who, version = drawn.creators[mask], drawn.arms[mask] == arm
    x, n = drawn.clicks[mask], drawn.views[mask]
    if world.is_whole:
        typical = (
            typical_values(who.tolist(), n.tolist())
            if is_value
            else typical_rates(who.tolist(), x.tolist(), n.tolist())[0]
        )
        arms = dict(zip(who.tolist(), version.tolist(), strict=True))
        past = None if is_value else {key: math.log(one) for key, one in drawn.past.items()}
        return lift_of_whole_creators(arms, typical, history=past, videos=len(x))
    return lift_of_values(who, version, n) if is_value else lift_of_rates(who, version, x, n)


def is_daily_alarm(world: World, drawn: Drawn) -> bool:
    """Return whether reading every day names a difference on any of them: 1 % before the end, 4 % at it."""
    for day in range(2, LOOKS + 1):
        lift = read(world, drawn.until(day))
        if isinstance(lift, Refused):
            continue
        bound = (always_valid if day < LOOKS else at_the_end)(lift.standard_error, lift.degrees)
        if abs(lift.log_lift) > bound.half:
            return True
    return False


def nothing_true(runs: int = RUNS, worlds: Sequence[World] = WORLDS) -> Table:
    """Return false alarms and coverage with no true difference, and with +50 %."""
    rows = []
    for world in worlds:
        rng = np.random.default_rng(100 + WORLDS.index(world))
        clicks, views, daily, pooled, lifted = Tally(), Tally(), 0, 0, Tally()
        for _ in range(runs):
            drawn = draw(world, rng)
            clicks.add(read(world, drawn))
            views.add(read(world, drawn, is_value=True))
            daily += is_daily_alarm(world, drawn)
            sums = [
                float(part[drawn.arms == arm].sum()) for arm in (0, 1) for part in (drawn.clicks, drawn.views)
            ]
            pooled += pooled_p(*sums) < 0.05
            lifted.add(read(world, draw(world, rng, TRUE_LIFT)), TRUE_LIFT)
        bar = 0.05 + 2 * math.sqrt(0.05 * 0.95 / runs)
        cover = (0.93 if world.creators <= 8 else 0.95) - 2 * math.sqrt(0.05 * 0.95 / runs)
        shares = (clicks.share(clicks.alarms), views.share(views.alarms), daily / runs)
        is_good = (
            max(shares) <= bar and min(clicks.share(clicks.covered), lifted.share(lifted.covered)) >= cover
        )
        rows.append(
            [
                world.name, *(f"{share:.1%}" for share in shares), f"{clicks.share(clicks.covered):.1%}",
                f"{lifted.share(lifted.covered):.1%}", f"{lifted.share(lifted.alarms):.0%}", f"{lifted.share(lifted.wrong):.1%}",
                f"{clicks.refused / runs:.1%}", f"{pooled / runs:.0%}", "yes" if is_good else "NO",
            ]
        )  # fmt: skip
    return Table(
        title=f"Nothing true, {runs:,} campaigns each (12 creators × 6 videos unless said)",
        header=(
            "world", "false alarms: clicks", "views", "read daily", "covers none", "covers +50%", "finds +50%",
            "wrong winner", "declined", "pooled test alarms", "within bars",
        ),
        rows=rows,
        notes=(
            f"Bars: false alarms at most 5% + 2 standard errors ({0.05 + 2 * math.sqrt(0.05 * 0.95 / runs):.1%}); coverage at least 95% (93% up to 8 creators) less 2 standard errors.",
            "Read daily: 11 looks, 1% always valid and 4% at the end. Pooled test: clicks and views counted as people.",
        ),
    )  # fmt: skip


def power(runs: int = RUNS) -> Table:
    """Return how often a true +50 % on click rate is found, and a wrong winner named."""
    rows = []
    alike = replace(WORLDS[0], name="inside creators, all react alike", reactions=0.0)
    for world in (WORLDS[0], alike, WORLDS[5], WORLDS[6]):
        rng = np.random.default_rng(7)
        found = wrong = daily_found = daily_wrong = 0
        for _ in range(runs):
            drawn = draw(world, rng, TRUE_LIFT)
            lift = read(world, drawn)
            if isinstance(lift, Lift):
                found += lift.interval(0.95)[0] > 0
                wrong += lift.interval(0.95)[1] < 0
            sign = _daily_sign(world, drawn)
            daily_found, daily_wrong = daily_found + (sign > 0), daily_wrong + (sign < 0)
        rows.append(
            [world.name, *(f"{count / runs:.1%}" for count in (found, wrong, daily_found, daily_wrong))]
        )
    return Table(
        title=f"A true +50% on clicks per view, {runs:,} campaigns each",
        header=("world", "found, one look", "wrong winner", "found, read daily", "wrong winner, daily"),
        rows=rows,
        notes=("Bars: inside creators 84% (less 2 standard errors) found, wrong winner at most 1%.",),
    )


def _daily_sign(world: World, drawn: Drawn) -> int:
    for day in range(2, LOOKS + 1):
        lift = read(world, drawn.until(day))
        if isinstance(lift, Lift):
            bound = (always_valid if day < LOOKS else at_the_end)(lift.standard_error, lift.degrees)
            if abs(lift.log_lift) > bound.half:
                return 1 if lift.log_lift > 0 else -1
    return 0


def calibration(runs: int = 4 * RUNS) -> Table:
    """Return what the chance to be better says and how often it is right, truths drawn from N(0, 0.3²)."""
    rng, world = np.random.default_rng(11), WORLDS[0]
    said, right = [], []
    for _ in range(runs):
        truth = float(rng.normal(0, 0.3))
        lift = read(world, draw(world, rng, truth))
        if isinstance(lift, Lift):
            said.append(chance_of(lift.log_lift, lift.standard_error, lift.degrees).better)
            right.append(truth > 0)
    chances, truths = np.array(said), np.array(right)
    edges = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0001)
    rows = []
    for low, high in itertools.pairwise(edges):
        mask = (chances >= low) & (chances < high)
        mean, share = float(chances[mask].mean()), float(truths[mask].mean())
        rows.append(
            [
                f"{low:.0%}–{min(high, 1):.0%}",
                str(int(mask.sum())),
                f"{mean:.1%}",
                f"{share:.1%}",
                f"{abs(mean - share) * 100:.1f}",
            ]
        )
    brier = float(((chances - truths) ** 2).mean())
    return Table(
        title=f"Chance to be better, {runs:,} campaigns with truths from N(0, 0.3²)",
        header=("said between", "campaigns", "said", "was right", "points apart"),
        rows=rows,
        notes=(f"Brier score {brier:.3f} (always saying 50% gives 0.250). Bar: within 5 points per bin.",),
    )


def four_arms(runs: int = RUNS) -> Table:
    """Return how often any of three versions is named with nothing true."""
    world = replace(WORLDS[0], name="four arms", arms=4, videos=8)
    rng = np.random.default_rng(13)
    with_holm = without = at_plan = 0
    for _ in range(runs):
        drawn = draw(world, rng)
        lifts = [read(world, drawn, arm=arm) for arm in (1, 2, 3)]
        p_values = [one.p_value if isinstance(one, Lift) else math.nan for one in lifts]
        adjusted = holm(p_values)
        without += any(p < 0.05 for p in p_values)
        with_holm += any(p < 0.05 for p in adjusted)
        at_plan += any(p < 0.04 for p in adjusted)
    return Table(
        title=f"Four arms with nothing true, {runs:,} campaigns (12 creators × 8 videos)",
        header=("correction", "any version named"),
        rows=[
            ["none, 5%", f"{without / runs:.1%}"], ["Holm, 5%", f"{with_holm / runs:.1%}"],
            ["Holm, 4% (the planned end)", f"{at_plan / runs:.1%}"],
        ],
        notes=(f"Bar: at most {0.05 + 2 * math.sqrt(0.05 * 0.95 / runs):.1%}.",),
    )  # fmt: skip


def timings() -> Table:
    """Return the processor time of one reading and of a thousand imaginary tests."""
    from bench.made_experiment import made_experiment
    from core.experiments.verdicts import read_experiment

    data = made_experiment(creators=30, videos=20)
    read_experiment(data)
    spent = []
    for _ in range(15):
        began = time.process_time()
        read_experiment(data)
        spent.append(time.process_time() - began)
    drawn = draw(replace(WORLDS[0], creators=30, videos=20), np.random.default_rng(3))
    began = time.process_time()
    found = false_alarms_on_own_history(drawn.creators.tolist(), drawn.clicks.tolist(), drawn.views.tolist())
    own = time.process_time() - began
    assert isinstance(found, FalseAlarms)
    return Table(
        title="Processor time, 30 creators × 20 videos",
        header=("what", "median", "least", "bar"),
        rows=[
            ["one reading", seconds(float(np.median(spent))), seconds(min(spent)), "20 ms"],
            ["1,000 imaginary tests on own history", seconds(own), seconds(own), "3 s"],
        ],
        notes=(
            f"On that history the method alarms in {found.share:.1%}, counting views as people in {found.pooled_share:.0%}.",
            f"A loop of five million additions takes {_calibration():.2f} s here.",
        ),
    )


def _calibration() -> float:
    began, total = time.process_time(), 0
    for number in range(5_000_000):
        total += number
    return time.process_time() - began


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Several tables as one."""

    tables: tuple[Table, ...]

    def text(self) -> str:
        """Return all tables."""
        return "\n".join(table.text() for table in self.tables)


def run() -> Tables:
    return Tables(tables=(nothing_true(), power(), calibration(), four_arms(), timings()))
