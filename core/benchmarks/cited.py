"""The published figure beside own history: same definition only, never in a colour on a weak grade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.metrics.industry import Benchmark, Grade, Refusal, compare
from core.units import write, write_day

if TYPE_CHECKING:
    from datetime import date

    from core.metrics.model import Metric

GRADE_WORDS = {
    Grade.A: "A: the publisher's own page, with its method",
    Grade.B: "B: seen through a named third party, or a thin method",
    Grade.C: "C: a vendor's figure without a method",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A published figure of the same definition, or why there is none.

    Attributes:
        figure: None where nothing may be compared.
        may_be_coloured: whether better or worse may be shown in a colour.
        is_better: own median on the good side of it; None where that cannot or must not be said.
        sentence: in words, with grade, population, period, and until when it is compared with.
    """

    figure: Benchmark | None
    may_be_coloured: bool
    is_better: bool | None
    sentence: str


def cited_for(metric: Metric, tier: str | None, today: date, *, currency: str, own: float | None) -> Cited:
    """Return the best published figure of the same definition.

    Args:
        metric: what is compared.
        tier: of the creators; None for several sizes together.
        today: published figures expire.
        currency: of the metric's money, else ''.
        own: own median; None where there is none.
    """
    found = compare(metric, tier, today, currency=currency)
    if isinstance(found, Refusal):
        return Cited(figure=None, may_be_coloured=False, is_better=None, sentence=found.reason)
    value = write(found.value, metric.unit, currency=found.currency)
    ends = ""
    if found.low is not None and found.high is not None:
        ends = f" ({found.spread.value} {write(found.low, metric.unit, currency=found.currency)} to "
        ends += f"{write(found.high, metric.unit, currency=found.currency)})"
    said = (
        f"Published: {value}{ends} by {found.denominator}, {found.population}, {found.period}; "
        f"{found.publisher}. Grade {GRADE_WORDS[found.grade]}. "
        f"Seen {write_day(found.seen_on)}, compared with until {write_day(found.expires_on)}."
    )
    is_better = None
    if own is not None and found.may_be_coloured:
        is_better = (own > found.value) is (metric.better.value != "lower")
    return Cited(figure=found, may_be_coloured=found.may_be_coloured, is_better=is_better, sentence=said)
