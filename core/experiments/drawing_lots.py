"""The draw itself: who makes which version when, balanced and repeatable from its seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from core.experiments.model import Design
from core.units import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """One planned video.

    Attributes:
        creator: position in the list of creators.
        position: 1 is the creator's first video.
        arm: position in the list of versions.
        day: day number to post on; None where left open.
    """

    creator: int
    position: int
    arm: int
    day: int | None


def draw_lots(
    design: Design,
    *,
    creators: int,
    videos_each: int,
    arms: int,
    seed: int,
    first_day: int | None = None,
    last_day: int | None = None,
) -> tuple[Lot, ...]:
    """Return the planned videos in the order of creators; the same seed gives the same draw.

    Inside creators every version comes equally often, give or take one, and which version comes once
    more is drawn too. Posting slots are balanced inside weekdays and weekends as well. Whole creators
    make one version each, versions balanced over creators.

    Args:
        design: how versions are given out.
        creators: how many take part.
        videos_each: of each.
        arms: versions.
        seed: any whole number.
        first_day: day number of the first video; None leaves days open.
        last_day: day number of the last video.
    """
    random = Random(seed)  # noqa: S311  (a draw that can be repeated, no secret)
    days = _days(videos_each, first_day, last_day)
    whole = _balanced(creators, arms, random) if design is Design.WHOLE_CREATORS else []
    lots: list[Lot] = []
    for creator in range(creators):
        if design is Design.WHOLE_CREATORS:
            order = [whole[creator]] * videos_each
        elif design is Design.POSTING_SLOTS:
            order = _by_weekday(days, arms, random)
        else:
            order = _balanced(videos_each, arms, random)
        lots += [
            Lot(creator=creator, position=place + 1, arm=arm, day=days[place])
            for place, arm in enumerate(order)
        ]
    return tuple(lots)


def _balanced(count: int, arms: int, random: Random) -> list[int]:
    """Return so many versions in a drawn order, each equally often give or take one."""
    rest = random.sample(range(arms), count % arms)
    drawn = [*range(arms)] * (count // arms) + rest
    random.shuffle(drawn)
    return drawn


def _days(count: int, first: int | None, last: int | None) -> list[int | None]:
    """Return days spread evenly over the time; None where there is none."""
    if first is None or last is None or count == 0:
        return [None] * count
    if count == 1:
        return [first]
    return [first + round(place * (last - first) / (count - 1)) for place in range(count)]


def _by_weekday(days: list[int | None], arms: int, random: Random) -> list[int]:
    """Return a version for each day, balanced inside weekdays and inside weekends."""
    order = [0] * len(days)
    for wanted in (False, True):
        places = [place for place, day in enumerate(days) if day is not None and is_weekend(day) is wanted]
        for place, arm in zip(places, _balanced(len(places), arms, random), strict=True):
            order[place] = arm
    return order


def is_weekend(day: int) -> bool:
    """Return whether a day number falls on Saturday or Sunday."""
    return day_of(day).weekday() >= 5
