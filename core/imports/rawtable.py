"""A table of text as the child process finds it, before it has columns.

Only the standard library is imported here: this runs in the child process.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(slots=True, kw_only=True)
class RawTable:
    """One table, cells by column.

    Attributes:
        sheet: sheet name of a workbook, else ''.
        part: which table of the sheet it is, from 0.
        preamble: lines above the header.
        header: header cells as written.
        columns: the cells of each column; None for a column left out on purpose.
        row_numbers: spreadsheet row of each data row.
        ragged: (spreadsheet row, cells) of rows that do not fit the header.
        header_row: spreadsheet row of the header.
        is_date_1904: the workbook counts days from 1904.
    """

    sheet: str = ""
    part: int = 0
    preamble: Sequence[str] = ()
    header: Sequence[str] = ()
    columns: Sequence[Sequence[str] | None] = ()
    row_numbers: Sequence[int] = ()
    ragged: Sequence[tuple[int, Sequence[str]]] = ()
    header_row: int = 1
    is_date_1904: bool = False


@dataclass(slots=True, kw_only=True)
class Noticed:
    """Something that reading noticed and that does not stop it."""

    code: str
    severity: str  # note | warning
    what: str
    fix: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(slots=True, kw_only=True)
class RawFile:
    """Everything that the child process found in a file."""

    encoding: str = ""
    tables: list[RawTable] = field(default_factory=list)
    noticed: list[Noticed] = field(default_factory=list)
