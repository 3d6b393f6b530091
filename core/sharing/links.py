"""Making, listing, renewing and revoking shared links."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, func, select, update

from core.access import Action, Principal, Role, may, require
from core.entry.forms import EntryError, entry_error, read_form
from core.errors import refusal
from core.sharing.model import (
    DAY,
    SHORTEST_PASSWORD,
    USUAL_DAYS,
    LinkForm,
    LinkState,
    MadeLink,
    Mode,
    SharedLink,
    VisitDay,
    longest_days,
)
from core.sharing.passwords import hash_password
from core.sharing.showing import frozen_report, require_known
from core.store.written import add_row, row_of, table
from core.team import Reader, readers_of
from core.units import instant_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.store.engine import Store

TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who can see a campaign.

    Attributes:
        frozen: frozen links that open now.
        live: live links that open now.
        readers: people who sign in.
        sentence: the same in words.
    """

    frozen: int
    live: int
    readers: tuple[Reader, ...]
    sentence: str


def create_link(store: Store, campaign_id: int, values: Mapping[str, object], *, now: int) -> MadeLink:
    """Return a new link with the token that is shown only now.

    A frozen link keeps the report as it is at this moment.

    Args:
        store: who asks must be allowed to share the campaign.
        campaign_id: the one campaign that the link shows.
        values: the fields of `LinkForm` as chosen.
        now: Unix seconds.

    Raises:
        EntryError: `short-password`, `too-long`, `not-found` creator, and what the form finds.
        PlumblineError: `not-allowed`, `not-found`, and those of the report.
    """
    require(store.principal, Action.SHARE, campaign_id)
    form = read_form(LinkForm, values)
    _require_sound(form)
    require_known(form)
    _require_in_campaign(store, campaign_id, form.creator_id)
    frozen = frozen_report(store, campaign_id, form, now=now) if form.mode is Mode.FROZEN else ""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = _columns(form) | {
        "slug": secrets.token_hex(6),
        "token_digest": digest_of(token),
        "campaign_id": campaign_id,
        "created_at": now,
        "created_by": store.principal.name,
        "expires_at": now + form.days * DAY,
        "frozen": frozen,
        "frozen_at": now if frozen else None,
    }
    detail: dict[str, Any] = {"campaign": campaign_id, "mode": form.mode.value, "days": form.days}
    with store.writing("shared link made", form.name, detail) as connection:
        row_of(connection, "campaign", campaign_id, "campaign")
        number = detail["link"] = add_row(connection, "shared_link", row)
    return MadeLink(link_id=number, token=token)


def list_links(store: Store, campaign_id: int, *, now: int | None = None) -> tuple[SharedLink, ...]:
    """Return the links of a campaign, those that open first, then the newest; revoked ones stay listed.

    Args:
        store: who asks must be allowed to share the campaign.
        campaign_id: the campaign.
        now: Unix seconds; None means the clock.
    """
    require(store.principal, Action.SHARE, campaign_id)
    moment = int(time.time()) if now is None else now
    links, visits = table("shared_link"), table("shared_link_visit")
    with store.reading() as connection:
        counted = dict(
            connection.execute(
                select(visits.c.link_id, func.sum(visits.c.visits)).group_by(visits.c.link_id)
            ).all()
        )
        rows = connection.execute(select(links).where(links.c.campaign_id == campaign_id)).mappings().all()
    found = [link_of(row, moment, visits=int(counted.get(row["id"], 0))) for row in rows]
    order = list(LinkState)
    return tuple(sorted(found, key=lambda link: (order.index(link.state), -link.link_id)))


def list_visits(store: Store, link_id: int) -> tuple[VisitDay, ...]:
    """Return how often a link was opened, by day, the newest first.

    Raises:
        PlumblineError: `not-allowed`, `not-found`.
    """
    visits = table("shared_link_visit")
    with store.reading() as connection:
        _require_of(store, connection, link_id)
        query = select(visits.c.day, visits.c.visits).where(visits.c.link_id == link_id)
        rows = connection.execute(query.order_by(visits.c.day.desc())).all()
    return tuple(VisitDay(day=row.day, visits=row.visits) for row in rows)


