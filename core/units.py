"""How a number is written: counts, shares, money, seconds, times.

Numbers stay numbers until this module writes them, for one locale. Missing is
written as a dash, never as zero.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_precision,
)

DASH = "–"
EPOCH = date(1970, 1, 1)
_KEPT = 20_000  # written numbers, some 3 MB


class Unit(StrEnum):
    """What a number counts, which decides how it is written."""

    COUNT = "count"
    SHARE = "share"  # 0 to 1, written as per cent
    MONEY = "money"  # integer minor units of a currency, or a quotient of them
    SECONDS = "seconds"
    TIMES = "times"  # a multiple, for instance 3.2×
    NUMBER = "number"  # a plain quotient, for instance views per person


def minor_digits(currency: str) -> int:
    """Return how many decimals the currency has, for instance 2 for USD, 0 for JPY."""
    return int(get_currency_precision(currency.upper()))


def write(
    value: float | None, unit: Unit, *, currency: str = "", locale: str = "en_US", compact: bool = False
) -> str:
    """Return the number as people write it.

    Args:
        value: the number; money in minor units, shares from 0 to 1; None is unknown.
        unit: what it counts.
        currency: ISO code, needed for money.
        locale: CLDR name of the reader's locale.
        compact: shorten large counts to two or three digits, for instance 1.2M or 174K.
    """
    if value is None or value != value:  # noqa: PLR0124  (NaN is the only value unequal to itself)
        return DASH
    return _write(value, unit, currency, locale, compact)


@lru_cache(maxsize=_KEPT)
def _write(value: float, unit: Unit, currency: str, locale: str, compact: bool) -> str:  # noqa: FBT001
    """Return what `write` says; kept, for a page of many creators writes the same cells in each run."""
    if unit is Unit.COUNT:
        if compact and abs(value) >= 10_000:
            is_long = (len(str(round(abs(value)))) - 1) % 3 == 2  # 147K says as much as 147.2K
            return str(format_compact_decimal(value, fraction_digits=0 if is_long else 1, locale=locale))
        return str(format_decimal(round(value), locale=locale))
    if unit is Unit.SHARE:
        return str(
            format_percent(value, format="#,##0.0#%" if abs(value) < 0.1 else "#,##0.0%", locale=locale)
        )
    if unit is Unit.MONEY:
        return write_money(value, currency, locale=locale)
    if unit is Unit.SECONDS:
        return f"{format_decimal(round(value, 1), locale=locale)} s"
    if unit is Unit.TIMES:
        return f"{format_decimal(round(value, 2), locale=locale)}×"
    return str(format_decimal(round(value, 2), locale=locale))


def write_count(value: float | None, *, locale: str = "en_US") -> str:
    """Return a count; one that is shared out, as orders can be, keeps its fraction."""
    unit = Unit.COUNT if value is None or value == round(value) else Unit.NUMBER
    return write(value, unit, locale=locale)


def write_money(minor: float, currency: str, *, locale: str = "en_US") -> str:
    """Return an amount given in minor units, written with its currency."""
    if not currency:
        return f"{format_decimal(minor / 100, locale=locale)} (currency not known)"
    return str(format_currency(minor / 10 ** minor_digits(currency), currency, locale=locale))


def write_change(share: float | None) -> str:
    """Return a change as people write it, for instance +12% or −6%; a dash where it is not known."""
    if share is None or share != share:  # noqa: PLR0124  (NaN is the only value unequal to itself)
        return DASH
    return f"{share:+.0%}".replace("-", "−")


def write_day(day: date | None, *, locale: str = "en_US") -> str:
    """Return a day as people write it, for instance 3 Mar 2026."""
    return DASH if day is None else str(format_date(day, "d MMM y", locale=locale))


def day_number(day: date) -> int:
    """Return the day as days since 1 January 1970, which is how the store keeps days."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """Return the day behind a day number."""
    return EPOCH + timedelta(days=int(number))


def instant_number(instant: datetime) -> int:
    """Return an aware instant as Unix seconds, which is how the store keeps instants."""
    if instant.tzinfo is None:
        msg = "an instant needs a time zone"
        raise ValueError(msg)
    return int(instant.timestamp())


def instant_of(number: int) -> datetime:
    """Return the aware UTC instant behind Unix seconds."""
    return datetime.fromtimestamp(int(number), tz=UTC)


def local_day(number: int, zone: str) -> date:
    """Return the calendar day on which an instant (Unix seconds) falls in a zone."""
    return instant_of(number).astimezone(ZoneInfo(zone)).date()
