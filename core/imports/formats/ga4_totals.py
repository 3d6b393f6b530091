"""Totals of analytics tables: used to check the rows, never counted as one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.imports.formats.ga4_columns import METRIC_COLUMNS
from core.imports.formats.ga4_rows import blank_dimensions

if TYPE_CHECKING:
    from core.imports.model import TypedTable

_WORDS = re.compile(
    r"(grand )?totals?|total general|gesamt(summe)?|total gen[ée]ral|totale|합계|총계", re.IGNORECASE
)
_FIELDS = tuple(column.field for column in METRIC_COLUMNS)
_NOT_ADDED = frozenset({"users", "users_total", "users_active", "new_users"})


def totals(typed: TypedTable) -> tuple[TypedTable, dict[str, tuple[str, str]], dict[str, int]]:
    """Return the table without an unlabelled totals row, its control sums, and what was left out.

    A labelled total arrives as a row one cell longer than the header. An unlabelled one has
    no names and equals the sum of the other rows.
    """
    for row in typed.table.ragged:
        if any(_WORDS.fullmatch(cell.strip()) for cell in row.cells):
            stated = _cells(typed, row.cells)
            return typed, _checks(typed, stated), {}
    blank = blank_dimensions(typed)
    if len(blank) != 1 or len(typed.kept) < 2:
        return typed, {}, {}
    rest = replace(typed, kept=typed.kept[typed.kept != blank[0]])
    cells = {name: typed.columns[name].values.loc[blank[0]] for name in _FIELDS if typed.has(name)}
    stated = {name: float(value) for name, value in cells.items() if not pd.isna(value)}
    if not _is_sum(rest, stated):
        return typed, {}, {}
    return rest, _checks(rest, stated), {"totals row": 1}


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
    }


def _is_sum(rest: TypedTable, stated: dict[str, float]) -> bool:
    """Return whether every additive figure of a row is the sum of the other rows."""
    compared = [name for name in stated if name not in _NOT_ADDED]
    return bool(compared) and all(
        bool(np.isclose(stated[name], float(rest.values(name).sum()))) for name in compared
    )
