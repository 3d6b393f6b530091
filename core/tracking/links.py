"""Tagged links of creators and assets: build, add many, list, hand out, remove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, Select, delete, func, select, update

from core.access import Action, require
from core.entry.forms import EntryError, Remark, entry_error
from core.entry.words import counted
from core.errors import refusal
from core.rollups import rebuild_campaign
from core.spreadsheet import csv_bytes
from core.store.written import add_row, row_of, table
from core.tracking.builder import TaggedLink, build_link, check_landing_page, read_asset
from core.tracking.model import TrackingLink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.store.engine import Store

_TAGS = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksMade:
    """What making links did.

    Attributes:
        made: ids of the new links.
        there: how many of those asked for were there already and stay as they are.
    """

    made: tuple[int, ...]
    there: int

    @property
    def sentence(self) -> str:
        """Return what happened in words."""
        kept = f" {self.there:,} were there already." if self.there else ""
        return f"{counted(len(self.made), 'link')} made.{kept}"


def list_links(store: Store, campaign_id: int) -> tuple[TrackingLink, ...]:
    """Return the links of a campaign by creator and asset."""
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        rows = connection.execute(
            _links().where(table("tracking_link").c.campaign_id == campaign_id)
        ).mappings()
        found = [_link(row) for row in rows]
    return tuple(sorted(found, key=lambda link: (link.creator.casefold(), link.asset, link.link_id)))


def _links() -> Select[Any]:
    links, creators, handles = (table(name) for name in ("tracking_link", "creator", "creator_handle"))
    main = select(func.max(handles.c.handle)).where(
        handles.c.creator_id == links.c.creator_id, handles.c.is_main
    )
    return select(links, creators.c.name.label("creator"), main.scalar_subquery().label("handle")).join(
        creators, creators.c.id == links.c.creator_id
    )


def _link(row: RowMapping) -> TrackingLink:
    same = (
        "campaign_id",
        "creator_id",
        "creator",
        "asset",
        "video_id",
        "url",
        "short_url",
        "landing_page",
        "link_key",
    )
    return TrackingLink(
        link_id=row["id"], handle=row["handle"] or "", **{name: row[name] for name in (*same, *_TAGS)}
    )


def add_link(
    store: Store, campaign_id: int, *, creator_id: int, landing_page: str, asset: str, video_id: str = ""
) -> int:
    """Return the id of a new tagged link.

    Raises:
        EntryError: `link-exists`, `no-handle`, and what the builder finds.
    """
    require(store.principal, Action.PLAN, campaign_id)
    with store.writing("link made", "", {"campaign": campaign_id}) as connection:
        link = _build(connection, campaign_id, creator_id, landing_page, asset)
        there = _with_key(connection, link.link_key)
        if there is not None:
            raise entry_error(
                "asset",
                "link-exists",
                f'"{there["creator"]}" already has a link for "{there["asset"]}".',
                "Use that link, or name the asset differently, for instance v2.",
            )
        number = _keep(connection, campaign_id, creator_id, link, asset=read_asset(asset), video_id=video_id)
        rebuild_campaign(connection, campaign_id)
    return number


def add_links(
    store: Store,
    campaign_id: int,
    *,
    landing_page: str,
    assets: Sequence[str],
    creator_ids: Sequence[int] = (),
) -> LinksMade:
    """Return what was done: one link for each creator and asset, those there already left alone.

    Args:
        store: where to write.
        campaign_id: the campaign.
        landing_page: where all of them arrive.
        assets: for instance v1, v2, bio.
        creator_ids: which creators; empty takes every creator of the campaign.

    Raises:
        EntryError: `nothing-to-make`, and what the builder finds, once for each creator and asset.
    """
    require(store.principal, Action.PLAN, campaign_id)
    made: list[int] = []
    keys: set[str] = set()
    remarks: list[Remark] = []
    names = list(dict.fromkeys(read_asset(asset) for asset in assets))
    check_landing_page(landing_page)
    detail: dict[str, object] = {"campaign": campaign_id}
    with store.writing("links made", "", detail) as connection:
        creators = list(dict.fromkeys(creator_ids)) or _collaborators(connection, campaign_id)
        if not names or not creators:
            what = "No asset is named." if not names else "The campaign has no creators yet."
            raise entry_error("assets", "nothing-to-make", what, "Add at least one creator and one asset.")
        for creator_id, name in [(creator_id, name) for creator_id in creators for name in names]:
            try:
                link = _build(connection, campaign_id, creator_id, landing_page, name)
            except EntryError as error:
                remarks += error.remarks
                continue
            if link.link_key not in keys and _with_key(connection, link.link_key) is None:
                made.append(_keep(connection, campaign_id, creator_id, link, asset=name))
                keys.add(link.link_key)
        if remarks:
            raise EntryError(list(dict.fromkeys(remarks)))
        rebuild_campaign(connection, campaign_id)
        detail["made"] = len(made)
    return LinksMade(made=tuple(made), there=len(creators) * len(names) - len(made))


def set_short_url(store: Store, campaign_id: int, link_id: int, short_url: str) -> None:
    """Keep the short address under which a link was given out; '' takes it away.

    Raises:
        EntryError: `not-a-web-address`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    address = check_landing_page(short_url) if short_url.strip() else ""
    links = table("tracking_link")
    with store.writing("short link kept", "", {"link": link_id}) as connection:
        _own(connection, campaign_id, link_id)
        connection.execute(update(links).where(links.c.id == link_id).values(short_url=address))


