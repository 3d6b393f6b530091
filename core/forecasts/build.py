"""The forecast of a campaign, from its videos' growth to the chance of each goal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import text

from core.access import Action, require
from core.evidence.campaign import read_evidence
from core.evidence.plan import read_plan
from core.evidence.quotients import campaign_quotient
from core.forecasts.measures import UntoldError, metric_draws, spend_draws
from core.forecasts.model import Arrivals, Fan, Forecast, GoalForecast
from core.forecasts.reading import Material, read_delays, read_material
from core.forecasts.words import arrivals_sentence, cautions_of, goal_sentence
from core.metrics import awareness
from core.metrics.model import Better
from core.metrics.registry import BY_NAME, METRICS
from core.scope import Scope, Traffic
from core.statistics.growth import Outlook, outlook_of, simulate_total
from core.statistics.maturity import completeness, matured_conversions
from core.units import day_number, day_of

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray
    from sqlalchemy import Connection

    from core.evidence.campaign import Evidence
    from core.evidence.plan import Plan
    from core.metrics.model import Metric
    from core.store.engine import Store

    Floats = NDArray[np.float64]

DRAWS = 4_000
AFTER = 28  # days after its last day in which a campaign's videos still grow
_FAN_POINTS = 12
_RECENT = 7  # days


def build_forecast(store: Store, campaign_id: int, *, today: date) -> Forecast:
    """Return what a campaign will come to if nothing changes.

    Growth is learnt from every campaign that the person who asks may see.

    Raises:
        PlumblineError: `not-allowed`, `no-campaign`.
    """
    require(store.principal, Action.READ, campaign_id)
    seen = store.principal.campaign_ids
    with store.reading() as connection:
        plan = read_plan(connection, campaign_id)
        evidence = read_evidence(connection, plan, Scope(campaign_id=campaign_id), METRICS)
        ids = None if seen is None else sorted(seen)
        return forecast_of(connection, evidence, today=today, campaign_ids=ids)


def forecast_of(
    connection: Connection, evidence: Evidence, *, today: date, campaign_ids: list[int] | None = None
) -> Forecast:
    """Return the forecast of a campaign whose evidence is read already."""
    plan = evidence.plan
    horizon = plan.last_day if today <= plan.last_day else plan.last_day + timedelta(days=AFTER)
    material = read_material(connection, evidence, today=today, horizon=horizon, campaign_ids=campaign_ids)
    seed = plan.campaign_id
    views = simulate_total(
        material.growth, material.running, material.coming, settled=material.settled, draws=DRAWS, seed=seed
    )
    gone = max((min(today, plan.last_day) - plan.first_day).days + 1, 0)
    left = max((plan.last_day - max(today, plan.first_day)).days, 0)
    spend = spend_draws(evidence, days_left=left, days_gone=gone, draws=DRAWS)
    is_settled = today > horizon
    goals = tuple(
        _goal(
            evidence, material, BY_NAME[goal.metric], views, spend,
            target=goal.target, is_primary=goal.is_primary, horizon=horizon, is_settled=is_settled,
        )
        for goal in plan.goals
        if goal.metric in BY_NAME
    )  # fmt: skip
    of_views = _goal(
        evidence, material, awareness.VIEWS, views, spend,
        target=None, is_primary=False, horizon=horizon, is_settled=is_settled,
    )  # fmt: skip
    return Forecast(
        campaign=plan.name,
        currency=plan.currency,
        as_of=_newest_day(evidence),
        horizon=horizon,
        growth=material.growth,
        is_own_growth=material.growth.is_own,
        finished=material.growth.finished,
        running=len(material.running),
        undated=material.undated,
        coming=len(material.coming),
        goals=goals,
        fan=_fan(material, today=today, horizon=horizon, seed=seed),
        views=of_views,
        arrivals=_arrivals(connection, plan, today),
        cautions=cautions_of(evidence, material, today=today),
    )


def _newest_day(evidence: Evidence) -> date | None:
    newest = evidence.sources.as_of
    return None if newest is None else day_of(newest // 86_400)


def _goal(
    evidence: Evidence,
    material: Material,
    metric: Metric,
    views: Floats,
    spend: Floats | None,
    *,
    target: float | None,
    is_primary: bool,
    horizon: date,
    is_settled: bool,
) -> GoalForecast:
    now = campaign_quotient(evidence, metric, Traffic.TOTAL).value
    goal = GoalForecast(metric=metric, is_primary=is_primary, target=target, now=now, is_settled=is_settled)
    try:
        draws = metric_draws(evidence, metric, views, spend=spend, seed=evidence.plan.campaign_id)
    except UntoldError as untold:
        goal = replace(goal, why_not=str(untold))
    else:
        if is_settled:
            goal = replace(goal, chance=_was_reached(metric, now, target))
        else:
            goal = _ranged(goal, outlook_of(draws), draws)
            each, usual = _per_video(goal, material)
            goal = replace(goal, per_remaining_video=each, usual_per_video=usual)
    return replace(goal, sentence=goal_sentence(goal, evidence.plan.currency, horizon, _newest_day(evidence)))


def _ranged(goal: GoalForecast, outlook: Outlook, draws: Floats) -> GoalForecast:
    chance = None if goal.target is None else float(_is_reached(goal.metric, draws, goal.target).mean())
    return replace(goal, low=outlook.low, middle=outlook.middle, high=outlook.high, chance=chance)


def _was_reached(metric: Metric, now: float | None, target: float | None) -> float | None:
    if now is None or target is None:
        return None
    return float(_is_reached(metric, np.array([now]), target)[0])


def _is_reached(metric: Metric, values: Floats, target: float) -> NDArray[np.bool_]:
    return values <= target if metric.better is Better.LOWER else values >= target


def _per_video(goal: GoalForecast, material: Material) -> tuple[float | None, float | None]:
    """Return what each video to come would have to bring, and usually brings: for views with a target."""
    if goal.metric.name != "views" or goal.target is None or not material.coming or goal.middle is None:
        return None, None
    coming = simulate_total(material.growth, (), material.coming, draws=1_000)
    without = goal.middle - float(np.median(coming))
    usual = None if material.usual is None else float(np.exp(material.usual[0]))
    return max(goal.target - without, 0.0) / len(material.coming), usual


def _fan(material: Material, *, today: date, horizon: date, seed: int) -> tuple[Fan, ...]:
    """Return the known views of each day, then their range up to the horizon."""
    known = tuple(Fan(day=day_of(day), counted=views) for day, views in material.counted)
    start = max(today, known[-1].day if known else today)
    days = (horizon - start).days
    if days <= 0 or not (material.running or material.coming):
        return known
    ahead = sorted({round(days * step / _FAN_POINTS) for step in range(_FAN_POINTS + 1)})
    return known + tuple(_ahead(material, start + timedelta(days=day), horizon, seed) for day in ahead)


def _ahead(material: Material, day: date, horizon: date, seed: int) -> Fan:
    early = day_number(horizon) - day_number(day)
    running = [replace(one, until=max(one.until - early, one.age)) for one in material.running]
    coming = [replace(one, until=one.until - early) for one in material.coming]
    found = outlook_of(
        simulate_total(material.growth, running, coming, settled=material.settled, draws=1_000, seed=seed)
    )
    return Fan(day=day, low=found.low, middle=found.middle, high=found.high)


_WINDOW = text("SELECT click_window_days FROM campaign WHERE id = :campaign")


def _arrivals(connection: Connection, plan: Plan, today: date) -> Arrivals:
    delays, days = read_delays(connection, plan.campaign_id)
    window = int(connection.execute(_WINDOW, {"campaign": plan.campaign_id}).scalar_one())
    end = day_number(today)
    matured = matured_conversions(delays, days, end, window)
    is_over = end > day_number(plan.last_day) + window
    found = None if is_over else completeness(delays, days, end, _RECENT, window)
    return Arrivals(
        share=found.share if found else None,
        low=found.low if found else None,
        high=found.high if found else None,
        matured=matured,
        sentence=arrivals_sentence(found, matured, window=window if is_over else None),
    )
