"""What is usual: weighted quantiles in which every creator counts once, with intervals.

A creator with forty videos says little more about what is usual among creators than
one with four. So the videos of a creator share one weight, and the interval comes from
drawing creators again (bootstrap over clusters: Davison & Hinkley, Bootstrap Methods
and their Application, section 3.8). The fewest creators for an interval are those of
the distribution-free interval from order statistics at 95 % (David & Nagaraja, Order
Statistics, section 7.1): 6 for a median, 13 for quartiles, 36 for a 90th percentile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.statistics.refusals import Lack, NotEnough

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

FEWEST_FOR_MEDIAN, FEWEST_FOR_QUARTILES, FEWEST_FOR_TENTHS = 6, 13, 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantile:
    """A quantile with the interval that holds it in 90 of 100 cases.

    Attributes:
        share: which one: 0.5 is the median.
        value, low, high: the quantile and its interval.
    """

    share: float
    value: float
    low: float
    high: float


def fewest_creators(share: float) -> int:
    """Return from how many creators on a quantile may be shown with an interval."""
    tail = min(share, 1 - share)
    if tail >= 0.45:
        return FEWEST_FOR_MEDIAN
    return FEWEST_FOR_QUARTILES if tail >= 0.25 else FEWEST_FOR_TENTHS


def weighted_quantiles(values: Floats, weights: Floats, shares: Sequence[float]) -> Floats:
    """Return quantiles of weighted values.

    Each value stands in the middle of its weight, with straight lines between (Hazen's positions,
    definition 5 of Hyndman & Fan 1996, for equal weights).

    Raises:
        ValueError: no values, or weights that are not above 0.
    """
    if not len(values) or np.any(weights <= 0):
        raise ValueError("quantiles need values with weights above 0")
    order = np.argsort(values, kind="stable")
    ordered, heights = values[order], weights[order]
    positions = (np.cumsum(heights) - heights / 2) / heights.sum()
    return np.asarray(np.interp(shares, positions, ordered))


def creator_quantiles(
    owner: Ints,
    values: Floats,
    shares: Sequence[float] = (0.25, 0.5, 0.75),
    *,
    level: float = 0.9,
    rounds: int = 500,
    seed: int = 0,
) -> tuple[Quantile | NotEnough, ...]:
    """Return quantiles of videos in which each creator weighs the same, with intervals.

    Args:
        owner: number of the creator of each video.
        values: the value of each video.
        shares: which quantiles.
        level: how much an interval holds.
        rounds: how often creators are drawn again.
        seed: of those draws.

    Returns:
        One result for each share: a refusal where there are too few creators for it.
    """
    creators, numbers = np.unique(owner, return_inverse=True)
    count = len(creators)
    allowed = [share for share in shares if count >= fewest_creators(share)]
    known = dict(
        zip(
            allowed,
            _with_intervals(numbers, values, allowed, level=level, rounds=rounds, seed=seed),
            strict=True,
        )
    )
    return tuple(
        known.get(share) or NotEnough(lack=Lack.CREATORS, have=count, need=fewest_creators(share))
        for share in shares
    )


def _with_intervals(
    numbers: Ints, values: Floats, shares: list[float], *, level: float, rounds: int, seed: int
) -> list[Quantile]:
    if not shares:
        return []
    weights = 1 / np.bincount(numbers)[numbers]
    middle = weighted_quantiles(values, weights, shares)
    rng = np.random.default_rng(seed)
    count = int(numbers.max()) + 1
    drawn = rng.multinomial(count, np.full(count, 1 / count), size=rounds)
    order = np.argsort(values, kind="stable")
    ordered, heights = values[order], weights[order] * drawn[:, numbers[order]]
    up_to = np.cumsum(heights, axis=1)
    positions = (up_to - heights / 2) / up_to[:, -1:]
    again = np.array(
        [_interpolated(row, ordered, shares, used) for row, used in zip(positions, heights > 0, strict=True)]
    )
    low, high = np.quantile(again, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return [
        Quantile(share=share, value=float(middle[i]), low=float(low[i]), high=float(high[i]))
        for i, share in enumerate(shares)
    ]


def _interpolated(positions: Floats, values: Floats, shares: list[float], used: NDArray[np.bool_]) -> Floats:
    return np.asarray(np.interp(shares, positions[used], values[used]))