def remove_link(store: Store, campaign_id: int, link_id: int) -> None:
    """Remove a link; orders that came by it are no longer credited for it.

    Raises:
        PlumblineError: `not-found`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    links = table("tracking_link")
    with store.writing("link removed", "", {"campaign": campaign_id}) as connection:
        _own(connection, campaign_id, link_id)
        connection.execute(delete(links).where(links.c.id == link_id))
        rebuild_campaign(connection, campaign_id)


def links_csv(links: Sequence[TrackingLink]) -> bytes:
    """Return links as CSV, one row for each, safe to open in a spreadsheet."""
    header = ("Creator", "Handle", "Asset", "Link", "Short link", *_TAGS)
    rows = (
        (
            link.creator,
            link.handle,
            link.asset,
            link.url,
            link.short_url,
            *(getattr(link, tag) for tag in _TAGS),
        )
        for link in links
    )
    return csv_bytes(header, rows)


def _own(connection: Connection, campaign_id: int, link_id: int) -> RowMapping:
    row = row_of(connection, "tracking_link", link_id, "link")
    if row["campaign_id"] != campaign_id:
        raise refusal("not-found", "This link belongs to another campaign.", "Edit it there.")
    return row


def _collaborators(connection: Connection, campaign_id: int) -> list[int]:
    rows = table("collaboration")
    query = select(rows.c.creator_id).where(rows.c.campaign_id == campaign_id).order_by(rows.c.id)
    return list(connection.execute(query).scalars())


def _build(
    connection: Connection, campaign_id: int, creator_id: int, landing_page: str, asset: str
) -> TaggedLink:
    plan = row_of(connection, "campaign", campaign_id, "campaign")
    creator = row_of(connection, "creator", creator_id, "creator")
    handles = table("creator_handle")
    query = (
        select(handles.c.handle).where(handles.c.creator_id == creator_id).order_by(handles.c.is_main.desc())
    )
    handle = connection.execute(query).scalar()
    if handle is None:
        raise entry_error(
            "creator_id", "no-handle", f'"{creator["name"]}" has no handle.', "Add the handle first."
        )
    return build_link(landing_page, campaign_code=str(plan["code"]), handle=str(handle), asset=asset)


def _with_key(connection: Connection, key: str) -> RowMapping | None:
    return connection.execute(_links().where(table("tracking_link").c.link_key == key)).mappings().first()


def _keep(
    connection: Connection,
    campaign_id: int,
    creator_id: int,
    link: TaggedLink,
    *,
    asset: str,
    video_id: str = "",
) -> int:
    values = {name: getattr(link, name) for name in ("url", "landing_page", "link_key", *_TAGS[:4])}
    owner = {"campaign_id": campaign_id, "creator_id": creator_id, "asset": asset, "video_id": video_id}
    return add_row(connection, "tracking_link", values | owner)
