"""Figures of the funnel as a report shows them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.metrics.industry import Benchmark
from core.metrics.model import Better
from core.reports.holding_back import HELD_BACK, WHY, is_held_back, may_see
from core.reports.model import Comparison, Figure, Status
from core.units import DASH, Unit, write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.funnel.model import Figure as Found
    from core.reports.material import Material

_CLOSE = 0.9


def show(material: Material, found: Iterable[Found]) -> tuple[Figure, ...]:
    """Return figures as the reader may see them; those he may not see at all are left out."""
    return tuple(shown(material, one) for one in found if may_see(one.metric, material.audience))


def shown(material: Material, found: Found) -> Figure:
    """Return one figure of the funnel as the report shows it."""
    orders = material.funnel.figure("orders")
    if is_held_back(found, orders.value if orders else None, material.audience):
        return _held_back(material, found)
    status, words = _status(material, found)
    return replace(
        _described(material, found),
        written=found.written(locale=material.locale),
        value=found.value,
        low=found.low,
        high=found.high,
        status=status,
        status_words=words,
        benchmark=_benchmark(material, found),
        caution=found.caution,
        why_missing=found.why_missing,
    )


def without_goal(figure: Figure) -> Figure:
    """Return a figure for where it is not judged."""
    return replace(figure, goal=None, goal_written="", status=Status.NONE, status_words="", is_primary=False)


def _held_back(material: Material, found: Found) -> Figure:
    made = replace(_described(material, found), why_missing=WHY)
    return replace(made, written=HELD_BACK) if found.metric.unit is Unit.COUNT else made


def _described(material: Material, found: Found) -> Figure:
    """Return what a figure is, without its number."""
    return Figure(
        key=found.metric.name,
        label=found.metric.label,
        written=DASH,
        value=None,
        unit=found.metric.unit,
        currency=found.currency,
        goal=found.target,
        goal_written=_goal(material, found),
        provenance=tuple(kind.value for kind in found.provenance),
        definition=found.metric.definition,
        is_primary=found.is_primary,
    )


def _goal(material: Material, found: Found) -> str:
    if found.target is None:
        return ""
    return write(found.target, found.metric.unit, currency=found.currency, locale=material.locale)


def _status(material: Material, found: Found) -> tuple[Status, str]:
    """Return how a figure stands against its goal, and the same in words.

    While the campaign runs, a count that has not reached its goal is neither good nor bad news.
    """
    if found.target is None:
        return Status.NONE, ""
    goal = _goal(material, found)
    if found.progress is None:
        return Status.NONE, f"goal {goal}, not known yet"
    is_reached = found.progress >= 1
    status = Status.REACHED if is_reached else Status.CLOSE if found.progress >= _CLOSE else Status.SHORT
    if found.metric.better is Better.LOWER:
        return status, f"{'within' if is_reached else 'above'} the goal of at most {goal}"
    if found.metric.denominator is not None:
        return status, f"goal of {goal} reached" if is_reached else f"below the goal of {goal}"
    share = write(found.progress, Unit.SHARE, locale=material.locale)
    if is_reached or material.is_over:
        return status, f"{share} of the goal of {goal}"
    return Status.NONE, f"{share} of the goal of {goal} so far"


def _benchmark(material: Material, found: Found) -> Comparison | None:
    line = found.benchmark
    if not isinstance(line, Benchmark):
        return None
    written = write(line.value, found.metric.unit, currency=line.currency, locale=material.locale)
    return Comparison(
        written=written,
        grade=line.grade.value,
        words=f"{line.population}, {line.period}; {line.publisher}",
    )
