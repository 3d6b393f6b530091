"""Creators as people keep them: who, how large, under which handles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from babel import Locale
from pydantic import Field, ValidationInfo, field_validator

from core.entry.fields import UnreadableError, day_from, read_count
from core.entry.forms import Form
from core.keys import handle_key

if TYPE_CHECKING:
    from datetime import date

_COUNTRIES: dict[str, str] = {
    name.casefold(): code
    for code, name in Locale("en").territories.items()
    if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"}
}
_CODES = frozenset(_COUNTRIES.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Creator:
    """One person or account.

    Attributes:
        handles: lower case without @, the main one first.
        followers: the newest typed count; None where none was typed.
        followers_day: the day of that count.
        version: what an edit must name.
    """

    creator_id: int
    name: str
    niche: str
    country: str
    notes: str
    handles: tuple[str, ...]
    followers: int | None
    followers_day: date | None
    campaigns: int
    version: int

    @property
    def handle(self) -> str:
        """Return the main handle, '' where none is known."""
        return self.handles[0] if self.handles else ""


def read_handle(value: str) -> str:
    """Return the handle in a text, lower case without @."""
    handle = handle_key(value)
    if not handle:
        raise UnreadableError(
            "not-a-handle",
            f'"{value}" is not a TikTok handle.',
            "Write it like @name, or paste the address of the profile.",
        )
    return handle


def read_country(value: str) -> str:
    """Return the two-letter code of a country given by code or English name."""
    code = _COUNTRIES.get(value.casefold(), value.upper())
    code = {"UK": "GB"}.get(code, code)
    if code not in _CODES:
        raise UnreadableError(
            "not-a-country", f'"{value}" is not a country we know.', "Write two letters, like DE or US."
        )
    return code


class CreatorForm(Form):
    """A creator as typed.

    Attributes:
        handle: the main handle, or the address of the profile.
        name: '' takes the handle.
        followers: typed, for instance `12.4k`; kept with `followers_day`.
        followers_day: '' takes today, which the service fills in.
    """

    handle: Annotated[str, Field(title="Handle", min_length=1, max_length=200)]
    name: Annotated[str, Field(title="Name", max_length=120)] = ""
    followers: Annotated[int | None, Field(title="Followers")] = None
    followers_day: Annotated[int | None, Field(title="Followers on")] = None
    niche: Annotated[str, Field(title="Niche", max_length=80)] = ""
    country: Annotated[str, Field(title="Country")] = ""
    notes: Annotated[str, Field(title="Notes", max_length=4000)] = ""

    @field_validator("handle")
    @classmethod
    def _handle(cls, value: str) -> str:
        return read_handle(value)

    @field_validator("country")
    @classmethod
    def _country(cls, value: str) -> str:
        return read_country(value) if value else ""

    @field_validator("followers", mode="before")
    @classmethod
    def _followers(cls, value: object) -> int:
        return read_count(f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value))

    @field_validator("followers_day", mode="before")
    @classmethod
    def _day(cls, value: object) -> int | None:
        return day_from(value)

    @field_validator("followers_day")
    @classmethod
    def _has_count(cls, value: int | None, info: ValidationInfo) -> int | None:
        if value is not None and "followers" in info.data and info.data["followers"] is None:
            raise UnreadableError(
                "missing-field", "A day is given but no follower count.", "Fill in both, or neither."
            )
        return value
