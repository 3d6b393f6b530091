"""What a plan is made of, and the forms by which people write it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated
from zoneinfo import available_timezones

from babel.numbers import list_currencies
from pydantic import Field, ValidationInfo, field_validator

from core.entry.fields import UnreadableError, day_from, read_amount
from core.entry.forms import Form
from core.metrics.model import Stage
from core.units import day_of

if TYPE_CHECKING:
    from datetime import date


_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


# ------------------------------------------------------------- what comes out


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """Who runs campaigns.

    Attributes:
        brand_id: its id.
        name: as people call it.
        currency: what new campaigns start with, '' where not stated.
        zone: what new campaigns start with.
        campaigns: how many campaigns it has.
    """

    brand_id: int
    name: str
    currency: str
    zone: str
    campaigns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A metric that a campaign is judged by.

    Attributes:
        metric: name of the metric.
        is_primary: whether it is the one that decides.
        target: in the metric's own unit (money in minor units, shares 0 to 1); None where none is set.
    """

    metric: str
    is_primary: bool
    target: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One campaign as planned.

    Attributes:
        budget: minor units of the currency; None where not stated.
        goals: the primary metric first.
        version: what an edit must name.
    """

    campaign_id: int
    brand_id: int
    brand: str
    code: str
    name: str
    first_day: date
    last_day: date
    zone: str
    currency: str
    budget: int | None
    objective: Stage
    vertical: str
    owner: str
    notes: str
    click_window_days: int
    is_sample: bool
    version: int
    goals: tuple[Goal, ...]

    @property
    def primary(self) -> Goal | None:
        """Return the goal that decides, None where none is set."""
        return next((goal for goal in self.goals if goal.is_primary), None)


class Vertical(StrEnum):
    """What is sold, which says how long people take to buy."""

    IMPULSE = "impulse"
    GENERAL = "general"
    APP = "app"
    CONSIDERED = "considered"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerticalPreset:
    """A starting point for the credit window, always editable.

    Attributes:
        vertical: its name.
        label: in words.
        click_window_days: days after a tagged click in which an order counts.
        reason: why, in one sentence.
    """

    vertical: Vertical
    label: str
    click_window_days: int
    reason: str


VERTICALS: tuple[VerticalPreset, ...] = (
    VerticalPreset(
        vertical=Vertical.IMPULSE,
        label="Beauty, fashion, food",
        click_window_days=7,
        reason="People decide within days.",
    ),
    VerticalPreset(
        vertical=Vertical.GENERAL,
        label="General shop",
        click_window_days=30,
        reason="Most orders come within a month.",
    ),
    VerticalPreset(
        vertical=Vertical.APP,
        label="Fitness and app subscription",
        click_window_days=30,
        reason="Installs come within a month; give a paid plan 60 days if that is what you measure.",
    ),
    VerticalPreset(
        vertical=Vertical.CONSIDERED,
        label="Finance, business, furniture",
        click_window_days=90,
        reason="People compare for weeks.",
    ),
)
"""Our own judgement, to be checked against how long the brand's own buyers take."""


# ------------------------------------------------------------- forms


def read_zone(value: str) -> str:
    """Return the time zone's name as the zone database writes it."""
    by_name = {name.casefold(): name for name in available_timezones()}
    zone = by_name.get(value.casefold().replace(" ", "_"))
    if zone is None:
        raise UnreadableError(
            "not-a-zone",
            f'"{value}" is not a time zone that we know.',
            "Write it like Europe/Berlin or America/New_York.",
        )
    return zone


def read_currency(value: str) -> str:
    """Return the ISO code of a currency."""
    code = value.upper()
    if code not in list_currencies():
        raise UnreadableError(
            "not-a-currency", f'"{value}" is not a currency code.', "Write three letters, like USD or EUR."
        )
    return code


