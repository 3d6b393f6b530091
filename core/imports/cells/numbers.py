"""One number cell taken apart, and its two readings: decimal point or decimal comma."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.imports.cells.number_words import MAGNITUDES, currencies_of

_CORE = re.compile(r"\d[\d.,' ]*\d|\d|[.,]\d+")
_MASK = re.compile(r"^(?:<|≤|&lt;|less than )\s*=?\s*\S*\d")
_EXPONENT = re.compile(r"^[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d{1,3}$")
_SPACED = re.compile(r"^\d{1,3}(?:[ ']\d{3})+(?![\d ])")
_GROUPED = {
    ",": re.compile(r"^(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})$"),  # also lakh and crore
    ".": re.compile(r"^[1-9]\d{0,2}(?:\.\d{3})+$"),
}
_SIGNS = frozenset("+-")


class Mark(StrEnum):
    """Which sign parts the decimals; the words are shown to people."""

    POINT = "decimal point"
    COMMA = "decimal comma"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A number cell taken apart, its digits not yet read.

    Attributes:
        digits: digits and separators as written.
        is_negative: written with a minus or in brackets.
        times: what a magnitude word multiplies by, 1 without one.
        is_percent: written with a per cent sign.
        currencies: the currencies its sign may stand for; empty without one.
        is_masked: small but not known, for instance `<5`.
    """

    digits: str
    is_negative: bool = False
    times: Decimal = Decimal(1)
    is_percent: bool = False
    currencies: frozenset[str] = frozenset()
    is_masked: bool = False

    def read(self, mark: Mark) -> Decimal | None:
        """Return the number under a decimal mark, per cent as written; None if it does not fit."""
        size = read_digits(self.digits, mark)
        if size is None:
            return None
        value = size * self.times
        return -value if self.is_negative else value


def take_apart(text: str) -> Written | None:
    """Return the parts of a cleaned cell, None when it is not a number."""
    if _MASK.match(text):
        return Written(digits="", is_masked=True)
    if _EXPONENT.match(text):
        return Written(digits=text.lstrip("+-"), is_negative=text.startswith("-"))
    is_negative = text.startswith("(") and text.endswith(")")
    if is_negative:
        text = text[1:-1].strip()
    found = _CORE.search(text)
    if not found:
        return None
    parts = _around(text[: found.start()], text[found.end() :])
    if parts is None or (is_negative and parts.is_negative):
        return None
    return Written(
        digits=found.group(),
        is_negative=is_negative or parts.is_negative,
        times=parts.times,
        is_percent=parts.is_percent,
        currencies=parts.currencies,
    )


def _around(before: str, after: str) -> Written | None:
    """Return what stands before and after the digits, None when something is not understood."""
    signs = [sign for sign in before if sign in _SIGNS] + [sign for sign in after if sign in _SIGNS]
    if len(signs) > 1:
        return None
    times, is_percent, currencies = Decimal(1), False, frozenset[str]()
    for word, is_after in [
        *((word, False) for word in _words(before)),
        *((word, True) for word in _words(after)),
    ]:
        if word == "%" and not is_percent:
            is_percent = True
        elif is_after and word.casefold() in MAGNITUDES and times == 1:
            times = MAGNITUDES[word.casefold()]
        elif (meant := currencies_of(word)) and not currencies:
            currencies = meant
        else:
            return None
    return Written(
        digits="", is_negative="-" in signs, times=times, is_percent=is_percent, currencies=currencies
    )


def _words(text: str) -> list[str]:
    """Return the words beside the digits, per cent signs apart and plus or minus left out."""
    return text.replace("+", " ").replace("-", " ").replace("%", " % ").split()


def read_digits(digits: str, mark: Mark) -> Decimal | None:
    """Return digits with separators as a number under a decimal mark, None if they do not fit."""
    if "e" in digits.lower():
        return Decimal(digits.replace(",", ".")) if (mark is Mark.POINT) == ("," not in digits) else None
    if " " in digits or "'" in digits:
        spaced = _SPACED.match(digits)
        if not spaced:
            return None
        whole = re.sub(r"[ ']", "", spaced.group())
        digits = whole + digits[spaced.end() :]
        if not re.fullmatch(r"\d+(?:[.,]\d*)?", digits):
            return None
    point, group = (".", ",") if mark is Mark.POINT else (",", ".")
    whole, found, decimals = digits.partition(point)
    if found and (point in decimals or group in decimals or not decimals.isdigit()):
        return None
    if group in whole and not _GROUPED[group].match(whole):
        return None
    return Decimal(f"{whole.replace(group, '') or '0'}.{decimals or '0'}")
