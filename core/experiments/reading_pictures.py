"""What the pictures of a reading show: totals, one slope per creator, dots, the range by day."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.experiments.model import Design, OutcomeKind
from core.experiments.reading_estimates import estimates_by_day, people_counts, two_arms
from core.experiments.reading_model import ArmTotals, Dot, RunningPoint, Slope
from core.experiments.reading_words import to_share, totals_words
from core.statistics.lifts import Lift

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.experiments.model import Arm, ExperimentData, Outcome
    from core.experiments.reading_contrasts import Measured, Rule
    from core.experiments.reading_rows import Columns, Gathered
    from core.statistics.refused import Refused


def totals_of(data: ExperimentData, gathered: Gathered) -> tuple[ArmTotals, ...]:
    """Return every version's totals, the control first."""
    arms = sorted(data.arms, key=lambda arm: not arm.is_control)
    if data.design is Design.AUDIENCE_SPLIT:
        return tuple(_people_totals(data, arm) for arm in arms)
    return tuple(_totals(data, gathered.columns, arm) for arm in arms)


def _totals(data: ExperimentData, columns: Columns, arm: Arm) -> ArmTotals:
    is_own = columns.arms == data.arms.index(arm)
    x, n = (part[is_own] for part in columns.numbers[data.primary.key])
    top, below = float(x.sum()), float(n.sum())
    return _with_words(
        ArmTotals(
            arm=arm,
            videos=len(x),
            creators=len(np.unique(columns.creators[is_own])),
            numerator=top if len(x) else None,
            denominator=below if len(x) else None,
            rate=top / below if below > 0 else None,
            largest_share=float(x.max()) / top if top > 0 else None,
            sentence="",
        ),
        data.primary,
    )


def _people_totals(data: ExperimentData, arm: Arm) -> ArmTotals:
    _, _, successes, people = people_counts(data, data.primary, arm)
    is_known = math.isfinite(successes) and math.isfinite(people)
    return _with_words(
        ArmTotals(
            arm=arm,
            videos=0,
            creators=0,
            numerator=successes if is_known else None,
            denominator=people if is_known else None,
            rate=successes / people if is_known and people > 0 else None,
            largest_share=None,
            sentence="",
        ),
        data.primary,
        per="people",
    )


def _with_words(totals: ArmTotals, outcome: Outcome, per: str = "") -> ArmTotals:
    return replace(totals, sentence=totals_words(totals, outcome, per))


def totals_sentence(data: ExperimentData, totals: Sequence[ArmTotals], measured: Sequence[Measured]) -> str:
    """Return the totals in one line; where they point the other way than the typical video, it says so."""
    line = "; ".join(one.sentence for one in totals) + "."
    rates = {one.arm.key: one.rate for one in totals}
    base = rates.get(data.control.key) if data.control else None
    for one in measured:
        rate = rates.get(one.arm.key)
        if not (rate and base) or one.log_lift is None or data.design is Design.AUDIENCE_SPLIT:
            continue
        if math.log(rate / base) * one.log_lift < 0:
            return (
                f"{line} The totals of {one.arm.name} point the other way than its typical video: "
                "they are driven by a few viral videos."
            )
    return line


def slopes_of(data: ExperimentData, gathered: Gathered, measured: Sequence[Measured]) -> tuple[Slope, ...]:
    """Return each creator's typical figure under the control and under each version."""
    if data.control is None or data.design in {Design.AUDIENCE_SPLIT, Design.WHOLE_CREATORS}:
        return ()
    columns = gathered.columns
    names = {one.key: one.name for one in data.creators}
    control = data.arms.index(data.control)
    slopes: list[Slope] = []
    for one in measured:
        place = data.arms.index(one.arm)
        spread = one.lift.spread if isinstance(one.lift, Lift) else 0.5
        figures, counts = typical_figures(columns, data.primary, spread, len(data.arms))
        slopes += [
            _slope(
                one.arm,
                (key, names.get(key, key)),
                figures[code][[control, place]],
                counts[code][[control, place]],
            )
            for code, key in enumerate(columns.names)
            if counts[code][control] or counts[code][place]
        ]
    return tuple(slopes)


