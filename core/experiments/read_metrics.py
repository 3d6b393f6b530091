"""Metrics as experiments are read by them: rates of events, or amounts of each video."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.evidence.compared import is_value
from core.experiments.model import TOLERABLE_HARM, Outcome, OutcomeKind
from core.units import Unit

if TYPE_CHECKING:
    from core.metrics.model import Metric

_MANY = {"engagement_rate": "engagements", "engagement_rate_with_saves": "engagements"}


def outcome_of(
    metric: Metric,
    worth_minor: float | None = None,
    currency: str = "",
    *,
    tolerable_harm: float = TOLERABLE_HARM,
) -> Outcome:
    """Return a metric as experiments are read by it.

    Args:
        metric: one of `core.evidence.outcomes.comparable_metrics`.
        worth_minor: what one event is worth; None where not known.
        currency: ISO code of it.
        tolerable_harm: as a guardrail, the worsening that is tolerable.
    """
    as_value = is_value(metric)
    return Outcome(
        key=metric.name,
        label=metric.label,
        kind=OutcomeKind.VALUE if as_value else OutcomeKind.RATE,
        events=_events(metric),
        per="" if as_value or metric.denominator is None else _one(metric.denominator.words),
        better=metric.better,
        tolerable_harm=tolerable_harm,
        worth_minor=worth_minor,
        currency=currency,
    )


def _events(metric: Metric) -> str:
    if metric.unit is Unit.SECONDS:
        return "seconds watched per view"
    return _MANY.get(metric.name, metric.numerator.words)


def _one(words: str) -> str:
    return "view" if words == "video views" else words.removesuffix("s")
