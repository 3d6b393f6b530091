"""Who may sign in, what each of them may do, and the forms by which an admin says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, field_validator, model_validator

from core.access import Role
from core.entry.fields import UnreadableError
from core.entry.forms import Form

if TYPE_CHECKING:
    from datetime import datetime

_ADDRESS = re.compile(r"[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """One right of a member.

    Attributes:
        right_id: what taking it away must name.
        role: viewer, editor or admin.
        brand_id: set where it covers the campaigns of one brand.
        campaign_id: set where it covers one campaign.
        covers: what it covers in words: everything, a brand's or a campaign's name.
    """

    right_id: int
    role: Role
    brand_id: int | None
    campaign_id: int | None
    covers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who may sign in.

    Attributes:
        email: lower case; for admins only.
        name: what others see and what the audit trail says.
        added_at: when they were put on the list, UTC.
        seen_at: when they last signed in, None if never.
        rights: the strongest first.
        is_named_in_configuration: whether PLUMBLINE_ADMIN names them, which no screen can undo.
    """

    member_id: int
    email: str
    name: str
    added_at: datetime
    seen_at: datetime | None
    rights: tuple[Right, ...]
    is_named_in_configuration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who can see a campaign: a name and how much they may do there."""

    name: str
    role: Role


def address_key(email: str) -> str:
    """Return an e-mail address as people are told apart by: lower case, without spaces around it."""
    return email.strip().lower()


class RightForm(Form):
    """A right as chosen: on everything, or on one brand, or on one campaign."""

    role: Annotated[Role, Field(title="Role")]
    brand_id: Annotated[int | None, Field(title="Brand")] = None
    campaign_id: Annotated[int | None, Field(title="Campaign")] = None

    @model_validator(mode="after")
    def _one_scope(self) -> Self:
        if self.brand_id is not None and self.campaign_id is not None:
            raise UnreadableError(
                "two-scopes", "A right covers a brand or a campaign, not both.", "Choose one of them."
            )
        if self.role is Role.ADMIN and (self.brand_id is not None or self.campaign_id is not None):
            raise UnreadableError(
                "admin-of-a-part",
                "An admin looks after people, backups and erasing, which concern everything.",
                "Make them an editor of this brand or campaign, or an admin of everything.",
            )
        return self


class MemberForm(RightForm):
    """A new member with their first right."""

    email: Annotated[str, Field(title="E-mail address", min_length=3, max_length=254)]
    name: Annotated[str, Field(title="Name", min_length=1, max_length=80)]

    @field_validator("email")
    @classmethod
    def _email(cls, value: str) -> str:
        if not _ADDRESS.fullmatch(value):
            raise UnreadableError(
                "not-an-address", f'"{value}" is not an e-mail address.', "Write it like mara@example.com."
            )
        return address_key(value)
