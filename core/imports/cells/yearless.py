"""Dates without a year, as TikTok Studio writes them: `March 17`, `17 Μαρτίου`, `18 tháng Sáu`."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from core.imports.cells.cleaning import plain
from core.imports.cells.distinct import Fault, distinct
from core.imports.cells.moments import Order, moment_of, month_and_day
from core.imports.cells.numeric import shorten
from core.units import day_number, day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.imports.model import RowProblem

_TOLERANCE = timedelta(days=1)  # the newest label may be ahead of the export day by a time zone


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlessDays:
    """A column of dates without a year, dated.

    Attributes:
        values: Int64 day numbers, pd.NA where the cell is empty, not a date, or has no known year.
        problems: cells that are no date.
        has_years: every cell stated its year itself, so nothing was inferred.
        gaps: how many days are missing between neighbouring rows (contiguous tables only).
        repeats: how many rows carry the label of the row before (hours of one day).
    """

    values: pd.Series
    problems: tuple[RowProblem, ...] = ()
    has_years: bool = False
    gaps: int = 0
    repeats: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    month: int
    day: int
    year: int | None = None


def read_yearless_days(
    values: pd.Series, *, newest: date | None, contiguous: bool, header: str = ""
) -> YearlessDays:
    """Return the days of labels such as `March 17`, in any language.

    Args:
        values: the cells.
        newest: no row is later than this day (the export day), a time zone's tolerance aside; None
            when it is not known, which leaves cells without a year undated.
        contiguous: the rows are days in a row, ascending or descending. Then the newest row is
            dated once and the others by counting backwards from it. Otherwise each row is dated
            by itself: the latest such day that is not after `newest`.
        header: as written, for messages.
    """
    cells = distinct(values, plain)
    labels = {index: label for index, text in enumerate(cells.cleaned) if text and (label := _label(text))}
    faults = {
        index: _not_day(cells.texts[index])
        for index, text in enumerate(cells.cleaned)
        if text and index not in labels
    }
    rows = [labels.get(int(code)) for code in cells.codes]
    days = _contiguous(rows, newest) if contiguous else [_latest(label, newest) for label in rows]
    stated = [label for label in rows if label]
    undated = {
        int(cells.codes[row]): _not_day(cells.texts[int(cells.codes[row])])
        for row, day in enumerate(days)
        if newest is not None and rows[row] and day is None
    }
    return YearlessDays(
        values=pd.Series(pd.array(days, dtype="Int64")),
        problems=cells.problems(faults | undated, header),
        has_years=bool(stated) and all(label.year is not None for label in stated),
        gaps=_gaps(days) if contiguous else 0,
        repeats=sum(a is not None and a == b for a, b in itertools.pairwise(days)),
    )


def _label(text: str) -> _Label | None:
    """Return the month and day, and the year where the cell states one."""
    named = month_and_day(text)
    if named:
        year, month, day = named
        return _Label(year=year, month=month, day=day) if _exists(month, day) else None
    moment = moment_of(text)
    if moment is None or len(set(moment.days.values())) != 1 or len(moment.days) != len(Order):
        return None
    whole = day_of(next(iter(moment.days.values())))
    return _Label(year=whole.year, month=whole.month, day=whole.day)


def _exists(month: int, day: int) -> bool:
    """Return whether some year has this day."""
    return _dated(2024, month, day) is not None


def _dated(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(label: _Label | None, latest: date | None) -> int | None:
    """Return the latest day with this label that is not after `latest`; 29 February in its last leap year."""
    if label is None:
        return None
    if label.year is not None:
        whole = _dated(label.year, label.month, label.day)
        return None if whole is None else day_number(whole)
    if latest is None:
        return None
    limit = latest + _TOLERANCE
    for year in range(limit.year, limit.year - 9, -1):
        whole = _dated(year, label.month, label.day)
        if whole is not None and whole <= limit:
            return day_number(whole)
    return None


def _contiguous(rows: Sequence[_Label | None], newest: date | None) -> list[int | None]:
    """Return the days of rows that follow each other, in the direction that leaves fewer gaps."""
    ascending = _walk(rows, newest)
    descending = _walk(rows[::-1], newest)[::-1]
    return ascending if _gaps(ascending) <= _gaps(descending) else descending


def _walk(rows: Sequence[_Label | None], newest: date | None) -> list[int | None]:
    """Return the days when the last row is the newest, found by counting backwards.

    A row may repeat the label of the row after it (hours of one day), else it is the latest such
    day before it.
    """
    days: list[int | None] = [None] * len(rows)
    after: int | None = None
    after_label: _Label | None = None
    for position in range(len(rows) - 1, -1, -1):
        label = rows[position]
        if label is None:
            continue
        if after is None:
            days[position] = _latest(label, newest)
        elif label == after_label:
            days[position] = after
        else:
            days[position] = _latest(label, day_of(after) - timedelta(days=1) - _TOLERANCE)
        after, after_label = days[position], label
    return days


def _gaps(days: Sequence[int | None]) -> int:
    """Return how many days are missing between neighbouring rows."""
    known = [day for day in days if day is not None]
    return sum(max(abs(b - a) - 1, 0) for a, b in itertools.pairwise(known))


def _not_day(text: str) -> Fault:
    return Fault(
        code="not-a-date",
        what=f'"{shorten(text)}" is not a day like "March 31" or 2026-03-31.',
        fix="Correct this cell and upload again, or leave it empty if the day is not known.",
    )
