"""Comparing whole creators: one typical figure per creator, and the creator's own past beside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.statistics.fitting import fit_typical
from core.statistics.lifts import Lift
from core.statistics.refused import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from core.statistics.fitting import Numbers

FEWEST_PER_ARM = 3
_TINY = 1e-9


def typical_values(creators: Sequence[Hashable], values: Sequence[float]) -> dict[Hashable, float]:
    """Return the log of each creator's typical amount: the mean of the logs of its videos.

    Amounts that are missing or not positive are left out; a creator without any is not in the answer.
    """
    logs: dict[Hashable, list[float]] = {}
    for creator, value in zip(creators, values, strict=True):
        if math.isfinite(value) and value > 0:
            logs.setdefault(creator, []).append(math.log(value))
    return {creator: math.fsum(own) / len(own) for creator, own in logs.items()}


def typical_rates(
    creators: Sequence[Hashable], numerators: Sequence[float], denominators: Sequence[float]
) -> tuple[dict[Hashable, float], float]:
    """Return the log of each creator's typical rate, and φ, how much videos differ beyond counting.

    The same negative-binomial quasi-likelihood as inside creators: log E x = log n + a_i with one φ
    for all. A creator without any event has no logarithm and is not in the answer.
    """
    events, exposures = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    is_usable = np.isfinite(events) & np.isfinite(exposures) & (exposures > 0) & (events >= 0)
    total: dict[Hashable, float] = {}
    for creator, count, usable in zip(creators, events, is_usable, strict=True):
        total[creator] = total.get(creator, 0.0) + (float(count) if usable else 0.0)
    names = [creator for creator, count in total.items() if count > 0]
    if not names:
        return {}, 0.0
    number = {creator: at for at, creator in enumerate(names)}
    rows = [at for at, creator in enumerate(creators) if is_usable[at] and creator in number]
    codes = np.asarray([number[creators[at]] for at in rows], dtype=np.intp)
    fit = fit_typical(events[rows], exposures[rows], codes)
    return dict(zip(names, map(float, fit.base), strict=True)), fit.spread


def lift_of_whole_creators(
    is_version: Mapping[Hashable, bool],
    typical: Mapping[Hashable, float],
    *,
    history: Mapping[Hashable, float] | None = None,
    videos: int = 0,
    spread: float = 0.0,
) -> Lift | Refused:
    """Return the lift between creators who each made one version.

    With every creator's history: regression on the arm and the history (ANCOVA, the regression form
    of CUPED), classical t with G − 3. Without: Welch's t.

    Args:
        is_version: each creator's arm.
        typical: log of each creator's typical figure; creators without one drop out.
        history: log of the same figure before the experiment; used when known for all.
        videos: how many videos stand behind it, to be handed on.
        spread: φ or sd of the videos, to be handed on.
    """
    names = [creator for creator in is_version if math.isfinite(typical.get(creator, math.nan))]
    version = np.array([float(is_version[name]) for name in names])
    y = np.array([typical[name] for name in names])
    past = np.array([(history or {}).get(name, math.nan) for name in names])
    few = int(min(version.sum(), len(names) - version.sum())) if names else 0
    if few < FEWEST_PER_ARM:
        return _too_few(few, len(names))
    has_past = bool(np.isfinite(past).all()) and float(np.ptp(past)) > _TINY
    log_lift, error, degrees = between(version, y, past if has_past else None)
    if not (error > _TINY and math.isfinite(error) and degrees > 0):
        return _no_spread(log_lift, len(names))
    without = tuple(
        (
            name,
            between(np.delete(version, at), np.delete(y, at), np.delete(past, at) if has_past else None)[0],
        )
        for at, name in enumerate(names)
    )
    return Lift(
        log_lift=log_lift,
        standard_error=error,
        degrees=degrees,
        creators=len(names),
        effective_creators=float(len(names)),
        videos=videos,
        spread=spread,
        without=without,
    )


def between(version: Numbers, y: Numbers, past: Numbers | None) -> tuple[float, float, float]:
    """Return difference, standard error and degrees of freedom: ANCOVA with a past, else Welch."""
    one, other = y[version == 1], y[version == 0]
    if past is None:
        parts = (
            [float(side.var(ddof=1)) / len(side) for side in (one, other)]
            if min(len(one), len(other)) > 1
            else []
        )
        difference = float(one.mean() - other.mean())
        if not parts or sum(parts) <= 0:
            return difference, 0.0, 0.0
        below = sum(part**2 / (len(side) - 1) for part, side in zip(parts, (one, other), strict=True))
        return difference, math.sqrt(sum(parts)), sum(parts) ** 2 / below
    design = np.column_stack([np.ones(len(y)), version, past])
    inverse = np.linalg.pinv(design.T @ design)
    fitted = inverse @ design.T @ y
    free = len(y) - 3
    left = y - design @ fitted
    error = math.sqrt(float(left @ left) / free * float(inverse[1, 1])) if free > 0 else 0.0
    return float(fitted[1]), error, float(free)


def _too_few(few: int, creators: int) -> Refused:
    has = "No creator has" if few == 0 else f"Only {few} creator{'s have' if few > 1 else ' has'}"
    return Refused(
        why=Why.FEW_PER_ARM if few else Why.ONE_ARM,
        sentence=f"{has} a figure in one of the versions; whole creators need {FEWEST_PER_ARM} in each.",
        cure="More creators would do it; letting each creator make both versions needs far fewer.",
        creators=creators,
    )


def _no_spread(log_lift: float, creators: int) -> Refused:
    return Refused(
        why=Why.NO_SPREAD,
        sentence="All creators of a version show exactly the same figure, which real videos never do.",
        cure="See whether the same numbers were imported for all of them.",
        log_lift=log_lift,
        creators=creators,
    )
