"""Figures of the funnel as a report shows them."""

from __future__ import annotations

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
    metric = found.metric
    orders = material.funnel.figure("orders")
    held = is_held_back(found, orders.value if orders else None, material.audience)
    status, words = (Status.NONE, "") if held else _status(material, found)
    return Figure(
        key=metric.name,
        label=metric.label,
        written=HELD_BACK if held and metric.unit is Unit.COUNT else _written(material, found, held=held),
        value=None if held else found.value,
        low=None if held else found.low,
        high=None if held else found.high,
        unit=metric.unit,
        currency=found.currency,
        goal=found.target,
        goal_written=_goal(material, found),
        status=status,
        status_words=words,
        provenance=tuple(kind.value for kind in found.provenance),
        benchmark=_benchmark(material, found),
        definition=metric.definition,
        caution=found.caution,
        why_missing=WHY if held else found.why_missing,
        is_primary=found.is_primary,
    )


def _written(material: Material, found: Found, *, held: bool) -> str:
    return DASH if held else found.written(locale=material.locale)


def _goal(material: Material, found: Found) -> str:
    if found.target is None:
        return ""
    return write(found.target, found.metric.unit, currency=found.currency, locale=material.locale)


def _status(material: Material, found: Found) -> tuple[Status, str]:
    """Return how a figure stands against its goal, and the same in words."""
    if found.target is None:
        return Status.NONE, ""
    goal = _goal(material, found)
    if found.progress is None:
        return Status.NONE, f"goal {goal}, not known yet"
    if found.progress >= 1:
        return Status.REACHED, f"goal of {goal} reached"
    status = Status.CLOSE if found.progress >= _CLOSE else Status.SHORT
    if found.metric.better is Better.LOWER:
        return status, f"above the goal of at most {goal}"
    if found.metric.denominator is not None:
        return status, f"below the goal of {goal}"
    share = write(found.progress, Unit.SHARE, locale=material.locale)
    return status, f"{share} of the goal of {goal}"


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
