"""Columns of days and instants; the order of day and month is decided from all cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from core.imports.cells.civil import EARLIEST, iso_seconds, uniform_iso
from core.imports.cells.cleaning import plain
from core.imports.cells.distinct import Distinct, Fault, distinct, spread
from core.imports.cells.moments import DAY, Moment, Order, moment_of
from core.imports.cells.numeric import shorten
from core.imports.model import State, TypedColumn
from core.units import day_number, day_of, write_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NO_ZONE = "no time zone"
MONTHS = "months"
_FIRST_DAY = day_number(EARLIEST)
_GRACE = 2 * DAY  # zones and wrong clocks: a date this far ahead is not yet the future


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """The distinct cells of a date column, taken apart.

    Arrays have one entry per distinct cell; `kinds` is 0 unread, 1 day, 2 with time, 3 with offset.
    """

    cells: Distinct
    parts: tuple[np.ndarray, np.ndarray, np.ndarray]  # seconds as written, offsets, kinds
    faults: dict[int, Fault]
    state: State
    convention: str
    choices: Mapping[str, str]

    @property
    def seconds(self) -> np.ndarray:
        """Return local seconds since 1970 as written."""
        return self.parts[0]

    @property
    def offsets(self) -> np.ndarray:
        """Return seconds east of UTC, 0 where none are stated."""
        return self.parts[1]

    @property
    def kinds(self) -> np.ndarray:
        """Return 0 unread, 1 day, 2 with a time, 3 with an offset."""
        return self.parts[2]


def read_days(
    values: pd.Series, *, header: str = "", convention: str = "", now: int = 0, is_1904: bool = False
) -> TypedColumn:
    """Return days as Int64 day numbers: the day as written, whatever zone the cell names.

    Unix times give the day in UTC. Day zero (1 January 1970) is missing; a day in the future of
    `now` (Unix seconds, 0 for no check) or before 1990 is a problem.
    """
    read = _read(values, convention, now, is_1904=is_1904)
    local = read.seconds // DAY
    return _typed(read, local, header=header, now=now, instants=read.seconds - read.offsets)


def read_instants(
    values: pd.Series,
    *,
    header: str = "",
    convention: str = "",
    zone: str = "",
    now: int = 0,
    is_1904: bool = False,
) -> TypedColumn:
    """Return instants as Int64 Unix seconds in UTC.

    Cells without an offset are read in `zone`; without a zone the state is ambiguous with the
    convention `no time zone`, and the values are for show only (as if UTC). In the hour that a
    clock change repeats the first is meant; in the hour that it skips the clock is moved on.
    """
    read = _read(values, convention, now, is_1904=is_1904)
    is_local = (read.kinds == 1) | (read.kinds == 2)
    instants = read.seconds - read.offsets
    state, words = read.state, read.convention
    if is_local.any():
        if zone:
            instants[is_local] = to_utc(instants[is_local], zone)
        elif state is State.PROVEN:
            state, words = State.AMBIGUOUS, NO_ZONE
    read = replace(read, state=state, convention=words)
    return _typed(read, instants, header=header, now=now, instants=instants)


def to_utc(seconds: np.ndarray, zone: str) -> np.ndarray:
    """Return UTC seconds of wall-clock seconds in a zone."""
    ZoneInfo(zone)  # an unknown zone is the caller's mistake: fail before pandas does
    index = pd.DatetimeIndex(seconds.astype("datetime64[s]"))
    first = np.ones(len(index), dtype=bool)
    aware = index.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
    return np.asarray(
        aware.tz_convert("UTC").tz_localize(None).to_numpy().astype("datetime64[s]").astype(np.int64)
    )


def _read(values: pd.Series, convention: str, now: int, *, is_1904: bool) -> _Read:
    """Return the distinct cells taken apart, with one order of day and month for all."""
    uniform = uniform_iso(values)
    if uniform is not None:
        rows = Distinct(codes=np.arange(len(values)), texts=values.array, cleaned=())
        return _Read(cells=rows, parts=uniform, faults={}, state=State.PROVEN, convention="", choices={})
    cells = distinct(values, plain)
    seconds, offsets, kinds = iso_seconds(cells.cleaned)
    rest = {index: text for index, text in enumerate(cells.cleaned) if text and not kinds[index]}
    moments = {index: moment for index, text in rest.items() if (moment := moment_of(text, is_1904=is_1904))}
    faults = {index: _not_date(cells.texts[index]) for index in rest if index not in moments}
    state, order, choices = _order(cells, moments, convention, now)
    for index, moment in moments.items():
        day = moment.day(order)
        if state is State.CONTRADICTORY and not convention:
            day = _only_day(moment)
        if day is None:
            faults[index] = _mixed_order(cells.texts[index]) if moment.days else _not_date(cells.texts[index])
            continue
        seconds[index] = day * DAY + int(moment.clock or 0)
        offsets[index] = moment.offset or 0
        kinds[index] = 1 if moment.clock is None else 2 if moment.offset is None else 3
    depends = any(len(set(moment.days.values())) > 1 or len(moment.days) == 1 for moment in moments.values())
    words = order.value if depends and state is State.PROVEN else ""
    if any(moment.is_month for moment in moments.values()):
        words = MONTHS
    return _Read(
        cells=cells,
        parts=(seconds, offsets, kinds),
        faults=faults,
        state=state,
        convention=words,
        choices=choices,
    )


def _order(
    cells: Distinct, moments: Mapping[int, Moment], convention: str, now: int
) -> tuple[State, Order, dict[str, str]]:
    """Return how sure the order of day and month is, the order, and the choices when both fit.

    Proof, in this order: a person's answer; a number above 12; one order would lie in the future;
    the rows run day by day under one order only.
    """
    if convention in set(Order):
        return State.PROVEN, Order(convention), {}
    days = [moment.days for moment in moments.values()]
    only = {order: any(set(each) == {order} for each in days) for order in Order}
    if only[Order.DAY_FIRST] and only[Order.MONTH_FIRST]:
        return State.CONTRADICTORY, Order.DAY_FIRST, {}
    for order in Order:
        if only[order]:
            return State.PROVEN, order, {}
    differing = {index: each.days for index, each in moments.items() if len(set(each.days.values())) > 1}
    if not differing:
        return State.PROVEN, Order.DAY_FIRST, {}
    for order, other in (tuple(Order), tuple(Order)[::-1]):
        if (
            now
            and _is_reached(differing.values(), order, now)
            and not _is_reached(differing.values(), other, now)
        ):
            return State.PROVEN, order, {}
        if _runs_daily(cells, moments, order) and not _runs_daily(cells, moments, other):
            return State.PROVEN, order, {}
    shown = next(iter(differing))
    choices = {
        order.value: f"{cells.texts[shown]} is {write_day(day_of(differing[shown][order]))}"
        for order in Order
    }
    return State.AMBIGUOUS, Order.DAY_FIRST, choices


def _is_reached(days: Iterable[Mapping[Order, int]], order: Order, now: int) -> bool:
    """Return whether no day lies in the future of now under an order."""
    return all(each[order] * DAY <= now + _GRACE for each in days)


def _runs_daily(cells: Distinct, moments: Mapping[int, Moment], order: Order) -> bool:
    """Return whether the rows are at least five days in a row, not the first of twelve months.

    A series of months is written with one and the same day, which the other order would read as
    one month day by day; only the first of a month is common, so that case proves nothing.
    """
    rows = [moments[int(code)].day(order) for code in cells.codes if int(code) in moments]
    days = [day for day in rows if day is not None]
    if len(days) < 5 or len(days) != len(rows):
        return False
    steps = set(np.diff(days).tolist())
    months = {day_of(day).month for day in days}
    return steps in ({1}, {-1}) and months != {1}


def _only_day(moment: Moment) -> int | None:
    """Return the day of a cell that can be read in one way only, else None."""
    days = set(moment.days.values())
    return next(iter(days)) if len(days) == 1 else None


def _typed(read: _Read, values: np.ndarray, *, header: str, now: int, instants: np.ndarray) -> TypedColumn:
    """Return the typed column, days out of all reason set aside, day zero missing."""
    faults = dict(read.faults)
    kept: dict[int, object] = {}
    is_zero = (instants >= -DAY) & (instants < DAY)
    is_late = (instants > now + _GRACE) if now else np.zeros(len(values), dtype=bool)
    is_early = instants < _FIRST_DAY * DAY
    for index in np.flatnonzero((read.kinds > 0) & ~is_zero & (is_late | is_early)):
        faults[int(index)] = _out_of_reach(read.cells.texts[int(index)], is_late=bool(is_late[index]))
    good = (read.kinds > 0) & ~is_zero & ~is_late & ~is_early
    column = pd.arrays.IntegerArray(values.astype(np.int64), ~good)
    series = pd.Series(column.take(read.cells.codes)) if len(column) else spread(read.cells, kept, "Int64")
    return TypedColumn(
        values=series,
        state=read.state,
        convention=read.convention,
        choices=read.choices,
        problems=read.cells.problems(faults, header),
    )


def _not_date(text: str) -> Fault:
    return Fault(
        code="not-a-date",
        what=f'"{shorten(text)}" is not a date like 2026-03-31.',
        fix="Correct this cell and upload again, or leave it empty if the day is not known.",
    )


def _mixed_order(text: str) -> Fault:
    return Fault(
        code="mixed-day-order",
        what=f'"{shorten(text)}" does not fit: it is not clear whether its day or its month comes first.',
        fix="Write all dates of the column in one order, best as 2026-03-31, and upload again.",
    )


def _out_of_reach(text: str, *, is_late: bool) -> Fault:
    what = "lies in the future" if is_late else "lies before TikTok existed"
    return Fault(
        code="date-in-future" if is_late else "date-too-early",
        what=f'"{shorten(text)}" {what}.',
        fix="Correct the date, or export the file again, and upload it again.",
    )
