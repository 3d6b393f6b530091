"""One version's lift over the control as the design asks for, and what luck alone would give."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from core.experiments.model import Design, OutcomeKind
from core.statistics.association import Association, compare_tags
from core.statistics.lifts import Lift, lift_of_rates, lift_of_values, lifts_of_rates_by_day
from core.statistics.luck import Luck, luck_of_rates, luck_of_values, luck_of_whole_creators
from core.statistics.refused import Refused, Why
from core.statistics.splits import split_difference
from core.statistics.whole_creators import lift_of_whole_creators, typical_rates, typical_values

if TYPE_CHECKING:
    from collections.abc import Hashable

    from core.experiments.model import Arm, ExperimentData, Outcome
    from core.experiments.reading_rows import Columns

PEOPLE = 1e7  # degrees of freedom where people are counted


def estimate(data: ExperimentData, outcome: Outcome, columns: Columns, arm: Arm) -> Lift | Refused:
    """Return one version's lift over the control on one metric.

    The creators of `Lift.without` are codes of `columns.names`.
    """
    if data.control is None:
        return _no_control()
    if data.design is Design.AUDIENCE_SPLIT:
        return _people(data, outcome, arm)
    if data.is_association:
        return _as_lift(associated(data, outcome, columns, arm))
    chosen, version = two_arms(data, columns, arm)
    if data.design is Design.WHOLE_CREATORS:
        return _whole(data, outcome, chosen, version)
    x, n = chosen.numbers[outcome.key]
    blocks = chosen.blocks if data.design is Design.POSTING_SLOTS else None
    if outcome.kind is OutcomeKind.VALUE:
        return lift_of_values(chosen.creators, version, x, blocks=blocks)
    return lift_of_rates(chosen.creators, version, x, n, blocks=blocks)


def estimates_by_day(data: ExperimentData, columns: Columns, arm: Arm) -> list[tuple[int, Lift | Refused]]:
    """Return the estimate as it stood on each day on which a video of either version became ready."""
    chosen, version = two_arms(data, columns, arm)
    outcome = data.primary
    if outcome.kind is OutcomeKind.RATE and data.design is not Design.WHOLE_CREATORS:
        x, n = chosen.numbers[outcome.key]
        blocks = chosen.blocks if data.design is Design.POSTING_SLOTS else None
        return lifts_of_rates_by_day(chosen.creators, version, x, n, chosen.ready, blocks=blocks)
    days = np.unique(chosen.ready).tolist()
    return [(day, estimate(data, outcome, chosen.part(chosen.ready <= day), arm)) for day in days]


def two_arms(data: ExperimentData, columns: Columns, arm: Arm) -> tuple[Columns, np.ndarray]:
    """Return the videos of the control and of one version, and which of them are the version's."""
    place = data.arms.index(arm)
    control = next(at for at, one in enumerate(data.arms) if one.is_control)
    chosen = columns.part((columns.arms == place) | (columns.arms == control))
    return chosen, np.asarray(chosen.arms == place)


def _no_control() -> Refused:
    return Refused(
        why=Why.ONE_ARM,
        sentence="The plan does not say which version the others are compared with.",
        cure="Choose exactly one version as the control.",
    )


def _whole(data: ExperimentData, outcome: Outcome, chosen: Columns, version: np.ndarray) -> Lift | Refused:
    typical, spread = _typical(outcome, chosen)
    return lift_of_whole_creators(
        _versions(chosen, version),
        typical,
        history=_history(data, outcome, chosen),
        videos=len(version),
        spread=spread,
    )


def _versions(chosen: Columns, version: np.ndarray) -> dict[Hashable, bool]:
    return dict(zip(chosen.creators.tolist(), version.tolist(), strict=True))


def _typical(outcome: Outcome, chosen: Columns) -> tuple[dict[Hashable, float], float]:
    x, n = chosen.numbers[outcome.key]
    who = chosen.creators.tolist()
    if outcome.kind is OutcomeKind.VALUE:
        return typical_values(who, x.tolist()), 0.0
    return typical_rates(who, x.tolist(), n.tolist())


