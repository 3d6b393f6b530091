"""Every version against the control: the estimate, how far its range reaches, and whether it is clear.

The levels follow the plan: 1 % of the error for any number of looks before the end and 4 % for the
end, or one check-in after Lan and DeMets. Several versions share the error (Holm).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scipy.special import stdtrit

from core.experiments.model import Design, Looking, OutcomeKind
from core.experiments.reading_rows import check_in_day, counted, numbers_of, ready_day, share_in
from core.statistics.association import compare_tags
from core.statistics.lifts import Lift, lift_of_rates, lift_of_values
from core.statistics.looking import (
    EARLY_ERROR,
    END_ERROR,
    Bound,
    always_valid,
    always_valid_p,
    at_the_end,
    one_check_in,
)
from core.statistics.luck import Luck, luck_of_rates, luck_of_values, luck_of_whole_creators
from core.statistics.refused import Refused, Why
from core.statistics.several import agreeing, bonferroni_error, holm
from core.statistics.splits import split_difference
from core.statistics.whole_creators import lift_of_whole_creators, typical_rates, typical_values

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from core.experiments.model import Arm, ExperimentData, Outcome, VideoRow
    from core.experiments.reading_rows import Gathered

PEOPLE = 1e7  # degrees of freedom where people are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a range is drawn today.

    Attributes:
        is_always: the bound holds at every look; otherwise it is an ordinary one.
        error: shared by all versions.
        is_closed: the plan allows no judgement today at all.
        why_closed: why, in one sentence.
    """

    is_always: bool
    error: float
    is_closed: bool = False
    why_closed: str = ""

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
    taken = check_in_day(data, gathered)
    if gathered.is_end:
        if taken is None:
            return Rule(is_always=False, error=0.05)
        share = sum((ready_day(row, data) or 0) <= taken for row in gathered.used) / len(data.slots)
        return Rule(is_always=False, error=one_check_in(_inside(share))[1])
    if taken is not None:
        return Rule(
            is_always=False, error=0.05, is_closed=True, why_closed="The one check-in was taken already."
        )
    share = share_in(gathered)
    if share < data.check_in_share:
        why = f"The one check-in comes when {data.check_in_share:.0%} of the videos are in."
        return Rule(is_always=False, error=0.05, is_closed=True, why_closed=why)
    return Rule(is_always=False, error=one_check_in(_inside(share))[0])


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
    arms = data.challengers
    lifts = [kept_out.get(arm.key) or estimate(data, data.primary, gathered.used, arm) for arm in arms]
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
        low, high = _people_range(data, arm, bound.level)
        is_clear = low > 0 or high < 0
    low, high = agreeing(low, high, is_clear=is_clear)
    return Measured(
        arm=arm, lift=lift, low=low, high=high, level=bound.level, is_clear=is_clear,
        p_value=p_value, p_adjusted=p_adjusted, half=bound.half,
    )  # fmt: skip


def estimate(data: ExperimentData, outcome: Outcome, rows: Sequence[VideoRow], arm: Arm) -> Lift | Refused:
    """Return one version's lift over the control on one metric, as the design asks for."""
    control = data.control
    if control is None:
        return no_control()
    if data.design is Design.AUDIENCE_SPLIT:
        return _people(data, outcome, arm)
    chosen = [row for row in rows if row.arm in {control.key, arm.key}]
    if data.is_association:
        return _associated(outcome, chosen, arm)
    if data.design is Design.WHOLE_CREATORS:
        return _whole(data, outcome, chosen, arm)
    numbers = numbers_of(chosen, outcome)
    version = [row.arm == arm.key for row in chosen]
    blocks = [row.block for row in chosen] if data.design is Design.POSTING_SLOTS else None
    if outcome.kind is OutcomeKind.VALUE:
        return lift_of_values(numbers.creators, version, numbers.numerators, blocks=blocks)
    return lift_of_rates(numbers.creators, version, numbers.numerators, numbers.denominators, blocks=blocks)


def no_control() -> Refused:
    """Return the refusal of a plan without exactly one control."""
    return Refused(
        why=Why.ONE_ARM,
        sentence="The plan does not say which version the others are compared with.",
        cure="Choose exactly one version as the control.",
    )


def _typical(outcome: Outcome, rows: Sequence[VideoRow]) -> tuple[dict[Hashable, float], float]:
    numbers = numbers_of(rows, outcome)
    if outcome.kind is OutcomeKind.VALUE:
        return typical_values(numbers.creators, numbers.numerators), 0.0
    return typical_rates(numbers.creators, numbers.numerators, numbers.denominators)


def _history(data: ExperimentData, outcome: Outcome) -> dict[Hashable, float]:
    known = {one.key: one.history.get(outcome.key) for one in data.creators}
    return {key: math.log(past) for key, past in known.items() if past is not None and past > 0}


def _whole(data: ExperimentData, outcome: Outcome, rows: Sequence[VideoRow], arm: Arm) -> Lift | Refused:
    typical, spread = _typical(outcome, rows)
    version: dict[Hashable, bool] = {row.creator: row.arm == arm.key for row in rows}
    return lift_of_whole_creators(
        version, typical, history=_history(data, outcome), videos=len(rows), spread=spread
    )


