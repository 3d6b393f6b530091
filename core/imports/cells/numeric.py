"""Columns of counts, shares, plain numbers and money."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from core.imports.cells.cleaning import plain
from core.imports.cells.decimals import Decided, decide
from core.imports.cells.distinct import Distinct, Dtype, Fault, distinct, spread
from core.imports.cells.number_words import CURRENCY_CODES, WITHOUT_CENTS, currencies_of
from core.imports.cells.numbers import Written, take_apart
from core.imports.cells.quick import quick_counts, quick_money
from core.imports.model import State, TypedColumn
from core.units import minor_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

NO_CURRENCY = "no currency"
_LARGEST = Decimal(2**62)
_SHARE_LIMIT = 10  # a share above 1000 % is a misread separator
_IN_HEADER = re.compile(r"[\[(]\s*([^\])\d]{1,5})\s*[\])]|\b([A-Z]{3})\b|([€£₫₱฿₩₹₺₽₴₦]|Rp|RM|R\$|US\$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """The distinct cells of a column, taken apart.

    Attributes:
        cells: all of them.
        written: distinct cell -> its parts, for those that are numbers.
        unread: distinct cell -> why it is no number.
        masked: distinct cells that are small but not known.
    """

    cells: Distinct
    written: Mapping[int, Written]
    unread: Mapping[int, Fault]
    masked: list[int]


def read_counts(values: pd.Series, *, header: str = "", convention: str = "") -> TypedColumn:
    """Return whole numbers as Int64."""
    if not convention and (quick := quick_counts(values)) is not None:
        return TypedColumn(values=quick)

    def accepts(value: Decimal, cell: Written) -> bool:
        whole = value == value.to_integral_value() and abs(value) < _LARGEST
        return whole and not cell.is_percent and not cell.currencies

    parts = _parts(values, _not_number)
    decided = decide(parts.written, parts.cells.texts, accepts, _not_whole, convention)
    numbers = {index: int(value) for index, value in decided.values.items()}
    return _column(parts, numbers, "Int64", decided, header)


def read_numbers(values: pd.Series, *, header: str = "", convention: str = "") -> TypedColumn:
    """Return plain numbers as Float64; per cent are hundredths."""
    parts = _parts(values, _not_number)
    decided = decide(parts.written, parts.cells.texts, lambda _value, _cell: True, _not_number, convention)
    numbers = {
        index: float(value / 100 if parts.written[index].is_percent else value)
        for index, value in decided.values.items()
    }
    return _column(parts, numbers, "Float64", decided, header)


def read_shares(values: pd.Series, *, header: str = "", convention: str = "") -> TypedColumn:
    """Return shares from 0 to 1 as Float64.

    With a per cent sign in some cell or in the header the column is per cent; without one it is
    per cent when a value is above 1. In a column with signs a cell without one is set aside
    unless it is 0.
    """

    def accepts(value: Decimal, cell: Written) -> bool:
        limit = _SHARE_LIMIT * 100 if cell.is_percent else 100
        return 0 <= value <= limit and not cell.currencies

    parts = _parts(values, _not_share)
    decided = decide(parts.written, parts.cells.texts, accepts, _not_share, convention)
    has_sign = any(cell.is_percent for cell in parts.written.values())
    is_percent = has_sign or "%" in header or any(value > 1 for value in decided.values.values())
    mixed = {
        index
        for index, value in decided.values.items()
        if has_sign and value and not parts.written[index].is_percent
    }
    numbers = {
        index: float(value / 100 if is_percent else value)
        for index, value in decided.values.items()
        if index not in mixed
    }
    unread = {**parts.unread, **{index: _mixed_percent(parts.cells.texts[index]) for index in mixed}}
    parts = replace(parts, unread=unread)
    return _column(parts, numbers, "Float64", decided, header)


def read_money(
    values: pd.Series, *, header: str = "", convention: str = "", currency: str = ""
) -> TypedColumn:
    """Return amounts as Int64 minor units of the currency.

    The currency is the given one, else the one that cells or header prove. Without any the state is
    ambiguous with the convention `no currency`, and the amounts are for show only. More decimals
    than the currency has are rounded half to even, which `is_rounded` says.
    """
    stated = currency.upper() or currency_in(header)
    if stated and not convention and (quick := quick_money(values, minor_digits(stated))) is not None:
        return TypedColumn(values=quick, currency=stated)
    parts = _parts(values, _not_number)
    used = stated or _proven_currency(parts.cells, parts.written)
    others = {
        index
        for index, cell in parts.written.items()
        if used and cell.currencies and used not in cell.currencies
    }
    parts = replace(
        parts,
        written={index: cell for index, cell in parts.written.items() if index not in others},
        unread={
            **parts.unread,
            **{index: _other_currency(parts.cells.texts[index], used) for index in others},
        },
    )
    decided = decide(parts.written, parts.cells.texts, _money_rule(used), _not_number, convention)
    amounts, is_rounded = _minor_units(decided.values, minor_digits(used) if used else 2)
    column = _column(parts, amounts, "Int64", decided, header)
    no_currency = not used and not decided.choices
    return TypedColumn(
        values=column.values,
        state=_money_state(column.state, has_no_currency=not used, is_mixed=bool(others)),
        convention=NO_CURRENCY if no_currency else column.convention,
        choices=_candidates(parts.written) if no_currency else column.choices,
        problems=column.problems,
        masked=column.masked,
        is_rounded=column.is_rounded or is_rounded,
        currency=used,
    )


def currency_in(header: str) -> str:
    """Return the currency that a header names, for instance `Cost (USD)`; '' when it proves none."""
    for found in _IN_HEADER.finditer(header):
        word = next(group for group in found.groups() if group)
        meant = currencies_of(word)
        if len(meant) == 1 and (len(word.strip()) != 1 or not word.strip().isascii()):
            return next(iter(meant))
    return ""


def _money_state(state: State, *, has_no_currency: bool, is_mixed: bool) -> State:
    """Return how sure a money column is, its currency considered."""
    if is_mixed:
        return State.CONTRADICTORY
    return State.AMBIGUOUS if has_no_currency and state is State.PROVEN else state


def _money_rule(currency: str) -> Callable[[Decimal, Written], bool]:
    """Return which readings can be amounts of the currency."""

    def accepts(value: Decimal, cell: Written) -> bool:
        if cell.is_percent or abs(value) * 1000 >= _LARGEST:
            return False
        tail = cell.digits[-4:-3] in {".", ","} and len(cell.digits) > 4 and not cell.digits.startswith("0")
        return not (
            currency in WITHOUT_CENTS and tail and value != value.to_integral_value() and cell.times == 1
        )

    return accepts


def _minor_units(values: Mapping[int, Decimal], digits: int) -> tuple[dict[int, int], bool]:
    """Return the amounts in minor units and whether any had to be rounded."""
    scale = Decimal(10) ** digits
    amounts, is_rounded = {}, False
    for index, value in values.items():
        scaled = value * scale
        whole = scaled.to_integral_value(rounding=ROUND_HALF_EVEN)
        is_rounded = is_rounded or whole != scaled
        amounts[index] = int(whole)
    return amounts, is_rounded


def _proven_currency(cells: Distinct, written: Mapping[int, Written]) -> str:
    """Return the currency that most rows with a sign of one currency carry, '' without any."""
    rows: dict[str, int] = {}
    for index, cell in written.items():
        if len(cell.currencies) == 1:
            code = next(iter(cell.currencies))
            rows[code] = rows.get(code, 0) + len(cells.rows_of([index]))
    return max(sorted(rows), key=lambda code: rows[code]) if rows else ""


def _candidates(written: Mapping[int, Written]) -> dict[str, str]:
    """Return the currencies that a shared sign such as `$` may mean."""
    meant: set[str] = set()
    for cell in written.values():
        meant |= cell.currencies
    return {code: code for code in sorted(meant & CURRENCY_CODES)}


def _parts(values: pd.Series, refused: Callable[[str], Fault]) -> _Parts:
    """Return the distinct cells taken apart."""
    cells = distinct(values, plain)
    written, faults, masked = {}, {}, []
    for index, text in enumerate(cells.cleaned):
        if not text:
            continue
        parts = take_apart(text)
        if parts is None:
            faults[index] = refused(cells.texts[index])
        elif parts.is_masked:
            masked.append(index)
        else:
            written[index] = parts
    return _Parts(cells=cells, written=written, unread=faults, masked=masked)


def _column(
    parts: _Parts, values: Mapping[int, float], dtype: Dtype, decided: Decided, header: str
) -> TypedColumn:
    """Return the typed column made of the parts and the numbers of the distinct cells."""
    cells, written = parts.cells, parts.written
    return TypedColumn(
        values=spread(cells, values, dtype),
        state=decided.state,
        convention=decided.convention,
        choices=decided.choices,
        problems=cells.problems({**parts.unread, **decided.faults}, header),
        masked=tuple(int(row) for row in cells.rows_of(parts.masked)) if parts.masked else (),
        is_rounded=any(written[index].times != 1 for index in values if index in written),
    )


def _not_number(text: str) -> Fault:
    return Fault(
        code="not-a-number",
        what=f'"{shorten(text)}" is not a number like 1234 or 12.50.',
        fix="Correct this cell and upload again, or leave it empty if the figure is not known.",
    )


def _not_whole(text: str) -> Fault:
    return Fault(
        code="not-whole",
        what=f'"{shorten(text)}" is not a whole number like 1234.',
        fix="Correct this cell and upload again, or leave it empty if the figure is not known.",
    )


def _not_share(text: str) -> Fault:
    return Fault(
        code="not-a-share",
        what=f'"{shorten(text)}" is not a share like 12.5% or 0.125.',
        fix="Correct this cell and upload again, or leave it empty if the figure is not known.",
    )


def _mixed_percent(text: str) -> Fault:
    return Fault(
        code="mixed-percent",
        what=f'"{shorten(text)}" has no % sign while other cells of this column have one.',
        fix="Write all shares of the column in one way and upload again.",
    )


def _other_currency(text: str, currency: str) -> Fault:
    return Fault(
        code="mixed-currencies",
        what=f'"{shorten(text)}" is not an amount in {currency} like the other amounts of this column.',
        fix="Give each currency a file or a Currency column of its own.",
    )


def shorten(text: str) -> str:
    """Return the cell as quoted in a message: one line, at most 40 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"
