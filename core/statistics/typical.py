"""A typical value among a few creators: the geometric mean with a t-interval on logs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from core.statistics.refusals import Lack, NotEnough

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST = 4  # creators; with fewer no standard error is safe (Cameron, Gelbach & Miller 2008)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typical:
    """The middle of a few positive values, and where it can lie."""

    value: float
    low: float
    high: float
    creators: int


def typical_of(values: NDArray[np.float64], *, level: float = 0.9) -> Typical | NotEnough:
    """Return the geometric mean of one value per creator with its interval.

    Source: Student's t on logarithms, as for any sample of independent values.

    Raises:
        ValueError: a value that is not above 0.
    """
    if np.any(values <= 0):
        raise ValueError("values must be numbers above 0")
    count = len(values)
    if count < FEWEST:
        return NotEnough(lack=Lack.CREATORS, have=count, need=FEWEST)
    logs = np.log(values)
    half = float(stdtrit(count - 1, (1 + level) / 2)) * float(logs.std(ddof=1)) / count**0.5
    middle = float(logs.mean())
    return Typical(
        value=float(np.exp(middle)),
        low=float(np.exp(middle - half)),
        high=float(np.exp(middle + half)),
        creators=count,
    )
