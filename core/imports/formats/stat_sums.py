"""One statement per subject and days: rows of the same key added up, and checked against stated totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.metrics.measures import BY_NAME
from core.metrics.model import Additivity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.imports.model import TypedTable

KEY = ("subject_kind", "subject", "kind", "first_day", "last_day", "traffic", "breakdown")
_TOTAL_WORDS = r"^\s*(?:(?:grand\s+)?totals?|total of [\d.,]+ results?|summary|overall)\s*:?\s*$"


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


def total_rows(typed: TypedTable) -> pd.Index:
    """Return the positions of rows that are left out and labelled as a total."""
    left_out = pd.RangeIndex(typed.table.row_count).difference(pd.Index(typed.kept))
    if not len(left_out):
        return left_out
    labelled = pd.Series(data=False, index=left_out)
    for column in typed.table.columns:
        labelled |= column.loc[left_out].str.contains(_TOTAL_WORDS, case=False, regex=True)
    return left_out[labelled.to_numpy(dtype=bool)]


def total_checks(typed: TypedTable, names: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Return label -> (stated, computed) for each additive column of a table with one totals row."""
    rows = total_rows(typed)
    if len(rows) != 1:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for name in names:
        if not typed.has(name) or BY_NAME[name].additivity is not Additivity.ADDITIVE:
            continue
        stated = typed.columns[name].values.loc[rows[0]]
        if not pd.isna(stated):
            found[typed.headers[name]] = (str(int(stated)), str(int(typed.values(name).sum())))
    return found
