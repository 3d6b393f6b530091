"""One date cell taken apart: ISO, day and month in either order, names, Unix, spreadsheet days."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from enum import StrEnum

from core.imports.cells.civil import day_number_of
from core.imports.cells.month_names import month_of

DAY = 86_400


class Order(StrEnum):
    """Which of two numbers is the day; the words are shown to people."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a date cell says.

    Attributes:
        days: order -> day number; one entry where the order does not matter.
        clock: seconds into the day, None where only a day is stated.
        offset: seconds east of UTC, None where no zone is stated.
        is_epoch: a machine's Unix time, which is UTC by itself.
        is_month: only a month is stated; the day is its first.
    """

    days: dict[Order, int]
    clock: float | None = None
    offset: int | None = None
    is_epoch: bool = False
    is_month: bool = False

    def day(self, order: Order) -> int | None:
        """Return the day number under an order, None if the calendar has no such day."""
        return self.days.get(order)


_TIME = re.compile(
    r"(?:^|[ T,]+)(?:at )?(?P<h>\d{1,2})[:.h](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?"
    r"\s*(?P<zone>Z|(?:UTC|GMT)?\s*[+-]\d{1,2}(?::?\d{2})?|UTC|GMT)?\s*(?:\([^)]*\))?$",
    re.IGNORECASE,
)
_HALVES = {
    "오전": "am",
    "오후": "pm",
    "上午": "am",
    "下午": "pm",
    "午前": "am",
    "午後": "pm",
    "sa": "am",
    "ch": "pm",
}
_YEAR_FIRST = re.compile(r"^(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})\.?$")
_YEAR_LAST = re.compile(r"^(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\.?$")
_YEAR_MONTH = re.compile(r"^(\d{4})[-/](\d{1,2})$")
_CJK = re.compile(r"^(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일號号]?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:(\d{2})(?:(\d{2})(\d{2}))?)?$")
_WEEKDAY_TAIL = re.compile(r"\s*\([^)\d]*\)$")
_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*", re.UNICODE)
_NUMBER = re.compile(r"\d+")


def moment_of(text: str, *, is_1904: bool = False) -> Moment | None:
    """Return what a cleaned date cell says, None when it is no date with a year."""
    if _NUMBER.fullmatch(text) or re.fullmatch(r"\d+[.,]\d+", text):
        return _of_number(text, is_1904=is_1904)
    for word, half in _HALVES.items():
        if word in text and not word.isascii():
            text = f"{text.replace(word, ' ')} {half}"
    found = _TIME.search(text)
    clock, offset = None, None
    if found and found.start():
        clock, offset = _clock(found), _offset(found["zone"] or "")
        if clock is None:
            return None
        text = text[: found.start()]
    days, is_month = _days(text.strip(" ,T"))
    if not days or (is_month and clock is not None):
        return None
    return Moment(days=days, clock=clock, offset=offset, is_month=is_month)


def month_and_day(text: str) -> tuple[int | None, int, int] | None:
    """Return (year or None, month, day) of a date with a month name in any language, else None."""
    cjk = _CJK.match(text)
    if cjk:
        return (int(cjk[1]) if cjk[1] else None, int(cjk[2]), int(cjk[3]))
    numbers = [int(number) for number in _NUMBER.findall(text)]
    month = _month_in(text)
    if month is None:
        bare = re.fullmatch(r"(\d{1,2}) (?:tháng|thg) (\d{1,2})(?:,? (?:năm )?(\d{4}))?", text.casefold())
        if bare:
            return (int(bare[3]) if bare[3] else None, int(bare[2]), int(bare[1]))
        return None
    days = [number for number in numbers if 1 <= number <= 31]
    years = [number for number in numbers if number > 31]
    if len(numbers) == 2 and len(days) == 2:
        days, years = [numbers[0]], [2000 + numbers[1]]  # 3 Mar 26
    if len(days) != 1 or len(years) > 1 or len(numbers) > 2:
        return None
    return (_western(years[0]) if years else None, month, days[0])


def _month_in(text: str) -> int | None:
    """Return the one month that the words of a text name, None for none or several."""
    words = [word.group() for word in _WORD.finditer(text)]
    pairs = [f"{first} {second}" for first, second in itertools.pairwise(words)]
    triples = [f"{pair} {third}" for pair, third in zip(pairs, words[2:], strict=False)]
    for group in (triples, pairs, words):
        months = {month for name in group if (month := month_of(name)) is not None}
        if months:
            return next(iter(months)) if len(months) == 1 else None
    return None


def _western(year: int) -> int:
    """Return a year of the Buddhist calendar (as in Thai exports) as a western one."""
    return year - 543 if 2500 <= year <= 2700 else year


def _days(text: str) -> tuple[dict[Order, int], bool]:
    """Return day numbers by order and whether only a month was stated; empty if no date."""
    text = _WEEKDAY_TAIL.sub("", text)
    year_first = _YEAR_FIRST.match(text)
    if year_first:
        return _both(day_number_of(*(_western(int(part)) for part in year_first.groups()))), False
    year_last = _YEAR_LAST.match(text)
    if year_last:
        return _either_order(
            int(year_last[1]), int(year_last[3]), year_last[4], is_dotted=year_last[2] == "."
        ), False
    month = _YEAR_MONTH.match(text)
    if month:
        return _both(day_number_of(int(month[1]), int(month[2]), 1)), True
    named = month_and_day(text)
    if named and named[0] is not None:
        return _both(day_number_of(named[0], named[1], named[2])), False
    return {}, False


def _both(day: int | None) -> dict[Order, int]:
    return {} if day is None else dict.fromkeys(Order, day)


def _either_order(first: int, second: int, year_text: str, *, is_dotted: bool) -> dict[Order, int]:
    """Return the day numbers of `03/04/2026` by order; with dots the day always comes first."""
    year = _western(int(year_text)) if len(year_text) == 4 else 2000 + int(year_text)
    day_first = day_number_of(year, second, first)
    if is_dotted:
        return _both(day_first)
    month_first = day_number_of(year, first, second)
    found = {Order.DAY_FIRST: day_first, Order.MONTH_FIRST: month_first}
    return {order: day for order, day in found.items() if day is not None}


def _clock(found: re.Match[str]) -> float | None:
    """Return the seconds into the day of a time, None if the clock has no such time."""
    hour, minute, second = int(found["h"]), int(found["m"]), int(found["s"] or 0)
    half = re.sub(r"[^apm]", "", (found["half"] or "").casefold())
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return hour * 3600 + minute * 60 + second


def _offset(zone: str) -> int | None:
    """Return the seconds east of UTC of `Z`, `+0100`, `UTC+1`; None where no zone is stated."""
    if not zone:
        return None
    found = re.search(r"([+-])(\d{1,2}):?(\d{2})?", zone)
    if not found:
        return 0
    seconds = int(found[2]) * 3600 + int(found[3] or 0) * 60
    return -seconds if found[1] == "-" else seconds


def _of_number(text: str, *, is_1904: bool) -> Moment | None:
    """Return the moment behind digits: YYYYMMDD(HH(MMSS)), Unix time, or a spreadsheet's day."""
    whole, _, tail = text.replace(",", ".").partition(".")
    if len(whole) in {8, 10, 14} and not tail and (compact := _of_compact(whole)):
        return compact
    if len(whole) in {9, 10, 13, 16} or int(whole) == 0:
        seconds = int(whole) // {13: 1_000, 16: 1_000_000}.get(len(whole), 1)
        return Moment(days=_both(seconds // DAY), clock=float(seconds % DAY), offset=0, is_epoch=True)
    if len(whole) == 5:
        days = int(whole) - 25_569 + (1_462 if is_1904 else 0)
        clock = round(float(f"0.{tail}") * DAY) if tail else None
        return Moment(days=_both(days), clock=clock)
    return None


def _of_compact(digits: str) -> Moment | None:
    """Return the moment of YYYYMMDD, YYYYMMDDHH or YYYYMMDDHHMMSS, None if it is none."""
    found = _COMPACT.match(digits)
    if not found or not 1990 <= int(found[1]) <= 2100:
        return None
    day = day_number_of(int(found[1]), int(found[2]), int(found[3]))
    hour, minute, second = int(found[4] or 0), int(found[5] or 0), int(found[6] or 0)
    if day is None or hour > 23 or minute > 59 or second > 59:
        return None
    clock = float(hour * 3600 + minute * 60 + second) if found[4] else None
    return Moment(days=_both(day), clock=clock)