def _people(data: ExperimentData, outcome: Outcome, arm: Arm) -> Lift | Refused:
    counts = people_counts(data, outcome, arm)
    found = split_difference(*counts)
    if isinstance(found, Refused):
        return found
    if found.log_lift is None:
        return Refused(
            why=Why.ONE_SIDED,
            sentence="Nobody did it in one of the versions yet.",
            cure="Wait for more people, or choose something more people do.",
        )
    return Lift(
        log_lift=found.log_lift, standard_error=found.standard_error, degrees=PEOPLE, creators=0,
        effective_creators=0.0, videos=2, spread=0.0, without=(),
    )  # fmt: skip


def people_counts(data: ExperimentData, outcome: Outcome, arm: Arm) -> tuple[float, float, float, float]:
    """Return successes and people of the control and of a version; NaN where not known."""
    control = data.control
    found = {one.arm: one for one in data.audience}
    counts: list[float] = []
    for key in (control.key if control else "", arm.key):
        one = found.get(key)
        successes = one.successes.get(outcome.key) if one else None
        counts += [
            math.nan if successes is None else float(successes),
            math.nan if one is None or one.people is None else float(one.people),
        ]
    return counts[0], counts[1], counts[2], counts[3]


def _people_range(data: ExperimentData, arm: Arm, level: float) -> tuple[float, float]:
    found = split_difference(*people_counts(data, data.primary, arm), level=level)
    return (-math.inf, math.inf) if isinstance(found, Refused) else (found.log_low, found.log_high)


def _associated(outcome: Outcome, rows: Sequence[VideoRow], arm: Arm) -> Lift | Refused:
    """Return the comparison inside creators with what was known before posting, as a lift."""
    numbers = numbers_of(rows, outcome)
    names = sorted({name for row in rows for name in row.features})
    (found,) = compare_tags(
        numbers.creators,
        {arm.key: [row.arm == arm.key for row in rows]},
        numbers.numerators,
        None if outcome.kind is OutcomeKind.VALUE else numbers.denominators,
        covariates={name: [row.features.get(name, "") for row in rows] for name in names},
    )
    if found.refused or found.adjusted is None or found.high is None:
        return found.refused or no_control()
    return Lift(
        log_lift=found.adjusted, standard_error=found.standard_error, degrees=found.degrees,
        creators=found.creators, effective_creators=found.degrees + 1,
        videos=found.videos, spread=0.0, without=(),
    )  # fmt: skip


def raw_association(
    outcome: Outcome, rows: Sequence[VideoRow], arm: Arm, control: Arm
) -> tuple[float | None, bool]:
    """Return the raw log lift over everybody, and whether it is mostly explained by who used it."""
    chosen = [row for row in rows if row.arm in {control.key, arm.key}]
    numbers = numbers_of(chosen, outcome)
    names = sorted({name for row in chosen for name in row.features})
    (found,) = compare_tags(
        numbers.creators,
        {arm.key: [row.arm == arm.key for row in chosen]},
        numbers.numerators,
        None if outcome.kind is OutcomeKind.VALUE else numbers.denominators,
        covariates={name: [row.features.get(name, "") for row in chosen] for name in names},
    )
    return found.raw, found.is_mostly_who


def luck_of(data: ExperimentData, rows: Sequence[VideoRow], arm: Arm) -> Luck | Refused | None:
    """Return how often luck alone gives at least this, re-drawing as the design drew; None for people."""
    control = data.control
    if control is None or data.is_association or data.design is Design.AUDIENCE_SPLIT:
        return None
    chosen = [row for row in rows if row.arm in {control.key, arm.key}]
    seed = sum(ord(letter) * (at + 1) for at, letter in enumerate(data.key + arm.key))
    if data.design is Design.WHOLE_CREATORS:
        version: dict[Hashable, bool] = {row.creator: row.arm == arm.key for row in chosen}
        typical, _ = _typical(data.primary, chosen)
        tiers: dict[Hashable, Hashable] = {one.key: one.tier for one in data.creators}
        return luck_of_whole_creators(
            version, typical, history=_history(data, data.primary), strata=tiers, seed=seed
        )
    numbers = numbers_of(chosen, data.primary)
    version_list = [row.arm == arm.key for row in chosen]
    blocks = [row.block for row in chosen] if data.design is Design.POSTING_SLOTS else None
    if data.primary.kind is OutcomeKind.VALUE:
        return luck_of_values(numbers.creators, version_list, numbers.numerators, blocks=blocks, seed=seed)
    return luck_of_rates(
        numbers.creators, version_list, numbers.numerators, numbers.denominators, blocks=blocks, seed=seed
    )


def plain_range(lift: Lift, level: float = 0.95) -> tuple[float, float]:
    """Return the ordinary interval of one look on the log scale."""
    half = float(stdtrit(lift.degrees, 0.5 + level / 2)) * lift.standard_error
    return lift.log_lift - half, lift.log_lift + half


def events_of(rows: Sequence[VideoRow], outcome: Outcome, arm: str) -> float:
    """Return the events (or the amount) of one version's videos together."""
    return math.fsum(
        count
        for count in (counted(row, outcome)[0] for row in rows if row.arm == arm)
        if math.isfinite(count)
    )
