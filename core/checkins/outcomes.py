"""How an earlier choice turned out: what was suggested, what was done, and the goal then and now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.checkins.model import Choice
from core.units import Unit, write

if TYPE_CHECKING:
    from core.checkins.model import CheckIn
    from core.checkins.records import Held

_DONE = {
    Choice.KEEP: "the plan was kept",
    Choice.SHIFT: "the shift was made",
    Choice.OTHER: "something else was done",
}


def how_it_went(held: Held, check_in: CheckIn) -> str:
    """Return an earlier check-in's choice beside how the goal that decides went since, in words.

    Two figures beside each other are no proof that the one came of the other; it says so.
    """
    done = f"Suggested then: {held.suggested} Then {_DONE[held.choice]}." if held.suggested else ""
    goal = next((one.forecast for one in check_in.goals if one.forecast.is_primary), None)
    before = None if goal is None else held.figures.get(goal.metric.name)
    if goal is None or before is None or goal.now is None or held.day >= check_in.today:
        return done
    money = check_in.currency if goal.metric.unit is Unit.MONEY else ""
    was, is_now = (write(value, goal.metric.unit, currency=money) for value in (before, goal.now))
    days = (check_in.today - held.day).days
    since = f"{goal.metric.label}: {was} then, {is_now} {days} {'day' if days == 1 else 'days'} later"
    return f"{done} {since}; what else changed meanwhile is in it too.".strip()
