"""Reading one typed value: an amount, a count, a day, a goal.

People write numbers as they are used to. Where a writing has two readings it is
refused with both named, never guessed.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from babel.numbers import list_currencies

from core.keys import plain_text
from core.units import Unit, day_number, minor_digits

_SIGNS: dict[str, frozenset[str]] = {
    "$": frozenset({"USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN", "BRL", "ARS", "CLP", "COP", "TWD"}),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP", "EGP", "GIP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₹": frozenset({"INR"}),
    "₩": frozenset({"KRW"}),
    "₫": frozenset({"VND"}),
    "₺": frozenset({"TRY"}),
    "₱": frozenset({"PHP"}),
    "฿": frozenset({"THB"}),
    "zł": frozenset({"PLN"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
}
_GROUPED = re.compile(r"\d{1,3}(?:([ .,'’])\d{3})(?:\1\d{3})*|\d{1,3}(?:,\d{2})*,\d{3}")
_THOUSANDS = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
_MOST = 10**15  # beyond any campaign, and exact in a 64-bit float
_DAY_FORMS = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y")


class UnreadableError(ValueError):
    """A typed value that has no reading, or more than one.

    Attributes:
        code: stable kebab-case name.
        what: one plain sentence that quotes the value as written.
        fix: one plain sentence that says what to write instead.
    """

    def __init__(self, code: str, what: str, fix: str) -> None:
        """Keep the three parts of the message."""
        super().__init__(f"{what} {fix}")
        self.code = code
        self.what = what
        self.fix = fix


def read_decimal(text: str, *, decimals: int) -> Decimal:
    """Return the number in a text such as `12,500.00`, `12.500,00` or `12 500`.

    Args:
        text: digits with or without separators.
        decimals: how many decimals the number can have; decides whether `1,250` is
            one thousand two hundred and fifty.

    Raises:
        UnreadableError: `not-a-number`, `ambiguous-number`, `too-large`.
    """
    plain = plain_text(text).replace("−", "-").replace("’", "'")
    plain = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", plain)  # a space may part thousands, nothing else
    sign = -1 if plain.startswith("-") else 1
    digits = plain.removeprefix("-").removeprefix("+")
    whole, fraction = _split_decimals(text, digits, decimals)
    number = Decimal(f"{whole}.{fraction or 0}") * sign
    if abs(number) > _MOST:
        raise UnreadableError(
            "too-large", f'"{text}" is larger than any number kept here.', "Check the digits."
        )
    return number


def _split_decimals(text: str, digits: str, decimals: int) -> tuple[str, str]:
    """Return the whole part without separators, and the decimals."""
    if not re.fullmatch(r"[0-9][0-9.,']*", digits):
        raise _not_a_number(text)
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return _ungrouped(text, digits), ""
    head, tail, mark = digits[:last], digits[last + 1 :], digits[last]
    if _is_grouping(digits, head, tail, mark):
        if decimals >= 3 and digits.count(mark) == 1 and not set(head) & set(".,'"):
            raise UnreadableError(
                "ambiguous-number",
                f'"{text}" can mean {head}{tail} or {head}.{tail}.',
                f"Write {head}{tail} without a separator, or {head}.{tail}0 with a fourth decimal.",
            )
        return _ungrouped(text, digits), ""
    if mark in head or not tail.isdigit():
        raise _not_a_number(text)
    if len(tail.rstrip("0")) > decimals:
        raise UnreadableError(
            "too-many-decimals",
            f'"{text}" has more decimals than this can have ({decimals}).',
            "Check whether the comma or point parts thousands, and write the number without it.",
        )
    return _ungrouped(text, head), tail


def _is_grouping(digits: str, head: str, tail: str, mark: str) -> bool:
    """Return whether the last mark parts thousands and not decimals."""
    other = "." if mark == "," else ","
    has_other_before = other in head
    return (
        len(tail) == 3 and not has_other_before and head not in {"", "0"} and bool(_GROUPED.fullmatch(digits))
    )


def _ungrouped(text: str, digits: str) -> str:
    """Return the digits without their thousands separators, which must sit where they belong."""
    if digits.isdigit():
        return digits
    if _GROUPED.fullmatch(digits):
        return re.sub(r"\D", "", digits)
    raise _not_a_number(text)


def _not_a_number(text: str) -> UnreadableError:
    return UnreadableError(
        "not-a-number", f'"{text}" is not a number as we read it.', "Write it like 12,500 or 12500.00."
    )


def read_amount(text: str, currency: str) -> int:
    """Return a typed amount in minor units of the currency.

    Args:
        text: for instance `12,500.00`, `€ 1.200,50`, `USD 300`; never negative.
        currency: ISO code that the amount must be in.

    Raises:
        UnreadableError: `not-a-number`, `ambiguous-number`, `other-currency`, `negative-amount`, `too-large`.
    """
    digits = _without_currency(text, currency)
    places = minor_digits(currency)
    number = read_decimal(digits, decimals=places)
    if number < 0:
        raise UnreadableError(
            "negative-amount", f'"{text}" is below zero.', "Write an amount of zero or more."
        )
    return int(number * 10**places)


def _without_currency(text: str, currency: str) -> str:
    """Return the text without the sign or code of the currency, which must be the one expected."""
    plain = plain_text(text)
    for word in re.findall(r"[^\W\d_]+\.?|[^\w\s.,'’+−-]", plain):
        sign = word.rstrip(".")
        fits = sign.upper() == currency.upper() or currency.upper() in _SIGNS.get(sign.lower(), frozenset())
        if not fits:
            known = sign.lower() in _SIGNS or sign.upper() in list_currencies()
            if known:
                raise UnreadableError(
                    "other-currency",
                    f'"{text}" is not in {currency.upper()}.',
                    f"Write the amount in {currency.upper()}, or change the currency.",
                )
            raise _not_a_number(text)
        plain = plain.replace(word, " ", 1)
    return " ".join(plain.split())


def read_count(text: str) -> int:
    """Return a typed whole number, for instance `12,400`, `12.4k` or `1.2M`.

    Raises:
        UnreadableError: `not-a-number`, `ambiguous-number`, `negative-count`, `too-large`.
    """
    plain = plain_text(text).replace(" ", "")
    times = _THOUSANDS.get(plain[-1:].lower(), 1)
    digits, decimals = (plain, 0) if times == 1 else (plain[:-1], 3)
    number = read_decimal(digits, decimals=decimals) * times
    if number < 0:
        raise UnreadableError(
            "negative-count", f'"{text}" is below zero.', "Write a whole number of zero or more."
        )
    if number != int(number) or number > _MOST:
        raise _not_a_number(text)
    return int(number)


def read_day(text: str) -> int:
    """Return a typed day as day number, for instance of `2026-03-01`, `25/03/2026` or `1 Mar 2026`.

    Raises:
        UnreadableError: `not-a-day`, `ambiguous-day`.
    """
    plain = plain_text(text).replace(",", " ").replace(".", "/") if text else ""
    plain = " ".join(plain.split())
    year_first = re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", plain)
    if year_first:
        year, month, day = (int(part) for part in year_first.groups())
        return _day(text, year, month, day)
    year_last = re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", plain)
    if year_last:
        first, second, year = (int(part) for part in year_last.groups())
        return _day_in_some_order(text, first, second, year)
    for form in _DAY_FORMS:
        try:
            moment = datetime.strptime(plain.replace("/", ""), form)  # noqa: DTZ007  (a day has no zone)
            return _in_range(text, moment.date())
        except ValueError:
            continue
    raise _not_a_day(text)


def _day_in_some_order(text: str, first: int, second: int, year: int) -> int:
    if first > 12:
        return _day(text, year, second, first)
    if second > 12 or first == second:
        return _day(text, year, first, second)
    raise UnreadableError(
        "ambiguous-day",
        f'"{text}" can mean {year}-{second:02d}-{first:02d} or {year}-{first:02d}-{second:02d}.',
        "Write the year first, like 2026-03-31.",
    )


def _day(text: str, year: int, month: int, day: int) -> int:
    try:
        return _in_range(text, date(year, month, day))
    except ValueError as error:
        raise _not_a_day(text) from error


def _in_range(text: str, day: date) -> int:
    """Return the day number of a day that a campaign can lie on."""
    if not date(2000, 1, 1) <= day <= date(2100, 1, 1):
        raise UnreadableError("not-a-day", f'"{text}" is too far from today.', "Check the year.")
    return day_number(day)


def _not_a_day(text: str) -> UnreadableError:
    return UnreadableError(
        "not-a-day", f'"{text}" is not a day that we can read.', "Write it like 2026-03-31."
    )


def read_goal(text: str, unit: Unit, currency: str) -> float:
    """Return a typed target in the metric's own unit: money in minor units, shares 0 to 1.

    Args:
        text: for instance `4.5%`, `250,000`, `12.50`, `3.2×`.
        unit: what the metric counts.
        currency: ISO code, used for money.

    Raises:
        UnreadableError: as the other readers, and `share-without-sign`.
    """
    plain = plain_text(text)
    if unit is Unit.MONEY:
        return float(read_amount(plain, currency))
    if unit is Unit.COUNT:
        return float(read_count(plain))
    if unit is Unit.SHARE:
        return _read_share(text, plain)
    number = re.sub(r"\s*(s|sec|seconds|x|×)\.?$", "", plain, flags=re.IGNORECASE)
    return float(_positive(text, read_decimal(number, decimals=2)))


def _read_share(text: str, plain: str) -> float:
    if not plain.endswith("%"):
        raise UnreadableError(
            "share-without-sign",
            f'"{text}" can mean {text} % or {text} times a hundred %.',
            "Write it with the sign, for instance 4.5%.",
        )
    return float(_positive(text, read_decimal(plain.removesuffix("%"), decimals=2)) / 100)


def _positive(text: str, number: Decimal) -> Decimal:
    if number < 0:
        raise UnreadableError("negative-count", f'"{text}" is below zero.', "Write a number of zero or more.")
    return number


def day_from(value: object) -> int | None:
    """Return the day number of a date, a day number or a typed text; None for nothing."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return day_number(value.date())
    if isinstance(value, date):
        return day_number(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < day_number(date(2100, 1, 2)):
        return value
    return read_day(str(value))


def amount_text(minor: int | None, currency: str) -> str:
    """Return an amount as it would be typed, without separators; '' for none."""
    if minor is None:
        return ""
    digits = minor_digits(currency)
    if not digits:
        return str(minor)
    # with three decimals a fourth digit is needed, else 1.250 could be read as a thousand
    fourth = "0" if digits == 3 else ""
    return f"{minor // 10**digits}.{minor % 10**digits:0{digits}d}{fourth}"
