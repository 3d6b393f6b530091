"""Drawing who makes what: balanced, by lot, and the same again from the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One drawn video slot.

    Attributes:
        creator: whose.
        number: its place in the creator's order, from 1.
        arm: the version.
        block: weekday group of a posting slot, else ''.
    """

    creator: str
    number: int
    arm: str
    block: str = ""


def assign_inside(videos: Mapping[str, int], arms: Sequence[str], seed: int) -> tuple[Drawn, ...]:
    """Return each creator's order of versions.

    Every creator makes each version equally often; what does not divide goes to the versions that
    have least over all so far (ties by lot). The order inside a creator is a uniform shuffle, so
    that re-drawing it is what luck would have done.

    Args:
        videos: how many videos each creator makes.
        arms: the versions, two or more, all different.
        seed: any whole number; the same seed, creators, counts and arms give the same answer.

    Raises:
        ValueError: fewer than two arms, an arm twice, or a negative count.
    """
    _check(arms, videos.values())
    rng, used = np.random.default_rng(seed), dict.fromkeys(arms, 0)
    drawn: list[Drawn] = []
    for creator in sorted(videos):
        order = _shuffled(rng, _balanced(rng, videos[creator], arms, used))
        drawn += [Drawn(creator=creator, number=at, arm=arm) for at, arm in enumerate(order, start=1)]
    return tuple(drawn)


def _check(arms: Sequence[str], counts: object) -> None:
    if len(arms) < 2 or len(set(arms)) < len(arms):
        msg = "an assignment needs two or more different versions"
        raise ValueError(msg)
    if any(count < 0 for count in counts):  # type: ignore[attr-defined]
        msg = "a creator cannot make fewer than no videos"
        raise ValueError(msg)


def _balanced(rng: np.random.Generator, count: int, arms: Sequence[str], used: dict[str, int]) -> list[str]:
    """Return `count` arms, each equally often, the remainder to the least used; counts them in `used`."""
    lots = dict(zip(arms, rng.permutation(len(arms)), strict=True))
    least = sorted(arms, key=lambda arm: (used[arm], lots[arm]))
    chosen = list(arms) * (count // len(arms)) + least[: count % len(arms)]
    for arm in chosen:
        used[arm] += 1
    return chosen


def _shuffled(rng: np.random.Generator, items: Sequence[str]) -> list[str]:
    return [items[at] for at in rng.permutation(len(items))]


def assign_whole(
    creators: Sequence[str],
    arms: Sequence[str],
    seed: int,
    *,
    tiers: Mapping[str, str] | None = None,
    history: Mapping[str, float] | None = None,
) -> dict[str, str]:
    """Return which version each creator makes.

    Creators are put in line by tier and, inside it, by their own past figure; each next handful of
    as many creators as there are versions gets one each, by lot. So tiers and pasts are balanced.

    Args:
        creators: who takes part, each once.
        arms: the versions, two or more, all different.
        seed: the same seed and arguments give the same answer.
        tiers: each creator's tier; missing ones form a tier of their own.
        history: each creator's past figure; those without stand last in their tier, by lot.

    Raises:
        ValueError: fewer than two arms, an arm twice, or a creator twice.
    """
    _check(arms, ())
    if len(set(creators)) < len(creators):
        msg = "a creator is named twice"
        raise ValueError(msg)
    rng, used = np.random.default_rng(seed), dict.fromkeys(arms, 0)
    names = sorted(creators)
    lots = dict(zip(names, rng.permutation(len(names)), strict=True))
    past = history or {}

    def place(name: str) -> tuple[str, bool, float, int]:
        known = past.get(name)
        return (tiers or {}).get(name, ""), known is None, -(known or 0.0), int(lots[name])

    line = sorted(names, key=place)
    assigned: dict[str, str] = {}
    for start in range(0, len(line), len(arms)):
        handful = line[start : start + len(arms)]
        versions = _shuffled(rng, _balanced(rng, len(handful), arms, used))
        assigned.update(zip(handful, versions, strict=True))
    return assigned


def assign_slots(
    videos: Mapping[str, Mapping[str, int]], slots: Sequence[str], seed: int
) -> tuple[Drawn, ...]:
    """Return each creator's posting slots, every slot equally often per weekday group.

    Inside a weekday group, rows of a Latin square are handed out: in each place of the order every
    slot comes equally often over creators, so that a slot is not always the first of a fortnight.

    Args:
        videos: for each creator and weekday group how many videos fall into it.
        slots: the slots, for instance `morning` and `evening`.
        seed: as in `assign_inside`.

    Raises:
        ValueError: fewer than two slots, a slot twice, or a negative count.
    """
    groups = sorted({group for own in videos.values() for group in own})
    _check(slots, [count for own in videos.values() for count in own.values()])
    rng, drawn = np.random.default_rng(seed), list[Drawn]()
    numbers = dict.fromkeys(videos, 0)
    for group in groups:
        names = _shuffled(rng, sorted(name for name, own in videos.items() if own.get(group)))
        letters, start = _shuffled(rng, slots), int(rng.integers(len(slots)))
        for row, name in enumerate(names):
            for at in range(videos[name][group]):
                square, place = divmod(at, len(slots))
                arm = letters[(start + row + place + square) % len(slots)]
                numbers[name] += 1
                drawn.append(Drawn(creator=name, number=numbers[name], arm=arm, block=group))
    return tuple(sorted(drawn, key=lambda one: (one.creator, one.number)))
