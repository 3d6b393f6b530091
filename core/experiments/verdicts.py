"""The verdict of an experiment: checks, estimates, and the first rung of the ladder that fits.

1 check the data, 2 association only, 3 not enough to judge, 4 before the end: early winner, stop or
keep going, 5 at the end: wins or keep the control, 6 no difference that matters, 7 undecided. An
experiment that was ended before its plan is judged by what holds at every look, never by rung 5.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.experiments import reading_words as words
from core.experiments.checks import checks_after, checks_before, is_blocking, too_few_events
from core.experiments.model import Design, ExperimentData
from core.experiments.reading_beside import guardrails_of, supporting_of
from core.experiments.reading_contrasts import Measured, Rule, judged_columns, measure, rule_of
from core.experiments.reading_details import details_of
from core.experiments.reading_estimates import associated, events_of, luck_of
from core.experiments.reading_model import (
    CheckKind,
    CheckStatus,
    Contrast,
    GuardrailState,
    Reading,
    VerdictKind,
    WithoutCreator,
)
from core.experiments.reading_pictures import dots_of, running_of, slopes_of, totals_of, totals_sentence
from core.experiments.reading_rows import gather, share_in
from core.statistics.chances import chance_of
from core.statistics.lifts import Lift
from core.statistics.looking import EARLY_ERROR
from core.statistics.luck import Luck
from core.statistics.refused import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from core.experiments.model import Arm
    from core.experiments.reading_model import Check, Guardrail
    from core.experiments.reading_rows import Gathered

LEANING = 0.80
HALF = 0.5  # of the planned videos, before a chance is given
_EARLY = Rule(is_always=True, error=EARLY_ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What a reading has worked out so far."""

    data: ExperimentData
    gathered: Gathered
    rule: Rule
    checks: tuple[Check, ...]
    guardrails: tuple[Guardrail, ...]

    @property
    def is_blocked(self) -> bool:
        return is_blocking(self.checks)

    @property
    def is_final(self) -> bool:
        """Return whether nothing more will come: the planned end, or ended before it."""
        return self.gathered.is_end or self.data.closed_day is not None

    def breached(self, arm: Arm | None) -> tuple[Guardrail, ...]:
        """Return the guardrails that a version breaches."""
        states = (one for one in self.guardrails if arm and one.arm.key == arm.key)
        return tuple(one for one in states if one.state is GuardrailState.BREACHED)


def read_experiment(data: ExperimentData) -> Reading:
    """Return what an experiment says today.

    Nothing here writes or asks the clock; the same data give the same reading. Data that carry no
    verdict give a reading that says why, and what would change that.

    Args:
        data: plan, videos and looks; see `core.experiments.model`.
    """
    gathered, rule = gather(data), Rule(is_always=True, error=EARLY_ERROR)
    checks = checks_before(data, gathered)
    measured: tuple[Measured, ...] = ()
    guardrails: tuple[Guardrail, ...] = ()
    if _is_comparable(data):
        rule = rule_of(data, gathered)
        measured = measure(data, gathered, rule, _kept_out(data, gathered, checks))
        guardrails = guardrails_of(data, gathered)
    checks += checks_after(data, gathered, measured)
    state = _State(data=data, gathered=gathered, rule=rule, checks=checks, guardrails=guardrails)
    contrasts = tuple(_contrast(state, one) for one in measured)
    kind, leader = _overall(state, contrasts)
    totals = totals_of(data, gathered)
    return Reading(
        day=data.today,
        verdict=kind,
        title=words.title_of(kind, data, leader, state.breached(leader)),
        sentence=_sentence(state, kind, leader, (contrasts, measured)),
        leader=leader,
        is_end=gathered.is_end,
        progress=gathered.progress,
        contrasts=contrasts,
        totals=totals,
        totals_sentence=totals_sentence(data, totals, measured),
        slopes=slopes_of(data, gathered, measured),
        dots=dots_of(data, gathered),
        running=running_of(data, gathered, rule, _EARLY) if measured else (),
        checks=checks,
        secondary=supporting_of(data, gathered, rule) if measured else (),
        guardrails=guardrails,
        set_aside=gathered.set_aside,
        band=data.smallest_lift,
        cautions=_cautions(state, kind, contrasts),
        details=details_of(data, rule, contrasts, measured),
    )


