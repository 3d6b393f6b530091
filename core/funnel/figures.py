"""Figures of a stage: the metric with everything that helps to judge it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.evidence.quotients import NOTHING, Quotient, campaign_quotient
from core.funnel.model import Figure, Split, is_money
from core.metrics.industry import compare
from core.metrics.model import Additivity, Better, Metric, Origin, Stage
from core.metrics.registry import BY_NAME, COUNTS_OF, KEY_METRICS, STAND_INS, has_unique_count, is_paid_only
from core.scope import Traffic

if TYPE_CHECKING:
    from datetime import date

    from core.evidence.campaign import Evidence
    from core.metrics.industry import Benchmark, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The brand's campaign before, for comparison."""

    name: str
    evidence: Evidence


def stage_metrics(evidence: Evidence, stage: Stage) -> tuple[Metric, ...]:
    """Return the metrics a stage shows: those the campaign chose first, then the usual ones."""
    chosen = [BY_NAME[goal.metric] for goal in evidence.plan.goals if goal.metric in BY_NAME]
    wanted = [metric for metric in chosen if metric.stage is stage]
    usual = [one for metric in KEY_METRICS[stage] for one in _as_known(evidence, metric)]
    return tuple(dict.fromkeys([*wanted, *usual]))


def _as_known(evidence: Evidence, metric: Metric) -> tuple[Metric, ...]:
    """Return a usual metric, what stands in for it, or a partial rate with its count beside it."""
    traffic = evidence.scope.traffic
    found = campaign_quotient(evidence, metric, traffic)
    instead = STAND_INS.get(metric.name)
    if instead and found.value is None and campaign_quotient(evidence, instead, traffic).value is not None:
        return (instead,)
    count = COUNTS_OF.get(metric.name)
    return (metric,) if count is None or not found.is_partial else (metric, count)


def read_figure(evidence: Evidence, metric: Metric, past: Past | None, today: date) -> Figure:
    """Return one metric as it stands, with target, past, benchmark and cautions."""
    found = campaign_quotient(evidence, metric, evidence.scope.traffic)
    goal = next((one for one in evidence.plan.goals if one.metric == metric.name), None)
    # A count is set as a goal for the whole campaign, a rate holds for each part of it too.
    has_target = goal is not None and (metric.denominator is not None or not evidence.scope.is_part)
    target = goal.target if goal and has_target else None
    is_known = found.value is not None or found.low is not None
    before = _previous(evidence, metric, past)
    return Figure(
        metric=metric,
        value=found.value,
        low=found.low,
        high=found.high,
        numerator=found.numerator,
        denominator=found.denominator,
        currency=evidence.plan.currency if is_money(metric) else "",
        provenance=evidence.sources.provenance(metric) if is_known else (),
        is_primary=bool(goal and goal.is_primary),
        target=target,
        progress=_progress(metric, found.value, target),
        previous=before.value,
        previous_is_enough=is_enough(metric, before),
        previous_campaign=past.name if past else "",
        benchmark=_benchmark(evidence, metric, today),
        coverage=coverage_sentence(metric, found),
        why_missing="" if is_known else why_missing(evidence, metric, found),
        is_enough=is_enough(metric, found),
    )


def is_enough(metric: Metric, found: Quotient) -> bool:
    """Return whether enough was counted to judge or rank by the metric."""
    if found.low is not None:
        return True
    return found.value is not None and found.base is not None and found.base >= metric.minimum


def read_splits(evidence: Evidence, metrics: tuple[Metric, ...]) -> tuple[Split, ...]:
    """Return metrics for organic and paid views apart and together, where any part is known."""
    found = []
    for metric in metrics:
        organic, paid, total = (
            None if traffic is not Traffic.TOTAL and not _can_be_split(metric)
            else campaign_quotient(evidence, metric, traffic).value
            for traffic in (Traffic.ORGANIC, Traffic.PAID, Traffic.TOTAL)
        )  # fmt: skip
        if organic is not None or paid is not None:
            found.append(Split(metric=metric, organic=organic, paid=paid, total=total))
    return tuple(found)


def _can_be_split(metric: Metric) -> bool:
    return all(measure.origin is Origin.IMPORTED for measure in metric.measures)


def _progress(metric: Metric, value: float | None, target: float | None) -> float | None:
    if value is None or not target or target <= 0:
        return None
    if metric.better is Better.LOWER:
        return target / value if value > 0 else None
    return value / target


def _previous(evidence: Evidence, metric: Metric, past: Past | None) -> Quotient:
    """Return the metric of the campaign before; money in another currency does not compare."""
    if past is None or (is_money(metric) and past.evidence.plan.currency != evidence.plan.currency):
        return NOTHING
    return campaign_quotient(past.evidence, metric, evidence.scope.traffic)


def _benchmark(evidence: Evidence, metric: Metric, today: date) -> Benchmark | Refusal:
    return compare(metric, None, today, currency=evidence.plan.currency if is_money(metric) else "")


def coverage_sentence(metric: Metric, found: Quotient) -> str:
    """Return which part of the videos or creators the rate is over; '' where it is all."""
    if found.note:
        return found.note
    if not found.is_partial or found.used == 0:
        return ""
    parts = _listed([one.label.lower() for one in dict.fromkeys(metric.measures)])
    return f"Over {found.used} of {found.of} {found.unit}: for the others not all of {parts} is known."


def why_missing(evidence: Evidence, metric: Metric, found: Quotient) -> str:
    """Return in one sentence why there is no value."""
    scope = evidence.scope
    names = {measure.name for measure in metric.measures}
    if not evidence.sources.batches:
        return "No file has been imported yet."
    if scope.traffic is Traffic.ORGANIC and is_paid_only(metric):
        return "This is counted for ads only, and the view is set to organic."
    if scope.traffic is not Traffic.TOTAL and not _can_be_split(metric):
        return "Nobody can say which of it came from organic and which from paid views."
    if names & {"spend", "fees"} and (scope.first_day or scope.last_day or scope.video_ids):
        return "Fees belong to the whole campaign and cannot be split by day or video."
    totals = evidence.totals(scope.traffic)
    names_of = dict.fromkeys(one for one in metric.measures if one.additivity is not Additivity.UNIQUE)
    unknown = [one.label.lower() for one in names_of if totals.get(one.name) is None]
    if has_unique_count(metric):
        unknown.append("reach")
    is_unlinked = any(one.origin is Origin.LEDGER for one in metric.measures) and totals.get("orders") is None
    if is_unlinked and evidence.sources.has_orders:
        return "No creator here has a code or a tagged link yet, so no order could be linked to one."
    if unknown:
        part = "this part of the campaign" if scope.is_part else "this campaign"
        return f"No file states {_listed(unknown)} for {part} yet."
    if found.of and not found.used:
        return f"No {found.unit.removesuffix('s')} has all parts of it: {metric.formula}."
    below = metric.denominator.words if metric.denominator else metric.numerator.words
    return f"There is nothing to divide by: {below} is zero."


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
