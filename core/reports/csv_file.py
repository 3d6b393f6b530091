"""The report as one long table: a line for each figure and for each cell of its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.reports.model import ColumnKind, plain_number
from core.spreadsheet import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.reports.model import Report, Section, Table

_HEADER = (
    "part", "about", "what", "value", "lowest", "highest", "as written", "unit", "currency", "goal",
    "against the goal", "who measured", "published figure", "grade", "why missing",
)  # fmt: skip


def render_csv(report: Report) -> bytes:
    """Return the report's numbers as CSV; money in whole units, shares from 0 to 1."""
    return csv_bytes(_HEADER, _rows(report))


def _rows(report: Report) -> Iterable[tuple[object, ...]]:
    for section in report.sections:
        yield from _figures(section)
        for table in section.tables:
            yield from _cells(section, table)


def _figures(section: Section) -> Iterable[tuple[object, ...]]:
    for one in section.figures:
        numbers = [plain_number(each, one.unit, one.currency) for each in (one.value, one.low, one.high)]
        goal = plain_number(one.goal, one.unit, one.currency)
        published = (one.benchmark.written, one.benchmark.grade) if one.benchmark else ("", "")
        yield (
            section.title, "", one.label, *numbers, one.written, one.unit.value, one.currency, goal,
            one.status_words, one.provenance_words, *published, one.why_missing,
        )  # fmt: skip


def _cells(section: Section, table: Table) -> Iterable[tuple[object, ...]]:
    for row in table.rows:
        about = " · ".join(
            cell.day.isoformat() if cell.day else cell.written
            for column, cell in zip(table.columns, row, strict=True)
            if column.kind is not ColumnKind.NUMBER
        )
        for column, cell in zip(table.columns, row, strict=True):
            if column.kind is ColumnKind.NUMBER:
                number = plain_number(cell.number, column.unit, column.currency)
                nothing = ("",) * 6
                yield (
                    section.title, about, column.label, number, "", "", cell.written, column.unit.value,
                    column.currency, *nothing,
                )  # fmt: skip
