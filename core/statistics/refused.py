"""A refusal is a result: why no figure is given, and what would change that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why no figure can be given."""

    NO_DATA = "nothing was counted"
    ONE_ARM = "only one version has videos"
    ONE_CREATOR = "only one creator has both versions"
    FEW_CREATORS = "too few creators have both versions"
    UNEVEN = "nearly everything rests on a few creators"
    NO_EVENTS = "nothing happened to compare"
    ONE_SIDED = "one version has no events at all"
    NO_SPREAD = "every creator shows exactly the same"
    UNSETTLED = "the figures do not settle"
    FEW_PER_ARM = "too few creators per version"
    NOT_POSSIBLE = "no plan of this size can do it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """No figure, with the reason.

    Attributes:
        why: stable reason.
        sentence: what stands in the way, in one plain sentence.
        cure: what would change that, in one plain sentence.
        log_lift: the point estimate where there is one all the same; never to be judged by.
        creators: how many creators could be compared.
    """

    why: Why
    sentence: str
    cure: str
    log_lift: float | None = None
    creators: int = 0

    @property
    def text(self) -> str:
        """Return reason and cure together."""
        return f"{self.sentence} {self.cure}"
