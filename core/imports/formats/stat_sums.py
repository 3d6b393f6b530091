"""One statement per subject and days: rows of the same key added up, and checked against stated totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.imports.cells import read_column
from core.imports.model import Kind
from core.imports.totals import AVERAGES, TOTALS
from core.metrics.measures import BY_NAME
from core.metrics.model import Additivity
from core.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.imports.model import TypedTable

KEY = ("subject_kind", "subject", "kind", "first_day", "last_day", "traffic", "breakdown")


def one_row_per_key(frame: pd.DataFrame, measures: Iterable[str]) -> pd.DataFrame:
    """Return the statements with rows of the same key added up.

    Unique counts such as reach cannot be added: they become unknown where rows were joined.

    Args:
        frame: columns of the `stat` table; KEY columns must be there, others are optional.
        measures: which columns are measures.
    """
    keys = [name for name in (*KEY, "currency") if name in frame.columns]
    if not frame.duplicated(keys).any():
        return frame.reset_index(drop=True)
    named = [name for name in measures if name in frame.columns]
    groups = frame.groupby(keys, sort=False, dropna=False)
    parts = [groups[named].sum(min_count=1)]
    others = [name for name in frame.columns if name not in {*keys, *named}]
    if others:
        parts.append(groups[others].first())
    joined = pd.concat(parts, axis=1)
    repeated = groups.size() > 1
    for name in named:
        if BY_NAME[name].additivity is not Additivity.ADDITIVE:
            joined[name] = joined[name].mask(repeated)
    return joined.reset_index()[list(frame.columns)]


def total_checks(typed: TypedTable, names: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Return header -> (stated, computed) for each additive column of a table with one totals row."""
    if typed.ignored.get(TOTALS, 0) != 1 or AVERAGES in typed.ignored:
        return {}
    left_out = np.setdiff1d(np.arange(typed.table.row_count), typed.kept)
    found: dict[str, tuple[str, str]] = {}
    for name in names:
        if not typed.has(name) or BY_NAME[name].additivity is not Additivity.ADDITIVE:
            continue
        if typed.columns[name].masked or not bool(typed.values(name).notna().any()):
            continue  # what is hidden cannot be added up
        stated = _stated(typed, name, left_out)
        if stated is not None:
            found[typed.headers[name]] = (str(stated), str(int(typed.values(name).sum())))
    return found


def _stated(typed: TypedTable, name: str, rows: np.ndarray) -> int | None:
    """Return the one number of a column in the rows that are left out, None without exactly one."""
    column = typed.columns[name]
    cells = typed.table.columns[list(typed.table.header).index(typed.headers[name])].iloc[rows]
    kind = Kind.MONEY if BY_NAME[name].unit is Unit.MONEY else Kind.COUNT
    read = read_column(
        cells.reset_index(drop=True), kind, convention=column.convention,
        currency=column.currency if kind is Kind.MONEY else "",
    ).values.dropna()  # fmt: skip
    return int(read.iloc[0]) if len(read) == 1 else None