def _history(data: ExperimentData, outcome: Outcome, chosen: Columns) -> dict[Hashable, float]:
    known = {one.key: one.history.get(outcome.key) for one in data.creators}
    past = ((code, known.get(name)) for code, name in enumerate(chosen.names))
    return {code: math.log(figure) for code, figure in past if figure is not None and figure > 0}


def _people(data: ExperimentData, outcome: Outcome, arm: Arm) -> Lift | Refused:
    found = split_difference(*people_counts(data, outcome, arm))
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
    """Return successes and people of the control, then of a version; NaN where not known."""
    found = {one.arm: one for one in data.audience}
    counts: list[float] = []
    for key in (data.control.key if data.control else "", arm.key):
        one = found.get(key)
        successes = one.successes.get(outcome.key) if one else None
        people = one.people if one else None
        counts += [math.nan if count is None else float(count) for count in (successes, people)]
    return counts[0], counts[1], counts[2], counts[3]


def people_range(data: ExperimentData, arm: Arm, level: float) -> tuple[float, float]:
    """Return the range of an audience split on the log scale."""
    found = split_difference(*people_counts(data, data.primary, arm), level=level)
    return (-math.inf, math.inf) if isinstance(found, Refused) else (found.log_low, found.log_high)


def associated(data: ExperimentData, outcome: Outcome, columns: Columns, arm: Arm) -> Association:
    """Return the comparison inside creators with what was known before posting."""
    place = data.arms.index(arm)
    control = next(at for at, one in enumerate(data.arms) if one.is_control)
    rows = np.flatnonzero((columns.arms == place) | (columns.arms == control))
    x, n = columns.numbers[outcome.key]
    (found,) = compare_tags(
        columns.creators[rows],
        {arm.key: columns.arms[rows] == place},
        x[rows],
        None if outcome.kind is OutcomeKind.VALUE else n[rows],
        covariates={name: [texts[row] for row in rows] for name, texts in columns.features.items()},
    )
    return found


def _as_lift(found: Association) -> Lift | Refused:
    if found.refused or found.adjusted is None:
        return found.refused or _no_control()
    return Lift(
        log_lift=found.adjusted, standard_error=found.standard_error, degrees=found.degrees,
        creators=found.creators, effective_creators=found.degrees + 1,
        videos=found.videos, spread=0.0, without=(),
    )  # fmt: skip


def luck_of(data: ExperimentData, columns: Columns, arm: Arm) -> Luck | Refused | None:
    """Return how often luck alone gives at least this, re-drawing as the design drew; None for people."""
    if data.control is None or data.is_association or data.design is Design.AUDIENCE_SPLIT:
        return None
    chosen, version = two_arms(data, columns, arm)
    seed = sum(ord(letter) * (at + 1) for at, letter in enumerate(data.key + arm.key))
    outcome = data.primary
    if data.design is Design.WHOLE_CREATORS:
        tiers = {one.key: one.tier for one in data.creators}
        return luck_of_whole_creators(
            _versions(chosen, version),
            _typical(outcome, chosen)[0],
            history=_history(data, outcome, chosen),
            strata={code: tiers.get(name, "") for code, name in enumerate(chosen.names)},
            seed=seed,
        )
    x, n = chosen.numbers[outcome.key]
    blocks = chosen.blocks if data.design is Design.POSTING_SLOTS else None
    if outcome.kind is OutcomeKind.VALUE:
        return luck_of_values(chosen.creators, version, x, blocks=blocks, seed=seed)
    return luck_of_rates(chosen.creators, version, x, n, blocks=blocks, seed=seed)


def plain_range(lift: Lift, level: float = 0.95) -> tuple[float, float]:
    """Return the ordinary interval of one look on the log scale."""
    half = float(stdtrit(lift.degrees, 0.5 + level / 2)) * lift.standard_error
    return lift.log_lift - half, lift.log_lift + half


def events_of(data: ExperimentData, columns: Columns, arm: Arm) -> float:
    """Return the events (or the amount) of one version's videos together."""
    counts = columns.numbers[data.primary.key][0][columns.arms == data.arms.index(arm)]
    return float(counts[np.isfinite(counts)].sum())
