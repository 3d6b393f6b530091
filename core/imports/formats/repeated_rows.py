"""Rows that stand in a file once more, word for word, as when a part was pasted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import numpy as np

    from core.imports.model import TypedTable

TWICE = "same row twice"


def word_for_word(typed: TypedTable, rows: np.ndarray, key: pd.Series) -> np.ndarray:
    """Return the rows that equal an earlier one in every cell.

    Args:
        typed: the table.
        rows: positions to look at.
        key: what a row is about, one value per row of `rows`: only rows that share it are compared.
    """
    again = key.duplicated(keep=False).to_numpy(dtype=bool)
    if not again.any():
        return rows[:0]
    mine = rows[again]
    cells = pd.DataFrame({at: column.iloc[mine].to_numpy() for at, column in enumerate(typed.table.columns)})
    repeats: np.ndarray = mine[cells.duplicated(keep="first").to_numpy(dtype=bool)]
    return repeats
