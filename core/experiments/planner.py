"""What a planned experiment can see before it starts, and what seeing more would cost."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from core.access import Action, may, require
from core.campaigns.plans import campaign_of
from core.entry.words import counted
from core.evidence.compared import counted_of, is_value
from core.evidence.outcomes import comparable_metrics, default_traffic, read_outcomes
from core.experiments.model import Design
from core.metrics.registry import BY_NAME
from core.statistics.luck import FalseAlarms, false_alarms_on_own_history
from core.statistics.planning import (
    RATE_OF_ACTING,
    RATE_OF_WATCHING,
    VIEWS,
    Spread,
    Usual,
    Way,
    cheapest_way,
    detectable_inside,
    detectable_whole,
    people_per_arm,
    spread_of_rates,
    spread_of_values,
)
from core.statistics.refused import Refused
from core.store.written import table
from core.units import write_money

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.metrics.model import Metric
    from core.store.engine import Store

MOST_USEFUL = 1.0  # a test that sees nothing below +100 % is not worth its videos
_WATCHING = frozenset({"hook_rate", "completion_rate", "view_rate_6s", "hold_rate", "view_through_rate",
                       "average_watch_seconds", "hold_rate_quarter"})  # fmt: skip
GRID_CREATORS = (4, 6, 8, 12, 20)
GRID_VIDEOS = (2, 4, 6, 8, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A metric of the team's past videos, one entry for each.

    Attributes:
        creators: whose.
        numerators: events, or the value.
        denominators: exposures; None for a value.
    """

    creators: tuple[int, ...]
    numerators: tuple[float, ...]
    denominators: tuple[float, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What so many creators and videos can see.

    Attributes:
        lift: smallest lift seen with 80 % power; infinite where nothing is.
    """

    creators: int
    videos_each: int
    lift: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a plan can see.

    Attributes:
        lift: smallest lift that it notices four times in five; infinite where none.
        sentence: that in words.
        source: where the spread between videos comes from, in words.
        has_own: it comes from the team's own videos.
        refusal: why such a test is not recommended; '' where it can be.
        grid: other sizes, for whole numbers of creators and videos.
        cheapest: the cheapest way to the wished lift, in words; '' where fees are not known.
    """

    lift: float
    sentence: str
    source: str
    has_own: bool
    refusal: str
    grid: tuple[Cell, ...]
    cheapest: str


def plan_outlook(
    store: Store,
    campaign_id: int,
    *,
    metric: str,
    design: Design,
    creators: int,
    videos_each: int,
    arms: int = 2,
    wished: float = 0.3,
    age: int = 7,
) -> Outlook:
    """Return what a plan can see, from the team's own history where there is enough of it.

    Args:
        store: where to read.
        campaign_id: the campaign, for its creators' fees.
        metric: the metric that decides.
        design: how versions are given out.
        creators: how many take part.
        videos_each: of each.
        arms: versions.
        wished: the lift that one would like to see, as a share.
        age: days at which videos are read.
    """
    require(store.principal, Action.READ, campaign_id)
    chosen = BY_NAME[metric]
    with store.reading() as connection:
        history = _history(store, connection, chosen, age)
        currency = campaign_of(connection, campaign_id).currency
        fees = _fees(connection, campaign_id, currency)
    spread = _spread(history)
    usual = (
        _usual(chosen) if isinstance(spread, Refused) else Usual(within=spread.within, between=spread.between)
    )
    lift = _detectable(design, creators, videos_each, arms, usual)
    return Outlook(
        lift=lift,
        sentence=_sentence(chosen, design, creators, videos_each, lift),
        source=_source(chosen, spread),
        has_own=not isinstance(spread, Refused),
        refusal=_refusal(chosen, lift, design),
        grid=tuple(
            Cell(creators=g, videos_each=v, lift=_detectable(design, g, v, arms, usual))
            for g in GRID_CREATORS
            for v in GRID_VIDEOS
            if v >= arms or design is Design.WHOLE_CREATORS
        ),
        cheapest=_cheapest(design, wished, usual, fees, currency=currency, arms=arms),
    )


def _detectable(design: Design, creators: int, videos_each: int, arms: int, usual: Usual) -> float:
    """Return the smallest lift that is noticed; with more arms each comparison has its share of videos."""
    if design is Design.WHOLE_CREATORS:
        return detectable_whole(creators // max(arms, 1), videos_each, usual)
    return detectable_inside(creators, videos_each * 2 / max(arms, 2), usual.within)


def _usual(metric: Metric) -> Usual:
    if metric.name == "views":
        return VIEWS
    return RATE_OF_WATCHING if metric.name in _WATCHING else RATE_OF_ACTING


def _spread(history: History) -> Spread | Refused:
    if history.denominators is None:
        return spread_of_values(history.creators, history.numerators)
    return spread_of_rates(history.creators, history.numerators, history.denominators)


def own_history(store: Store, campaign_id: int, metric: str, *, age: int = 7) -> History:
    """Return a metric of every past video that the reader may see, at one age."""
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        return _history(store, connection, BY_NAME[metric], age)


def _history(store: Store, connection: Connection, metric: Metric, age: int) -> History:
    plans = table("campaign")
    ids = [
        number
        for number in connection.execute(select(plans.c.id)).scalars()
        if may(store.principal, Action.READ, number)
    ]
    rows = read_outcomes(connection, (metric,), age, campaign_ids=ids, traffic=default_traffic(metric))
    known = [
        (row.creator_id, numerator, denominator)
        for row in rows
        for numerator, denominator in (counted_of(metric, row.counts),)
        if row.creator_id is not None and numerator is not None and (is_value(metric) or denominator)
    ]
    return History(
        creators=tuple(creator for creator, _, _ in known),
        numerators=tuple(numerator for _, numerator, _ in known),
        denominators=None if is_value(metric) else tuple(below or 0.0 for _, _, below in known),
    )


def _fees(connection: Connection, campaign_id: int, currency: str) -> tuple[int, ...]:
    """Return the fee for one video of each creator whose fee and number of videos are known."""
    rows = table("collaboration")
    query = select(rows.c.fee, rows.c.deliverables, rows.c.currency).where(rows.c.campaign_id == campaign_id)
    return tuple(
        round(row.fee / row.deliverables)
        for row in connection.execute(query)
        if row.fee and row.deliverables and row.currency in {"", currency}
    )


def _sentence(metric: Metric, design: Design, creators: int, videos_each: int, lift: float) -> str:
    name = metric.label.lower()
    if design is Design.AUDIENCE_SPLIT:
        return "How many people it takes depends on the share you have today: type it below."
    if design is Design.NOT_ASSIGNED:
        return "Nothing is given out by lot, so whatever shows is an association and never a proof."
    size = f"{counted(creators, 'creator')} and {counted(videos_each, 'video')} each"
    if math.isinf(lift):
        return f"With {size} nothing could be noticed at all."
    return (
        f"With {size} you would notice a better version only if it lifts {name} by about {lift:.0%} or more, "
        "four times in five. Smaller gains would look like luck."
    )


def _source(metric: Metric, spread: Spread | Refused) -> str:
    if isinstance(spread, Refused):
        return f"{spread.sentence} The plan uses figures from public videos until then."
    return (
        f"From your own {counted(spread.videos, 'video')} of {counted(spread.creators, 'creator')}: "
        f"one creator's videos differ by a factor of about {math.exp(spread.within):.1f} "
        f"in {metric.label.lower()}."
    )


def _refusal(metric: Metric, lift: float, design: Design) -> str:
    if design in {Design.AUDIENCE_SPLIT, Design.NOT_ASSIGNED}:
        return ""
    if metric.name == "views":
        seen = (
            ""
            if math.isinf(lift)
            else f" With this plan it would have to lift them by {lift:.0%} to be noticed."
        )
        return (
            "A test on views is not recommended: views of one creator's videos differ so much by chance that "
            f"only a huge difference would show.{seen} Test a rate, such as clicks or engagements per view."
        )
    if lift > MOST_USEFUL:
        seen = "nothing" if math.isinf(lift) else f"only a lift of {lift:.0%} or more"
        return f"This plan is too small: it could see {seen}. Add creators first, then videos."
    return ""


def _cheapest(
    design: Design,
    wished: float,
    usual: Usual,
    fees: Sequence[int],
    *,
    currency: str,
    arms: int,
) -> str:
    if design is not Design.INSIDE_CREATORS:
        return ""
    if len(fees) < 4:
        return "The cheapest way can be shown when at least four creators have a fee and a number of videos."
    way = cheapest_way(wished, usual.within, list(fees), arms=arms)
    if not isinstance(way, Way):
        return way.text
    cost = write_money(way.cost_minor, currency)
    return (
        f"The cheapest way to see a lift of {wished:.0%} with your creators' fees: the "
        f"{counted(len(way.creators), 'creator')} with the lowest fees, {way.videos_each} videos each, "
        f"{cost}."
    )


def people_needed(today: float, wished: float) -> str:
    """Return how many people each version of an audience split needs, in words.

    Args:
        today: share of people who do it today, 0 to 1.
        wished: the lift to see, as a share.
    """
    found = people_per_arm(today, today * (1 + wished))
    if isinstance(found, Refused):
        return found.text
    return (
        f"Each version needs about {found:,} people to see {today:.2%} rise to {today * (1 + wished):.2%}, "
        "four times in five."
    )


def try_on_history(
    history: History, *, redraws: int = 1000, on_progress: Callable[[float], None] | None = None
) -> FalseAlarms | Refused:
    """Return how often the method cries “winner” on old videos where nothing was tested.

    Args:
        history: the team's own videos.
        redraws: imaginary tests.
        on_progress: called with the share done, 0 to 1.
    """
    return false_alarms_on_own_history(
        history.creators, history.numerators, history.denominators, redraws=redraws, on_progress=on_progress
    )


def false_alarm_words(found: FalseAlarms | Refused) -> str:
    """Return what the trial on one's own videos showed, in words."""
    if isinstance(found, Refused):
        return found.text
    pooled = (
        ""
        if found.pooled_share is None
        else " Counting every view as a separate person, as most tools do, would have named one in "
        f"{found.pooled_share:.0%} of them."
    )
    return (
        f"In {found.redraws:,} imaginary tests on your own {counted(found.videos, 'video')}, where no "
        f"version differed, this method named a winner in {found.share:.1%} ({found.low:.1%} to "
        f"{found.high:.1%}); "
        f"it should be about 5%.{pooled}"
    )


def metrics_to_choose() -> tuple[Metric, ...]:
    """Return the metrics an experiment can be read by, rates that creators can move first, views last."""
    first = ("link_click_rate", "session_rate", "engagement_rate", "save_rate", "share_rate", "comment_rate")
    order = {name: place for place, name in enumerate(first)}
    claimed = {"tiktok_cvr", "click_cvr_claimed", "engagement_rate_by_impressions"}
    found = [metric for metric in comparable_metrics() if metric.name not in claimed]
    return tuple(
        sorted(found, key=lambda metric: (metric.name == "views", order.get(metric.name, len(order))))
    )
