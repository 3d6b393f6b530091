"""What the pictures of a reading show: totals, one slope per creator, dots, the range by day."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from core.experiments.model import Design, OutcomeKind
from core.experiments.reading_contrasts import estimate, people_counts
from core.experiments.reading_model import ArmTotals, Dot, RunningPoint, Slope
from core.experiments.reading_rows import counted, ready_day
from core.experiments.reading_words import to_share, totals_words
from core.statistics.lifts import Lift

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.experiments.model import Arm, ExperimentData, Outcome, VideoRow
    from core.experiments.reading_contrasts import Measured, Rule
    from core.experiments.reading_rows import Gathered


def totals_of(data: ExperimentData, gathered: Gathered) -> tuple[ArmTotals, ...]:
    """Return every version's totals, the control first."""
    arms = sorted(data.arms, key=lambda arm: not arm.is_control)
    if data.design is Design.AUDIENCE_SPLIT:
        return tuple(_people_totals(data, arm) for arm in arms)
    return tuple(
        _totals(data.primary, [row for row in gathered.used if row.arm == arm.key], arm) for arm in arms
    )


def _totals(outcome: Outcome, rows: list[VideoRow], arm: Arm) -> ArmTotals:
    pairs = [counted(row, outcome) for row in rows]
    top = math.fsum(one for one, _ in pairs)
    below = math.fsum(other for _, other in pairs)
    return _with_words(
        ArmTotals(
            arm=arm,
            videos=len(rows),
            creators=len({row.creator for row in rows}),
            numerator=top if rows else None,
            denominator=below if rows else None,
            rate=top / below if below > 0 else None,
            largest_share=max(one for one, _ in pairs) / top if top > 0 else None,
            sentence="",
        ),
        outcome,
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
    cells: dict[tuple[str, str], list[VideoRow]] = {}
    for row in gathered.used:
        cells.setdefault((row.creator, row.arm), []).append(row)
    names = {one.key: one.name for one in data.creators}
    slopes: list[Slope] = []
    for one in measured:
        spread = one.lift.spread if isinstance(one.lift, Lift) else 0.5
        for creator in dict.fromkeys(row.creator for row in gathered.used):
            pair = [cells.get((creator, key), []) for key in (data.control.key, one.arm.key)]
            if not any(pair):
                continue
            control, version = (typical(rows, data.primary, spread) for rows in pair)
            slopes.append(
                Slope(
                    creator=creator,
                    name=names.get(creator, creator),
                    arm=one.arm.key,
                    control=control,
                    version=version,
                    lift=version / control - 1 if control and version else None,
                    control_videos=len(pair[0]),
                    version_videos=len(pair[1]),
                )
            )
    return tuple(slopes)


def typical(rows: Sequence[VideoRow], outcome: Outcome, spread: float) -> float | None:
    """Return the typical figure of some videos of one creator; None without any, or of zero.

    The geometric mean of amounts; of rates the mean weighted as the comparison weights them, 1 ÷
    (1 ÷ expected events + φ), which lets videos count alike once events are many.
    """
    pairs = [counted(row, outcome) for row in rows]
    if outcome.kind is OutcomeKind.VALUE:
        logs = [math.log(value) for value, _ in pairs if value > 0]
        return math.exp(math.fsum(logs) / len(logs)) if logs else None
    events, exposures = math.fsum(x for x, _ in pairs), math.fsum(n for _, n in pairs)
    if not events or exposures <= 0:
        return None
    weights = [1 / (exposures / (events * n) + spread) for _, n in pairs]
    return math.fsum(w * x / n for w, (x, n) in zip(weights, pairs, strict=True)) / math.fsum(weights)


def dots_of(data: ExperimentData, gathered: Gathered) -> tuple[Dot, ...]:
    """Return every counted video's figure."""
    figures = ((row, counted(row, data.primary)) for row in gathered.used)
    return tuple(
        Dot(video_id=row.video_id, creator=row.creator, arm=row.arm, figure=x / n) for row, (x, n) in figures
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
    ready = {row.video_id: min(_day(row, data), gathered.as_of) for row in gathered.used}
    days = sorted(set(ready.values()))
    points: list[RunningPoint] = []
    for arm in data.challengers:
        own = [row for row in gathered.used if row.arm in {arm.key, data.control.key}]
        for day in days:
            rows = [row for row in own if ready[row.video_id] <= day]
            if not any(ready[row.video_id] == day for row in rows):
                continue
            today = rule if day == days[-1] else early
            points.append(_point(data, rows, arm, day, today))
    return tuple(points)


def _day(row: VideoRow, data: ExperimentData) -> int:
    day = ready_day(row, data)
    return data.today if day is None else day


def _point(data: ExperimentData, rows: list[VideoRow], arm: Arm, day: int, rule: Rule) -> RunningPoint:
    count = len(data.challengers)
    lift = estimate(data, data.primary, rows, arm)
    low = high = None
    if isinstance(lift, Lift):
        half = rule.bound(lift, count, data.primary.prior).half
        low, high = to_share(lift.log_lift - half), to_share(lift.log_lift + half)
    return RunningPoint(
        day=day,
        arm=arm.key,
        videos=len(rows),
        lift=to_share(lift.log_lift) if lift.log_lift is not None else None,
        low=low,
        high=high,
        is_too_early=high is None or math.isinf(high),
    )
