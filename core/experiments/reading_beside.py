"""The metrics beside the one that decides: supporting ones, and guardrails that must not worsen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from core.experiments.reading_estimates import estimate, plain_range
from core.experiments.reading_model import Guardrail, GuardrailState, Supporting
from core.experiments.reading_words import lift_words, percent, range_words, to_share
from core.statistics.chances import guard_state
from core.statistics.lifts import Lift
from core.statistics.refused import Refused
from core.statistics.several import benjamini_hochberg

if TYPE_CHECKING:
    from core.experiments.model import Arm, ExperimentData, Outcome
    from core.experiments.reading_contrasts import Rule
    from core.experiments.reading_rows import Gathered

NOTABLE = 0.05


def supporting_of(data: ExperimentData, gathered: Gathered, rule: Rule) -> tuple[Supporting, ...]:
    """Return every secondary metric of every version, corrected together (Benjamini–Hochberg).

    Before the end the ranges are those that hold at every look, as for the primary metric.
    """
    cells = [(outcome, arm) for outcome in data.secondary for arm in data.challengers]
    lifts = [estimate(data, outcome, gathered.columns, arm) for outcome, arm in cells]
    p_values = [
        rule.p_value(lift, outcome.prior) if isinstance(lift, Lift) else math.nan
        for lift, (outcome, _) in zip(lifts, cells, strict=True)
    ]
    adjusted = benjamini_hochberg(p_values)
    return tuple(
        _supporting(outcome, arm, lift, rule, (p, p_all))
        for (outcome, arm), lift, p, p_all in zip(cells, lifts, p_values, adjusted, strict=True)
    )


def _supporting(
    outcome: Outcome, arm: Arm, lift: Lift | Refused, rule: Rule, p_values: tuple[float, float]
) -> Supporting:
    if isinstance(lift, Refused):
        return Supporting(
            outcome=outcome, arm=arm, lift=None, low=None, high=None, p_value=None, p_adjusted=None,
            is_notable=False, sentence=f"{outcome.label}: {lift.text}",
        )  # fmt: skip
    low, high = plain_range(lift)
    if rule.is_always or rule.is_closed:
        half = rule.bound(lift, 1, outcome.prior).half
        low, high = lift.log_lift - half, lift.log_lift + half
    is_notable = p_values[1] < (rule.error if rule.is_always else NOTABLE)
    said = f"{lift_words(to_share(lift.log_lift), outcome)} {outcome.words} with {arm.name}"
    tail = "supporting" if is_notable else "could be luck"
    return Supporting(
        outcome=outcome,
        arm=arm,
        lift=to_share(lift.log_lift),
        low=to_share(low),
        high=to_share(high),
        p_value=p_values[0],
        p_adjusted=p_values[1],
        is_notable=is_notable,
        sentence=f"{outcome.label}: {said} ({range_words(to_share(low), to_share(high), outcome)}); {tail}.",
    )


def guardrails_of(data: ExperimentData, gathered: Gathered) -> tuple[Guardrail, ...]:
    """Return how every guardrail of every version stands, uncorrected: an alarm should be sensitive."""
    return tuple(
        _guardrail(outcome, arm, estimate(data, outcome, gathered.columns, arm))
        for outcome in data.guardrails
        for arm in data.challengers
    )


def _guardrail(outcome: Outcome, arm: Arm, lift: Lift | Refused) -> Guardrail:
    if isinstance(lift, Refused):
        return Guardrail(
            outcome=outcome, arm=arm, state=GuardrailState.UNKNOWN, harm=None, low=None, high=None,
            sentence=f"{outcome.label} cannot be watched yet: {lift.text}",
        )  # fmt: skip
    low, high = plain_range(lift)
    is_lower_better = outcome.sign < 0
    state = guard_state(low, high, tolerable=outcome.tolerable_harm, is_lower_better=is_lower_better)
    best, worst = (low, high) if is_lower_better else (high, low)
    ends = sorted(-outcome.sign * to_share(end) for end in (low, high))
    return Guardrail(
        outcome=outcome,
        arm=arm,
        state=GuardrailState(state.value),
        harm=-outcome.sign * to_share(lift.log_lift),
        low=ends[0],
        high=ends[1],
        sentence=_guard_words(
            outcome,
            arm,
            GuardrailState(state.value),
            (to_share(lift.log_lift), to_share(worst), to_share(best)),
        ),
    )


def _guard_words(
    outcome: Outcome, arm: Arm, state: GuardrailState, shares: tuple[float, float, float]
) -> str:
    """Return how a guardrail stands in words, from the lift and both ends of its range."""
    share, worst, best = shares
    said = f"{lift_words(share, outcome)} {outcome.words} with {arm.name}"
    limit = f"{percent(outcome.tolerable_harm)} worse is tolerable"
    if state is GuardrailState.BREACHED:
        return f"{outcome.label}: hurt. {said}, at best {lift_words(best, outcome)}; {limit}."
    if state is GuardrailState.AT_RISK:
        return f"{outcome.label}: at risk. {said}, but {lift_words(worst, outcome)} is possible; {limit}."
    return f"{outcome.label}: holds. {said}, at worst {lift_words(worst, outcome)}; {limit}."
