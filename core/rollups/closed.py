"""Closed orders as the rollups read them: sums that stand in for rows that are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from core.rollups.columns import LEDGER, ledger_sum
from core.rollups.reading import is_any, read_frame

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from core.rollups.plans import Pairs

LEDGER_ROWS = (
    "(SELECT campaign_id, creator_id, video_id, day, evidence, key, 1 AS credits, share AS orders, revenue,"
    " refunds, CASE WHEN has_conflict THEN 1 ELSE 0 END AS conflicts FROM credit WHERE rule = 'default'"
    " UNION ALL SELECT campaign_id, creator_id, video_id, day, evidence, key, credits, orders, revenue,"
    " refunds, conflicts FROM closed_credit WHERE evidence <> '')"
)
"""SQL of the whole credit ledger, closed orders as sums: `credits` says how many rows one stands for."""

LEFT_OUT_ROWS = (
    "(SELECT campaign_id, reason, day, currency, 1 AS orders, CASE WHEN amount IS NULL THEN 0 ELSE 1 END"
    " AS known, amount FROM left_out_order"
    " UNION ALL SELECT campaign_id, reason, day, currency, orders, known, amount FROM closed_left_out)"
)
"""SQL of all orders that are credited to nobody, closed ones as sums."""


def closed_days(connection: Connection) -> pd.DataFrame:
    """Return the closed credit of the pairs in `touched_pair` by campaign_id, creator_id, video_id and day.

    Money is in the campaign's currency, which stays as it is once orders are closed.
    """
    if not is_any(connection, "SELECT 1 FROM closed_credit"):
        return read_frame(connection, "SELECT 1 WHERE 1 = 0")
    sums = ", ".join(ledger_sum(name, "k") for name in LEDGER)
    key = "k.campaign_id, k.creator_id, k.video_id, k.day"
    return read_frame(
        connection,
        f"SELECT {key}, {sums} FROM touched_pair p JOIN closed_credit k"
        f" ON k.campaign_id = p.campaign_id AND k.creator_id = p.creator_id GROUP BY {key}",
        numbers=LEDGER,
    )


def read_closed_before(connection: Connection) -> int | None:
    """Return the instant (Unix seconds) before which orders are closed; None where none are."""
    found = connection.execute(text("SELECT closed_before FROM workspace")).scalar()
    return None if found is None else int(found)


def closed_pairs(connection: Connection, where: str = "1 = 1", **values: int) -> Pairs:
    """Return the campaigns and creators that some closed credit stands on.

    Args:
        connection: open.
        where: condition on rows of `closed_credit`.
        values: what is bound in it.
    """
    query = f"SELECT DISTINCT campaign_id, creator_id FROM closed_credit WHERE {where}"
    return {(campaign, creator) for campaign, creator in connection.execute(text(query), values)}
