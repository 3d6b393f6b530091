"""From text cells to typed columns, decided per column from all of its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.imports.cells.dates import MONTHS, NO_ZONE, read_days, read_instants
from core.imports.cells.durations import read_seconds
from core.imports.cells.flags import read_flags
from core.imports.cells.ids import handle_of, posted_from_id, read_ids, read_words, video_id_of
from core.imports.cells.moments import Order
from core.imports.cells.numbers import Mark
from core.imports.cells.numeric import (
    NO_CURRENCY,
    currency_in,
    read_counts,
    read_money,
    read_numbers,
    read_shares,
)
from core.imports.cells.yearless import YearlessDays, read_yearless_days
from core.imports.model import Kind, TypedColumn

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "MONTHS",
    "NO_CURRENCY",
    "NO_ZONE",
    "Mark",
    "Order",
    "YearlessDays",
    "currency_in",
    "handle_of",
    "posted_from_id",
    "read_column",
    "read_yearless_days",
    "video_id_of",
]


def read_column(
    values: pd.Series,
    kind: Kind,
    *,
    header: str = "",
    convention: str = "",
    currency: str = "",
    zone: str = "",
    now: int = 0,
    is_1904: bool = False,
) -> TypedColumn:
    """Return the column read as its kind.

    Args:
        values: text cells, index 0..n-1.
        kind: what the cells are.
        header: as written; it may name a currency or per cent.
        convention: what a person answered: a `Mark` or an `Order`; '' lets the cells decide.
        currency: ISO code, where known.
        zone: IANA name for instants without an offset, where known.
        now: Unix seconds, to tell future dates; 0 skips that check.
        is_1904: spreadsheet days count from 1904.
    """
    if kind is Kind.COUNT:
        return read_counts(values, header=header, convention=convention)
    if kind is Kind.MONEY:
        return read_money(values, header=header, convention=convention, currency=currency)
    if kind is Kind.SHARE:
        return read_shares(values, header=header, convention=convention)
    if kind is Kind.NUMBER:
        return read_numbers(values, header=header, convention=convention)
    if kind is Kind.SECONDS:
        return read_seconds(values, header=header, convention=convention)
    if kind is Kind.DAY:
        return read_days(values, header=header, convention=convention, now=now, is_1904=is_1904)
    if kind is Kind.INSTANT:
        return read_instants(
            values, header=header, convention=convention, zone=zone, now=now, is_1904=is_1904
        )
    if kind is Kind.FLAG:
        return read_flags(values, header=header)
    if kind is Kind.ID:
        return read_ids(values, header=header)
    if kind is Kind.TEXT:
        return TypedColumn(values=values.astype("str"))
    return read_words(values)
