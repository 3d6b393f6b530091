"""Where creators stand among others, as chances from draws: never a bare rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

CLEARLY = 0.9  # the chance from which one creator is called clearly best


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one creator stands among its peers.

    Attributes:
        above_median: chance that its true value lies above the median of the peers.
        percentile: share of the peers it is better than, the middle of what is likely; 0 to 1.
        low, high: the range of that share that holds 90 %.
        top_quarter: chance of belonging to the best quarter.
    """

    above_median: float
    percentile: float
    low: float
    high: float
    top_quarter: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """Whether one creator stands out.

    Attributes:
        creator: number of the creator who is most often the best one.
        chance: how often it is.
        is_clear: whether that is often enough to say so.
    """

    creator: int
    chance: float
    is_clear: bool


def standings(draws: Floats, *, is_high_good: bool = True, level: float = 0.9) -> tuple[Standing, ...]:
    """Return where each creator stands among all the creators whose draws are given.

    Args:
        draws: one row for each creator, one column for each draw; at least 2 creators.
        is_high_good: whether more is better.
        level: how much the range of the percentile holds.
    """
    better = draws if is_high_good else -draws
    order = np.argsort(better, axis=0)
    places = np.empty_like(order)  # how many others are worse, in each draw
    np.put_along_axis(places, order, np.arange(len(better))[:, None], axis=0)
    shares = places / (len(better) - 1)
    tail = (1 - level) / 2
    low, middle, high = np.quantile(shares, [tail, 0.5, 1 - tail], axis=1)
    above = np.mean(better > np.median(better, axis=0), axis=1)
    if len(better) % 2:  # a creator that is itself the median is neither above nor below it
        above = above + np.mean(places == len(better) // 2, axis=1) / 2
    top = np.mean(shares > 0.75, axis=1)
    return tuple(
        Standing(
            above_median=float(above[i]),
            percentile=float(middle[i]),
            low=float(low[i]),
            high=float(high[i]),
            top_quarter=float(top[i]),
        )
        for i in range(len(better))
    )


def chance_better(one: Floats, other: Floats, *, is_high_good: bool = True) -> float:
    """Return the chance that one creator's true value is better than another's.

    Args:
        one: draws of the one.
        other: draws of the other, in the same draws.
        is_high_good: whether more is better.
    """
    share = float(np.mean(one > other) + np.mean(one == other) / 2)
    return share if is_high_good else 1 - share


def chances_above(draws: Floats, bar: float, *, is_high_good: bool = True) -> Floats:
    """Return for each creator the chance that its true value is better than a fixed one.

    Args:
        draws: one row for each creator, on the scale of the bar.
        bar: the value to beat.
        is_high_good: whether more is better.
    """
    return np.asarray(np.mean(draws > bar if is_high_good else draws < bar, axis=1))


def best_of(draws: Floats, *, is_high_good: bool = True) -> Best:
    """Return who is most often the best, and whether that is clear.

    Twenty equal creators are each best in about one draw of twenty, so none of them is clear,
    whatever their raw figures say.
    """
    tops = np.argmax(draws if is_high_good else -draws, axis=0)
    counts = np.bincount(tops, minlength=len(draws))
    first = int(np.argmax(counts))
    chance = float(counts[first] / draws.shape[1])
    return Best(creator=first, chance=chance, is_clear=len(draws) > 1 and chance >= CLEARLY)
