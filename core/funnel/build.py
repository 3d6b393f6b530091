"""The whole funnel of a campaign, read in one snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.access import Action, require
from core.evidence.campaign import Evidence, needed_sums, read_evidence
from core.evidence.plan import campaign_before, read_plan
from core.evidence.reading import sums_by
from core.funnel.decisions import stage_decision
from core.funnel.figures import Past, read_figure, read_splits, stage_metrics
from core.funnel.gaps import find_gaps
from core.funnel.model import Funnel, Header, StageView
from core.funnel.steps import HEADLINES, STEPS, headline_metric, step_after
from core.funnel.tables import (
    CREATOR_METRICS,
    SERIES_METRICS,
    VIDEO_METRICS,
    by_week,
    creator_table,
    stage_series,
    video_table,
    week_table,
)
from core.funnel.words import LABELS, QUESTIONS, claim, headline, stage_sentence
from core.metrics.model import Stage
from core.metrics.registry import BY_NAME, KEY_METRICS
from core.scope import Scope
from core.units import day_of

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from core.evidence.plan import Plan
    from core.metrics.model import Metric
    from core.store.engine import Store

_BECAME_KNOWN = (
    "Where files state only a video's count so far, the change over time shows when views became known, "
    "not when they happened."
)


def build_funnel(store: Store, scope: Scope, *, today: date) -> Funnel:
    """Return the five-stage funnel of a campaign.

    Args:
        store: an open store, as the person who asks uses it.
        scope: which campaign, and which part of it.
        today: the day in the reader's sense, for what has not begun and what has expired.

    Raises:
        PlumblineError: `not-allowed`, `no-campaign`.
    """
    require(store.principal, Action.READ, scope.campaign_id)
    with store.reading() as connection:
        return funnel_of(connection, scope, today=today)


def funnel_of(connection: Connection, scope: Scope, *, today: date) -> Funnel:
    """Return the funnel of a campaign as one reading connection sees it."""
    plan = read_plan(connection, scope.campaign_id)
    evidence = read_evidence(connection, plan, scope, shown_metrics(plan))
    past = _read_past(connection, evidence)
    by_day = sums_by(connection, scope, "day", needed_sums(SERIES_METRICS))
    days = {day_of(number): totals for number, totals in by_day.items()}
    weeks = by_week(days)
    header = _header(evidence)
    creators, videos = creator_table(evidence), video_table(evidence)
    stages = tuple(
        StageView(
            stage=stage,
            label=LABELS[stage],
            question=QUESTIONS[stage],
            sentence=stage_sentence(evidence, stage),
            headline=read_figure(evidence, headline_metric(evidence, stage), past, today),
            figures=tuple(
                read_figure(evidence, metric, past, today) for metric in stage_metrics(evidence, stage)
            ),
            step=step_after(evidence, stage),
            series=stage_series(evidence, stage, weeks, days),
            splits=read_splits(evidence, stage_metrics(evidence, stage)),
            gaps=find_gaps(evidence, stage),
            decision=stage_decision(evidence, stage, creators, videos),
        )
        for stage in Stage
    )
    return Funnel(
        header=header,
        scope=scope,
        sentence=headline(evidence, header, has_begun=today >= header.first_day),
        claim=claim(evidence, header, has_begun=today >= header.first_day),
        stages=stages,
        creators=creators,
        videos=videos,
        weeks=week_table(evidence, weeks),
        notes=_notes(evidence, today, has_days=bool(days)),
    )


def shown_metrics(plan: Plan) -> tuple[Metric, ...]:
    """Return every metric a funnel shows, so that no other measure is read."""
    chosen = [BY_NAME[goal.metric] for goal in plan.goals if goal.metric in BY_NAME]
    keys = [metric for metrics in KEY_METRICS.values() for metric in metrics]
    steps = [choice.rate for choices in STEPS.values() for choice in choices]
    heads = [metric for metrics in HEADLINES.values() for metric in metrics]
    spoken = [BY_NAME[name] for name in _SPOKEN]
    return tuple(dict.fromkeys([*chosen, *keys, *heads, *steps, *CREATOR_METRICS, *VIDEO_METRICS, *spoken]))


# What only sentences and gaps speak of.
_SPOKEN = ("clicks", "sessions", "profile_visits", "saves")


def _read_past(connection: Connection, evidence: Evidence) -> Past | None:
    """Return the brand's campaign before; a filter by creator or video has no counterpart there."""
    before = campaign_before(connection, evidence.plan)
    if before is None or evidence.scope != Scope(
        campaign_id=evidence.scope.campaign_id, traffic=evidence.scope.traffic
    ):
        return None
    plan = read_plan(connection, before)
    past = read_evidence(connection, plan, Scope(campaign_id=before), shown_metrics(evidence.plan))
    return Past(name=plan.name, evidence=past)


def _header(evidence: Evidence) -> Header:
    plan = evidence.plan
    return Header(
        campaign_id=plan.campaign_id,
        name=plan.name,
        code=plan.code,
        brand=plan.brand,
        first_day=plan.first_day,
        last_day=plan.last_day,
        currency=plan.currency,
        objective=plan.objective,
        as_of=evidence.sources.as_of,
        revision=evidence.sources.revision,
        is_sample=plan.is_sample,
    )


def _notes(evidence: Evidence, today: date, *, has_days: bool) -> tuple[str, ...]:
    plan, scope = evidence.plan, evidence.scope
    notes = []
    if today < plan.first_day:
        notes.append("The campaign has not begun; numbers before its first day are not its own.")
    if not plan.currency:
        notes.append(
            "The campaign has no currency, so money cannot be written properly: set it in the campaign."
        )
    if scope.first_day or scope.last_day or scope.video_ids:
        notes.append(
            "Fees belong to the whole campaign, so costs are not shown for a part of its days or videos."
        )
    if not plan.goals and evidence.sources.batches:
        notes.append("The campaign has no goal yet, so nothing is judged against a target.")
    if has_days:
        notes.append(_BECAME_KNOWN)
    return tuple(notes)
