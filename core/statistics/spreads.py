"""Grids over what no single creator decides: how far creators differ and what is usual among peers.

Gelman, "Prior distributions for variance parameters in hierarchical models" (Bayesian
Analysis 2006): a half-Cauchy prior for the spread between groups. Spreads are
integrated over a grid rather than set to one value, because with few creators a
single value understates how little is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PRIOR_SCALE = 0.5  # half of all spreads between creators are expected below exp(0.5), a factor of 1.6
_NARROWEST, _WIDEST = 0.04, 4.0
_TRIED = 60
_MANY = 300  # creators from which the spread and what is usual are known so well that fewer nodes do
_THREE, _SEVEN = np.linspace(-1.7, 1.7, 3), np.linspace(-3.6, 3.6, 7)


def log_prior(spread: Floats) -> Floats:
    """Return the log density of the half-Cauchy prior, but for a constant."""
    return np.asarray(-np.log1p((spread / PRIOR_SCALE) ** 2))


def spread_nodes(values: Floats, variances: Floats, group: NDArray[np.int64]) -> Floats:
    """Return spreads to integrate over, evenly spaced on the log scale where they are likely.

    Args:
        values: each creator's own value on the log scale.
        variances: how uncertain it is.
        group: the number of each creator's group.
    """
    tried = np.geomspace(_NARROWEST, _WIDEST, _TRIED)
    scores = np.array([_score(values, variances, group, spread) for spread in tried])
    scores += log_prior(tried) + np.log(tried)
    mass = np.cumsum(np.exp(scores - scores.max()))
    mass /= mass[-1]
    low, high = np.searchsorted(mass, [0.002, 0.998])
    return np.geomspace(
        tried[max(0, low - 1)], tried[min(_TRIED - 1, high + 1)], 5 if len(values) > _MANY else 9
    )


def _score(values: Floats, variances: Floats, group: NDArray[np.int64], spread: float) -> float:
    """Return the log marginal likelihood of a spread under normal errors, group means integrated."""
    precision = 1 / (variances + spread**2)
    total = np.bincount(group, precision)
    mean = np.bincount(group, precision * values) / np.where(total > 0, total, 1)
    left = values - mean[group]
    fit = np.log(precision).sum() - (precision * left**2).sum()
    return float(fit - np.log(total[total > 0]).sum()) / 2


def centre_nodes(values: Floats, variances: Floats, spread: float) -> Floats:
    """Return evenly spaced log values around what is usual in a group: seven, or three in a large one."""
    precision = 1 / (variances + spread**2)
    middle, error = (precision * values).sum() / precision.sum(), precision.sum() ** -0.5
    offsets = _THREE if len(values) > _MANY else _SEVEN
    return np.asarray(middle + error * offsets)