def _slope(arm: Arm, whose: tuple[str, str], figures: np.ndarray, counts: np.ndarray) -> Slope:
    control, version = (float(one) if math.isfinite(one) and one > 0 else None for one in figures)
    return Slope(
        creator=whose[0],
        name=whose[1],
        arm=arm.key,
        control=control,
        version=version,
        lift=version / control - 1 if control and version else None,
        control_videos=int(counts[0]),
        version_videos=int(counts[1]),
    )


def typical_figures(
    columns: Columns, outcome: Outcome, spread: float, arms: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return each creator's typical figure under each version (NaN without videos), and how many videos.

    The geometric mean of amounts; of rates the mean weighted as the comparison weights them, 1 ÷
    (1 ÷ expected events + φ), which lets videos count alike once events are many.
    """
    size = len(columns.names) * arms
    cells = columns.creators * arms + columns.arms
    x, n = columns.numbers[outcome.key]
    counts = np.bincount(cells, minlength=size)
    with np.errstate(divide="ignore", invalid="ignore"):
        if outcome.kind is OutcomeKind.VALUE:
            figures = np.exp(np.bincount(cells, np.log(x), size) / counts)
        else:
            rates = np.bincount(cells, x, size) / np.bincount(cells, n, size)
            weights = 1 / (1 / (rates[cells] * n) + spread)
            figures = np.bincount(cells, weights * x / n, size) / np.bincount(cells, weights, size)
    return figures.reshape(-1, arms), counts.reshape(-1, arms)


def dots_of(data: ExperimentData, gathered: Gathered) -> tuple[Dot, ...]:
    """Return every counted video's figure."""
    x, n = gathered.columns.numbers[data.primary.key]
    return tuple(
        Dot(video_id=row.video_id, creator=row.creator, arm=row.arm, figure=figure)
        for row, figure in zip(gathered.used, (x / n).tolist(), strict=True)
    )


def running_of(data: ExperimentData, gathered: Gathered, rule: Rule, early: Rule) -> tuple[RunningPoint, ...]:
    """Return the estimate as it stood on each day on which a video became ready.

    Args:
        data: the experiment.
        gathered: its videos.
        rule: how the range is drawn today, which is how the last day shows it.
        early: how it is drawn on every day before.
    """
    if data.design is Design.AUDIENCE_SPLIT or data.is_association or data.control is None:
        return ()
    points: list[RunningPoint] = []
    for arm in data.challengers:
        found = estimates_by_day(data, gathered.columns, arm)
        counts = np.searchsorted(
            np.sort(two_arms(data, gathered.columns, arm)[0].ready), [day for day, _ in found], "right"
        )
        for (day, lift), videos in zip(found, counts.tolist(), strict=True):
            today = rule if day == (rule.until or found[-1][0]) else early
            points.append(_point(data, lift, RunningPlace(arm=arm.key, day=day, videos=videos), today))
    return tuple(points)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningPlace:
    """Where a point of the running range stands."""

    arm: str
    day: int
    videos: int


def _point(data: ExperimentData, lift: Lift | Refused, place: RunningPlace, rule: Rule) -> RunningPoint:
    low = high = None
    if isinstance(lift, Lift):
        half = rule.bound(lift, len(data.challengers), data.primary.prior).half
        low, high = to_share(lift.log_lift - half), to_share(lift.log_lift + half)
    return RunningPoint(
        day=place.day,
        arm=place.arm,
        videos=place.videos,
        lift=to_share(lift.log_lift) if lift.log_lift is not None else None,
        low=low,
        high=high,
        is_too_early=high is None or math.isinf(high),
    )
