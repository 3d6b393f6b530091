"""What is believed of each creator, as mass on a grid of values on the log scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posteriors:
    """One distribution for each creator.

    Attributes:
        points: log values, one evenly spaced row for each creator.
        mass: the probability of each point; every row adds up to 1.
    """

    points: Floats
    mass: Floats

    def means(self) -> Floats:
        """Return each creator's expected value, off the log scale."""
        return np.asarray(np.sum(np.exp(self.points) * self.mass, axis=1))

    def quantiles(self, shares: Sequence[float] | Floats) -> Floats:
        """Return quantiles on the log scale: one row for each creator, one column for each share."""
        return quantiles_of_grid(self.points, self.mass, np.asarray(shares, dtype=float))

    def intervals(self, level: float = 0.9) -> Floats:
        """Return the lower and upper end that hold the level between them, off the log scale."""
        tail = (1 - level) / 2
        return np.asarray(np.exp(self.quantiles([tail, 1 - tail])))

    def draws(self, count: int, seed: int) -> Floats:
        """Return draws on the log scale: one row for each creator, drawn on their own.

        Stratified, so that few draws already say much.
        """
        rng = np.random.default_rng(seed)
        strata = (np.arange(count) + rng.random((len(self.points), count))) / count
        drawn = np.empty_like(strata)
        for row, (points, mass) in enumerate(zip(self.points, self.mass, strict=True)):
            drawn[row] = np.interp(strata[row], *_cumulative(points, mass))
        return np.asarray(rng.permuted(drawn, axis=1))


def middle_share(draws: Floats, level: float) -> Floats:
    """Return for each row of draws the ends that hold the level between them, by order statistics."""
    count = draws.shape[1]
    low, high = int((1 - level) / 2 * count), min(count - 1, int((1 + level) / 2 * count))
    ordered = np.partition(draws, (low, high), axis=1)
    return np.asarray(ordered[:, [low, high]])


def draws_of_quantiles(shares: Floats, quantiles: Floats, count: int, seed: int) -> Floats:
    """Return draws from distributions of which only quantiles were kept, a row for each.

    Args:
        shares: rising.
        quantiles: one row for each distribution, one column for each share.
        count: of draws.
        seed: of the draws.
    """
    rng = np.random.default_rng(seed)
    strata = (np.arange(count) + rng.random((len(quantiles), count))) / count
    drawn = np.array([np.interp(row, shares, own) for row, own in zip(strata, quantiles, strict=True)])
    return np.asarray(rng.permuted(drawn.reshape(len(quantiles), count), axis=1))


def quantiles_of_grid(points: Floats, mass: Floats, shares: Floats) -> Floats:
    """Return the quantiles of distributions on evenly spaced points, a row for each distribution."""
    found = np.empty((len(points), len(shares)))
    for row in range(len(points)):
        found[row] = np.interp(shares, *_cumulative(points[row], mass[row]))
    return found


def _cumulative(points: Floats, mass: Floats) -> tuple[Floats, Floats]:
    """Return the probability up to the border between each point and the next, and the borders."""
    step = points[1] - points[0]
    borders = np.append(points[0] - step / 2, points + step / 2)
    up_to = np.append(0.0, np.cumsum(mass))
    return up_to / up_to[-1], borders
