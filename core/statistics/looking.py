"""Looking at an experiment before its end without fooling oneself.

Either any number of looks under an anytime-valid t bound (1 % of the error) and the ordinary interval
at the planned end (4 %), or exactly one check-in after Lan and DeMets with the O'Brien–Fleming rule.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import ndtr, ndtri, stdtrit

EARLY_ERROR = 0.01  # for all looks before the end together
END_ERROR = 0.04  # for the planned end


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """How far an interval reaches on both sides of the estimate.

    Attributes:
        half: half its width on the log scale; infinite while it is too early.
        level: its confidence, for instance 0.99.
    """

    half: float
    level: float

    @property
    def is_too_early(self) -> bool:
        """Return whether nothing can be said yet."""
        return math.isinf(self.half)


def always_valid(
    standard_error: float, degrees: float, *, error: float = EARLY_ERROR, prior: float = 0.3
) -> Bound:
    """Return the bound that holds at every look at once.

    t*² = d(k − 1) ÷ (1 − kr) with k = (r^(−1/2) ÷ error)^(2/(d+1)), r = SE² ÷ (SE² + prior²): the
    anytime-valid t of Lindon et al. (arXiv 2210.08589) under a N(0, prior²) on the log lift.
    From kr = 1 on no finite bound exists.

    Args:
        standard_error: of the log lift.
        degrees: of freedom.
        error: total error over all looks.
        prior: sd of log lifts before seeing data.
    """
    r = standard_error**2 / (standard_error**2 + prior**2)
    log_k = 2 / (degrees + 1) * (-0.5 * math.log(r) - math.log(error))
    if log_k + math.log(r) >= 0:
        return Bound(half=math.inf, level=1 - error)
    below = -math.expm1(log_k + math.log(r))
    return Bound(half=math.sqrt(degrees * math.expm1(log_k) / below) * standard_error, level=1 - error)


def always_valid_p(log_lift: float, standard_error: float, degrees: float, *, prior: float = 0.3) -> float:
    """Return the p-value that may be read at every look: the smallest error whose bound excludes zero."""
    r = standard_error**2 / (standard_error**2 + prior**2)
    u = (log_lift / standard_error) ** 2 / degrees
    log_evidence = 0.5 * math.log(r) + (degrees + 1) / 2 * (math.log1p(u) - math.log1p(r * u))
    return min(1.0, math.exp(-max(log_evidence, 0.0)))


def at_the_end(standard_error: float, degrees: float, *, error: float = END_ERROR) -> Bound:
    """Return the ordinary t bound of one look at the planned end."""
    return Bound(half=float(stdtrit(degrees, 1 - error / 2)) * standard_error, level=1 - error)


def one_check_in(share: float = 0.5, error: float = 0.05) -> tuple[float, float]:
    """Return the nominal two-sided errors of one check-in and of the end.

    Lan & DeMets 1983 (Biometrika 70:659) with the O'Brien–Fleming spending function
    4 − 4Φ(z(1 − error/4) ÷ √share); the end is solved on the joint normal of both looks. At a half and
    5 % these are 0.31 % and 4.90 %, as in rpact.

    Args:
        share: which share of the planned videos is in at the check-in, above 0 and below 1.
        error: total two-sided error.

    Raises:
        ValueError: the share is not between 0 and 1.
    """
    if not 0 < share < 1:
        msg = "the check-in lies between the start and the end"
        raise ValueError(msg)
    spent = 4 * (1 - float(ndtr(-float(ndtri(error / 4)) / math.sqrt(share))))
    first = -float(ndtri(spent / 2))
    low, high = 0.5, 6.0
    for _ in range(60):
        middle = (low + high) / 2
        if _missed_then_crossed(first, middle, share) > error - spent:
            low = middle
        else:
            high = middle
    return spent, 2 * float(ndtr(-(low + high) / 2))


@cache
def _nodes() -> tuple[np.ndarray, np.ndarray]:
    nodes, weights = np.polynomial.legendre.leggauss(80)
    return np.asarray(nodes), np.asarray(weights)


def _missed_then_crossed(first: float, last: float, share: float) -> float:
    """Return the chance, with nothing true, to stay inside at the check-in and leave at the end."""
    nodes, weights = _nodes()
    z = first * nodes
    density = np.exp(-z * z / 2) / math.sqrt(2 * math.pi) * weights * first
    left = math.sqrt(1 - share)
    inside = ndtr((last - math.sqrt(share) * z) / left) - ndtr((-last - math.sqrt(share) * z) / left)
    return float(density @ (1 - inside))
