"""Chance to be better, what a wrong choice would cost, and how a guardrail stands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

PRIOR = 0.3  # sd of log lifts before seeing data


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """What is believed of a lift after the data.

    Attributes:
        better: chance that the log lift is above zero, 0–1.
        expected_loss: E max(0, 1 − factor): the share lost on average by switching, 0–1.
        expected_gain: E max(0, factor − 1).
        middle: posterior mean of the log lift.
    """

    better: float
    expected_loss: float
    expected_gain: float
    middle: float


def chance_of(log_lift: float, standard_error: float, degrees: float, *, prior: float = PRIOR) -> Chance:
    """Return the posterior of a log lift under N(0, prior²) and a Student-t likelihood.

    One-dimensional quadrature (trapezoid) on points laid densely where the prior and where the
    likelihood have their mass.

    Args:
        log_lift: the estimate; more is better (turn the sign otherwise).
        standard_error: of it.
        degrees: of freedom.
        prior: sd of log lifts before seeing data.
    """
    reach = np.sinh(np.linspace(-7, 7, 1201)) / math.sinh(7)
    points = np.unique(
        np.concatenate(
            [8 * prior * reach, log_lift + 60 * standard_error * reach, np.linspace(-8, 8, 801) * prior]
        )
    )
    points = points[np.abs(points) <= 8 * prior]
    t = (points - log_lift) / standard_error
    log_density = -0.5 * (points / prior) ** 2 - (degrees + 1) / 2 * np.log1p(t * t / degrees)
    density = np.exp(log_density - log_density.max())
    total = np.trapezoid(density, points)
    is_above = points >= 0
    gain = np.expm1(points)
    return Chance(
        better=min(1.0, float(np.trapezoid(density[is_above], points[is_above]) / total)),
        expected_loss=float(np.trapezoid(density * np.maximum(-gain, 0), points) / total),
        expected_gain=float(np.trapezoid(density * np.maximum(gain, 0), points) / total),
        middle=float(np.trapezoid(density * points, points) / total),
    )


class Guard(StrEnum):
    """How a guardrail stands."""

    FINE = "fine"
    AT_RISK = "at risk"
    BREACHED = "breached"


def guard_state(low: float, high: float, *, tolerable: float, is_lower_better: bool = False) -> Guard:
    """Return how the interval of a guardrail's log lift stands to the tolerable harm.

    Args:
        low: lower end of the 95 % interval of the log lift.
        high: its upper end.
        tolerable: worsening that is accepted, 0.10 is 10 %.
        is_lower_better: a rise is the harm (cost per order), else a fall.
    """
    limit = math.log1p(tolerable) if is_lower_better else -math.log1p(-min(tolerable, 0.999))
    best, worst = (low, high) if is_lower_better else (-high, -low)
    if best > limit:
        return Guard.BREACHED
    return Guard.AT_RISK if worst >= limit else Guard.FINE
