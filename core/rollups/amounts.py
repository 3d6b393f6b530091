"""What an order is worth: after discounts and refunds, before tax and shipping."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]


def net_amounts(orders: pd.DataFrame) -> tuple[Floats, Floats]:
    """Return the net value and the refunded value of each order in minor units, NaN where unknown.

    The refund that a shop states covers tax and shipping too; at most the value is taken off.

    Args:
        orders: subtotal, shipping, tax, tax_included, total, refunded as floats (NaN unknown), status.
    """
    subtotal, tax, total = (orders[name].to_numpy(dtype=np.float64) for name in ("subtotal", "tax", "total"))
    included = orders["tax_included"].to_numpy(dtype=np.float64) == 1
    value = subtotal - np.where(included, np.nan_to_num(tax), 0.0)
    # Without a subtotal the total less whatever of shipping and tax is known comes closest.
    rest = total - np.nan_to_num(orders["shipping"].to_numpy(dtype=np.float64)) - np.nan_to_num(tax)
    value = np.maximum(np.where(np.isnan(subtotal), rest, value), 0.0)
    refunded = np.nan_to_num(orders["refunded"].to_numpy(dtype=np.float64))
    refunded = np.where((orders["status"] == "refunded").to_numpy(), np.inf, refunded)
    refunds = np.clip(refunded, 0.0, value)
    return value - refunds, refunds
