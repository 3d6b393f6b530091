"""What a report is made from: read once, so that all its sections speak of the same moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.access import Action, require
from core.campaigns.notes import list_notes
from core.checkins import build_check_in
from core.content import find_patterns
from core.evidence.campaign import read_evidence
from core.evidence.outcomes import comparable_metrics
from core.evidence.pay import read_pay
from core.evidence.plan import read_plan
from core.experiments.learnings import list_learnings
from core.experiments.plans import list_experiments
from core.funnel.build import funnel_of
from core.funnel.figures import read_figure
from core.metrics.awareness import SPEND
from core.metrics.engagement import ENGAGEMENT_RATE
from core.metrics.model import Stage
from core.reports.holding_back import may_see
from core.scope import Scope
from core.scorecards import build_scorecards
from core.tracing import trace
from core.units import day_of, instant_of, local_day, write_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from core.campaigns.notes import Note
    from core.checkins import CheckIn
    from core.content import Patterns
    from core.evidence.pay import Pay
    from core.evidence.plan import Plan
    from core.experiments.learnings import Learning
    from core.experiments.planned import Experiment
    from core.funnel.model import Figure, Funnel
    from core.reports.model import Audience
    from core.scorecards import Scorecards
    from core.store.engine import Store
    from core.tracing import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found out about content.

    Attributes:
        experiments: of the campaign, in the order of the app.
        learnings: that stand, newest first.
        patterns: by the first of the campaign's goals that shows any; None where none does.
    """

    experiments: tuple[Experiment, ...] = ()
    learnings: tuple[Learning, ...] = ()
    patterns: Patterns | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything the sections of a report may draw on.

    Attributes:
        funnel: of the campaign, or of one creator's part of it.
        plan: what was written down about the campaign.
        spend: what was spent, which the funnel only divides by.
        notes: decisions and remarks, newest first; empty for readers outside.
        files: the imports behind the figures, newest first; empty where the report does not list them.
        posted: video id -> day of posting, where it is known.
        cards: the creators' scorecards; None where the report does not speak of renewing.
        check_in: where the campaign stands today; None where the report does not say.
        findings: what was found out about content; empty where the report does not speak of it.
        audience: who reads it.
        today, now: the reader's day, and Unix seconds.
        locale: how numbers are written.
        pay: what the one creator is owed; None for a whole campaign, and for readers who see no money.
        creator: the name of the one creator it is about; '' for the whole campaign.
    """

    funnel: Funnel
    plan: Plan
    spend: Figure
    notes: tuple[Note, ...]
    files: tuple[Source, ...]
    posted: Mapping[str, date]
    cards: Scorecards | None
    check_in: CheckIn | None
    audience: Audience
    today: date
    now: int
    locale: str
    pay: Pay | None = None
    findings: Findings = Findings()
    creator: str = ""

    @property
    def has_begun(self) -> bool:
        """Return whether the campaign's first day has come."""
        return self.today >= self.funnel.header.first_day

    @property
    def is_over(self) -> bool:
        """Return whether the campaign's last day has passed."""
        return self.today > self.funnel.header.last_day

    def found(self, name: str) -> Figure | None:
        """Return a figure by the name of its metric; None where it is not shown."""
        return self.spend if name == SPEND.name else self.funnel.figure(name)

    def day(self, day: date) -> str:
        """Return a day as the reader writes it."""
        return write_day(day, locale=self.locale)

    def day_at(self, instant: int) -> str:
        """Return the day of an instant in the campaign's zone, as the reader writes it."""
        return self.day(local_day(instant, self.plan.zone) if self.plan.zone else instant_of(instant).date())


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for.

    Attributes:
        creator_id: the one creator it is about; None for the whole campaign.
        has_files: the report lists the files behind its figures.
        has_cards: the report says whom to renew.
        has_check_in: the report says where the campaign stands today.
        has_findings: the report says what was found out about content.
    """

    campaign_id: int
    audience: Audience
    creator_id: int | None
    has_files: bool
    has_cards: bool
    has_check_in: bool
    has_findings: bool
    today: date
    now: int
    locale: str


def gather(store: Store, asked: Asked) -> Material:
    """Return the material of a campaign, or of one creator's part of it."""
    require(store.principal, Action.READ, asked.campaign_id)
    ids = () if asked.creator_id is None else (asked.creator_id,)
    scope = Scope(campaign_id=asked.campaign_id, creator_ids=ids)
    with store.reading() as connection:
        plan = read_plan(connection, asked.campaign_id)
        funnel = funnel_of(connection, scope, today=asked.today)
        evidence = read_evidence(connection, plan, scope, (SPEND,))
        spend = read_figure(evidence, SPEND, None, asked.today)
        days = {key: note.posted_day for key, note in evidence.videos.items()}
        posted = {key: day_of(number) for key, number in days.items() if number is not None}
        partner = None if asked.creator_id is None else plan.partner(asked.creator_id)
        has_pay = partner is not None and asked.audience.show_money
        pay = read_pay(connection, evidence, partner) if partner and has_pay else None
    has_notes = asked.audience.internal and asked.creator_id is None
    return Material(
        funnel=funnel,
        plan=plan,
        spend=spend,
        notes=list_notes(store, asked.campaign_id) if has_notes else (),
        files=_files(store, scope, funnel) if asked.has_files else (),
        posted=posted,
        cards=_cards(store, scope, asked) if asked.has_cards and plan.partners else None,
        check_in=build_check_in(store, asked.campaign_id, today=asked.today) if asked.has_check_in else None,
        audience=asked.audience,
        today=asked.today,
        now=asked.now,
        locale=asked.locale,
        pay=pay,
        findings=_findings(store, plan, asked) if asked.has_findings else Findings(),
        creator=partner.name if partner else "",
    )


