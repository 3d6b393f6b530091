"""Rows of facts from typed columns: which rows are sound, and frames of the right shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.imports.model import RowProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.imports.model import TypedTable


def sound_rows(
    typed: TypedTable, fields: Iterable[str] | None = None, *, since_posting: Iterable[str] = ()
) -> tuple[np.ndarray, tuple[RowProblem, ...]]:
    """Return the kept rows in which every cell could be read, and one problem for each other row.

    Args:
        typed: the typed table.
        fields: which fields matter; None means all found.
        since_posting: fields that count since a video was posted, so that none is below zero. The
            rise of a single day may be, for instance when comments are deleted.
    """
    first: dict[int, RowProblem] = {one.position: one for one in _below_zero(typed, since_posting)}
    kept = set(typed.kept.tolist())
    for name in typed.columns if fields is None else fields:
        if typed.has(name):
            for problem in typed.columns[name].problems:
                if problem.position in kept:
                    first.setdefault(problem.position, problem)
    good = typed.kept[~np.isin(typed.kept, list(first))] if first else typed.kept
    return good, tuple(first[position] for position in sorted(first))


def _below_zero(typed: TypedTable, names: Iterable[str]) -> list[RowProblem]:
    """Return one problem per kept row with a count below zero."""
    found: dict[int, RowProblem] = {}
    for name in names:
        if not typed.has(name):
            continue
        values = typed.values(name)
        for position in values.index[(values < 0).fillna(value=False).astype(bool)]:
            found.setdefault(
                int(position),
                RowProblem(
                    position=int(position),
                    column=typed.headers[name],
                    code="below-zero",
                    what=f"The count {values.loc[position]} is below zero, which no count since posting can be.",
                    fix="Correct this cell and upload again, or leave it empty if the figure is not known.",
                ),
            )
    return list(found.values())


def column_at(typed: TypedTable, name: str, rows: np.ndarray) -> pd.Series:
    """Return a field at the given rows, index 0..n-1; all missing where the file lacks it."""
    if not typed.has(name):
        return pd.Series([pd.NA] * len(rows), dtype="object")
    return typed.columns[name].values.iloc[rows].reset_index(drop=True)


def texts_at(typed: TypedTable, name: str, rows: np.ndarray) -> list[str]:
    """Return a text field at the given rows as plain strings, '' where empty or lacking."""
    if not typed.has(name):
        return [""] * len(rows)
    return ["" if pd.isna(cell) else str(cell) for cell in typed.columns[name].values.iloc[rows]]


def measures_at(typed: TypedTable, names: Sequence[str], rows: np.ndarray) -> dict[str, pd.Series]:
    """Return the measures that the file has, as whole numbers or missing, index 0..n-1."""
    return {name: column_at(typed, name, rows).astype("Int64") for name in names if typed.has(name)}


def ids_or_gaps(cells: Iterable[object]) -> pd.Series:
    """Return whole numbers as Int64, missing where None."""
    return pd.Series(list(cells), dtype="Int64")


def add_counts(*counts: Mapping[str, int]) -> dict[str, int]:
    """Return reasons with their row numbers, reasons of no row left out."""
    total: dict[str, int] = {}
    for count in counts:
        for reason, number in count.items():
            if number:
                total[reason] = total.get(reason, 0) + number
    return total
