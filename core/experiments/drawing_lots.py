"""The draw as planned videos: who makes which version when, the same again from the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.evidence.outcomes import is_weekend
from core.experiments.model import Design
from core.statistics.assigning import assign_inside, assign_slots, assign_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

WEEKDAY, WEEKEND = "weekday", "weekend"


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

    Args:
        design: how versions are given out; one in which the app draws.
        creators: how many take part.
        videos_each: of each.
        arms: versions.
        seed: any whole number.
        first_day: day number of the first video; None leaves days open.
        last_day: day number of the last video.
    """
    names, versions = _keys(creators), _keys(arms)
    days = _days(videos_each, first_day, last_day)
    if design is Design.WHOLE_CREATORS:
        whole = assign_whole(names, versions, seed)
        orders = {name: [whole[name]] * videos_each for name in names}
    elif design is Design.POSTING_SLOTS:
        orders = _slots(names, versions, days, seed)
    else:
        orders = {name: [] for name in names}
        for drawn in assign_inside(dict.fromkeys(names, videos_each), versions, seed):
            orders[drawn.creator].append(drawn.arm)
    return tuple(
        Lot(creator=at, position=place + 1, arm=int(arm), day=days[place])
        for at, name in enumerate(names)
        for place, arm in enumerate(orders[name])
    )


def _keys(count: int) -> list[str]:
    """Return names whose order is that of the list, whatever the creators' ids are."""
    return [f"{at:04}" for at in range(count)]


def _days(count: int, first: int | None, last: int | None) -> list[int | None]:
    """Return days spread evenly over the time; None where there is none."""
    if first is None or last is None or count == 0:
        return [None] * count
    if count == 1:
        return [first]
    return [first + round(place * (last - first) / (count - 1)) for place in range(count)]


def _slots(
    names: Sequence[str], versions: Sequence[str], days: Sequence[int | None], seed: int
) -> dict[str, list[str]]:
    """Return each creator's slots in the order of days, balanced inside weekdays and weekends."""
    groups = [WEEKEND if day is not None and is_weekend(day) else WEEKDAY for day in days]
    sizes = {group: groups.count(group) for group in (WEEKDAY, WEEKEND)}
    drawn: dict[tuple[str, str], list[str]] = {}
    for one in assign_slots(dict.fromkeys(names, sizes), versions, seed):
        drawn.setdefault((one.creator, one.block), []).append(one.arm)
    return {name: [drawn[name, group].pop(0) for group in groups] for name in names}
