"""Totals of analytics tables: used to check the rows, never counted as one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from core.imports.formats.ga4_columns import METRIC_COLUMNS
from core.imports.totals import AVERAGES, TOTALS

if TYPE_CHECKING:
    from core.imports.model import TypedTable

_WORDS = re.compile(
    r"(grand )?totals?|total general|gesamt(summe)?|total gen[ée]ral|totale|합계|총계", re.IGNORECASE
)
_FIELDS = tuple(column.field for column in METRIC_COLUMNS)
_NOT_ADDED = frozenset({"users", "users_total", "users_active", "new_users"})


def totals(typed: TypedTable) -> dict[str, tuple[str, str]]:
    """Return the control sums of a table: header -> (stated, computed), both as text.

    An exploration writes its total as a row one cell longer than the header.
    """
    for row in typed.table.ragged:
        if any(_WORDS.fullmatch(cell.strip()) for cell in row.cells):
            return _checks(typed, _cells(typed, row.cells))
    if typed.ignored.get(TOTALS, 0) != 1 or AVERAGES in typed.ignored:
        return {}
    left_out = np.setdiff1d(np.arange(typed.table.row_count), typed.kept)
    rows = [tuple(str(column.iloc[row]) for column in typed.table.columns) for row in left_out]
    stated = [cells for cells in rows if _cells(typed, cells)]
    return _checks(typed, _cells(typed, stated[0])) if len(stated) == 1 else {}


def _cells(typed: TypedTable, cells: tuple[str, ...]) -> dict[str, float]:
    """Return the numbers of a totals row by field; it has the header's columns and one cell more."""
    header = list(typed.table.header)
    found: dict[str, float] = {}
    for name in _FIELDS:
        if not typed.has(name):
            continue
        position = header.index(typed.headers[name])
        text = cells[position].replace(",", "").strip() if position < len(cells) else ""
        try:
            found[name] = float(text)
        except ValueError:
            continue
    return found


def _checks(typed: TypedTable, stated: dict[str, float]) -> dict[str, tuple[str, str]]:
    """Return header -> (stated, computed) for what can be added."""
    return {
        typed.headers[name]: (f"{value:g}", f"{float(typed.values(name).sum()):g}")
        for name, value in stated.items()
        if name not in _NOT_ADDED or typed.has("person")  # people are only added where each row is one
    }