def revoke_link(store: Store, link_id: int, *, now: int) -> None:
    """End a link for good; whoever has it open sees nothing from the next click on.

    Raises:
        PlumblineError: `not-allowed`, `not-found`.
    """
    links = table("shared_link")
    with store.reading() as connection:
        row = _require_of(store, connection, link_id)
    with store.writing("shared link revoked", row["name"], _named(row)) as connection:
        still = (links.c.id == link_id) & links.c.revoked_at.is_(None)
        connection.execute(
            update(links).where(still).values(revoked_at=now, revoked_by=store.principal.name, frozen="")
        )


def renew_link(store: Store, link_id: int, *, days: int = USUAL_DAYS, now: int) -> None:
    """Let a link open for so many days from now on; its address stays.

    Raises:
        EntryError: `too-long`.
        PlumblineError: `not-allowed`, `not-found`, `link-revoked`.
    """
    _require_days(days)
    _change(store, "shared link renewed", link_id, {"expires_at": now + days * DAY}, {"days": days})


def replace_address(store: Store, link_id: int) -> MadeLink:
    """Return a new token for a link; the old address and every open view of it end at once.

    Raises:
        PlumblineError: `not-allowed`, `not-found`, `link-revoked`.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    _change(store, "shared link given a new address", link_id, {"token_digest": digest_of(token)}, {})
    return MadeLink(link_id=link_id, token=token)


def who_can_see(store: Store, campaign_id: int, *, now: int | None = None) -> Audience:
    """Return who can see a campaign: through links that open now, and by signing in.

    Args:
        store: who asks must be allowed to share the campaign.
        campaign_id: the campaign.
        now: Unix seconds; None means the clock.
    """
    require(store.principal, Action.SHARE, campaign_id)
    opening = [link for link in list_links(store, campaign_id, now=now) if link.state is LinkState.OPEN]
    live = sum(link.mode is Mode.LIVE for link in opening)
    readers = readers_of(store, campaign_id)
    return Audience(
        frozen=len(opening) - live,
        live=live,
        readers=readers,
        sentence=_words(len(opening), live, len(readers)),
    )


def live_campaigns(store: Store, *, now: int | None = None) -> frozenset[int]:
    """Return the campaigns that people outside follow through a live link that opens now.

    Args:
        store: who asks learns of those campaigns only that they may share.
        now: Unix seconds; None means the clock.
    """
    moment = int(time.time()) if now is None else now
    links = table("shared_link")
    opening = links.c.revoked_at.is_(None) & (links.c.expires_at > moment)
    query = select(links.c.campaign_id).where(opening, links.c.mode == Mode.LIVE.value).distinct()
    with store.reading() as connection:
        found = connection.execute(query).scalars().all()
    return frozenset(number for number in found if may(store.principal, Action.SHARE, number))


def _words(links: int, live: int, readers: int) -> str:
    shown = {0: "", 1: "1 link"}.get(links, f"{links} links")
    follows = "" if not live else f" ({live} live)" if links > 1 else " (live)"
    people = {0: "", 1: "1 person"}.get(readers, f"{readers} people")
    parts = [part for part in (shown + follows, people) if part]
    return f"Shared with {' and '.join(parts)}." if parts else "Not shared with anybody yet."


def digest_of(token: str) -> str:
    """Return what is kept of a token. It is random and long, so that a plain digest cannot be guessed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def state_of(row: RowMapping, now: int) -> LinkState:
    """Return whether a link opens at a moment."""
    if row["revoked_at"] is not None:
        return LinkState.REVOKED
    return LinkState.OPEN if now < row["expires_at"] else LinkState.EXPIRED


