"""From what files state to one number per day, so that summing days never counts twice.

A *line* is what is to be shown (a video and its traffic); a *unit* is what a file counts
(the video itself, one ad, one link). Units of one line are added; within a unit lifetime,
period and daily figures are never added to each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.rollups.columns import ADDITIVE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LIFETIME, PERIOD, DAILY = 0, 1, 2
KINDS = {"lifetime": LIFETIME, "period": PERIOD, "daily": DAILY}
_SPAN = 1 << 21  # more days than any calendar here has, so that unit and day fit one number
_SHIFT = 1 << 20  # keeps days before 1970 positive

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Values:
    """Values of one measure, one per line and day; all of one length."""

    line: Ints
    day: Ints
    value: Floats


@dataclass(frozen=True, slots=True)
class Facts:
    """Stated figures, one per row, sorted by unit, kind, days, then the best version first.

    Attributes:
        unit, line: small numbers.
        level: sources of one line in order of trust; only the best level that knows a measure counts.
        is_video: the unit is a video itself, where period figures beat daily ones throughout.
        kind: LIFETIME, PERIOD or DAILY.
        first, last: days.
        as_of, batch: age of the version.
        key: number of the natural key; equal neighbours are versions of one fact.
    """

    unit: Ints
    line: Ints
    level: Ints
    is_video: Mask
    kind: Ints
    first: Ints
    last: Ints
    as_of: Ints
    batch: Ints
    key: Ints

    def at(self, places: Ints) -> Facts:
        """Return some rows, in the order given."""
        return Facts(*(getattr(self, name)[places] for name in self.__slots__))


def day_values(frame: pd.DataFrame, measures: Sequence[str]) -> dict[str, Values]:
    """Return what each measure adds on each day, and `reach_most` where there is reach.

    Args:
        frame: one row per stated fact: line, unit, level, is_video, kind (as in `KINDS`), first_day,
            last_day, is_rounded, as_of, batch_id, id, and the measures as floats.
        measures: which measures to go through.
    """
    facts, order = _sorted_facts(frame)
    found: dict[str, Values] = {}
    for name in measures:
        numbers = frame[name].to_numpy(dtype=np.float64)[order]
        known = np.flatnonzero(~np.isnan(numbers))
        if not len(known):
            continue
        chosen = _standing(facts, known)
        rows, values = facts.at(chosen), numbers[chosen]
        if name in ADDITIVE:
            found[name] = _sum_of_units(rows, _rises(rows, values))
        elif name == "reach":
            found["reach"], found["reach_most"] = _reach(rows, values)
        else:
            found[name] = _largest(rows, values)
    return found


def _sorted_facts(frame: pd.DataFrame) -> tuple[Facts, Ints]:
    kind = frame["kind"].map(KINDS).to_numpy(dtype=np.int64)
    last = frame["last_day"].to_numpy(dtype=np.int64)
    first = np.where(kind == LIFETIME, last, frame["first_day"].to_numpy(dtype=np.int64))
    unit = frame["unit"].to_numpy(dtype=np.int64)
    as_of, batch = frame["as_of"].to_numpy(dtype=np.int64), frame["batch_id"].to_numpy(dtype=np.int64)
    rounded = frame["is_rounded"].to_numpy(dtype=np.int64)
    number = frame["id"].to_numpy(dtype=np.int64)
    # The last key sorts first: unit, kind, days; then exact before rounded, then newest.
    order = np.lexsort((-number, -batch, -as_of, rounded, last, first, kind, unit))
    parts: list[Ints] = [np.take(part, order) for part in (unit, kind, first, last)]
    changes = np.zeros(len(order), dtype=bool)
    for part in parts:
        changes[1:] |= part[1:] != part[:-1]
    facts = Facts(
        unit=parts[0],
        line=frame["line"].to_numpy(dtype=np.int64)[order],
        level=frame["level"].to_numpy(dtype=np.int64)[order],
        is_video=frame["is_video"].to_numpy(dtype=bool)[order],
        kind=parts[1],
        first=parts[2],
        last=parts[3],
        as_of=as_of[order],
        batch=batch[order],
        key=np.cumsum(changes),
    )
    return facts, order


def _standing(facts: Facts, known: Ints) -> Ints:
    """Return the rows that count for a measure, of those that know it."""
    key = facts.key[known]
    newest = np.ones(len(known), dtype=bool)
    newest[1:] = key[1:] != key[:-1]
    known = known[newest]
    unit, kind = facts.unit[known], facts.kind[known]
    best = kind[np.flatnonzero(_starts(unit))][_groups(unit)]
    only_best = (best == LIFETIME) | facts.is_video[known]
    keep = (kind == best) | ~only_best
    known = known[keep]
    known = known[_without_covered(facts.at(known))]
    known = known[_without_overlaps(facts.at(known))]
    return known[_best_level(facts.at(known))]


def _starts(sorted_groups: Ints) -> Mask:
    starts = np.ones(len(sorted_groups), dtype=bool)
    starts[1:] = sorted_groups[1:] != sorted_groups[:-1]
    return starts


def _groups(sorted_groups: Ints) -> Ints:
    return np.cumsum(_starts(sorted_groups)) - 1


def _without_covered(rows: Facts) -> Mask:
    """Return which rows stay: no period within which the same unit has daily figures."""
    daily = np.sort((rows.unit * _SPAN + rows.last + _SHIFT)[rows.kind == DAILY])
    begin = np.searchsorted(daily, rows.unit * _SPAN + rows.first + _SHIFT, side="left")
    end = np.searchsorted(daily, rows.unit * _SPAN + rows.last + _SHIFT, side="right")
    keep: Mask = (rows.kind != PERIOD) | (begin == end)
    return keep


def _without_overlaps(rows: Facts) -> Mask:
    """Return which rows stay: of overlapping periods of a unit the newest, then the longest."""
    keep = np.ones(len(rows.unit), dtype=bool)
    places = np.flatnonzero(rows.kind == PERIOD)
    unit = rows.unit[places]
    close = (unit[1:] == unit[:-1]) & (rows.first[places][1:] <= rows.last[places][:-1])
    for number in np.unique(unit[1:][close]):
        mine = places[unit == number]
        order = np.lexsort((-rows.batch[mine], rows.first[mine] - rows.last[mine], -rows.as_of[mine]))
        taken: list[int] = []
        for place in mine[order]:
            if any(rows.first[place] <= rows.last[t] and rows.first[t] <= rows.last[place] for t in taken):
                keep[place] = False
            else:
                taken.append(int(place))
    return keep


def _best_level(rows: Facts) -> Mask:
    best = np.full(int(rows.line.max(initial=0)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(best, rows.line, rows.level)
    keep: Mask = rows.level == best[rows.line]
    return keep


def _rises(rows: Facts, values: Floats) -> Floats:
    """Return what each row adds: a lifetime count adds its rise since the one before, also a fall."""
    rises = values.copy()
    follows = (rows.unit[1:] == rows.unit[:-1]) & (rows.kind[1:] == LIFETIME) & (rows.kind[:-1] == LIFETIME)
    rises[1:][follows] -= values[:-1][follows]
    return rises


def _sum_of_units(rows: Facts, values: Floats) -> Values:
    return _combine(rows, values, np.add, 0.0)


def _largest(rows: Facts, values: Floats) -> Values:
    return _combine(rows, values, np.maximum, -np.inf)


def _combine(rows: Facts, values: Floats, how: Callable[..., Floats], start: float) -> Values:
    codes, group = np.unique(rows.line * _SPAN + rows.last + _SHIFT, return_inverse=True)
    totals = np.full(len(codes), start)
    how.at(totals, group, values)  # type: ignore[attr-defined]  # numpy's ufuncs have `at`
    return Values(codes // _SPAN, codes % _SPAN - _SHIFT, totals)


def _reach(rows: Facts, values: Floats) -> tuple[Values, Values]:
    """Return per line and day the least and the most people reached so far, as known then.

    Parts of an audience may be the same people: at least the largest part, at most their sum.
    """
    least, most = _largest(rows, values), _sum_of_units(rows, _rises(rows, values))
    ceiling = pd.Series(most.value).groupby(most.line).cumsum().to_numpy().astype(np.float64)
    largest = pd.Series(least.value).groupby(least.line).cummax().to_numpy().astype(np.float64)
    return (
        Values(least.line, least.day, np.minimum(largest, ceiling).astype(np.float64)),
        Values(most.line, most.day, ceiling),
    )


def as_frame(found: dict[str, Values]) -> pd.DataFrame:
    """Return one row per line and day, sorted, with a float column per measure."""
    codes = {name: values.line * _SPAN + values.day + _SHIFT for name, values in found.items()}
    every = np.unique(np.concatenate(list(codes.values()))) if codes else np.array([], dtype=np.int64)
    columns: dict[str, npt.NDArray[np.generic]] = {"line": every // _SPAN, "day": every % _SPAN - _SHIFT}
    for name, values in found.items():
        column = np.full(len(every), np.nan)
        column[np.searchsorted(every, codes[name])] = values.value
        columns[name] = column
    return pd.DataFrame(columns)
