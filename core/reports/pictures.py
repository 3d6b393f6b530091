"""Charts of a report as data, each with its takeaway in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.metrics.registry import BY_NAME
from core.reports.holding_back import counts_buyers, is_few, may_see, rows_held_back
from core.reports.model import Chart, ChartKind, Point, Series
from core.units import Unit, write

if TYPE_CHECKING:
    from core.funnel.model import Point as Found
    from core.metrics.model import Metric
    from core.reports.material import Material

_MOST_BARS = 12


def creator_bars(material: Material, name: str) -> Chart | None:
    """Return the creators beside each other by one count; None where fewer than two are known."""
    metric = BY_NAME[name]
    rows = material.funnel.creators.rows
    held = rows_held_back(rows, material.audience) if counts_buyers(metric) else frozenset()
    known = [row for row in rows if row.creator_id and row.value(name) is not None and row.key not in held]
    if len(known) < 2 or not may_see(metric, material.audience):
        return None
    known.sort(key=lambda row: (-(row.value(name) or 0.0), row.label))
    points = tuple(_point(material, metric, row.label, row.value(name)) for row in known[:_MOST_BARS])
    left = len(known) - len(points)
    more = f"; {left} more are not drawn" if left else ""
    return Chart(
        kind=ChartKind.BARS,
        title=f"{metric.label} by creator",
        alt=f"{points[0].label} has the most {metric.label.lower()}: {points[0].written}{more}.",
        x_title=metric.label,
        y_title="Creator",
        unit=metric.unit,
        currency=_currency(material, metric),
        series=(Series(name=metric.label, points=points),),
    )


def week_line(material: Material, name: str) -> Chart | None:
    """Return how a count went by week; None where fewer than two weeks are known."""
    metric = BY_NAME[name]
    rows = material.funnel.weeks.rows
    held = rows_held_back(rows, material.audience) if counts_buyers(metric) else frozenset()
    series = next(
        (one for view in material.funnel.stages for one in view.series if one.metric.name == name), None
    )
    if series is None or not may_see(metric, material.audience):
        return None
    points = tuple(_week(material, metric, point, held) for point in series.weeks)
    known = [point for point in points if point.value is not None]
    if len(known) < 2:
        return None
    top = max(known, key=lambda point: point.value or 0.0)
    return Chart(
        kind=ChartKind.LINE,
        title=f"{metric.label} by week",
        alt=f"{metric.label} were highest in the week of {top.label}: {top.written}.",
        x_title="Week of",
        y_title=metric.label,
        unit=metric.unit,
        currency=_currency(material, metric),
        series=(Series(name=metric.label, points=points),),
    )


def _week(material: Material, metric: Metric, point: Found, held: frozenset[str]) -> Point:
    is_small = counts_buyers(metric) and is_few(point.value) and material.audience.is_outside
    value = None if is_small or point.start.isoformat() in held else point.value
    return Point(
        label=material.day(point.start),
        value=value,
        written=_write(material, metric, value),
        day=point.start,
    )


def _point(material: Material, metric: Metric, label: str, value: float | None) -> Point:
    return Point(label=label, value=value, written=_write(material, metric, value))


def _write(material: Material, metric: Metric, value: float | None) -> str:
    return write(value, metric.unit, currency=_currency(material, metric), locale=material.locale)


def _currency(material: Material, metric: Metric) -> str:
    return material.funnel.header.currency if metric.unit is Unit.MONEY else ""
