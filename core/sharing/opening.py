"""Opening a shared link: from the token in the address to the one thing it shows.

Nobody is signed in here: what is asked for is looked up first, and only then is known
who asks. Unknown, mangled, expired and revoked tokens are not told apart.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from itsdangerous import BadSignature, Signer
from sqlalchemy import bindparam, select

from core.sharing.links import digest_of, link_of, principal_of_link, state_of
from core.sharing.model import LinkState
from core.sharing.passwords import fits_password
from core.store.workspace import install_key
from core.store.written import table

if TYPE_CHECKING:
    from sqlalchemy import RowMapping, Select

    from core.sharing.model import SharedLink
    from core.store.engine import Store

PASS_SECONDS = 12 * 3600
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_SLUG = re.compile(r"[0-9a-f]{12}")
_NOTHING = "-"  # looked up in place of what cannot be a token, so that both take as long
_COUNTED, _FRESH = "seen", "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLink:
    """A link that opens now.

    Attributes:
        link: what it is.
        store: the store as the link may use it: one campaign, reading only.
        frozen: the frozen report as JSON, '' for a live link.
        password: what is kept of its password, '' for none.
        seal: ties passes to the present address of the link.
        zone: the campaign's zone.
        click_days: for how many days after a click an order is credited in the campaign.
        revision: the data revision at the moment the link was looked up.
        secret: what passes are signed with.
    """

    link: SharedLink
    store: Store
    frozen: str
    password: str
    seal: str
    zone: str
    click_days: int
    revision: int
    secret: bytes = field(repr=False)


def open_token(store: Store, token: str, *, now: int) -> OpenLink | None:
    """Return the link behind a token if it opens now, else None."""
    known = token if _TOKEN.fullmatch(token) else _NOTHING
    return _found(store, "token_digest", digest_of(known), now)


def find_link(store: Store, slug: str, *, now: int) -> OpenLink | None:
    """Return the link of a page if it opens now, else None; `read_pass` says whether the asker may see it."""
    return _found(store, "slug", slug if _SLUG.fullmatch(slug) else _NOTHING, now)


def read_pass(opened: OpenLink, written: str, *, now: int) -> bool | None:
    """Return whether the visit is new, None if the pass does not open the link.

    Args:
        opened: the link as it is now.
        written: the pass that the visitor holds, '' for none.
        now: Unix seconds.
    """
    try:
        signed = signer(opened).unsign(written.encode("utf-8", "replace")).decode()
    except BadSignature:
        return None
    number, state, at = signed.split(".")
    is_young = 0 <= now - int(at) < PASS_SECONDS
    return state == _FRESH if number == str(opened.link.link_id) and is_young else None


def open_slug(store: Store, slug: str, written: str, *, now: int) -> tuple[OpenLink, bool] | None:
    """Return the link of a page if the pass fits it and it opens now, and whether the visit is new.

    Args:
        store: where links are.
        slug: the link's name in the address.
        written: the pass that the visitor holds, '' for none.
        now: Unix seconds.
    """
    found = find_link(store, slug, now=now)
    is_new = None if found is None else read_pass(found, written, now=now)
    return None if found is None or is_new is None else (found, is_new)


def write_pass(opened: OpenLink, *, is_new: bool, now: int) -> str:
    """Return a pass for a link: its id and the time, signed; a new address of the link ends it."""
    words = f"{opened.link.link_id}.{_FRESH if is_new else _COUNTED}.{now}"
    return signer(opened).sign(words).decode()


def fits(opened: OpenLink, typed: str) -> bool:
    """Return whether a password opens a link; one that asks for none is open to all."""
    return not opened.password or fits_password(opened.password, typed)


def signer(opened: OpenLink, use: str = "") -> Signer:
    """Return what signs for one link and one use; what it signed for another is not taken."""
    salt = f"shared link {use}{opened.seal}"
    return Signer(opened.secret, salt=salt, digest_method=hashlib.sha256)


@lru_cache(maxsize=2)
def _query(column: str) -> Select[Any]:
    """Return the query for a link with what its answer depends on, all of one moment."""
    links, plans, workspace = table("shared_link"), table("campaign"), table("workspace")
    revision = select(workspace.c.revision).scalar_subquery()
    wanted = select(links, plans.c.zone, plans.c.click_window_days, revision.label("revision"))
    return wanted.join(plans, plans.c.id == links.c.campaign_id).where(links.c[column] == bindparam("known"))


def _found(store: Store, column: str, known: str, now: int) -> OpenLink | None:
    with store.reading() as connection:
        row = connection.execute(_query(column), {"known": known}).mappings().first()
    if row is None or state_of(row, now) is not LinkState.OPEN:
        return None
    return _opened(store, row, now)


def _opened(store: Store, row: RowMapping, now: int) -> OpenLink:
    return OpenLink(
        link=link_of(row, now),
        store=store.acting_as(principal_of_link(row)),
        frozen=row["frozen"],
        password=row["password"],
        seal=row["token_digest"],
        zone=row["zone"],
        click_days=row["click_window_days"],
        revision=row["revision"],
        secret=install_key(store),
    )
