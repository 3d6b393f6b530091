"""Workbooks to tables of text, every sheet.

Runs in the child process: the reader can be brought down by a hostile or odd workbook, and the
app must survive that.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import python_calamine

from core.errors import refusal
from core.imports.json_tables import too_many_columns
from core.imports.limits import Limits, setting
from core.imports.rawtable import Noticed, RawFile, RawTable
from core.imports.records import too_many_rows
from core.imports.splitting import is_blank, split_tables

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXACT = 10**15  # from here on a spreadsheet has lost digits of a whole number
_OLD_ROWS, _NEW_ROWS = 65_536, 1_048_576  # rows that an .xls and an .xlsx sheet can hold


def read_workbook(data: bytes, limits: Limits) -> RawFile:
    """Return the tables of every sheet that shows something.

    Raises:
        PlumblineError: `workbook-damaged`, `workbook-locked`, `too-many-sheets`, `too-many-rows`,
            `too-many-columns`.
    """
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        return _sheets(book, limits, is_1904=_counts_from_1904(data))
    except python_calamine.PasswordError:
        raise refusal(
            "workbook-locked",
            "The workbook is protected by a password.",
            "Open it, save a copy without a password, and upload that.",
        ) from None
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError, KeyError) as problem:
        raise refusal(
            "workbook-damaged",
            "The workbook is damaged and cannot be opened.",
            "Open it in your spreadsheet, save it again as .xlsx, and upload that.",
        ) from problem


def _sheets(book: python_calamine.CalamineWorkbook, limits: Limits, *, is_1904: bool) -> RawFile:
    """Return what the sheets hold."""
    found = RawFile()
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet]
    if len(sheets) > limits.sheets:
        raise refusal(
            "too-many-sheets",
            f"The workbook has {len(sheets)} sheets; {limits.sheets} is the most.",
            f"Keep the sheets with the export and upload that. {setting('sheets')}",
        )
    total = 0
    for meta in sheets:
        tables = _tables(book.get_sheet_by_name(meta.name), meta.name, found, limits)
        total += sum(len(table.row_numbers) for table in tables)
        if total > limits.rows:
            raise too_many_rows(limits)
        if tables and meta.visible != python_calamine.SheetVisibleEnum.Visible:
            found.noticed.append(_hidden(meta.name))
        for table in tables:
            table.is_date_1904 = is_1904
        found.tables += tables
    return found


def _tables(
    sheet: python_calamine.CalamineSheet, name: str, found: RawFile, limits: Limits
) -> list[RawTable]:
    """Return the tables of one sheet, noting what the sheet may hide."""
    if sheet.end is None:
        return []
    if sheet.end[1] + 1 > limits.columns * 4:
        raise too_many_columns(sheet.end[1] + 1, limits)
    if sheet.end[0] + 1 in {_OLD_ROWS, _NEW_ROWS}:
        found.noticed.append(_full(name, sheet.end[0] + 1))
    rows = [_texts(row) for row in sheet.to_python(skip_empty_area=False)]
    while rows and is_blank(rows[-1]):
        rows.pop()
    tables = split_tables(rows, "\t", name)
    merged = [area for area in sheet.merged_cell_ranges or () if area[0][0] > 0]
    inside = [area for area in merged if any(table.header_row <= area[0][0] for table in tables)]
    if inside:
        found.noticed.append(_merged(name, inside[0][0][0] + 1, len(inside)))
    return tables


def _texts(row: Iterable[object]) -> list[str]:
    """Return the cells of a row as text."""
    return [
        cell if type(cell) is str else _number(cell) if type(cell) is float else _text(cell) for cell in row
    ]


@lru_cache(maxsize=100_000)
def _number(cell: float) -> str:
    """Return a number as text; the same figures come again and again."""
    if abs(cell) >= _EXACT:
        return f"{cell:.14e}"
    return str(int(cell)) if cell.is_integer() else repr(cell)


def _text(cell: object) -> str:
    """Return a cell as written, exactly; a number that has lost digits shows it (`7.2e+18`)."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds") if cell.time() != time.min else cell.date().isoformat()
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(cell, time):
        return cell.isoformat("seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _counts_from_1904(data: bytes) -> bool:
    """Return whether the workbook counts days from 1904, as old Macs did."""
    if not data.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return False
        with archive.open("xl/workbook.xml") as part:
            return bool(re.search(rb'date1904\s*=\s*["\'](?:1|true|on)', part.read(200_000)))


def _hidden(name: str) -> Noticed:
    return Noticed(
        code="hidden-sheet",
        severity="warning",
        what=f'The sheet "{name}" is hidden in the workbook; it was read as well.',
        fix="Delete the sheet and upload again if it should not count.",
        sheet=name,
    )


def _full(name: str, rows: int) -> Noticed:
    return Noticed(
        code="sheet-full",
        severity="warning",
        what=f'The sheet "{name}" ends at row {rows:,}, the last that such a sheet can hold; '
        "the rest may be cut off.",
        fix="Export a shorter period, or as CSV, to be sure that nothing is missing.",
        sheet=name,
    )


def _merged(name: str, row: int, count: int) -> Noticed:
    return Noticed(
        code="merged-cells",
        severity="warning",
        what=f'The sheet "{name}" has {count} merged cell{"s" if count != 1 else ""} among its data; '
        "only the first cell of each holds the value.",
        fix="Undo the merging and upload again if figures are missing.",
        sheet=name,
        row=row,
    )
