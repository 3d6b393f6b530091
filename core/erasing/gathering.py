"""What belongs to a campaign, a creator or a customer: read before anything is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from core.erasing.model import Trace
from core.store.written import row_of, table

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection


def trace_of_campaign(connection: Connection, campaign_id: int) -> Trace:
    """Return what belongs to a campaign. Its creators stay: they may work in others.

    Raises:
        PlumblineError: `not-found`.
    """
    row = row_of(connection, "campaign", campaign_id, "campaign")
    codes, links, videos = table("promo_code"), table("tracking_link"), table("video")
    return Trace(
        campaign_ids=frozenset({campaign_id}),
        codes=_texts(connection, codes.c.code_key, codes.c.campaign_id == campaign_id),
        link_keys=_texts(connection, links.c.link_key, links.c.campaign_id == campaign_id),
        video_ids=_texts(connection, videos.c.video_id, videos.c.campaign_id == campaign_id),
        words=frozenset({row["name"], row["code"]})
        | _texts(connection, codes.c.code, codes.c.campaign_id == campaign_id),
    )


def trace_of_creator(connection: Connection, creator_id: int) -> Trace:
    """Return what belongs to a creator, in every campaign.

    Raises:
        PlumblineError: `not-found`.
    """
    row = row_of(connection, "creator", creator_id, "creator")
    codes, links, videos, names = (
        table("promo_code"), table("tracking_link"), table("video"), table("creator_handle"),
    )  # fmt: skip
    handles = _texts(connection, names.c.handle, names.c.creator_id == creator_id)
    return Trace(
        creator_ids=frozenset({creator_id}),
        handles=handles,
        codes=_texts(connection, codes.c.code_key, codes.c.creator_id == creator_id),
        link_keys=_texts(connection, links.c.link_key, links.c.creator_id == creator_id),
        video_ids=_texts(connection, videos.c.video_id, videos.c.creator_id == creator_id),
        words=frozenset({row["name"], *handles})
        | _texts(connection, codes.c.code, codes.c.creator_id == creator_id),
    )


def trace_of_person(pseudonyms: frozenset[str]) -> Trace:
    """Return what belongs to a customer, commenter or app user, known by pseudonyms only."""
    return Trace(people=pseudonyms)


def _texts(connection: Connection, column: ColumnElement[str], where: ColumnElement[bool]) -> frozenset[str]:
    return frozenset(connection.execute(select(column).where(where).distinct()).scalars()) - {""}
