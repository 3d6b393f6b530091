"""Results per money of a handful of creators: how different they are is learnt, not assumed.

Results ~ Poisson(amount · rate), rates ~ gamma around the rate of all (Gelman et al., Bayesian Data
Analysis, 2.6). How much the rates differ is integrated over a grid with a half-Cauchy prior, so
that creators who are all the same are all pulled together and none of them stands out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaln

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_SPREADS = np.exp(np.linspace(np.log(0.02), np.log(1.5), 40))  # relative sd of rates between creators
_USUAL_SPREAD = 0.3  # scale of the half-Cauchy prior


def rate_draws(results: Floats, amounts: Floats, *, draws: int = 4_000, seed: int = 0) -> Floats:
    """Return draws of each creator's results per unit of money: one row for each creator.

    Args:
        results: what was counted; not negative, at least one above 0 in all.
        amounts: what was spent, above 0.
        draws: how many.
        seed: for the same draws again.
    """
    whole = results.sum() / amounts.sum()
    shapes = 1 / _SPREADS**2
    weights = _posterior_of_shapes(results, amounts * whole, shapes)
    rng = np.random.default_rng(seed)
    picked = rng.choice(shapes, size=draws, p=weights)
    # The rate of all is itself known only so well: few results and few, differing creators blur it.
    doubt = np.sqrt(1 / results.sum() + 1 / picked / len(results))
    middle = whole * np.exp(doubt * rng.standard_normal(draws))
    shape = picked[None, :] + results[:, None]
    scale = 1 / (picked / middle + amounts[:, None])
    return np.asarray(rng.gamma(shape, scale))


def _posterior_of_shapes(results: Floats, expected: Floats, shapes: Floats) -> Floats:
    """Return how likely each shape is, given negative binomial counts around what is expected."""
    k = shapes[:, None]
    logs = (
        gammaln(results + k)
        - gammaln(k)
        + k * np.log(k / (k + expected))
        + results * np.log(expected / (k + expected))
    ).sum(axis=1)
    # The grid is even in log spread, so the prior's density is taken per unit of log spread.
    logs += np.log(_SPREADS) - np.log1p((_SPREADS / _USUAL_SPREAD) ** 2)
    likely = np.exp(logs - logs.max())
    return np.asarray(likely / likely.sum())
