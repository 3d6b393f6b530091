"""The sentences of a forecast: a range and a chance, never a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.metrics.model import Better
from core.statistics.growth import FEWEST_FINISHED, FINISHED_AGE
from core.statistics.maturity import FEWEST_MATURED
from core.units import Unit, write, write_day

if TYPE_CHECKING:
    from datetime import date

    from core.evidence.campaign import Evidence
    from core.forecasts.model import GoalForecast
    from core.forecasts.reading import Material
    from core.statistics.maturity import Completeness


def chance_words(chance: float) -> str:
    """Return a chance as people say it, for instance `about 3 chances in 10`; never certain."""
    if chance >= 0.975:
        return "more than 97 chances in 100"
    if chance < 0.025:
        return "fewer than 3 chances in 100"
    tenths = round(chance * 10)
    if tenths in {0, 10}:
        return f"about {round(chance * 100)} chances in 100"
    return f"about {tenths} {'chance' if tenths == 1 else 'chances'} in 10"


def goal_sentence(goal: GoalForecast, currency: str, horizon: date, newest: date | None) -> str:
    """Return how a goal stands and where it will end; `newest` is the day of the newest export."""
    name = goal.metric.label

    def one(value: float | None) -> str:
        return write(value, goal.metric.unit, currency=currency if goal.metric.unit is Unit.MONEY else "")

    target = "" if goal.target is None else one(goal.target)
    if goal.is_settled:
        return _settled(name, one(goal.now), target, goal, newest)
    if goal.low is None or goal.high is None:
        stands = "nothing is known yet" if goal.now is None else f"{one(goal.now)} so far"
        return f"{name}: {stands}. {goal.why_not}".strip()
    by = f"by {write_day(horizon)}"
    between = f"between {one(goal.low)} and {one(goal.high)}"
    ahead = f"If nothing changes, {_small(name)} will be {between} {by} (9 chances in 10)."
    if goal.chance is None or not target:
        return f"{ahead} No target is set."
    word = "at most" if goal.metric.better is Better.LOWER else "at least"
    return f"{ahead} {word.capitalize()} {target}: {chance_words(goal.chance)}.{_needed(goal)}"


def _small(label: str) -> str:
    """Return a label for the middle of a sentence; an abbreviation keeps its capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _settled(name: str, now: str, target: str, goal: GoalForecast, newest: date | None) -> str:
    if goal.now is None:
        return f"{name}: nothing is known."
    source = "" if newest is None else f" in the newest export, from {write_day(newest)}"
    if not target:
        return f"{name} came to {now}{source}; no target was set."
    return f"{name} came to {now}{source}: the target of {target} was {'' if goal.chance else 'not '}met."


def _needed(goal: GoalForecast) -> str:
    if goal.per_remaining_video is None:
        return ""
    each = write(goal.per_remaining_video, Unit.COUNT)
    usual = (
        ""
        if goal.usual_per_video is None
        else f"; a finished video here usually has {write(goal.usual_per_video, Unit.COUNT)}"
    )
    return f" Each video still to come would need {each} views{usual}."


def arrivals_sentence(found: Completeness | None, matured: int, *, window: int | None) -> str:
    """Return how complete the last week's orders are, in words.

    Args:
        found: None where it cannot be told.
        matured: orders that could be learnt from.
        window: days of the credit window where all of it is over; None while orders may still come.
    """
    if window is not None:
        return f"Every order within {window} days of a click or video has had its time."
    if found is None:
        return (
            f"Not mature: to tell how late orders come, {FEWEST_MATURED} older orders with a known click or "
            f"video are needed, and {matured} are here. The last 7 days will still grow."
        )
    share, low, high = (round(100 * part) for part in (found.share, found.low, found.high))
    return (
        f"Of the orders that the last 7 days' clicks and videos will bring, about {share}% are in "
        f"({low}% to {high}%), judging by {found.matured} earlier orders."
    )


def cautions_of(evidence: Evidence, material: Material, *, today: date) -> tuple[str, ...]:
    """Return what limits the forecast, each one sentence."""
    found = []
    if today < evidence.plan.first_day:
        found.append("The campaign has not begun: this is what its plan alone lets one expect.")
    if not material.growth.is_own:
        found.append(
            f"A typical account, not yours: {FEWEST_FINISHED} videos of {FINISHED_AGE} days or more are "
            f"needed, {material.growth.finished} are here. Published curves stand in, and the range is wide."
        )
    if material.undated:
        found.append(
            f"{_videos(material.undated)} without a posting day counted as they stand, without growth."
        )
    open_slots = sum(max((one.deliverables or 0), 0) for one in evidence.plan.partners)
    if not open_slots:
        found.append(
            "How many videos are agreed is not written down, so none are expected beyond those that are out."
        )
    if material.overdue:
        found.append(f"{_videos(material.overdue)} agreed and never seen; none are expected any more.")
    if evidence.fee_gap:
        found.append("A fee is in another currency, so costs are left out of the forecast.")
    return tuple(found)


def _videos(count: int) -> str:
    return "1 video is" if count == 1 else f"{count} videos are"