def link_of(row: RowMapping, now: int, *, visits: int = 0) -> SharedLink:
    """Return a row as its makers see it."""
    same = (
        "slug", "name", "campaign_id", "creator_id", "kind", "with_money", "with_logo", "allow_downloads",
        "created_by", "revoked_by",
    )  # fmt: skip
    return SharedLink(
        link_id=row["id"],
        mode=Mode(row["mode"]),
        sections=tuple(json.loads(row["sections"])) if row["sections"] else (),
        has_password=bool(row["password"]),
        created_at=instant_of(row["created_at"]),
        expires_at=instant_of(row["expires_at"]),
        revoked_at=_moment(row["revoked_at"]),
        frozen_at=_moment(row["frozen_at"]),
        last_visit_at=_moment(row["last_visit_at"]),
        visits=visits,
        state=state_of(row, now),
        **{name: row[name] for name in same},
    )


def _moment(number: int | None) -> datetime | None:
    return None if number is None else instant_of(number)


def principal_of_link(row: RowMapping) -> Principal:
    """Return who a link is to the rest of the product: somebody who may read one campaign."""
    return Principal(
        name=f"shared link {row['id']}", role=Role.VIEWER, campaign_ids=frozenset({row["campaign_id"]})
    )


def _require_sound(form: LinkForm) -> None:
    _require_days(form.days)
    if form.password and len(form.password) < SHORTEST_PASSWORD:
        raise entry_error(
            "password",
            "short-password",
            f"The password has {len(form.password)} characters.",
            f"Use at least {SHORTEST_PASSWORD}, for instance three words, or leave it empty.",
        )


def _require_days(days: int) -> None:
    if not 1 <= days <= longest_days():
        raise entry_error(
            "days",
            "too-long",
            f"A link cannot last {days} days here.",
            f"Choose between 1 and {longest_days()} days; a link can be renewed.",
        )


def _require_in_campaign(store: Store, campaign_id: int, creator_id: int | None) -> None:
    if creator_id is None:
        return
    rows = table("collaboration")
    query = select(rows.c.id).where(rows.c.campaign_id == campaign_id, rows.c.creator_id == creator_id)
    with store.reading() as connection:
        if connection.execute(query).first() is None:
            raise _not_a_collaborator()


def _not_a_collaborator() -> EntryError:
    return entry_error(
        "creator_id",
        "not-found",
        "This creator is not part of the campaign.",
        "Choose one of the campaign's creators.",
    )


def _columns(form: LinkForm) -> dict[str, object]:
    same = ("name", "kind", "creator_id", "with_money", "with_logo", "allow_downloads")
    return {
        "mode": form.mode.value,
        "sections": json.dumps(list(form.sections)) if form.sections else "",
        "password": hash_password(form.password) if form.password else "",
        "revoked_by": "",
        **{name: getattr(form, name) for name in same},
    }


def _change(
    store: Store, action: str, link_id: int, values: Mapping[str, object], detail: Mapping[str, object]
) -> None:
    links = table("shared_link")
    with store.reading() as connection:
        row = _require_of(store, connection, link_id)
    with store.writing(action, row["name"], _named(row) | dict(detail)) as connection:
        still = (links.c.id == link_id) & links.c.revoked_at.is_(None)
        if connection.execute(update(links).where(still).values(dict(values))).rowcount == 0:
            raise refusal(
                "link-revoked", "This link was revoked, which cannot be taken back.", "Make a new link."
            )


def _named(row: RowMapping) -> dict[str, object]:
    return {"link": row["id"], "campaign": row["campaign_id"]}


def _require_of(store: Store, connection: Connection, link_id: int) -> RowMapping:
    """Return the row of a link whose campaign the asker may share; others are as if they were not there."""
    links = table("shared_link")
    row = connection.execute(select(links).where(links.c.id == link_id)).mappings().first()
    require(store.principal, Action.SHARE, None if row is None else row["campaign_id"])
    return row_of(connection, "shared_link", link_id, "link") if row is None else row
