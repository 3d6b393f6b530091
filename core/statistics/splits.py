"""An ad platform's audience split: people divided by lot, compared as two proportions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtrc, gammaln, ndtr, ndtri

from core.statistics.refused import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Sequence

SUSPICIOUS = 0.001  # below this the platform did not divide as planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Two shares of people and how they differ.

    Attributes:
        control, version: shares, 0–1.
        difference: version − control, in shares; low and high are Newcombe's interval.
        low, high: ends of the difference.
        log_lift: log of version ÷ control; None where a share is zero.
        log_low, log_high: ends that agree with the difference; infinite where a share is zero.
        standard_error: of the log lift; infinite where a share is zero.
        p_value: two-sided, of no difference (z with the pooled share).
    """

    control: float
    version: float
    difference: float
    low: float
    high: float
    log_lift: float | None
    log_low: float
    log_high: float
    standard_error: float
    p_value: float


def wilson(successes: float, people: float, level: float = 0.95) -> tuple[float, float]:
    """Return Wilson's interval of a share (Wilson 1927, JASA 22:209)."""
    z = float(ndtri(0.5 + level / 2))
    share = successes / people
    middle = (share + z * z / (2 * people)) / (1 + z * z / people)
    half = z / (1 + z * z / people) * math.sqrt(share * (1 - share) / people + z * z / (4 * people**2))
    low = 0.0 if successes <= 0 else max(0.0, middle - half)
    return low, 1.0 if successes >= people else min(1.0, middle + half)


def split_difference(
    control_successes: float,
    control_people: float,
    version_successes: float,
    version_people: float,
    *,
    level: float = 0.95,
) -> Split | Refused:
    """Return how two arms of an audience split differ.

    The difference takes Newcombe's hybrid score interval (Newcombe 1998, Statistics in Medicine
    17:873, method 10); the ratio the matching interval of Donner & Zou 2012 (Statistics in Medicine
    31:1347) on the same Wilson limits, so that both exclude "no difference" together.

    Args:
        control_successes: people who did it under the control; at most the people reached.
        control_people: people the control reached.
        version_successes: people who did it under the version, likewise.
        version_people: people the version reached.
        level: confidence.
    """
    counts = (control_successes, control_people, version_successes, version_people)
    if not all(math.isfinite(count) and count >= 0 for count in counts):
        return _refused(Why.NO_DATA, "People or successes of a version are not known.")
    if min(control_people, version_people) <= 0:
        return _refused(Why.ONE_ARM, "One version reached nobody yet.")
    if control_successes > control_people or version_successes > version_people:
        return _refused(Why.NOT_POSSIBLE, "More successes than people: these are events, not people.")
    if control_successes + version_successes <= 0:
        return _refused(Why.NO_EVENTS, "Nobody did it yet in either version.")
    a, b = control_successes / control_people, version_successes / version_people
    low_a, high_a = wilson(control_successes, control_people, level)
    low_b, high_b = wilson(version_successes, version_people, level)
    log_low, log_high = _ratio((a, low_a, high_a), (b, low_b, high_b))
    is_zero = not (a and b)
    one, other = 1 / max(control_successes, 0.5), 1 / max(version_successes, 0.5)
    return Split(
        control=a,
        version=b,
        difference=b - a,
        low=b - a - math.hypot(b - low_b, high_a - a),
        high=b - a + math.hypot(high_b - b, a - low_a),
        log_lift=None if is_zero else math.log(b / a),
        log_low=log_low,
        log_high=log_high,
        standard_error=math.inf
        if is_zero
        else math.sqrt(one - 1 / control_people + other - 1 / version_people),
        p_value=pooled_p(*counts),
    )


def _ratio(control: tuple[float, float, float], version: tuple[float, float, float]) -> tuple[float, float]:
    """Return log ends of b ÷ a: where b − R·a leaves its own hybrid interval.

    Both are roots of A·R² − 2ab·R + C; the lower one is written so that it holds for any sign of A.
    """
    (a, low_a, high_a), (b, low_b, high_b) = control, version
    product = a * b
    lower = low_b * (2 * b - low_b)
    low = 0.0
    if lower > 0:
        low = lower / (product + math.sqrt(max(product**2 - lower * high_a * (2 * a - high_a), 0.0)))
    below = low_a * (2 * a - low_a)
    high = math.inf
    if below > 0:
        high = (product + math.sqrt(max(product**2 - high_b * (2 * b - high_b) * below, 0.0))) / below
    return (math.log(low) if low > 0 else -math.inf), (math.log(high) if high < math.inf else math.inf)


def pooled_p(
    control_successes: float, control_people: float, version_successes: float, version_people: float
) -> float:
    """Return the two-sided p-value of two equal shares (z with the pooled share)."""
    pooled = (control_successes + version_successes) / (control_people + version_people)
    if not 0 < pooled < 1:
        return 1.0
    error = math.sqrt(pooled * (1 - pooled) * (1 / control_people + 1 / version_people))
    z = (version_successes / version_people - control_successes / control_people) / error
    return float(2 * ndtr(-abs(z)))


def split_as_planned(people: Sequence[float], shares: Sequence[float] | None = None) -> float:
    """Return the p-value of the people per arm under the planned shares (Pearson's χ²).

    Below `SUSPICIOUS` the platform did not divide people as planned (sample ratio mismatch).

    Args:
        people: people reached per arm.
        shares: planned shares, any positive scale; None means equal parts.
    """
    counts = np.asarray(people, dtype=float)
    planned = np.ones(len(counts)) if shares is None else np.asarray(shares, dtype=float)
    expected = counts.sum() * planned / planned.sum()
    if len(counts) < 2 or not (expected > 0).all():
        return 1.0
    return float(chdtrc(len(counts) - 1, float(((counts - expected) ** 2 / expected).sum())))


def fisher_exact(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return Fisher's exact two-sided p-value of (yes, no) in two groups."""
    yes, total = one[0] + other[0], sum(one) + sum(other)
    size = sum(one)
    if not total or yes in {0, total} or size in {0, total}:
        return 1.0
    k = np.arange(max(0, size - (total - yes)), min(size, yes) + 1)

    def choose(n: float, k: np.ndarray) -> np.ndarray:
        return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))

    logs = choose(yes, k) + choose(total - yes, size - k) - choose(total, np.asarray(size))
    chances = np.exp(logs)
    observed = chances[int(one[0] - k[0])]
    return float(min(1.0, chances[chances <= observed * (1 + 1e-7)].sum()))


def _refused(why: Why, sentence: str) -> Refused:
    return Refused(
        why=why,
        sentence=sentence,
        cure="Import the ad platform's report with people reached and results per ad.",
    )
