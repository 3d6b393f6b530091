"""Fast readings of long columns in which every cell has one plain, undisputed form.

Each function returns None as soon as one cell needs a closer look, so that a fast
reading never differs from the careful one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_LONG = 2_000  # below this the careful reading is as fast


def quick_counts(values: pd.Series) -> pd.Series | None:
    """Return plain digits as Int64, '' as missing; None if any cell is written otherwise."""
    cells = _cells(values, r"^(-?[0-9]{1,15})?$")
    return None if cells is None else _whole(cells, 1)


def quick_money(values: pd.Series, digits: int) -> pd.Series | None:
    """Return `12`, `12.5`, `-12.50` as Int64 minor units; None if any cell is written otherwise.

    Only when some cell proves the decimal point by one or two decimals.
    """
    if digits != 2:
        return None
    cells = _cells(values, r"^(-?[0-9]{1,13}(\.[0-9]{1,2})?)?$")
    if cells is None:
        return None
    return _whole(cells, 100)


def has_safe_ids(values: pd.Series) -> bool:
    """Return whether a long column holds only short ids that need no cleaning and cannot be damaged."""
    cells = _cells(values, r"^(#?[A-Za-z0-9][A-Za-z0-9_-]{0,13})?$")
    return cells is not None and not pc.any(pc.equal(pc.utf8_lower(cells), "undefined")).as_py()


def _cells(values: pd.Series, pattern: str) -> pa.ChunkedArray | None:
    """Return the column as Arrow text if it is long and every cell fits the pattern."""
    if len(values) < _LONG:
        return None
    cells = pa.chunked_array(pa.array(values.array, type=pa.large_string(), from_pandas=True))
    return cells if pc.all(pc.match_substring_regex(cells, pattern)).as_py() else None


def _whole(cells: pa.ChunkedArray, scale: int) -> pd.Series:
    """Return the cells times scale as Int64; exact below 10^15."""
    is_empty = np.asarray(pc.equal(cells, ""))
    filled = pc.if_else(pc.equal(cells, ""), "0", cells)
    if scale == 1:
        numbers = np.asarray(pc.cast(filled, pa.int64()))
    else:
        numbers = np.rint(np.asarray(pc.cast(filled, pa.float64())) * scale).astype(np.int64)
    return pd.Series(pd.arrays.IntegerArray(numbers, is_empty))
