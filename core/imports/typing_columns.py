"""A recognised table's columns, read as what they are; what only a person can know is asked.

All columns of a file were written by one program, so a decimal mark or an order of day and month
that one column proves holds for the columns that leave it open.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import Issue, Severity
from core.imports.cells import NO_CURRENCY, Mark, Order, read_column
from core.imports.cells.number_words import currencies_of
from core.imports.headers import header_key
from core.imports.model import (
    Ask,
    Column,
    ExportFormat,
    Kind,
    Known,
    Question,
    SheetTable,
    State,
    TypedColumn,
    TypedTable,
)
from core.imports.totals import sort_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

_ASKS = {Ask.DECIMAL: frozenset(Mark), Ask.DAY_ORDER: frozenset(Order)}
_DATES = frozenset({Kind.DAY, Kind.INSTANT})
_UTC_HEADER = re.compile(r"\b(?:utc|gmt)\b|_utc$", re.IGNORECASE)
_CURRENCY_FIELD = "currency"
_EVIDENCE = 4
_SHOWN = 3


def type_table(
    table: SheetTable, export: ExportFormat, matched: Mapping[str, int], known: Known
) -> tuple[TypedTable, tuple[Question, ...], tuple[Issue, ...]]:
    """Return the table with its columns read, what must be asked, and what was noticed.

    Args:
        table: the text.
        export: what the table is.
        matched: field -> column index.
        known: what surrounds the store, with the answers given so far.
    """
    by_field = {column.field: column for column in export.columns if column.field in matched}
    rows = sort_rows(table, {matched[name]: column.kind for name, column in by_field.items()})
    kept = np.zeros(table.row_count, dtype=bool)
    kept[rows.kept] = True
    cells = {name: _only(table.columns[matched[name]], kept) for name in by_field}
    headers = {name: table.header[matched[name]] for name in by_field}
    reader = _Reader(table=table, known=known, cells=cells, headers=headers, columns=by_field)
    typed = reader.read_all()
    return (
        TypedTable(
            table=table,
            columns=typed,
            headers=headers,
            kept=rows.kept,
            ignored=rows.ignored,
            known=known,
            beside=rows.beside,
        ),
        reader.questions(typed),
        (*_duplicates(table, matched), *_damaged(table, rows.beside)),
    )


def _only(column: pd.Series, kept: np.ndarray) -> pd.Series:
    """Return the column with the cells of rows that are no data emptied."""
    return column if kept.all() else column.where(pd.Series(kept), "")


class _Reader:
    """Reads the columns of one table; holds what they share."""

    def __init__(
        self,
        *,
        table: SheetTable,
        known: Known,
        cells: Mapping[str, pd.Series],
        headers: Mapping[str, str],
        columns: Mapping[str, Column],
    ) -> None:
        self._table = table
        self._known = known
        self._cells = cells
        self._headers = headers
        self._columns = columns
        self._currencies = self._row_currencies()

    def read_all(self) -> dict[str, TypedColumn]:
        """Return every column, the open ones read as the others prove."""
        typed = {name: self._read(name, self._answered(name)) for name in self._columns}
        for marks in _ASKS.values():
            proven = {
                column.convention
                for column in typed.values()
                if column.state is State.PROVEN and column.convention in marks
            }
            if len(proven) == 1:
                convention = proven.pop()
                for name, column in typed.items():
                    if convention in column.choices and column.state is State.AMBIGUOUS:
                        typed[name] = self._read(name, convention)
        return typed

    def questions(self, typed: Mapping[str, TypedColumn]) -> tuple[Question, ...]:
        """Return what is left to ask, each thing once."""
        asked = [*self._open_conventions(typed)]
        money = [name for name, column in self._columns.items() if column.kind is Kind.MONEY]
        open_money = [name for name in money if not typed[name].currency and typed[name].values.notna().any()]
        if open_money:
            asked.append(self._currency_question(open_money, typed))
        instants = [name for name, column in self._columns.items() if column.kind is Kind.INSTANT]
        open_zones = [name for name in instants if self._lacks_zone(name, typed[name])]
        if open_zones:
            asked.append(self._zone_question(open_zones))
        return tuple(asked)

    def _answered(self, name: str) -> str:
        """Return the convention that a person chose for a column, '' without one."""
        asks = (Ask.DAY_ORDER,) if self._columns[name].kind in _DATES else (Ask.DECIMAL,)
        for ask in asks:
            answer = self._known.answers.get((ask, self._headers[name])) or self._known.answers.get((ask, ""))
            if answer in _ASKS[ask]:
                return str(answer)
        return ""

    def _read(self, name: str, convention: str) -> TypedColumn:
        """Return one column under a convention, '' to let its cells decide."""
        kind = self._columns[name].kind
        if kind is Kind.MONEY and len(self._currencies) > 1:
            return self._read_by_currency(name, convention)
        return self._one(name, self._cells[name], convention, next(iter(self._currencies), ""))

    def _one(self, name: str, cells: pd.Series, convention: str, currency: str) -> TypedColumn:
        header = self._headers[name]
        kind = self._columns[name].kind
        zone = "UTC" if _UTC_HEADER.search(header) else self._known.answers.get((Ask.ZONE, ""), "")
        column = read_column(
            cells,
            kind,
            header=header,
            convention=convention,
            currency=currency if kind is Kind.MONEY else "",
            zone=zone,
            now=self._known.now,
            is_1904=self._table.is_date_1904,
        )
        answer = self._known.answers.get((Ask.CURRENCY, ""), "")
        if kind is Kind.MONEY and not column.currency and answer and not currency:
            return self._one(name, cells, convention, answer)
        return column

    def _row_currencies(self) -> dict[str, np.ndarray]:
        """Return currency -> its rows, as a currency column states; empty without one."""
        name = next(
            (
                name
                for name, column in self._columns.items()
                if name == _CURRENCY_FIELD and column.kind is not Kind.MONEY
            ),
            None,
        )
        if name is None:
            return {}
        codes, words = pd.factorize(self._cells[name])
        found: dict[str, np.ndarray] = {}
        for index, word in enumerate(words):
            meant = currencies_of(str(word))
            if len(meant) == 1:
                code = next(iter(meant))
                rows = codes == index
                found[code] = rows | found[code] if code in found else rows
        return found

    def _read_by_currency(self, name: str, convention: str) -> TypedColumn:
        """Return an amount column whose rows have several currencies; rows without one take the row's above.

        Order exports state the currency on the first line of an order only.
        """
        stated = pd.Series(pd.NA, index=range(self._table.row_count), dtype="object")
        for code, rows in self._currencies.items():
            stated[rows] = code
        stated = stated.ffill().bfill()
        parts = {
            code: self._one(name, self._cells[name].where(stated == code, ""), convention, code)
            for code in self._currencies
        }
        values = pd.Series(pd.array([pd.NA] * self._table.row_count, dtype="Int64"))
        for code, part in parts.items():
            values = values.where(stated != code, part.values)
        some = list(parts.values())
        return TypedColumn(
            values=values,
            state=next((part.state for part in some if part.state is not State.PROVEN), State.PROVEN),
            convention=next((part.convention for part in some if part.convention), ""),
            choices=next((part.choices for part in some if part.choices), {}),
            problems=tuple(problem for part in some for problem in part.problems),
            masked=tuple(sorted(row for part in some for row in part.masked)),
            is_rounded=any(part.is_rounded for part in some),
            currency="/".join(sorted(parts)),
        )

    def _lacks_zone(self, name: str, column: TypedColumn) -> bool:
        """Return whether instants state no zone and nobody has named one."""
        if _UTC_HEADER.search(self._headers[name]) or self._known.answers.get((Ask.ZONE, "")):
            return False
        if column.state is State.PROVEN or not column.values.notna().any():
            return False
        again = read_column(self._cells[name], Kind.INSTANT, convention=Order.DAY_FIRST)
        return again.state is State.AMBIGUOUS

    def _open_conventions(self, typed: Mapping[str, TypedColumn]) -> list[Question]:
        """Return one question per column whose decimal mark or day order is open."""
        asked = []
        for name, column in typed.items():
            if column.state is not State.AMBIGUOUS:
                continue
            for ask, conventions in _ASKS.items():
                choices = {value: words for value, words in column.choices.items() if value in conventions}
                if choices:
                    asked.append(self._convention_question(ask, name, choices))
        return asked

    def _convention_question(self, ask: Ask, name: str, choices: Mapping[str, str]) -> Question:
        header = self._headers[name]
        words = (
            f'Which comes first in the dates of "{header}", the day or the month?'
            if ask is Ask.DAY_ORDER
            else f'How are decimals written in "{header}"?'
        )
        return Question(
            ask=ask,
            key=header,
            sentence=words,
            evidence=self._samples(name),
            choices={value: f"{value}: {meaning}" for value, meaning in choices.items()},
        )

    def _currency_question(self, names: list[str], typed: Mapping[str, TypedColumn]) -> Question:
        candidates = {
            code for name in names if typed[name].convention == NO_CURRENCY for code in typed[name].choices
        }
        listed = ", ".join(f'"{self._headers[name]}"' for name in names[:_SHOWN])
        return Question(
            ask=Ask.CURRENCY,
            sentence=f"In which currency are the amounts in {listed}?",
            evidence=self._samples(names[0]),
            choices={code: code for code in sorted(candidates)},
            suggestion="USD" if "USD" in candidates else "",
        )

    def _zone_question(self, names: list[str]) -> Question:
        listed = ", ".join(f'"{self._headers[name]}"' for name in names[:_SHOWN])
        return Question(
            ask=Ask.ZONE,
            sentence=f"In which time zone are the times in {listed}?",
            evidence=self._samples(names[0]),
        )

    def _samples(self, name: str) -> tuple[str, ...]:
        """Return a few different cells of a column as written."""
        filled = self._cells[name]
        filled = filled[filled.str.strip() != ""].drop_duplicates().head(_EVIDENCE)
        return tuple(str(cell)[:80] for cell in filled)


def _duplicates(table: SheetTable, matched: Mapping[str, int]) -> tuple[Issue, ...]:
    """Return an error for every needed column that the table has twice with different cells."""
    issues = []
    for index in matched.values():
        key = header_key(table.header[index])
        for other, header in enumerate(table.header):
            if (
                other == index
                or header_key(header) != key
                or table.columns[other].equals(table.columns[index])
            ):
                continue
            issues.append(
                Issue(
                    code="column-twice",
                    severity=Severity.ERROR,
                    what=f'The column "{header}" is there twice with different contents.',
                    fix="Remove or rename the one that is not meant, and upload the file again.",
                    places=(table.place(column=header),),
                )
            )
            break
    return tuple(issues)


def _damaged(table: SheetTable, beside: Mapping[int, str]) -> tuple[Issue, ...]:
    """Return one warning for the rows whose number of cells is not that of the header."""
    rows = [row for row in table.ragged if row.row not in beside]
    if not rows:
        return ()
    places = tuple(replace(table.place(), row=row.row) for row in rows[:_SHOWN])
    return (
        Issue(
            code="ragged-rows",
            severity=Severity.WARNING,
            what=f"{len(rows)} row{'s' if len(rows) != 1 else ''} did not have the header's "
            f"{len(table.header)} cells.",
            fix="Correct them, or export the file again, and upload it again; the other rows are fine.",
            places=places,
            count=len(rows),
        ),
    )


def not_above(typed: TypedTable, smaller: str, larger: str) -> tuple[Issue, ...]:
    """Return a warning if a count is above another that it is part of, for instance likes above views.

    Args:
        typed: the table.
        smaller: field that can at most be as big as the other.
        larger: the other field.
    """
    if not (typed.has(smaller) and typed.has(larger)):
        return ()
    above = (typed.values(smaller) > typed.values(larger)).fillna(value=False)
    rows = above.index[above.astype(bool)]
    if not len(rows):
        return ()
    small, large = typed.headers[smaller], typed.headers[larger]
    first = int(rows[0])
    return (
        Issue(
            code="count-above-whole",
            severity=Severity.WARNING,
            what=f'"{small}" ({typed.columns[smaller].values.iloc[first]}) is above "{large}" '
            f"({typed.columns[larger].values.iloc[first]}), which cannot be.",
            fix="Check whether two columns were exchanged in the file.",
            places=tuple(typed.table.place(int(row), small) for row in rows[:_SHOWN]),
            count=len(rows),
        ),
    )