def suggest_code(name: str) -> str:
    """Return a campaign code made of a name, for instance `spring-2026`; '' where nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")


class BrandForm(Form):
    """A brand as typed."""

    name: Annotated[str, Field(title="Brand name", min_length=1, max_length=80)]
    currency: Annotated[str, Field(title="Currency")] = ""
    zone: Annotated[str, Field(title="Time zone")] = "UTC"

    @field_validator("currency")
    @classmethod
    def _currency(cls, value: str) -> str:
        return read_currency(value) if value else ""

    @field_validator("zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        return read_zone(value or "UTC")


class CampaignForm(Form):
    """A campaign as typed; the goals are read against the metrics by the service.

    Attributes:
        budget: text in the writer's own writing; becomes minor units, None where empty.
        first_day: a date or a typed day; becomes a day number, as does last_day.
        primary_target: typed, '' for none.
        secondary: metric name -> typed target, '' for none.
        click_window_days: None takes what the vertical suggests.
        reason: why the goals change after the start; kept as a note.
    """

    brand_id: Annotated[int, Field(title="Brand")]
    name: Annotated[str, Field(title="Campaign name", min_length=1, max_length=120)]
    code: Annotated[str, Field(title="Campaign code", min_length=1, max_length=40)]
    first_day: Annotated[int, Field(title="First day")]
    last_day: Annotated[int, Field(title="Last day")]
    zone: Annotated[str, Field(title="Time zone")] = "UTC"
    currency: Annotated[str, Field(title="Currency", min_length=1)]
    budget: Annotated[int | None, Field(title="Budget")] = None
    objective: Annotated[Stage, Field(title="Objective")]
    primary_metric: Annotated[str, Field(title="Primary metric", min_length=1)]
    primary_target: Annotated[str, Field(title="Primary target")] = ""
    secondary: Annotated[dict[str, str], Field(title="Secondary metrics")]
    vertical: Annotated[Vertical | None, Field(title="What is sold")] = None
    click_window_days: Annotated[int | None, Field(title="Credit window in days", ge=1, le=365)] = None
    owner: Annotated[str, Field(title="Owner", max_length=80)] = ""
    notes: Annotated[str, Field(title="Notes", max_length=4000)] = ""
    reason: Annotated[str, Field(title="Reason for changing the goals", max_length=1000)] = ""

    @field_validator("code")
    @classmethod
    def _code(cls, value: str) -> str:
        if _CODE.fullmatch(value):
            return value
        suggestion = suggest_code(value)
        fix = "Use small letters, digits and single hyphens"
        raise UnreadableError(
            "not-a-campaign-code",
            f'"{value}" cannot be used in links and file names.',
            f"{fix}, for instance {suggestion}." if suggestion else f"{fix}.",
        )

    @field_validator("first_day", "last_day", mode="before")
    @classmethod
    def _day(cls, value: object) -> int | None:
        return day_from(value)

    @field_validator("last_day")
    @classmethod
    def _in_order(cls, value: int, info: ValidationInfo) -> int:
        first = info.data.get("first_day")
        if first is not None and value < first:
            raise UnreadableError(
                "days-not-in-order",
                f'"{day_of(value)}" is before the first day, {day_of(first)}.',
                "Choose a last day on or after the first.",
            )
        if first is not None and value - first > 3660:
            raise UnreadableError(
                "too-long", "The campaign lasts more than ten years.", "Check the years of both days."
            )
        return value

    @field_validator("zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        return read_zone(value or "UTC")

    @field_validator("currency")
    @classmethod
    def _currency(cls, value: str) -> str:
        return read_currency(value)

    @field_validator("budget", mode="before")
    @classmethod
    def _budget(cls, value: object, info: ValidationInfo) -> int | None:
        text = str(value).strip() if value is not None else ""
        currency = info.data.get("currency")
        return read_amount(text, currency) if text and currency else None

    @field_validator("vertical", mode="before")
    @classmethod
    def _vertical(cls, value: object) -> object:
        return value or None


class NoteForm(Form):
    """A decision or remark as typed."""

    stage: Annotated[Stage | None, Field(title="Stage")] = None
    kind: Annotated[str, Field(title="Kind", pattern="^(decision|remark|goal change)$")] = "decision"
    text: Annotated[str, Field(title="Text", min_length=1, max_length=4000)]


class RateForm(Form):
    """An exchange rate as typed: one unit of `currency` is `rate` units of `into`."""

    currency: Annotated[str, Field(title="From currency", min_length=1)]
    into: Annotated[str, Field(title="Into currency", min_length=1)]
    day: Annotated[int, Field(title="Holds from")]
    rate: Annotated[float, Field(title="Rate", gt=0, lt=1e9)]

    @field_validator("currency", "into")
    @classmethod
    def _currency(cls, value: str) -> str:
        return read_currency(value)

    @field_validator("into")
    @classmethod
    def _other(cls, value: str, info: ValidationInfo) -> str:
        if value == info.data.get("currency"):
            raise UnreadableError(
                "same-currency", f"Both currencies are {value}.", "Choose two different ones."
            )
        return value

    @field_validator("day", mode="before")
    @classmethod
    def _day(cls, value: object) -> int | None:
        return day_from(value)
