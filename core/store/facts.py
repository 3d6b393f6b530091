"""What the credit ledger leaves out or doubts, so that nothing vanishes silently.

Totals of the rollups are read in `core.evidence`; here is what stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from core.access import Action, require

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from core.store.engine import Store

EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutOrders:
    """Orders that point to a campaign, credited to nobody for one reason.

    Attributes:
        reason: a value of `core.rollups.credit_rule.LeftOut`.
        orders: how many.
        amounts: net value in minor units by currency; an order of unknown value is in none.
        examples: ids of the first few.
    """

    reason: str
    orders: int
    amounts: Mapping[str, int]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What of a campaign's credit and videos a person should look at.

    Attributes:
        conflicts: credited orders on which code and click, or two codes, name different creators.
        credited: credited orders in all.
        videos: ids of videos that this and another campaign claim.
    """

    conflicts: int
    credited: int
    videos: tuple[str, ...]


def left_out_orders(store: Store, campaign_id: int) -> tuple[LeftOutOrders, ...]:
    """Return the orders that a campaign is not credited with, by reason, most first."""
    require(store.principal, Action.READ, campaign_id)
    values = {"campaign": campaign_id}
    with store.reading() as connection:
        rows = connection.execute(
            text(
                "SELECT reason, currency, COUNT(*), SUM(amount) FROM left_out_order"
                " WHERE campaign_id = :campaign GROUP BY reason, currency ORDER BY reason, currency"
            ),
            values,
        ).fetchall()
        reasons = sorted({row[0] for row in rows})
        examples = {reason: _examples(connection, campaign_id, reason) for reason in reasons}
    found = [
        LeftOutOrders(
            reason=reason,
            orders=sum(count for word, _, count, _ in rows if word == reason),
            amounts={
                currency: int(amount)
                for word, currency, _, amount in rows
                if word == reason and amount is not None
            },
            examples=examples[reason],
        )
        for reason in reasons
    ]
    return tuple(sorted(found, key=lambda one: (-one.orders, one.reason)))


def _examples(connection: Connection, campaign_id: int, reason: str) -> tuple[str, ...]:
    rows = connection.execute(
        text(
            "SELECT order_id FROM left_out_order WHERE campaign_id = :campaign AND reason = :reason"
            " ORDER BY day, system, order_id LIMIT :few"
        ),
        {"campaign": campaign_id, "reason": reason, "few": EXAMPLES},
    )
    return tuple(rows.scalars())


def read_doubts(store: Store, campaign_id: int) -> Doubts:
    """Return what of a campaign's credit and videos is in conflict."""
    require(store.principal, Action.READ, campaign_id)
    values = {"campaign": campaign_id}
    whole = (
        "SELECT COUNT(*), SUM(CASE WHEN is_torn > 0 THEN 1 ELSE 0 END) FROM"
        " (SELECT MAX(CASE WHEN has_conflict THEN 1 ELSE 0 END) AS is_torn FROM credit"
        " WHERE campaign_id = :campaign AND rule = 'default' GROUP BY system, order_id) AS orders"
    )
    torn = "SELECT video_id, membership FROM video WHERE membership LIKE 'conflict: %' ORDER BY video_id"
    with store.reading() as connection:
        credited, conflicts = connection.execute(text(whole), values).one()
        code = connection.execute(text("SELECT code FROM campaign WHERE id = :campaign"), values).scalar()
        videos = [
            video_id
            for video_id, membership in connection.execute(text(torn))
            if code in membership.removeprefix("conflict: ").split(", ")
        ]
    return Doubts(conflicts=int(conflicts or 0), credited=int(credited), videos=tuple(videos))
