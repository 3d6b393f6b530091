"""Whom a creator is compared with: the finest group that is large enough to say what is usual."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.statistics.refusals import Lack, NotEnough

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

FEWEST_PEERS = 8  # creators with data, the creator included


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """Every creator's group of peers.

    Attributes:
        group: for each creator the number of its group.
        members: for each group the numbers of the creators whose data say what is usual. A group on
            a coarser level also counts creators who are themselves compared on a finer one.
        labels: for each group its label; None for everybody.
        level: for each group the level it was found on: 0 is the finest.
    """

    group: NDArray[np.int64]
    members: tuple[NDArray[np.int64], ...]
    labels: tuple[Hashable, ...]
    level: tuple[int, ...]

    @property
    def creators(self) -> int:
        """Return how many creators there are."""
        return len(self.group)


def peer_groups(
    levels: Sequence[Sequence[Hashable]],
    has_data: Sequence[bool] | NDArray[np.bool_],
    *,
    people: Sequence[Hashable] | None = None,
) -> Peers | NotEnough:
    """Return for each creator the finest group with at least 8 creators who have data.

    Args:
        levels: labels by creator, the finest level first; a label of None belongs to no group. A
            last level that holds everybody is added.
        has_data: for each creator whether anything was measured. Creators without are given a group
            (what is usual there is what to expect of them) but do not count in it.
        people: who each creator is, where the same person can appear more than once (in two
            campaigns): a person counts once. None: all are different.
    """
    known = np.flatnonzero(np.asarray(has_data, dtype=bool))
    counting, count = known.tolist(), len(has_data)
    who = list(range(count)) if people is None else list(people)
    different = len({who[i] for i in counting})
    if different < FEWEST_PEERS:
        return NotEnough(lack=Lack.CREATORS, have=different, need=FEWEST_PEERS)
    group = np.full(count, -1, dtype=np.int64)
    members: list[NDArray[np.int64]] = []
    labels: list[Hashable] = []
    found_on: list[int] = []
    for level, of_level in enumerate([*levels, ["everybody"] * count]):
        pairs = {(of_level[i], who[i]) for i in counting if of_level[i] is not None}
        sizes = Counter(label for label, _ in pairs)
        for label in sorted((one for one, size in sizes.items() if size >= FEWEST_PEERS), key=repr):
            inside = np.array([one == label for one in of_level], dtype=bool)
            users = inside & (group < 0)
            if not users.any():
                continue
            group[users] = len(members)
            members.append(known[inside[known]])
            labels.append(None if level == len(levels) else label)
            found_on.append(level)
    return Peers(group=group, members=tuple(members), labels=tuple(labels), level=tuple(found_on))
