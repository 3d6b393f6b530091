"""What a check-in says: frozen results, numbers and words together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from core.forecasts.model import Forecast, GoalForecast


class Status(StrEnum):
    """How a goal stands, from the chance of reaching it."""

    ON_TRACK = "on track"  # 3 chances in 4 or more
    OPEN = "open"
    AT_RISK = "at risk"  # fewer than 1 chance in 4
    TOO_EARLY = "too early to say"
    MET = "met"
    MISSED = "missed"
    NO_TARGET = "no target"
    NOT_KNOWN = "not known"


class Flag(StrEnum):
    """How a creator or video stands out."""

    EARLY_WINNER = "early winner"
    AT_RISK = "at risk"
    TOO_EARLY = "too early to say"
    AS_USUAL = "as the others"


class Choice(StrEnum):
    """What a team does after a check-in."""

    KEEP = "keep"
    SHIFT = "shift"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalStatus:
    """A goal with its status.

    Attributes:
        forecast: where it stands and will end.
        status: from the chance of reaching it.
        sentence: status and forecast in words.
    """

    forecast: GoalForecast
    status: Status
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that is missing or broken, and what to do about it.

    Attributes:
        code: stable kebab-case name.
        sentence: what is wrong.
        fix: what to do.
        page: name of the page where that is done, '' where it is done elsewhere.
        message: text to send to a creator, '' where nothing is to be sent.
    """

    code: str
    sentence: str
    fix: str
    page: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a creator stands among those of the campaign.

    Attributes:
        creator_id, name: who.
        flag: whether they stand out, and only past the minimum age and data.
        orders: credited so far; None where not known.
        spend: minor units so far; None where not known.
        low, high: cost per order, 9 times in 10 between these (minor units); None where not known.
        age: days since the first video; None where none is dated.
        sentence: the same in words.
    """

    creator_id: int
    name: str
    flag: Flag
    orders: float | None
    spend: float | None
    low: float | None
    high: float | None
    age: int | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoStanding:
    """A video that stands out among its creator's videos.

    Attributes:
        video_id: TikTok's id.
        name: the creator.
        caption: its first words, as typed.
        flag: early winner or at risk.
        views: counted so far.
        age: days, at the newest snapshot.
        sentence: the same in words.
    """

    video_id: str
    name: str
    caption: str
    flag: Flag
    views: float
    age: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """Money and results side by side.

    Attributes:
        spend, budget: minor units; None where not known.
        share_spent: of the budget beside the fees, 0 to 1; None where not known.
        share_time: of the campaign's days, 0 to 1.
        is_ahead: 15 points or more of that are spent before their time.
        sentence: the same in words.
    """

    spend: float | None
    budget: int | None
    share_spent: float | None
    share_time: float | None
    is_ahead: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A figure now and at the check-in before."""

    metric: str
    label: str
    before: float | None
    now: float | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What could be changed: never more than one thing, and always with the choice to keep the plan.

    Attributes:
        is_shift: a shift is suggested; False says why the plan is to be kept.
        giver, taker: names; '' without a shift.
        amount: minor units to move; 0 without a shift.
        gain, low, high: further orders to expect, 8 times in 10 between the ends; None without a shift.
        chance: that the taker really brings orders for less; None without a shift.
        sentence: the same in words.
    """

    is_shift: bool
    sentence: str
    giver: str = ""
    taker: str = ""
    amount: int = 0
    gain: float | None = None
    low: float | None = None
    high: float | None = None
    chance: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One look at a running campaign.

    Attributes:
        campaign_id, name, currency: which campaign.
        today, first_day, last_day: its days.
        headline: the campaign in one sentence.
        goals: the primary goal first.
        forecast: what they stand on.
        alarms: what is missing or broken, the most pressing first.
        creators: those who stand out first.
        videos: only those that stand out.
        spending: money and results side by side.
        changes: since the check-in before; empty without one.
        since: day of the check-in before; None for the first.
        advice: what could be changed.
        deviations: how today's plan differs from the locked one.
        is_locked: the measurement plan is locked.
        cautions: what limits all this.
    """

    campaign_id: int
    name: str
    currency: str
    today: date
    first_day: date
    last_day: date
    headline: str
    goals: tuple[GoalStatus, ...]
    forecast: Forecast
    alarms: tuple[Alarm, ...]
    creators: tuple[Standing, ...]
    videos: tuple[VideoStanding, ...]
    spending: Spending
    changes: tuple[Change, ...]
    since: date | None
    advice: Advice
    deviations: tuple[str, ...]
    is_locked: bool
    cautions: tuple[str, ...]