def _is_comparable(data: ExperimentData) -> bool:
    keys = [arm.key for arm in data.arms]
    return data.control is not None and len(keys) > 1 and len(set(keys)) == len(keys)


def _kept_out(data: ExperimentData, gathered: Gathered, checks: Sequence[Check]) -> dict[str, Refused]:
    """Return the versions that may not be judged, with the reason."""
    few = {arm.key for arm in too_few_events(data, gathered)}
    if data.control and data.control.key in few:
        few = {arm.key for arm in data.challengers}
    found = {check.kind: check for check in checks if check.status is CheckStatus.TOO_LITTLE}
    kept = {key: _refused(found[CheckKind.EVENTS]) for key in few if CheckKind.EVENTS in found}
    for kind in (CheckKind.ZEROS, CheckKind.SPLIT):
        if kind in found:
            kept = {arm.key: _refused(found[kind]) for arm in data.challengers}
    return kept


def _refused(check: Check) -> Refused:
    return Refused(why=Why.NO_EVENTS, sentence=check.sentence, cure=check.cure)


def _contrast(state: _State, one: Measured) -> Contrast:
    data, lift = state.data, one.lift
    judged = isinstance(lift, Lift)
    chance, loss = _belief(state, one)
    luck = luck_of(data, judged_columns(state.gathered, state.rule), one.arm)
    kind = _kind(state, one, chance)
    found = words.finding(data, one) if judged else ""
    title = words.title_of(kind, data, _spoken_of(data, one, kind, chance), state.breached(one.arm))
    total = _events_of_both(data, state.gathered, one.arm)
    why_not = lift.text if isinstance(lift, Refused) else ""
    return Contrast(
        arm=one.arm,
        verdict=kind,
        sentence=why_not or f"{title}. {found}",
        lift=None if one.log_lift is None else words.to_share(one.log_lift),
        low=words.to_share(one.low) if judged else None,
        high=words.to_share(one.high) if judged else None,
        level=one.level,
        is_too_early=judged and math.isinf(one.high),
        chance=chance,
        expected_loss=loss,
        loss_words=words.loss_in_kind(loss, total or None, data.primary),
        p_value=None if math.isnan(one.p_value) else one.p_value,
        p_adjusted=None if math.isnan(one.p_adjusted) else one.p_adjusted,
        luck=luck.share if isinstance(luck, Luck) else None,
        luck_sentence=words.luck_words(luck, is_judged=judged),
        without=_without(lift, state.gathered.columns.names),
        rests_on=_rests_on(data, one, state.gathered.columns.names),
        creators=lift.creators,
        videos=lift.videos if isinstance(lift, Lift) else 0,
        effective_creators=lift.effective_creators if isinstance(lift, Lift) else None,
        spread=lift.spread if isinstance(lift, Lift) else None,
        standard_error=lift.standard_error if isinstance(lift, Lift) else None,
        is_gain=None if one.log_lift is None else one.log_lift * data.primary.sign > 0,
        why_not=why_not,
    )


def _events_of_both(data: ExperimentData, gathered: Gathered, arm: Arm) -> float:
    both = [one for one in (arm, data.control) if one is not None]
    return sum(events_of(data, gathered.columns, one) for one in both)


def _spoken_of(data: ExperimentData, one: Measured, kind: VerdictKind, chance: float | None) -> Arm | None:
    """Return the version a verdict names: the control where an undecided test leans to it."""
    is_control = kind is VerdictKind.KEEP_CONTROL or (
        kind is VerdictKind.LEANING and chance is not None and chance < 0.5
    )
    return data.control if is_control else one.arm


def _without(lift: Lift | Refused, names: tuple[str, ...]) -> tuple[WithoutCreator, ...]:
    if isinstance(lift, Refused):
        return ()
    return tuple(
        WithoutCreator(creator=_key(who, names), lift=words.to_share(log)) for who, log in lift.without
    )


def _key(code: Hashable, names: tuple[str, ...]) -> str:
    return names[code] if isinstance(code, int) else str(code)


def _rests_on(data: ExperimentData, one: Measured, names: tuple[str, ...]) -> str:
    if isinstance(one.lift, Refused):
        return ""
    code = one.lift.rests_on(one.half if one.is_clear else math.inf)
    if code is None:
        return ""
    key = _key(code, names)
    return next((who.name for who in data.creators if who.key == key), key)


