"""Amounts in the currency of a campaign, by rates that somebody stated."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection, text

from core.units import minor_digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Stated exchange rates.

    Attributes:
        steps: (currency, into) -> days and factors on minor units, both ascending by day.
    """

    steps: dict[tuple[str, str], tuple[list[int], list[float]]]

    def factor(self, currency: str, into: str, day: int) -> float | None:
        """Return what one minor unit is worth in minor units of another currency.

        None without a currency, or without a rate stated on that day or before.
        """
        if not currency or not into:
            return None
        if currency == into:
            return 1.0
        days, factors = self.steps.get((currency, into), ([], []))
        place = bisect_right(days, day)
        return factors[place - 1] if place else None

    def factors(
        self, currency: npt.ArrayLike, into: npt.ArrayLike, day: npt.ArrayLike
    ) -> npt.NDArray[np.float64]:
        """Return the factor of each row, NaN where there is none."""
        keys = pd.DataFrame({"currency": currency, "into": into, "day": day})
        same = (keys["currency"] == keys["into"]).to_numpy() & (keys["into"] != "").to_numpy()
        found = np.where(same, 1.0, np.nan)
        for place in np.flatnonzero(~same):
            row = keys.iloc[place]
            value = self.factor(str(row["currency"]), str(row["into"]), int(row["day"]))
            found[place] = np.nan if value is None else value
        return found


def read_rates(connection: Connection) -> Rates:
    """Return every stated rate."""
    rows = connection.execute(
        text('SELECT currency, "into", day, rate FROM exchange_rate ORDER BY currency, "into", day')
    )
    steps: dict[tuple[str, str], tuple[list[int], list[float]]] = {}
    for currency, into, day, rate in rows:
        days, factors = steps.setdefault((currency, into), ([], []))
        days.append(day)
        factors.append(rate * 10 ** (minor_digits(into) - minor_digits(currency)))
    return Rates(steps=steps)
