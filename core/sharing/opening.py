"""Opening a shared link: from the token in the address to the one thing it shows.

Nobody is signed in here: what is asked for is looked up first, and only then is known
who asks. Unknown, mangled, expired and revoked tokens are not told apart.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itsdangerous import BadSignature, Signer
from sqlalchemy import insert, select, update

from core.sharing.links import digest_of, link_of, principal_of_link, state_of
from core.sharing.model import DAY, LinkState
from core.sharing.passwords import fits_password
from core.store.workspace import install_key
from core.store.written import table

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

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
    """

    link: SharedLink
    store: Store
    frozen: str
    password: str
    seal: str


def open_token(store: Store, token: str, *, now: int) -> OpenLink | None:
    """Return the link behind a token if it opens now, else None."""
    links = table("shared_link")
    known = token if _TOKEN.fullmatch(token) else _NOTHING
    with store.reading() as connection:
        query = select(links).where(links.c.token_digest == digest_of(known))
        row = connection.execute(query).mappings().first()
    return _opened(store, row, now)


def open_slug(store: Store, slug: str, written: str, *, now: int) -> tuple[OpenLink, bool] | None:
    """Return the link of a page if the pass fits it and it opens now, and whether the visit is new.

    Args:
        store: where links are.
        slug: the link's name in the address.
        written: the pass that the visitor holds, '' for none.
        now: Unix seconds.
    """
    links = table("shared_link")
    known = slug if _SLUG.fullmatch(slug) else _NOTHING
    with store.reading() as connection:
        row = connection.execute(select(links).where(links.c.slug == known)).mappings().first()
    found = _opened(store, row, now)
    if found is None:
        return None
    try:
        signed = _signer(found).unsign(written.encode("utf-8", "replace")).decode()
    except BadSignature:
        return None
    number, state, at = signed.split(".")
    is_young = 0 <= now - int(at) < PASS_SECONDS
    return (found, state == _FRESH) if number == str(found.link.link_id) and is_young else None


def write_pass(opened: OpenLink, *, is_new: bool, now: int) -> str:
    """Return a pass for a link: its id and the time, signed; a new address of the link ends it."""
    words = f"{opened.link.link_id}.{_FRESH if is_new else _COUNTED}.{now}"
    return _signer(opened).sign(words).decode()


def fits(opened: OpenLink, typed: str) -> bool:
    """Return whether a password opens a link; one that asks for none is open to all."""
    return not opened.password or fits_password(opened.password, typed)


def count_visit(store: Store, link_id: int, *, now: int) -> None:
    """Count that a link was opened: the day and how often, nothing about who."""
    links, visits = table("shared_link"), table("shared_link_visit")
    today = (visits.c.link_id == link_id) & (visits.c.day == now // DAY)
    with store.tracking(patience=15) as connection:
        if connection.execute(select(links.c.id).where(links.c.id == link_id)).first() is None:
            return
        counted = connection.execute(update(visits).where(today).values(visits=visits.c.visits + 1))
        if counted.rowcount == 0:
            connection.execute(insert(visits).values(link_id=link_id, day=now // DAY, visits=1))
        connection.execute(update(links).where(links.c.id == link_id).values(last_visit_at=now))


def _opened(store: Store, row: RowMapping | None, now: int) -> OpenLink | None:
    if row is None or state_of(row, now) is not LinkState.OPEN:
        return None
    return OpenLink(
        link=link_of(row, now),
        store=store.acting_as(principal_of_link(row)),
        frozen=row["frozen"],
        password=row["password"],
        seal=row["token_digest"],
    )


def _signer(opened: OpenLink) -> Signer:
    return Signer(install_key(opened.store), salt=f"shared link {opened.seal}", digest_method=hashlib.sha256)
