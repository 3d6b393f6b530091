"""A creator's own card: without the others, without what the team thinks, without money unless allowed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.scorecards.words import reading_sentence
from core.units import Unit

if TYPE_CHECKING:
    from datetime import date

    from core.metrics.model import Metric
    from core.scope import Traffic
    from core.scorecards.model import Estimate, Fact, Reading, Scorecard


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatorView:
    """What a creator may see of the own card.

    Attributes:
        name, handle: the creator's own.
        campaign, brand: what it was for.
        reading, reading_words: how many videos were read, and at which age.
        estimates: own estimates; of peers only what is usual among at least 8, never a name.
        facts: figures as counted.
        ask: which exports are missing, as a text to read; '' where nothing is.
    """

    name: str
    handle: str
    campaign: str
    brand: str
    first_day: date
    last_day: date
    age: int
    traffic: Traffic
    reading: Reading
    reading_words: str
    estimates: tuple[Estimate, ...]
    facts: tuple[Fact, ...]
    ask: str


def is_about_money(metric: Metric) -> bool:
    """Return whether a metric tells amounts, or what somebody was paid or earned."""
    return metric.unit is Unit.MONEY or any(measure.unit is Unit.MONEY for measure in metric.measures)


def creator_view(card: Scorecard, *, show_money: bool = False) -> CreatorView:
    """Return the card as its creator may see it.

    Ratings, decisions, advice, fee corridor and fees are left out in any case.

    Args:
        card: of `build_scorecard`.
        show_money: also show costs, revenue and what follows from them.
    """
    header = card.header
    assert header is not None  # noqa: S101  (every card that is built has one)

    def may_show(metric: Metric) -> bool:
        return show_money or not is_about_money(metric)

    return CreatorView(
        name=card.name,
        handle=card.handle,
        campaign=header.campaign,
        brand=header.brand,
        first_day=header.first_day,
        last_day=header.last_day,
        age=header.age,
        traffic=header.traffic,
        reading=card.reading,
        reading_words=reading_sentence(card.reading, header.age),
        estimates=tuple(
            replace(one, quantiles=()) for one in card.estimates.values() if may_show(one.metric)
        ),
        facts=tuple(fact for fact in card.facts if may_show(fact.metric)),
        ask="" if card.ask is None else card.ask.message,
    )
