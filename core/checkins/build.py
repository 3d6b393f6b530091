"""The whole check-in of a campaign, read in one snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.access import Action, require
from core.checkins.advice import advise
from core.checkins.goals import goal_statuses
from core.checkins.hygiene import export_alarms, find_alarms
from core.checkins.model import Change, CheckIn, Spending, Status
from core.checkins.records import held_check_ins, read_deviations
from core.checkins.standing import creator_standings
from core.checkins.videos import video_standings
from core.evidence.campaign import read_evidence
from core.evidence.plan import read_plan
from core.forecasts.build import forecast_of
from core.metrics.registry import METRICS
from core.scope import Scope, Traffic
from core.store.written import row_of
from core.units import Unit, write, write_day, write_money

if TYPE_CHECKING:
    from datetime import date

    from core.checkins.model import GoalStatus
    from core.checkins.records import Held
    from core.evidence.campaign import Evidence
    from core.evidence.plan import Plan
    from core.forecasts.model import Forecast, GoalForecast
    from core.store.engine import Store

AHEAD_POINTS = 0.15  # share of the budget that may be spent before its time


def build_check_in(store: Store, campaign_id: int, *, today: date) -> CheckIn:
    """Return how a campaign stands today.

    Args:
        store: an open store, as the person who asks uses it.
        campaign_id: the campaign.
        today: in the campaign's zone.

    Raises:
        PlumblineError: `not-allowed`, `no-campaign`.
    """
    require(store.principal, Action.READ, campaign_id)
    exports = export_alarms(store, campaign_id, today=today)
    seen = store.principal.campaign_ids
    with store.reading() as connection:
        plan = read_plan(connection, campaign_id)
        evidence = read_evidence(connection, plan, Scope(campaign_id=campaign_id), METRICS)
        ids = None if seen is None else sorted(seen)
        forecast = forecast_of(connection, evidence, today=today, campaign_ids=ids)
        budget = row_of(connection, "campaign", campaign_id, "campaign")["budget"]
        alarms = find_alarms(connection, evidence, today=today)
        held = held_check_ins(connection, campaign_id)
        is_locked, deviations = read_deviations(connection, evidence)
        videos = video_standings(connection, evidence, forecast.growth, campaign_ids=ids)
    goals = goal_statuses(forecast, first_day=plan.first_day, today=today)
    before = next((one for one in held if one.day < today), None)
    return CheckIn(
        campaign_id=campaign_id,
        name=plan.name,
        currency=plan.currency,
        today=today,
        first_day=plan.first_day,
        last_day=plan.last_day,
        headline=_headline(plan, goals, today, has_files=bool(evidence.sources.batches)),
        goals=goals,
        forecast=forecast,
        alarms=(*alarms, *exports),
        creators=creator_standings(evidence, today=today),
        videos=videos,
        spending=_spending(evidence, budget, today),
        changes=_changes(forecast, before, plan.currency),
        since=None if before is None else before.day,
        advice=advise(evidence, budget=budget, today=today),
        deviations=deviations,
        is_locked=is_locked,
        cautions=forecast.cautions,
    )


def _headline(plan: Plan, goals: tuple[GoalStatus, ...], today: date, *, has_files: bool) -> str:
    if today < plan.first_day:
        return f"It begins on {write_day(plan.first_day)}; there is nothing to check before."
    if not has_files:
        return "Nothing has been imported yet, so nothing can be checked: drop in the exports you have."
    if not goals:
        return "No goal is set, so nothing can be judged: set one metric that decides."
    primary = next((goal for goal in goals if goal.forecast.is_primary), goals[0])
    day = (today - plan.first_day).days + 1
    length = (plan.last_day - plan.first_day).days + 1
    when = f"Day {day} of {length}" if today <= plan.last_day else f"Ended on {write_day(plan.last_day)}"
    return f"{when}. {_WORDS[primary.status].format(goal=primary.forecast.metric.label)}"


_WORDS = {
    Status.ON_TRACK: "{goal} is on track.",
    Status.OPEN: "{goal} may or may not reach its target.",
    Status.AT_RISK: "{goal} will probably miss its target.",
    Status.TOO_EARLY: "It is too early to judge {goal}.",
    Status.MET: "{goal} reached its target.",
    Status.MISSED: "{goal} did not reach its target.",
    Status.NO_TARGET: "{goal} has no target, so it cannot be judged.",
    Status.NOT_KNOWN: "{goal} cannot be told yet.",
}


def _spending(evidence: Evidence, budget: int | None, today: date) -> Spending:
    """Return money beside time. Fees are agreed in full from the start, so only the rest has a pace."""
    plan, totals = evidence.plan, evidence.totals(Traffic.TOTAL)
    gone = (min(today, plan.last_day) - plan.first_day).days + 1
    time = max(0.0, gone / ((plan.last_day - plan.first_day).days + 1))
    spend, fees = totals.get("spend"), totals.get("fees") or 0.0
    free = None if budget is None else budget - fees
    paced = None if spend is None or not free or free <= 0 else (spend - fees) / free
    is_ahead = paced is not None and paced - time >= AHEAD_POINTS
    return Spending(
        spend=spend,
        budget=budget,
        share_spent=paced,
        share_time=time,
        is_ahead=is_ahead,
        sentence=" ".join(
            words
            for words in (_spent(spend, budget, plan.currency), _pace(paced, free, time, plan.currency))
            if words
        )
        + (" Spending is ahead of time." if is_ahead else ""),
    )


def _spent(spend: float | None, budget: int | None, currency: str) -> str:
    if spend is None:
        return "What was spent is not known: write down the fees, or import the ads report."
    money = write_money(spend, currency)
    if not budget:
        return f"{money} is spent or agreed; no budget is set to hold it against."
    return f"{money} of {write_money(budget, currency)} is spent or agreed ({spend / budget:.0%})."


def _pace(paced: float | None, free: float | None, time: float, currency: str) -> str:
    if paced is None or free is None:
        return ""
    rest = write_money(free, currency)
    return f"Of the {rest} beside the fees, {paced:.0%} is used with {time:.0%} of the days gone."


def _changes(forecast: Forecast, before: Held | None, currency: str) -> tuple[Change, ...]:
    if before is None:
        return ()
    shown: dict[str, GoalForecast] = {goal.metric.name: goal for goal in (*forecast.goals, forecast.views)}
    return tuple(_change(goal, before, currency) for goal in shown.values())


def _change(goal: GoalForecast, before: Held, currency: str) -> Change:
    was = before.figures.get(goal.metric.name)

    def one(value: float | None) -> str:
        return write(value, goal.metric.unit, currency=currency if goal.metric.unit is Unit.MONEY else "")

    label = goal.metric.label
    if was is None or goal.now is None:
        sentence = f"{label}: {one(was)} then, {one(goal.now)} now."
    elif was == goal.now:
        sentence = f"{label}: unchanged at {one(goal.now)}."
    else:
        word = "up" if goal.now > was else "down"
        sentence = f"{label}: {word} from {one(was)} to {one(goal.now)}."
    return Change(metric=goal.metric.name, label=label, before=was, now=goal.now, sentence=sentence)
