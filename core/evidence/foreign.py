"""Amounts in other currencies that no sum holds, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.metrics.measures import BY_NAME
from core.units import day_of, write_day

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.rollups.foreign_money import ForeignMoney


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignWords:
    """What is left out, and what to do."""

    what: str
    how: str

    @property
    def sentence(self) -> str:
        """Return both as one text."""
        return f"{self.what} {self.how}"


def foreign_words(money: ForeignMoney, *, only: Collection[str], others: bool = False) -> ForeignWords | None:
    """Return what of some measures is left out for want of a rate; None where nothing is.

    Args:
        money: amounts in one currency.
        only: names of measures to speak of.
        others: speak of all measures but these instead.
    """
    names = [name for name in money.measures if (name in only) is not others]
    if not names:
        return None
    labels = ", ".join(BY_NAME[name].label for name in names)
    since = write_day(day_of(money.first_day))
    rows = f"{money.rows:,} {'row' if money.rows == 1 else 'rows'}"
    if not money.into:
        return ForeignWords(
            what=f"Amounts in {money.currency} are in no sum ({labels}; {rows}).",
            how="Set the currency of the campaign first.",
        )
    return ForeignWords(
        what=f"Amounts in {money.currency} are not in the sums: {labels}, {rows}.",
        how=f"State what 1 {money.currency} is worth in {money.into}, from {since} or earlier on.",
    )
