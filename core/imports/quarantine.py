"""Rows that are set aside: what is kept of them, and the file a person can mend and bring back."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select

from core.imports.frames import table_of
from core.imports.privacy import HIDDEN, cell_to_keep, has_people, is_personal, without_people, without_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.imports.model import Column, RowProblem, SheetTable

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\x00", "\n", "|")
_OWN_COLUMNS = ("row in the file", "problem", "how to fix")
_AT_ONCE = 1_000
_BEGINNING = 8  # letters by which a shortened quotation is known


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """One row that was not stored.

    Attributes:
        sheet: of a workbook, else ''.
        row: as a spreadsheet counts.
        column: header as written, '' for the whole row.
        code: kind of problem.
        what: what is wrong with it, every problem of the row.
        fix: what to do.
        cells: header as written -> cell as written, only of columns we read, nobody's details.
    """

    sheet: str
    row: int
    column: str
    code: str
    what: str
    fix: str
    cells: Mapping[str, str]


def set_aside(
    table: SheetTable,
    columns: Mapping[int, Column],
    problems: Sequence[RowProblem],
    *,
    beside: Mapping[int, str] | None = None,
) -> tuple[SetAside, ...]:
    """Return one entry per row that has a problem, and one per row that did not fit the header.

    Args:
        table: the text.
        columns: index of a column in the table -> what it is read as.
        problems: of its data rows; several of one row become one entry.
        beside: spreadsheet row of a row of other width that is no data -> reason; it is left out.
    """
    among_people = has_people(table.header)
    by_row: dict[int, list[RowProblem]] = {}
    for problem in problems:
        by_row.setdefault(problem.position, []).append(problem)
    rows = [
        _of_row(table, columns, position, found, among_people=among_people)
        for position, found in sorted(by_row.items())
    ]
    ragged = [
        SetAside(
            sheet=table.sheet,
            row=row.row,
            column="",
            code="row-of-other-width",
            cells={},
            what=f"The row has {len(row.cells)} cells, the header has {len(table.header)}.",
            fix="Look for a stray separator or quotation mark in this row, correct it and upload again.",
        )
        for row in table.ragged
        if row.row not in (beside or {})
    ]
    return (*rows, *ragged)


def _of_row(
    table: SheetTable,
    columns: Mapping[int, Column],
    position: int,
    problems: Sequence[RowProblem],
    *,
    among_people: bool,
) -> SetAside:
    """Return the entry of one row; whatever may name a person is left out of cells and sentences."""
    cells: dict[str, str] = {}
    said = " ".join(dict.fromkeys(problem.what for problem in problems))
    for index, column in columns.items():
        cell = str(table.columns[index].iloc[position])
        is_hidden = is_personal(column) and bool(cell)
        kept = HIDDEN if is_hidden else cell_to_keep(cell, column.kind, among_people=among_people)
        if kept != cell and _quotes(said, cell):
            said = without_quotes(said, table.header)
        if not is_personal(column):
            cells[table.header[index]] = kept
    return SetAside(
        sheet=table.sheet,
        row=int(table.row_numbers[position]),
        column=problems[0].column,
        code=problems[0].code,
        what=without_people(said),
        fix=without_people(" ".join(dict.fromkeys(problem.fix for problem in problems if problem.fix))),
        cells=cells,
    )


def _quotes(sentence: str, cell: str) -> bool:
    """Return whether a sentence quotes a cell, or the beginning of a long one."""
    return cell.strip()[:_BEGINNING] in sentence


def store_set_aside(connection: Connection, batch_id: int, rows: Sequence[SetAside]) -> None:
    """Write the rows set aside of one import."""
    table = table_of("quarantine_row")
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        connection.execute(
            insert(table),
            [
                {
                    "batch_id": batch_id,
                    "sheet": row.sheet,
                    "row": row.row,
                    "column": row.column,
                    "code": row.code,
                    "what": row.what,
                    "fix": row.fix,
                    "cells": json.dumps(dict(row.cells), ensure_ascii=False),
                }
                for row in some
            ],
        )


def rows_set_aside(connection: Connection, batch_id: int) -> tuple[SetAside, ...]:
    """Return the rows set aside of one import, in the order of the file."""
    table = table_of("quarantine_row")
    query = select(table).where(table.c.batch_id == batch_id).order_by(table.c.sheet, table.c.row, table.c.id)
    return tuple(
        SetAside(
            sheet=row.sheet,
            row=row.row,
            column=row.column,
            code=row.code,
            what=row.what,
            fix=row.fix,
            cells=json.loads(row.cells),
        )
        for row in connection.execute(query)
    )


def as_csv(rows: Iterable[SetAside]) -> bytes:
    """Return the rows with problem and remedy beside them, safe to open in a spreadsheet (UTF-8 with BOM)."""
    kept = tuple(rows)
    headers = tuple(dict.fromkeys(header for row in kept for header in row.cells))
    has_sheets = any(row.sheet for row in kept)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    own = (*_OWN_COLUMNS, *(("sheet",) if has_sheets else ()))
    writer.writerow([safe_cell(header) for header in (*headers, *own)])
    for row in kept:
        about = (str(row.row), row.what, row.fix, *((row.sheet,) if has_sheets else ()))
        writer.writerow(
            [safe_cell(cell) for cell in (*(row.cells.get(header, "") for header in headers), *about)]
        )
    return text.getvalue().encode("utf-8-sig")


def safe_cell(cell: str) -> str:
    """Return the cell so that no spreadsheet runs it: a leading quote before what looks like a formula.

    A plain number keeps its sign, so that figures stay figures.
    """
    start = unicodedata.normalize("NFKC", cell[:1])
    if not start.startswith(_FORMULA_STARTS) or _is_number(cell):
        return cell.replace("\x00", "") if "\x00" in cell[1:] else cell
    return "'" + cell.replace("\x00", "")


def _is_number(cell: str) -> bool:
    """Return whether the cell is a signed decimal number and nothing else."""
    body = cell[1:] if cell[:1] in {"-", "+"} else cell
    whole, _, part = body.partition(".")
    return body.isascii() and whole.replace(",", "").isdigit() and (not part or part.isdigit())
