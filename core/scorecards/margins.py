"""What is left of 100 of revenue before creators are paid: stated once, remembered for the brand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from core.access import Action, require
from core.entry.forms import entry_error
from core.store.written import add_row, row_of, table
from core.units import instant_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from core.store.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """A contribution margin.

    Attributes:
        margin: share of net revenue, above 0 and at most 1.
        is_of_brand: stated for the brand, not for this campaign.
        who, at: who stated it, and when.
    """

    margin: float
    is_of_brand: bool
    who: str
    at: datetime


def state_margin(store: Store, campaign_id: int, margin: float, *, for_brand: bool = True, now: int) -> None:
    """Keep the contribution margin of a campaign's brand, or of this campaign alone.

    Args:
        store: where to write.
        campaign_id: the campaign.
        margin: what is left of net revenue after goods, shipping and fees, above 0 and at most 1.
        for_brand: remember it for all campaigns of the brand; False keeps it for this one.
        now: Unix seconds.

    Raises:
        EntryError: `out-of-range`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    if not 0 < margin <= 1:
        raise entry_error(
            "margin",
            "out-of-range",
            "A contribution margin lies above 0% and at most at 100%.",
            "Of 100 of revenue, what is left after goods, shipping and payment fees?",
        )
    with store.writing("margin stated", "", {"campaign": campaign_id, "for_brand": for_brand}) as connection:
        plan = row_of(connection, "campaign", campaign_id, "campaign")
        row = {
            "brand_id": plan["brand_id"],
            "campaign_id": None if for_brand else campaign_id,
            "margin": margin,
            "who": store.principal.name,
            "at": now,
        }
        add_row(connection, "contribution_margin", row)


def get_margin(store: Store, campaign_id: int) -> Margin | None:
    """Return the margin that holds for a campaign; None where nobody stated one."""
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        brand_id = int(row_of(connection, "campaign", campaign_id, "campaign")["brand_id"])
        return margin_of(connection, campaign_id, brand_id)


def margin_of(connection: Connection, campaign_id: int, brand_id: int) -> Margin | None:
    """Return the newest margin of the campaign, else of its brand, within a transaction."""
    rows = table("contribution_margin")
    newest = (rows.c.at.desc(), rows.c.id.desc())
    for condition in (
        rows.c.campaign_id == campaign_id,
        (rows.c.brand_id == brand_id) & rows.c.campaign_id.is_(None),
    ):
        row = connection.execute(select(rows).where(condition).order_by(*newest).limit(1)).mappings().first()
        if row is not None:
            return Margin(
                margin=row["margin"],
                is_of_brand=row["campaign_id"] is None,
                who=row["who"],
                at=instant_of(row["at"]),
            )
    return None
