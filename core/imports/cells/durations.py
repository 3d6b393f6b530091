"""Columns of durations: `19s`, `1h39min`, `00:00:12`, `12.5`, in seconds."""

from __future__ import annotations

import re
from decimal import Decimal

import pandas as pd

from core.imports.cells.cleaning import plain
from core.imports.cells.distinct import Fault, Gathered, distinct, spread
from core.imports.cells.numbers import Mark, read_digits
from core.imports.cells.numeric import read_numbers, shorten
from core.imports.model import State, TypedColumn

_UNITS = {
    86_400: "d day days día días jour jours tag tage dias dia",
    3_600: "h hr hrs hour hours std stunde stunden hora horas heure heures giờ jam ч час 時間 小时 小時 시간",
    60: "m min mins minute minutes minuto minutos menit phút мин дк dk λ 分 分钟 分鐘 분",
    1: "s sec secs second seconds sek segundo segundos seconde secondes detik giây с сек sn δ 秒 초",
}
_SECONDS = {word: seconds for seconds, words in _UNITS.items() for word in words.split()}
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)\.?\s*")
_CLOCK = re.compile(r"^(?:(\d{1,4}):)?(\d{1,4}):([0-5]?\d(?:[.,]\d+)?)$")
_ISO = re.compile(r"^pt(?=\d)(?:\d+h)?(?:\d+m)?(?:\d+(?:\.\d+)?s)?$")


def read_seconds(values: pd.Series, *, header: str = "", convention: str = "") -> TypedColumn:
    """Return durations as Float64 seconds; a bare number is seconds, `1:39` minutes and seconds."""
    cells = distinct(values, plain)
    gathered = Gathered()
    bare: dict[int, str] = {}
    for index, text in enumerate(cells.cleaned):
        seconds = duration_of(text)
        if seconds is not None:
            gathered.values[index] = float(seconds)
        elif text:
            bare[index] = text
    numbers = read_numbers(pd.Series([bare.get(index, "") for index in range(len(cells.texts))], dtype="str"))
    if convention:
        numbers = read_numbers(
            pd.Series([bare.get(index, "") for index in range(len(cells.texts))], dtype="str"),
            convention=convention,
        )
    for index in bare:
        value = numbers.values.iloc[index]
        if value is pd.NA and index not in numbers.masked:
            gathered.faults[index] = _not_duration(cells.texts[index])
        elif value is not pd.NA:
            gathered.values[index] = value
    return TypedColumn(
        values=spread(cells, gathered.values, "Float64"),
        state=numbers.state if bare else State.PROVEN,
        convention=numbers.convention,
        choices=numbers.choices,
        problems=cells.problems(gathered.faults, header),
        masked=tuple(int(row) for row in cells.rows_of(numbers.masked)) if numbers.masked else (),
    )


def duration_of(text: str) -> Decimal | None:
    """Return the seconds of a duration written with units or colons, None for anything else."""
    clock = _CLOCK.match(text)
    if clock:
        hours, minutes, seconds = clock.groups()
        tail = Decimal(seconds.replace(",", "."))
        if hours is not None and int(minutes) > 59:
            return None
        return Decimal(int(hours or 0) * 3600 + int(minutes) * 60) + tail
    lowered = text.casefold()
    if _ISO.match(lowered):
        lowered = lowered[2:]
    return _with_units(lowered)


def _with_units(text: str) -> Decimal | None:
    """Return the seconds of `1h 39min`, largest unit first, None for anything else."""
    total, end, last = Decimal(0), 0, 10**9
    for part in _PART.finditer(text):
        unit = _SECONDS.get(part.group(2))
        size = read_digits(part.group(1), Mark.COMMA if "," in part.group(1) else Mark.POINT)
        if part.start() != end or unit is None or unit >= last or size is None:
            return None
        total, end, last = total + size * unit, part.end(), unit
    return total if end and end == len(text) else None


def _not_duration(text: str) -> Fault:
    return Fault(
        code="not-a-duration",
        what=f'"{shorten(text)}" is not a duration like 19s, 1h39min or 00:01:39.',
        fix="Correct this cell and upload again, or leave it empty if it is not known.",
    )
