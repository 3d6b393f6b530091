"""Several versions or metrics at once: corrections, and intervals that agree with them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values adjusted so that any false alarm among them stays below the level.

    Holm 1979 (Scandinavian Journal of Statistics 6:65). NaN stays NaN and counts as no test.
    """
    order = _known_order(p_values)
    adjusted, highest = [math.nan] * len(p_values), 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, (len(order) - rank) * p_values[at]))
        adjusted[at] = highest
    return tuple(adjusted)


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values adjusted so that the expected share of false alarms among the named stays below.

    Benjamini & Hochberg 1995 (JRSS B 57:289). NaN stays NaN and counts as no test.
    """
    order = _known_order(p_values)
    adjusted, lowest = [math.nan] * len(p_values), 1.0
    for rank, at in reversed(list(enumerate(order, start=1))):
        lowest = min(lowest, p_values[at] * len(order) / rank)
        adjusted[at] = lowest
    return tuple(adjusted)


def _known_order(p_values: Sequence[float]) -> list[int]:
    known = [at for at, value in enumerate(p_values) if not math.isnan(value)]
    return sorted(known, key=lambda at: (p_values[at], at))


def bonferroni_error(error: float, count: int) -> float:
    """Return the error of each of several intervals that shall hold together."""
    return error / max(count, 1)


def agreeing(low: float, high: float, *, is_clear: bool) -> tuple[float, float]:
    """Return the interval so that it excludes zero exactly where the verdict says so.

    Holm names a difference a little earlier than a Bonferroni interval leaves zero; there the
    interval is cut at zero, as in the step-down intervals of Guilbaud 2008 (Biometrical Journal
    50:678). It never claims more than the verdict: only the sign.
    """
    if not is_clear or low > 0 or high < 0:
        return low, high
    just_off = math.ulp(1.0)
    return (just_off, high) if low + high > 0 else (low, -just_off)