def _belief(state: _State, one: Measured) -> tuple[float | None, float | None]:
    """Return chance and expected loss; None before half of the planned videos are in."""
    data = state.data
    is_early = share_in(state.gathered) < HALF and state.data.closed_day is None
    if isinstance(one.lift, Refused) or is_early or state.is_blocked or data.is_association:
        return None, None
    lift = one.lift
    found = chance_of(lift.log_lift, lift.standard_error, lift.degrees, prior=data.primary.prior)
    if data.primary.sign < 0:
        return 1 - found.better, found.expected_gain
    return found.better, found.expected_loss


def _kind(state: _State, one: Measured, chance: float | None) -> VerdictKind:
    """Return the first rung of the ladder that fits one version."""
    data = state.data
    if state.is_blocked:
        return VerdictKind.CHECK_DATA
    if data.is_association:
        return VerdictKind.ASSOCIATION
    if isinstance(one.lift, Refused):
        return VerdictKind.NOT_ENOUGH
    is_gain = one.lift.log_lift * data.primary.sign > 0
    if not state.gathered.is_end:
        if one.is_clear:
            return VerdictKind.EARLY_WINNER if is_gain else VerdictKind.STOP
        if not state.is_final:
            return VerdictKind.KEEP_GOING
    elif one.is_clear:
        won = VerdictKind.WINS_BUT_HURTS if state.breached(one.arm) else VerdictKind.WINS
        return won if is_gain else VerdictKind.KEEP_CONTROL
    if words.to_share(one.low) >= -data.smallest_lift and words.to_share(one.high) <= data.smallest_lift:
        return VerdictKind.NO_DIFFERENCE
    is_leaning = chance is not None and (chance >= LEANING or chance <= 1 - LEANING)
    return VerdictKind.LEANING if is_leaning else VerdictKind.UNDECIDED


def _overall(state: _State, contrasts: Sequence[Contrast]) -> tuple[VerdictKind, Arm | None]:
    """Return the verdict over all versions, and the version it speaks of."""
    data = state.data
    if state.is_blocked:
        return VerdictKind.CHECK_DATA, None
    if data.is_association:
        return VerdictKind.ASSOCIATION, contrasts[0].arm if len(contrasts) == 1 else None
    judged = [one for one in contrasts if one.verdict is not VerdictKind.NOT_ENOUGH]
    if not judged:
        return VerdictKind.NOT_ENOUGH, None
    for kind in (VerdictKind.EARLY_WINNER, VerdictKind.WINS, VerdictKind.WINS_BUT_HURTS, VerdictKind.STOP):
        found = [one for one in judged if one.verdict is kind]
        if found:
            return kind, max(found, key=lambda one: data.primary.sign * (one.lift or 0.0)).arm
    if any(one.verdict is VerdictKind.KEEP_GOING for one in judged):
        return VerdictKind.KEEP_GOING, None
    if all(one.verdict is VerdictKind.KEEP_CONTROL for one in judged):
        return VerdictKind.KEEP_CONTROL, data.control
    leaning = [one for one in judged if one.verdict is VerdictKind.LEANING]
    likely = max(leaning, key=lambda one: one.chance or 0.0, default=None)
    if likely and (likely.chance or 0.0) >= LEANING:
        return VerdictKind.LEANING, likely.arm
    settled = {VerdictKind.KEEP_CONTROL, VerdictKind.NO_DIFFERENCE}
    if all(one.verdict in settled for one in judged):
        return VerdictKind.NO_DIFFERENCE, None
    if all(one.verdict in settled | {VerdictKind.LEANING} for one in judged):
        return VerdictKind.LEANING, data.control
    return VerdictKind.UNDECIDED, None


