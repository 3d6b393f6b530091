"""Orders that are older than what is kept: closed ones are not taken in again, or they would count twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from core.imports.model import Known

CLOSED = "older than order rows are kept here"


def is_closed(rows: pd.DataFrame, known: Known) -> np.ndarray:
    """Return for each row whether its order was made before the day up to which orders are closed.

    Args:
        rows: order_id, and created_at in Unix seconds, missing where not known; the first known
            moment of an order counts for all its rows.
        known: what the store tells.
    """
    if known.closed_before is None:
        return np.zeros(len(rows), dtype=bool)
    made = rows.groupby("order_id")["created_at"].transform("first")
    return (made < known.closed_before).fillna(value=False).to_numpy(dtype=bool)
