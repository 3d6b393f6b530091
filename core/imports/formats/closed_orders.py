"""Orders that are older than what is kept: closed ones are not taken in again, or they would count twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from core.imports.model import Known

CLOSED = "older than order rows are kept here"


def is_closed(created_at: pd.Series, known: Known) -> np.ndarray:
    """Return for each order whether it was made before the day up to which orders are closed.

    Args:
        created_at: Unix seconds, missing where not known.
        known: what the store tells.
    """
    if known.closed_before is None:
        return np.zeros(len(created_at), dtype=bool)
    return (created_at < known.closed_before).fillna(value=False).to_numpy(dtype=bool)
