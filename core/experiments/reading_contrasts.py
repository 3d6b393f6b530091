"""Every version against the control: the estimate, how far its range reaches, and whether it is clear.

The levels follow the plan: 1 % of the error for any number of looks before the end and 4 % for the
end, or one check-in after Lan and DeMets. Several versions share the error (Holm).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.experiments.model import Design, Looking
from core.experiments.reading_estimates import estimate, people_range
from core.experiments.reading_rows import check_in_day
from core.statistics.lifts import Lift
from core.statistics.looking import (
    EARLY_ERROR,
    END_ERROR,
    Bound,
    always_valid,
    always_valid_p,
    at_the_end,
    one_check_in,
)
from core.statistics.refused import Refused
from core.statistics.several import agreeing, bonferroni_error, holm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.experiments.model import Arm, ExperimentData
    from core.experiments.reading_rows import Columns, Gathered


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a range is drawn today.

    Attributes:
        is_always: the bound holds at every look; otherwise it is an ordinary one.
        error: shared by all versions.
        is_closed: the plan allows no judgement today at all.
        why_closed: why, in one sentence.
        until: only videos ready by this day are judged (the one check-in); None takes all.
    """

    is_always: bool
    error: float
    is_closed: bool = False
    why_closed: str = ""
    until: int | None = None

    def bound(self, lift: Lift, count: int, prior: float) -> Bound:
        """Return the bound of one of `count` versions."""
        error = bonferroni_error(self.error, count)
        if self.is_closed:
            return Bound(half=math.inf, level=1 - error)
        if self.is_always:
            return always_valid(lift.standard_error, lift.degrees, error=error, prior=prior)
        return at_the_end(lift.standard_error, lift.degrees, error=error)

    def p_value(self, lift: Lift, prior: float) -> float:
        """Return the p-value that belongs to the bound."""
        if self.is_closed:
            return 1.0
        if self.is_always:
            return always_valid_p(lift.log_lift, lift.standard_error, lift.degrees, prior=prior)
        return lift.p_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One version's comparison with the control.

    Attributes:
        arm: the version.
        lift: the estimate, or why there is none.
        low, high: the range on the log scale; infinite while it is too early.
        level: its confidence.
        is_clear: zero is excluded after the correction for several versions.
        p_value, p_adjusted: under today's rule; NaN without an estimate.
        half: half of the range as drawn, before it was made to agree with Holm.
    """

    arm: Arm
    lift: Lift | Refused
    low: float
    high: float
    level: float
    is_clear: bool
    p_value: float
    p_adjusted: float
    half: float

    @property
    def log_lift(self) -> float | None:
        """Return the point estimate, that of a refusal included."""
        return self.lift.log_lift


def rule_of(data: ExperimentData, gathered: Gathered) -> Rule:
    """Return how a range is drawn today."""
    if data.is_association:
        return Rule(is_always=False, error=0.05)
    if data.looking is Looking.ANY_DAY or not data.slots:
        return Rule(is_always=not gathered.is_end, error=END_ERROR if gathered.is_end else EARLY_ERROR)
    day = check_in_day(data, gathered)
    share = 0.0 if day is None else int((gathered.columns.ready <= day).sum()) / len(data.slots)
    if gathered.is_end:
        is_used = day is not None and share < 1
        return Rule(is_always=False, error=one_check_in(_inside(share))[1] if is_used else 0.05)
    if day is None:
        why = f"The one check-in comes when {data.check_in_share:.0%} of the videos are in."
        return Rule(is_always=False, error=0.05, is_closed=True, why_closed=why)
    return Rule(is_always=False, error=one_check_in(_inside(share))[0], until=day)


def judged_columns(gathered: Gathered, rule: Rule) -> Columns:
    """Return the videos that are judged: all, or those that were ready at the one check-in."""
    columns = gathered.columns
    return columns if rule.until is None else columns.part(columns.ready <= rule.until)


def _inside(share: float) -> float:
    return min(max(share, 0.05), 0.99)


def measure(
    data: ExperimentData, gathered: Gathered, rule: Rule, kept_out: Mapping[str, Refused]
) -> tuple[Measured, ...]:
    """Return every version against the control on the primary metric.

    Args:
        data: the experiment.
        gathered: its videos.
        rule: how a range is drawn today.
        kept_out: versions that may not be judged, by key, with the reason.
    """
    arms, columns = data.challengers, judged_columns(gathered, rule)
    lifts = [kept_out.get(arm.key) or estimate(data, data.primary, columns, arm) for arm in arms]
    prior = data.primary.prior
    p_values = [rule.p_value(lift, prior) if isinstance(lift, Lift) else math.nan for lift in lifts]
    adjusted = holm(p_values)
    return tuple(
        _measured(data, arm, lift, rule, (p, p_all))
        for arm, lift, p, p_all in zip(arms, lifts, p_values, adjusted, strict=True)
    )


def _measured(
    data: ExperimentData, arm: Arm, lift: Lift | Refused, rule: Rule, p_values: tuple[float, float]
) -> Measured:
    p_value, p_adjusted = p_values
    count = len(data.challengers)
    if isinstance(lift, Refused):
        return Measured(
            arm=arm, lift=lift, low=-math.inf, high=math.inf, level=1 - bonferroni_error(rule.error, count),
            is_clear=False, p_value=math.nan, p_adjusted=math.nan, half=math.inf,
        )  # fmt: skip
    bound = rule.bound(lift, count, data.primary.prior)
    low, high = lift.log_lift - bound.half, lift.log_lift + bound.half
    is_clear = p_adjusted < rule.error and not rule.is_closed
    if data.design is Design.AUDIENCE_SPLIT and not rule.is_always:
        low, high = people_range(data, arm, bound.level)
        is_clear = low > 0 or high < 0
    low, high = agreeing(low, high, is_clear=is_clear)
    return Measured(
        arm=arm, lift=lift, low=low, high=high, level=bound.level, is_clear=is_clear,
        p_value=p_value, p_adjusted=p_adjusted, half=bound.half,
    )  # fmt: skip
