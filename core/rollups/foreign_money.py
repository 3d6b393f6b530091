"""Amounts that no sum of a campaign holds: no rate into its currency is stated for their day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.rollups.columns import MONEY
from core.rollups.plans import read_plans
from core.rollups.reading import is_any, read_frame
from core.rollups.untied import standing_rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Files of creators and of public pages state no money and are many, so they are passed over.
_FILES = (
    "SELECT b.id FROM import_batch b WHERE b.undone_at IS NULL AND b.currency <> :own"
    " AND b.format NOT LIKE 'studio%' AND b.format <> 'video_metadata'"
)
_WHERE = f"s.currency <> '' AND s.currency <> :own AND s.breakdown = '' AND s.batch_id IN ({_FILES})"
_AMOUNTS = ", ".join(f"s.{name}" for name in MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignMoney:
    """Amounts in one currency that are in no sum.

    Attributes:
        currency: ISO code.
        into: currency of the campaign.
        measures: names of the measures that have such amounts.
        rows: how many stated rows there are.
        first_day: day number from which a rate would have to hold.
    """

    currency: str
    into: str
    measures: tuple[str, ...]
    rows: int
    first_day: int


def money_without_rate(connection: Connection, campaign_id: int, into: str) -> tuple[ForeignMoney, ...]:
    """Return what is left out of a campaign's sums for want of a rate, by currency.

    Args:
        connection: open.
        campaign_id: the campaign.
        into: its currency, '' where none is set.
    """
    values = {"own": into, "campaign": campaign_id}
    if not is_any(connection, f"SELECT 1 FROM stat s WHERE {_WHERE}", values):
        return ()
    plans = read_plans(connection)
    untied, _, _ = standing_rows(connection, plans, {campaign_id})
    rows = pd.concat(
        [
            _of_videos(connection, values),
            untied.reindex(columns=["currency", "last_day", *MONEY]),
        ],
        ignore_index=True,
    )
    rows = rows[(rows["currency"] != "") & rows[list(MONEY)].notna().any(axis=1)]
    if rows.empty:
        return ()
    into_each = np.full(len(rows), into, dtype=object)
    factor = plans.rates.factors(rows["currency"].to_numpy(), into_each, rows["last_day"].to_numpy())
    lost = rows[np.isnan(factor)]
    return tuple(
        ForeignMoney(
            currency=str(currency),
            into=into,
            measures=tuple(name for name in MONEY if group[name].notna().any()),
            rows=len(group),
            first_day=int(group["last_day"].min()),
        )
        for currency, group in lost.groupby("currency", sort=True)
    )


def _of_videos(connection: Connection, values: dict[str, object]) -> pd.DataFrame:
    """Return the amounts stated of the campaign's videos and of their ads."""
    query = (
        f"SELECT s.currency, s.last_day, {_AMOUNTS} FROM stat s"
        " JOIN video v ON v.video_id = CASE WHEN s.subject_kind = 'video' THEN s.subject ELSE s.video_id END"
        f" WHERE {_WHERE} AND v.campaign_id = :campaign"
    )
    return read_frame(connection, query, values, numbers=MONEY)
