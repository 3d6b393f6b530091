"""A question that the numbers cannot answer, with what would be enough: a result, not an error."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Lack(StrEnum):
    """What there is too little of."""

    CREATORS = "creators"  # too few peers to say what is usual
    VIDEOS = "videos"  # too few videos of this creator
    EVENTS = "events"  # nothing was counted yet
    EXPOSURE = "exposure"  # nothing to divide by
    SPREAD = "spread"  # all numbers are the same, so nothing can be told apart


@dataclass(frozen=True, slots=True, kw_only=True)
class NotEnough:
    """Why no estimate is claimed.

    Attributes:
        lack: what there is too little of.
        have: how much there is.
        need: how much would be enough.
    """

    lack: Lack
    have: int
    need: int

    @property
    def missing(self) -> int:
        """Return how much more would be enough; at least 1."""
        return max(1, self.need - self.have)