def _cards(store: Store, scope: Scope, asked: Asked) -> Scorecards:
    """Return the scorecards by the campaign's own yardstick, or by one without money for who sees none."""
    found = build_scorecards(store, scope, today=asked.today)
    if may_see(found.header.judged_by, asked.audience):
        return found
    return build_scorecards(store, scope, today=asked.today, metric=ENGAGEMENT_RATE.name)


def _findings(store: Store, plan: Plan, asked: Asked) -> Findings:
    learnings = list_learnings(store, asked.today) if asked.audience.internal else ()
    return Findings(
        experiments=list_experiments(store, asked.campaign_id),
        learnings=tuple(
            one for one in learnings if one.campaign_id == asked.campaign_id and not one.is_retired
        ),
        patterns=_patterns(store, plan),
    )


def _patterns(store: Store, plan: Plan) -> Patterns | None:
    """Return the patterns by the first goal that videos can be compared by, else by engagement rate."""
    names = {one.name for one in comparable_metrics()}
    goals = sorted(plan.goals, key=lambda one: not one.is_primary)
    for metric in dict.fromkeys(
        [*(one.metric for one in goals if one.metric in names), ENGAGEMENT_RATE.name]
    ):
        found = find_patterns(store, plan.campaign_id, metric=metric)
        if found.shown:
            return found
    return None


def _files(store: Store, scope: Scope, funnel: Funnel) -> tuple[Source, ...]:
    """Return the imports behind the headline of each stage and the rates beside it."""
    names = dict.fromkeys(_traced(funnel))
    found = {source.batch_id: source for name in names for source in trace(store, scope, name).sources}
    return tuple(sorted(found.values(), key=lambda source: (-source.as_of, source.batch_id)))


def _traced(funnel: Funnel) -> Iterable[str]:
    for stage in Stage:
        view = funnel.stage(stage)
        yield view.headline.metric.name
        yield from (figure.metric.name for figure in view.figures if figure.is_known)
