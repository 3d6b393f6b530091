"""Tables of a report: typed columns, numbers as numbers, days as days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.metrics.registry import BY_NAME
from core.reports.holding_back import HELD_BACK, WHY, counts_buyers, may_see, rows_held_back
from core.reports.model import UNKNOWN, Cell, Column, ColumnKind, Table
from core.units import Unit, day_of, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.funnel.model import Row
    from core.funnel.model import Table as Found
    from core.metrics.model import Metric
    from core.reports.material import Material

_CREATORS = ("views", "engagement_rate", "orders", "revenue", "spend", "roas", "cost_per_order")
_VIDEOS = ("views", "engagement_rate", "save_rate", "average_watch_seconds", "orders", "revenue")
_WEEKS = ("views", "engagements", "engagement_rate", "link_clicks", "orders", "revenue")
MOST_VIDEOS = 20
_IN_BRACKETS = "What stands in brackets rests on too few counts to judge by."


def by_creator(material: Material) -> Table:
    """Return the creators, most views first."""
    return _table(material, ("By creator", "Creator"), material.funnel.creators, _CREATORS)


def by_video(material: Material, most: int = MOST_VIDEOS) -> Table:
    """Return the videos with most views."""
    made = _table(material, ("By video", "Video"), material.funnel.videos, _VIDEOS)
    left = len(made.rows) - most
    cut = f"The {most} videos with most views; {left} more are left out." if left > 0 else ""
    notes = " ".join(part for part in (cut, made.note) if part)
    return Table(title=made.title, columns=made.columns, rows=made.rows[:most], note=notes)


def by_week(material: Material) -> Table:
    """Return the weeks, oldest first, by their Monday."""
    return _table(material, ("By week", "Week of"), material.funnel.weeks, _WEEKS)


def files(material: Material) -> Table:
    """Return what kinds of export the figures rest on; the files themselves are named in the app."""
    kinds: dict[tuple[str, str], list[int]] = {}
    for source in material.files:
        kinds.setdefault((source.label, source.provenance.value), []).append(source.as_of)
    columns = (
        Column(label="Export"),
        Column(label="Who measured"),
        Column(label="Files", kind=ColumnKind.NUMBER),
        Column(label="Newest figures of", kind=ColumnKind.DAY),
    )
    rows = tuple(
        (Cell(written=label), Cell(written=who), _count(material, len(days)), _day(material, max(days)))
        for (label, who), days in sorted(kinds.items())
    )
    return Table(title="Files behind the figures", columns=columns, rows=rows)


def _count(material: Material, number: int) -> Cell:
    return Cell(written=write(number, Unit.COUNT, locale=material.locale), number=float(number))


def _day(material: Material, instant: int) -> Cell:
    day = day_of(instant // 86_400)
    return Cell(written=material.day(day), day=day)


def _table(material: Material, titles: tuple[str, str], found: Found, wanted: Sequence[str]) -> Table:
    title, first = titles
    rows = found.rows
    has = {metric.name for metric in found.metrics}
    metrics = [BY_NAME[name] for name in wanted if name in has and may_see(BY_NAME[name], material.audience)]
    metrics = [one for one in metrics if any(row.value(one.name) is not None for row in rows)]
    is_videos, is_weeks = found is material.funnel.videos, found is material.funnel.weeks
    held = rows_held_back(rows, material.audience)
    columns = [Column(label=first, kind=ColumnKind.DAY if is_weeks else ColumnKind.TEXT)]
    columns += [Column(label="Creator"), Column(label="Posted", kind=ColumnKind.DAY)] if is_videos else []
    columns += [
        Column(label=one.label, kind=ColumnKind.NUMBER, unit=one.unit, currency=_currency(material, one))
        for one in metrics
    ]
    made = []
    for row in rows:
        cells = [_head(material, row, is_weeks=is_weeks)]
        cells += [Cell(written=row.creator), _posted(material, row)] if is_videos else []
        made.append((*cells, *(_cell(material, row, one, row.key in held) for one in metrics)))
    is_weak = any(_is_weak(row, one) for row in rows for one in metrics)
    notes = [WHY] * bool(held) + [_IN_BRACKETS] * is_weak
    return Table(title=title, columns=tuple(columns), rows=tuple(made), note=" ".join(notes))


def _is_weak(row: Row, metric: Metric) -> bool:
    """Return whether a rate rests on too few counts to judge a row by it."""
    return (
        metric.denominator is not None
        and row.value(metric.name) is not None
        and metric.name not in row.enough
    )


def _head(material: Material, row: Row, *, is_weeks: bool) -> Cell:
    if not is_weeks:
        return Cell(written=row.label)
    monday = date.fromisoformat(row.key)
    return Cell(written=material.day(monday), day=monday)


def _posted(material: Material, row: Row) -> Cell:
    day = material.posted.get(row.key)
    return UNKNOWN if day is None else Cell(written=material.day(day), day=day)


def _cell(material: Material, row: Row, metric: Metric, held: bool) -> Cell:  # noqa: FBT001  (a fact of the row)
    if held and counts_buyers(metric):
        return Cell(written=HELD_BACK) if metric.name == "orders" else UNKNOWN
    value = row.value(metric.name)
    if value is None:
        return UNKNOWN
    unit = Unit.NUMBER if metric.unit is Unit.COUNT and value != round(value) else metric.unit
    written = write(value, unit, currency=_currency(material, metric), locale=material.locale)
    return Cell(written=f"({written})" if _is_weak(row, metric) else written, number=value)


def _currency(material: Material, metric: Metric) -> str:
    return material.funnel.header.currency if metric.unit is Unit.MONEY else ""
