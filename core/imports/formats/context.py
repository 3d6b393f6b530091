"""What stands around a table: its period, its age, its currency, its rows that cannot be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pandas as pd

from core.imports.headers import header_key
from core.imports.model import Ask, Known, Question, RowProblem, SheetTable, TypedTable
from core.units import day_number, day_of, instant_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_RANGES = (
    re.compile(r"(?<!\d)(20\d{6})\s*(?:-|–|~|_|to)\s*(20\d{6})(?!\d)"),
    re.compile(r"(?<!\d)(20\d\d[-/.]\d\d[-/.]\d\d)\s*(?:-|–|~|_|to)\s*(20\d\d[-/.]\d\d[-/.]\d\d)(?!\d)"),
)
_ZONE = re.compile(r"(?:GMT|UTC)\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_DAY_SECONDS = 86_400
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """First and last day that figures cover, as day numbers."""

    first: int
    last: int


def compact_day(text: str) -> int | None:
    """Return the day number of `20260131`, `2026-01-31` and the like; None for anything else."""
    digits = re.sub(r"[-/.]", "", text.strip())
    if len(digits) != 8 or not digits.isdecimal():
        return None
    try:
        return day_number(date(int(digits[:4]), int(digits[4:6]), int(digits[6:])))
    except ValueError:
        return None


def periods_in(text: str) -> Iterator[Period]:
    """Yield every period written as two days in a text, for instance a file name."""
    for pattern in _RANGES:
        for first, last in pattern.findall(text):
            start, end = compact_day(first), compact_day(last)
            if start is not None and end is not None and start <= end:
                yield Period(first=start, last=end)


def stated_period(typed: TypedTable) -> Period | None:
    """Return the period a person, the preamble, the sheet or the file name states, None without one."""
    answer = typed.known.answers.get((Ask.PERIOD, ""), "")
    parts = [compact_day(part) for part in answer.split("/")]
    if len(parts) == 2 and parts[0] is not None and parts[1] is not None and parts[0] <= parts[1]:
        return Period(first=parts[0], last=parts[1])
    for text in (*typed.table.preamble, typed.table.sheet, typed.table.file):
        for period in periods_in(text):
            return period
    return None


def ask_period(typed: TypedTable) -> Question:
    """Return the question for the days that the figures cover."""
    return Question(
        ask=Ask.PERIOD,
        sentence="Which days do these figures cover? The file gives one total per row and names no days.",
        evidence=tuple(text for text in (typed.table.file, typed.table.sheet) if text),
    )


def ask_currency(typed: TypedTable, columns: Iterable[str], evidence: Iterable[str] = ()) -> Question:
    """Return the question for the currency of amounts that carry none."""
    named = ", ".join(f'"{typed.headers.get(name, name)}"' for name in columns)
    return Question(
        ask=Ask.CURRENCY,
        sentence=f"Which currency are the amounts in {named} in? The file does not say.",
        evidence=tuple(evidence),
    )


def one_currency(typed: TypedTable, columns: Iterable[str]) -> str:
    """Return the currency of a table's amounts: stated by a person, else by the cells; '' if unknown."""
    answer = typed.known.answers.get((Ask.CURRENCY, ""), "")
    if answer:
        return answer.upper()
    carried = {typed.columns[name].currency for name in columns if typed.has(name)} - {""}
    one = carried.pop().upper() if len(carried) == 1 else ""
    return "" if "/" in one else one  # `EUR/USD` stands for a column of several currencies


def currency_question(typed: TypedTable, names: Iterable[str]) -> tuple[Question, ...]:
    """Return the question for the currency of amounts, none where reading the columns asks it already."""
    present = [name for name in names if typed.has(name)]
    columns = [typed.columns[name] for name in present]
    if any(not column.currency and bool(column.values.notna().any()) for column in columns):
        return ()
    return (ask_currency(typed, present),)


def end_of(day: int | None) -> int | None:
    """Return the first second after a day (Unix seconds); None stays None."""
    return None if day is None else (day + 1) * _DAY_SECONDS


