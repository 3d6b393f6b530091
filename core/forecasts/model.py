"""What a forecast says: frozen results, numbers and words together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from core.metrics.model import Metric
    from core.statistics.growth import Growth


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """One day of the way to the horizon.

    Attributes:
        day: the day.
        counted: what was known on that day; None after the newest export.
        low, middle, high: the range that holds nine of ten; None up to the newest export.
    """

    day: date
    counted: float | None = None
    low: float | None = None
    middle: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalForecast:
    """One goal: where it stands, where it will end, and how likely the target is.

    Attributes:
        metric: what is counted.
        is_primary: the campaign is judged by it first of all.
        target: in the metric's unit (money in minor units); None where none was set.
        now: what is known; None where it is not.
        low, middle, high: at the horizon, nine times in ten between the ends; None where it cannot be told.
        chance: of reaching the target, 0 to 1; None without a target or a range.
        per_remaining_video: what each video still to come would have to bring; None where that
            makes no sense.
        usual_per_video: what a finished video of these creators usually brings; None where not known.
        is_settled: the horizon is behind us, so that `now` is final.
        sentence: the forecast in one or two plain sentences.
        why_not: a sentence where no range can be given.
    """

    metric: Metric
    is_primary: bool
    target: float | None
    now: float | None
    low: float | None = None
    middle: float | None = None
    high: float | None = None
    chance: float | None = None
    per_remaining_video: float | None = None
    usual_per_video: float | None = None
    is_settled: bool = False
    sentence: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """How late orders come in, and how complete the last week is.

    Attributes:
        share: expected share of the last week's orders that is in; None below the minimum.
        low, high: the range that holds nine of ten.
        matured: orders whose click or video is old enough to learn from.
        sentence: the same in words.
    """

    share: float | None
    low: float | None
    high: float | None
    matured: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A campaign's forecast.

    Attributes:
        campaign: its name.
        currency: of its money.
        as_of: day of the newest export; None without one.
        horizon: the day the forecast is for.
        growth: of views with age, as it was learnt.
        is_own_growth: growth was learnt from the account's own finished videos.
        finished: how many of those there are.
        running: videos that are out and counted.
        undated: videos that are counted but whose age is not known: they are taken as they stand.
        coming: videos that are agreed and not out yet.
        goals: in the order of the plan.
        fan: total views day by day.
        views: the same as a goal would have it, whether it is one or not.
        arrivals: how late orders come in.
        cautions: what limits the forecast, each one sentence.
    """

    campaign: str
    currency: str
    as_of: date | None
    horizon: date
    growth: Growth
    is_own_growth: bool
    finished: int
    running: int
    undated: int
    coming: int
    goals: tuple[GoalForecast, ...]
    fan: tuple[Fan, ...]
    views: GoalForecast
    arrivals: Arrivals
    cautions: tuple[str, ...]
