"""Promo codes and tagged links, and the forms by which people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationInfo, field_validator, model_validator

from core.entry.fields import UnreadableError, day_from
from core.entry.forms import Form
from core.keys import code_key
from core.units import day_of, write_day

if TYPE_CHECKING:
    from datetime import date

_VIDEO_ADDRESS = re.compile(r"/(?:video|photo|v)/(\d{5,24})")


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoCode:
    """A promo code and whose it is.

    Attributes:
        code: as written; `code_key` is how it is compared.
        is_sitewide: belongs to nobody, so its orders are credited to no creator.
        creator: name, '' for a sitewide code.
        first_day: first day it counts; None from the beginning.
        last_day: last day it counts; None without end.
        orders: orders in the imported files that carry it.
    """

    code_id: int
    code: str
    code_key: str
    is_sitewide: bool
    campaign_id: int | None
    creator_id: int | None
    creator: str
    handle: str
    video_id: str
    first_day: date | None
    last_day: date | None
    orders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownCode:
    """A code on orders that nobody has said whose it is.

    Attributes:
        written: the spelling met most.
        orders: orders that carry it.
        first_day: first day it was used.
        last_day: last day it was used.
        resembles: a known code that looks alike, '' for none; a hint, never taken silently.
    """

    code_key: str
    written: str
    orders: int
    first_day: date | None
    last_day: date | None
    resembles: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedCode:
    """A code that was unknown and is now a creator's.

    Attributes:
        code_id: the code.
        written: as it stands on the orders.
        first_day, last_day: the days on which it is the creator's, those of the campaign.
        orders_outside: orders with the code on other days; they are credited to nobody.
    """

    code_id: int
    written: str
    first_day: date
    last_day: date
    orders_outside: int

    @property
    def sentence(self) -> str:
        """Return from when to when the code counts, and what lies outside."""
        days = f"{write_day(self.first_day)} to {write_day(self.last_day)}"
        said = f"{self.written} counts from {days}, the days of the campaign."
        if not self.orders_outside:
            return said
        one = self.orders_outside == 1
        orders = "1 order" if one else f"{self.orders_outside:,} orders"
        stay = "stays out: change its days if it belongs"
        if not one:
            stay = "stay out: change its days if they belong"
        return f"{said} {orders} with it on other days {stay} to this campaign."


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingLink:
    """A tagged link of a creator and asset."""

    link_id: int
    campaign_id: int
    creator_id: int
    creator: str
    handle: str
    asset: str
    video_id: str
    url: str
    short_url: str
    landing_page: str
    link_key: str
    utm_source: str
    utm_medium: str
    utm_campaign: str
    utm_content: str
    utm_term: str


def read_video_id(value: str) -> str:
    """Return the id in a video's id or address."""
    met = _VIDEO_ADDRESS.search(value)
    number = met.group(1) if met else value
    if not re.fullmatch(r"[0-9]{5,24}", number):
        raise UnreadableError(
            "not-a-video",
            f'"{value}" is not the id or address of a video.',
            "Paste the address of the video.",
        )
    return number


class CodeForm(Form):
    """A promo code as typed; `creator_id` is filled in by the service.

    Attributes:
        is_sitewide: a code that belongs to nobody.
        first_day: '' counts from the beginning.
        last_day: '' counts without end.
    """

    code: Annotated[str, Field(title="Code", min_length=1, max_length=100)]
    is_sitewide: Annotated[bool, Field(title="Sitewide")] = False
    creator_id: Annotated[int | None, Field(title="Creator")] = None
    first_day: Annotated[int | None, Field(title="First day")] = None
    last_day: Annotated[int | None, Field(title="Last day")] = None
    video_id: Annotated[str, Field(title="Video")] = ""

    @field_validator("code")
    @classmethod
    def _code(cls, value: str) -> str:
        if not code_key(value):
            raise UnreadableError(
                "missing-field", f'"{value}" holds no sign that can be seen.', "Type the code again."
            )
        return value

    @field_validator("first_day", "last_day", mode="before")
    @classmethod
    def _day(cls, value: object) -> int | None:
        return day_from(value)

    @field_validator("last_day")
    @classmethod
    def _in_order(cls, value: int | None, info: ValidationInfo) -> int | None:
        first = info.data.get("first_day")
        if first is not None and value is not None and value < first:
            raise UnreadableError(
                "days-not-in-order",
                f'"{day_of(value)}" is before the first day, {day_of(first)}.',
                "Swap the two days.",
            )
        return value

    @field_validator("video_id")
    @classmethod
    def _video(cls, value: str) -> str:
        return read_video_id(value) if value else ""

    @model_validator(mode="after")
    def _whose(self) -> CodeForm:
        if self.is_sitewide == (self.creator_id is not None):
            raise UnreadableError(
                "no-owner" if not self.is_sitewide else "two-owners",
                f'It is not said whose "{self.code}" is.'
                if not self.is_sitewide
                else f'"{self.code}" cannot belong to a creator and be sitewide.',
                "Name a creator, or mark the code as sitewide.",
            )
        return self