def _sentence(
    state: _State,
    kind: VerdictKind,
    leader: Arm | None,
    found: tuple[Sequence[Contrast], Sequence[Measured]],
) -> str:
    contrasts, measured = found
    data, gathered = state.data, state.gathered
    title = f"{words.title_of(kind, data, leader, state.breached(leader))}."
    if kind is VerdictKind.CHECK_DATA:
        blocked = [check for check in state.checks if check.status is CheckStatus.BLOCKED]
        return " ".join([title, *(f"{check.sentence} {check.cure}" for check in blocked)])
    if kind is VerdictKind.NOT_ENOUGH:
        left = words.missing_words(gathered.progress, state.rule, data.reading_age)
        reasons = dict.fromkeys(one.why_not for one in contrasts)
        lucks = (one.luck_sentence for one in contrasts)
        return " ".join(filter(None, [title, *reasons, *lucks, left]))
    shown = _shown(data, leader, kind, (contrasts, measured))
    one, estimated = shown
    parts = [words.finding(data, estimated), words.basis(data, one.creators, one.videos)]
    if kind is VerdictKind.KEEP_GOING:
        title = f"Keep going: {words.progress_words(gathered.progress)}."
        if gathered.as_of >= data.planned_end:
            parts.append(f"The planned day has come; too few videos have reached {data.reading_age} days.")
        parts.append(words.missing_words(gathered.progress, state.rule, data.reading_age))
        parts.append("" if state.rule.until is None else "This is the one check-in; the next is the end.")
    elif kind in {VerdictKind.EARLY_WINNER, VerdictKind.STOP}:
        how = "however often one looks" if state.rule.is_always else "at the one check-in the plan has"
        parts.append(f"This holds {how}, so the test may stop here.")
    elif kind is VerdictKind.ASSOCIATION:
        parts = [one.why_not or parts[0], "Nobody assigned who used it, so no winner can be named."]
        parts += _explained(data, gathered, estimated)
    elif not gathered.is_end:
        parts.append("It was ended before its plan, so only what holds at every look counts.")
    if kind is not VerdictKind.ASSOCIATION:
        parts.append(words.belief(one.chance, one.expected_loss, data.primary, one.arm))
    return " ".join(filter(None, [title, *parts]))


def _shown(
    data: ExperimentData,
    leader: Arm | None,
    kind: VerdictKind,
    found: tuple[Sequence[Contrast], Sequence[Measured]],
) -> tuple[Contrast, Measured]:
    """Return the version whose figures stand in the sentence: the leader, else the most promising."""
    pairs = list(zip(*found, strict=True))
    for one, measured in pairs:
        if leader is not None and one.arm.key == leader.key:
            return one, measured
    judged = [pair for pair in pairs if not pair[0].why_not] or pairs
    sign = data.primary.sign
    best = max if kind is not VerdictKind.KEEP_CONTROL else min
    return best(judged, key=lambda pair: sign * (pair[0].lift or 0.0))


def _explained(data: ExperimentData, gathered: Gathered, one: Measured) -> list[str]:
    found = associated(data, data.primary, gathered.columns, one.arm)
    if found.raw is None:
        return []
    said = f"Over all creators together it is {words.lift_words(words.to_share(found.raw), data.primary)}."
    return [said, "Most of that is explained by who used it."] if found.is_mostly_who else [said]


def _cautions(state: _State, kind: VerdictKind, contrasts: Sequence[Contrast]) -> tuple[str, ...]:
    """Return what belongs under the verdict."""
    data = state.data
    said = [
        f"{check.sentence} {check.cure}".strip()
        for check in state.checks
        if check.status is CheckStatus.CAUTION and check.kind is not CheckKind.DELIVERY
    ]
    for one in contrasts:
        if one.rests_on and one.verdict not in {VerdictKind.UNDECIDED, VerdictKind.KEEP_GOING}:
            said.append(
                f"{one.arm.name}: this rests on {one.rests_on}; without them it would read otherwise."
            )
        if one.why_not and kind not in {VerdictKind.NOT_ENOUGH, VerdictKind.CHECK_DATA}:
            said.append(f"{one.arm.name}: {one.why_not}")
        if one.verdict is VerdictKind.WINS and abs(one.lift or 0.0) < data.smallest_lift:
            said.append(f"{one.arm.name}: real, but smaller than the {data.smallest_lift:.0%} worth having.")
    if kind is not VerdictKind.WINS_BUT_HURTS:
        said += [one.sentence for one in state.guardrails if one.state is GuardrailState.BREACHED]
    said += [one.sentence for one in state.guardrails if one.state is GuardrailState.AT_RISK]
    if data.design is Design.NOT_ASSIGNED:
        said.append("A creator who keeps the better idea for the better video is corrected by nothing.")
    return tuple(said)
