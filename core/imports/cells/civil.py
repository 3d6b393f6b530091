"""Calendar arithmetic on whole columns, and the fast reading of uniform ISO dates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core.units import EPOCH

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

EARLIEST = date(1990, 1, 1)  # earlier dates in an export are damage, not data
_LONG = 2_000  # below this the careful reading is as fast
# width of the cell -> (position of the offset or Z, where there is one)
_WIDTHS = {10: None, 16: None, 19: None, 20: 19, 23: None, 24: 23, 25: 19}
_DIGITS = ((0, 4), (5, 2), (8, 2), (11, 2), (14, 2), (17, 2))


def days_from_civil(years: np.ndarray, months: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Return day numbers of proleptic Gregorian dates, all arrays of int64 of one shape."""
    shifted = years - (months <= 2)
    era = shifted // 400
    year_of_era = shifted - era * 400
    day_of_year = (153 * (months + np.where(months > 2, -3, 9)) + 2) // 5 + days - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return np.asarray(era * 146_097 + day_of_era - 719_468)


def day_number_of(year: int, month: int, day: int) -> int | None:
    """Return the day number of a date, None if the calendar has no such day."""
    try:
        return (date(year, month, day) - EPOCH).days
    except (ValueError, OverflowError):
        return None


def iso_seconds(cells: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return seconds since 1970 of ISO cells as written, offset in seconds, and what each cell has.

    Returns:
        Local seconds (int64), offset seconds (int64) and a kind per cell: 0 not a valid ISO date,
        1 date only, 2 with a time, 3 with a time and an offset.
    """
    seconds, offsets = np.zeros(len(cells), dtype=np.int64), np.zeros(len(cells), dtype=np.int64)
    kinds = np.zeros(len(cells), dtype=np.int8)
    texts = np.asarray(cells, dtype=object)
    lengths = np.fromiter(map(len, cells), dtype=np.int64, count=len(cells))
    for width, zone_at in _WIDTHS.items():
        chosen = np.flatnonzero(lengths == width)
        if len(chosen):
            read = _of_width([texts[row] for row in chosen], width, zone_at)
            seconds[chosen], offsets[chosen], kinds[chosen] = read
    return seconds, offsets, kinds


def uniform_iso(values: pd.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """Return the same by row for a long column of valid ISO cells of one width and empty ones, else None."""
    if len(values) < _LONG:
        return None
    found = pa.array(values.array, type=pa.large_string(), from_pandas=True)
    cells = pa.concat_arrays(found.chunks) if isinstance(found, pa.ChunkedArray) else found
    lengths = np.asarray(pc.binary_length(cells))
    widths = set(np.unique(lengths).tolist()) - {0}
    if len(widths) != 1 or not widths <= _WIDTHS.keys():
        return None
    width = widths.pop()
    _, offsets, text = cells.buffers()
    starts = np.frombuffer(offsets, dtype=np.int64)[cells.offset : cells.offset + len(cells) + 1]
    grid = np.frombuffer(text, dtype=np.uint8)[starts[0] : starts[-1]].reshape(-1, width)
    seconds, east, kinds = _of_grid(grid, width, _WIDTHS[width])
    if not kinds.all():
        return None
    filled = lengths > 0
    parts = []
    for part in (seconds, east, kinds):
        whole = np.zeros(len(cells), dtype=part.dtype)
        whole[filled] = part
        parts.append(whole)
    return parts[0], parts[1], parts[2]


def _of_width(cells: list[str], width: int, zone_at: int | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the same for cells that all have one width."""
    joined = "".join(cells)
    if not joined.isascii():
        empty = np.zeros(len(cells), dtype=np.int64)
        return empty, empty, empty.astype(np.int8)
    grid = np.frombuffer(joined.encode("ascii"), dtype=np.uint8).reshape(len(cells), width)
    return _of_grid(grid, width, zone_at)


def _of_grid(grid: np.ndarray, width: int, zone_at: int | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the same for cells given as a grid of bytes, one row per cell."""
    is_good = _has(grid, 4, b"-") & _has(grid, 7, b"-")
    parts = []
    for start, count in _DIGITS:
        if start + count > width:
            parts.append(np.zeros(len(grid), dtype=np.int64))
            continue
        part, are_digits = _number(grid, start, count)
        parts.append(part)
        is_good &= are_digits
    if width > 10:
        is_good &= _has(grid, 10, b" T") & _has(grid, 13, b":")
    if width > 16:
        is_good &= _has(grid, 16, b":")
    if width in {23, 24}:
        is_good &= _has(grid, 19, b".") & _number(grid, 20, 3)[1]
    offsets, zone_good = _offsets(grid, width, zone_at)
    years, months, days, hours, minutes, secs = parts
    is_good &= zone_good & _in_calendar(years, months, days) & (hours < 24) & (minutes < 60) & (secs < 60)
    seconds = days_from_civil(years, months, days) * 86_400 + hours * 3600 + minutes * 60 + secs
    kind = 1 if width == 10 else 2 if zone_at is None else 3
    return seconds, offsets, np.where(is_good, kind, 0).astype(np.int8)


def _offsets(grid: np.ndarray, width: int, zone_at: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Return the offset of each cell in seconds and whether it is written rightly."""
    nothing = np.zeros(len(grid), dtype=np.int64)
    if zone_at is None:
        return nothing, np.ones(len(grid), dtype=bool)
    if width != 25:
        return nothing, _has(grid, zone_at, b"Z")
    compact = _has(grid, 19, b" ") & _has(grid, 20, b"+-")
    extended = _has(grid, 19, b"+-") & _has(grid, 22, b":")
    first, first_good = _number(grid, 20, 2)
    second, second_good = _number(grid, 21, 2)
    minutes, minutes_good = _number(grid, 23, 2)
    hours = np.where(compact, second, first)
    sign = np.where(np.where(compact, grid[:, 20], grid[:, 19]) == ord("-"), -1, 1)
    is_good = (compact & second_good | extended & first_good) & minutes_good & (hours <= 14) & (minutes < 60)
    return np.where(is_good, sign * (hours * 3600 + minutes * 60), 0), is_good


def _has(grid: np.ndarray, position: int, signs: bytes) -> np.ndarray:
    """Return which cells have one of the signs at a position."""
    return np.isin(grid[:, position], np.frombuffer(signs, dtype=np.uint8))


def _number(grid: np.ndarray, start: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the number at a position and whether all of it is digits."""
    digits = grid[:, start : start + count].astype(np.int64) - ord("0")
    weights = 10 ** np.arange(count - 1, -1, -1, dtype=np.int64)
    return digits @ weights, np.asarray(((digits >= 0) & (digits <= 9)).all(axis=1))


def _in_calendar(years: np.ndarray, months: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Return which dates the calendar has."""
    lengths = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)
    known = (months >= 1) & (months <= 12)
    is_leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    longest = lengths[np.where(known, months, 0)] + (is_leap & (months == 2))
    return np.asarray(known & (days >= 1) & (days <= longest))