def zone_in(*texts: str) -> str:
    """Return the zone that a name such as `report GMT+8.xlsx` carries, as an IANA name; '' without one."""
    for text in texts:
        found = _ZONE.search(text)
        if found:
            hours = int(found.group(2))
            if found.group(3) not in {None, "00"} or hours > 14:
                return ""
            # Etc/GMT names count the other way round: Etc/GMT-8 lies eight hours ahead.
            return "UTC" if hours == 0 else f"Etc/GMT{'-' if found.group(1) == '+' else '+'}{hours}"
    return ""


def raw_text(typed: TypedTable, name: str) -> pd.Series:
    """Return the kept cells of a field exactly as written."""
    position = list(typed.table.header).index(typed.headers[name])
    return typed.table.columns[position].iloc[typed.kept]


def text_of(typed: TypedTable, name: str) -> pd.Series:
    """Return a text field's kept values, '' throughout where the file has no such column."""
    if typed.has(name):
        return typed.values(name)
    return pd.Series("", index=rows_of(typed), dtype="str")


def rows_of(typed: TypedTable) -> pd.Index:
    """Return the positions of the kept rows, in order."""
    rows: pd.Index = pd.Index(typed.kept)
    return rows


def number_of(typed: TypedTable, name: str) -> pd.Series:
    """Return a number field's kept values, missing throughout where the file has no such column."""
    if typed.has(name):
        return typed.values(name)
    return pd.Series(pd.NA, index=rows_of(typed), dtype="Int64")


def broken_rows(typed: TypedTable, names: Iterable[str]) -> np.ndarray:
    """Return the positions of kept rows with a cell that no reading of its column fits."""
    positions = {
        problem.position for name in names if typed.has(name) for problem in typed.columns[name].problems
    }
    if not positions:
        return typed.kept[:0]
    return typed.kept[np.isin(typed.kept, list(positions))]


def problems_at(
    positions: Iterable[int], *, column: str, code: str, what: str, fix: str
) -> tuple[RowProblem, ...]:
    """Return one problem per row position, all with the same words."""
    return tuple(
        RowProblem(position=int(position), column=column, code=code, what=what, fix=fix)
        for position in positions
    )


def headers_of(table: SheetTable) -> frozenset[str]:
    """Return the headers of a table as headers are compared."""
    return frozenset(header_key(text) for text in table.header)


def has_any(table: SheetTable, *spellings: str) -> bool:
    """Return whether a table has at least one of the headers."""
    return not headers_of(table).isdisjoint(header_key(text) for text in spellings)


def write_period(first: int, last: int) -> str:
    """Return a period as ISO days, for evidence and messages."""
    return f"{day_of(first).isoformat()} to {day_of(last).isoformat()}"


def days_after(known: Known) -> int:
    """Return the last day number that data can be about: tomorrow, because zones differ."""
    return day_number((instant_of(known.now) + timedelta(days=1)).date())


def per_text(values: pd.Series, read: Callable[[str], T]) -> np.ndarray:
    """Return `read` of each value as an object array, called once per distinct text."""
    numbers, texts = pd.factorize(values)
    answers = np.empty(len(texts) + 1, dtype=object)
    for position, text in enumerate(np.asarray(texts, dtype=object).tolist()):
        answers[position] = read(str(text))
    return answers[numbers]


def local_days(instants: pd.Series, zone: str) -> pd.Series:
    """Return the day number on which each instant (Unix seconds) falls in a zone; '' is UTC."""
    moments = pd.to_datetime(instants.astype("Int64"), unit="s", utc=True)
    local = moments.dt.tz_convert(zone or "UTC").dt.tz_localize(None)
    return ((local - pd.Timestamp(0)) // pd.Timedelta(days=1)).astype("Int64")


def written_days(typed: TypedTable, name: str, instants: pd.Series) -> pd.Series:
    """Return the calendar day of each instant as the file itself writes it.

    Args:
        typed: the table.
        name: the field that holds the instants.
        instants: the same field read, kept rows only.
    """
    begun = raw_text(typed, name).loc[instants.index].str.strip().str.slice(0, 10)
    days = pd.Series(pd.array(per_text(begun, compact_day), dtype="Int64"), index=instants.index)
    if not bool(days.isna().any()):
        return days
    zone = typed.known.answers.get((Ask.ZONE, ""), "")
    return days.fillna(local_days(instants, zone))


def only_value(values: pd.Series) -> str:
    """Return the text that all rows share, '' where they differ or there are none."""
    distinct = values.dropna().unique()
    return str(distinct[0]) if len(distinct) == 1 else ""
