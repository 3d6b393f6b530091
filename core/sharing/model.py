"""Shared links: what one shows, to whom and for how long; the forms by which people make one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core.entry.forms import Form

if TYPE_CHECKING:
    from datetime import datetime

DAY = 86_400
USUAL_DAYS = 30
_LONGEST_DAYS = 366
SHORTEST_PASSWORD = 8


class Mode(StrEnum):
    """Whether a link keeps what it showed when it was made, or follows the figures."""

    FROZEN = "frozen"
    LIVE = "live"


class LinkState(StrEnum):
    """Whether a link opens."""

    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLink:
    """A link as its makers see it; the address itself is not kept.

    Attributes:
        slug: names the link in addresses; it opens nothing.
        creator_id: set where the link shows one creator's own figures only.
        kind: kind of report.
        sections: names of the sections shown; empty means all of the report.
        has_password: whether a password is asked.
        expires_at: UTC.
        revoked_at: UTC; None while it was not revoked.
        frozen_at: when the frozen report was made, UTC; None for a live link.
        last_visit_at: UTC; None if nobody opened it yet.
        visits: how often it was opened.
        state: whether it opens now.
    """

    link_id: int
    slug: str
    name: str
    campaign_id: int
    creator_id: int | None
    mode: Mode
    kind: str
    sections: tuple[str, ...]
    with_money: bool
    with_logo: bool
    allow_downloads: bool
    has_password: bool
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None
    revoked_by: str
    frozen_at: datetime | None
    last_visit_at: datetime | None
    visits: int
    state: LinkState


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeLink:
    """A link just made, with the one thing that is shown only now.

    Attributes:
        link_id: its id.
        token: what the address ends with; only its digest is kept.
    """

    link_id: int
    token: str

    @property
    def path(self) -> str:
        """Return the path of the address, for the name of the server to be put in front."""
        return f"/s/{self.token}"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDay:
    """How often a link was opened on a day (UTC)."""

    day: int
    visits: int


class LinkForm(Form):
    """A link as chosen.

    Attributes:
        sections: names of the sections; empty for all.
        days: how long it opens.
        password: '' for none.
    """

    name: Annotated[str, Field(title="Name of the link", min_length=1, max_length=80)]
    mode: Annotated[Mode, Field(title="Frozen or live")] = Mode.FROZEN
    kind: Annotated[str, Field(title="Report", min_length=1, max_length=40)]
    sections: Annotated[tuple[str, ...], Field(title="Sections", max_length=40)] = ()
    creator_id: Annotated[int | None, Field(title="Creator")] = None
    with_money: Annotated[bool, Field(title="Show money")] = False
    with_logo: Annotated[bool, Field(title="Show the brand's logo")] = True
    allow_downloads: Annotated[bool, Field(title="Allow downloads")] = False
    days: Annotated[int, Field(title="Days until it ends", ge=1)] = USUAL_DAYS
    password: Annotated[str, Field(title="Password", max_length=200)] = ""


def longest_days() -> int:
    """Return how long a link may last at most: PLUMBLINE_LONGEST_LINK_DAYS, else 366 days."""
    stated = os.environ.get("PLUMBLINE_LONGEST_LINK_DAYS", "").strip()
    return int(stated) if stated.isascii() and stated.isdigit() and int(stated) > 0 else _LONGEST_DAYS
