"""The small print of a reading: methods, levels, p-values, and what was taken as given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.experiments.model import Design, OutcomeKind
from core.experiments.reading_model import Detail
from core.statistics.lifts import Lift

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.experiments.model import ExperimentData
    from core.experiments.reading_contrasts import Measured, Rule
    from core.experiments.reading_model import Contrast

_METHODS = {
    OutcomeKind.RATE: "Rates of each video inside its creator (negative-binomial quasi-likelihood), "
    "error by leaving out one creator at a time.",
    OutcomeKind.VALUE: "Logarithms of each video inside its creator (least squares), "
    "error by leaving out one creator at a time.",
}


def details_of(
    data: ExperimentData, rule: Rule, contrasts: Sequence[Contrast], measured: Sequence[Measured]
) -> tuple[Detail, ...]:
    """Return the small print, one line each."""
    lines = [
        Detail(label="Method", text=_method(data)),
        Detail(label="Range", text=_range(data, rule)),
        Detail(label="Smallest lift worth having", text=f"{data.smallest_lift:.0%}"),
        Detail(label="Usual size of lifts", text=f"sd {data.primary.prior} on the log scale around none"),
    ]
    for one, estimated in zip(contrasts, measured, strict=True):
        lines += _of_version(one, estimated)
    lines += [Detail(label=f"Read on day {look.day}", text=look.verdict) for look in data.looks]
    return tuple(lines)


def _method(data: ExperimentData) -> str:
    if data.design is Design.AUDIENCE_SPLIT:
        return "Two shares of people (Newcombe’s interval)."
    if data.is_association:
        return f"{_METHODS[data.primary.kind]} Adjusted for what was known before posting."
    if data.design is Design.WHOLE_CREATORS:
        past = all((one.history.get(data.primary.key) or 0) > 0 for one in data.creators)
        beside = "beside the creator’s own past" if past else "(Welch’s t)"
        return f"One typical figure per creator {beside}."
    return _METHODS[data.primary.kind]


def _range(data: ExperimentData, rule: Rule) -> str:
    if rule.is_closed:
        return rule.why_closed
    kind = "holds at every look" if rule.is_always else "of one look"
    count = len(data.challengers)
    shared = f", shared by {count} versions" if count > 1 else ""
    return f"{1 - rule.error:.2%} {kind}{shared}"


def _of_version(one: Contrast, estimated: Measured) -> list[Detail]:
    name, lift = one.arm.name, estimated.lift
    if not isinstance(lift, Lift):
        return [Detail(label=name, text=one.why_not), *_luck(one)]
    lines = [
        Detail(label=f"{name}: log lift", text=f"{lift.log_lift:.4f}"),
        Detail(label=f"{name}: standard error", text=f"{lift.standard_error:.4f}"),
        Detail(label=f"{name}: degrees of freedom", text=f"{lift.degrees:,.1f}"),
        Detail(label=f"{name}: spread", text=f"{lift.spread:.3f}"),
        Detail(label=f"{name}: p-value", text=f"{one.p_value:.4f}"),
    ]
    if one.p_adjusted is not None and one.p_adjusted != one.p_value:
        lines.append(Detail(label=f"{name}: p-value after Holm", text=f"{one.p_adjusted:.4f}"))
    return [*lines, *_luck(one)]


def _luck(one: Contrast) -> list[Detail]:
    return [Detail(label=f"{one.arm.name}: luck", text=one.luck_sentence)] if one.luck_sentence else []
