"""The logo at the head of a brand's shared pages."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from core.access import Action, may, require
from core.reports.logo import drawn_anew
from core.store.written import add_row, row_of, table

if TYPE_CHECKING:
    from core.store.engine import Store


def set_logo(store: Store, campaign_id: int, data: bytes, *, now: int | None = None) -> None:
    """Keep the logo of a campaign's brand.

    The picture is drawn anew, so that nothing else that a file may carry is kept or handed on.

    Args:
        store: who asks must be allowed to share the campaign.
        campaign_id: a campaign of the brand.
        data: a PNG, JPEG or WebP file.
        now: Unix seconds; None means the clock.

    Raises:
        PlumblineError: `not-allowed`, `logo-too-large`, `logo-not-a-picture`.
    """
    brand_id = _require_brand(store, campaign_id)
    png = drawn_anew(data)
    logos = table("brand_logo")
    with store.writing("logo set", "", {"campaign": campaign_id}) as connection:
        connection.execute(delete(logos).where(logos.c.brand_id == brand_id))
        changed = int(time.time()) if now is None else now
        add_row(connection, "brand_logo", {"brand_id": brand_id, "png": png, "changed_at": changed})


def get_logo(store: Store, campaign_id: int) -> bytes:
    """Return the logo of a campaign's brand as PNG, b'' where there is none."""
    require(store.principal, Action.READ, campaign_id)
    logos, plans = table("brand_logo"), table("campaign")
    query = select(logos.c.png).join(plans, plans.c.brand_id == logos.c.brand_id)
    with store.reading() as connection:
        found = connection.execute(query.where(plans.c.id == campaign_id)).scalar()
    return bytes(found) if found is not None else b""


def remove_logo(store: Store, campaign_id: int) -> None:
    """Take the logo of a campaign's brand away."""
    brand_id = _require_brand(store, campaign_id)
    logos = table("brand_logo")
    with store.writing("logo removed", "", {"campaign": campaign_id}) as connection:
        connection.execute(delete(logos).where(logos.c.brand_id == brand_id))


def may_set_logo(store: Store, campaign_id: int) -> bool:
    """Return whether the asker may set the logo: it stands on the links of all the brand's campaigns."""
    return all(
        may(store.principal, Action.SHARE, number) for number in _campaigns_of_brand(store, campaign_id)
    )


def _require_brand(store: Store, campaign_id: int) -> int:
    """Return the brand of a campaign if the asker may share every campaign of it."""
    require(store.principal, Action.SHARE, campaign_id)
    for number in _campaigns_of_brand(store, campaign_id):
        require(store.principal, Action.SHARE, number)
    with store.reading() as connection:
        return int(row_of(connection, "campaign", campaign_id, "campaign")["brand_id"])


def _campaigns_of_brand(store: Store, campaign_id: int) -> list[int]:
    plans = table("campaign")
    brand = select(plans.c.brand_id).where(plans.c.id == campaign_id).scalar_subquery()
    with store.reading() as connection:
        return list(connection.execute(select(plans.c.id).where(plans.c.brand_id == brand)).scalars())
