"""From the chance of a goal to its status, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.checkins.model import GoalStatus, Status

if TYPE_CHECKING:
    from datetime import date

    from core.forecasts.model import Forecast, GoalForecast

ON_TRACK, AT_RISK = 0.75, 0.25
GRACE_DAYS = 3  # after the first day nothing is judged yet


def goal_statuses(forecast: Forecast, *, first_day: date, today: date) -> tuple[GoalStatus, ...]:
    """Return each goal with its status."""
    is_early = (today - first_day).days < GRACE_DAYS
    return tuple(_with_status(goal, is_early=is_early) for goal in forecast.goals)


def _with_status(goal: GoalForecast, *, is_early: bool) -> GoalStatus:
    status = _status(goal, is_early=is_early)
    lead = (
        "" if status in {Status.NO_TARGET, Status.NOT_KNOWN} or goal.is_settled else f"{_capital(status)}. "
    )
    return GoalStatus(forecast=goal, status=status, sentence=f"{lead}{goal.sentence}")


def _status(goal: GoalForecast, *, is_early: bool) -> Status:
    if goal.target is None:
        return Status.NO_TARGET
    if goal.chance is None:
        return Status.NOT_KNOWN
    if goal.is_settled:
        return Status.MET if goal.chance >= 1 else Status.MISSED
    if is_early:
        return Status.TOO_EARLY
    if goal.chance >= ON_TRACK:
        return Status.ON_TRACK
    return Status.AT_RISK if goal.chance < AT_RISK else Status.OPEN


def _capital(status: Status) -> str:
    return status.value[:1].upper() + status.value[1:]
