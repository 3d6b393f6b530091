"""The report as a workbook: numbers are numbers, days are days, words are never formulas or links."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import TYPE_CHECKING

from core.reports.model import ChartKind, ColumnKind, plain_number
from core.units import Unit, instant_of, minor_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from core.reports.model import Cell, Chart, Column, Figure, Report, Section, Table

_SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_ACCENT, _PALE, _QUIET, _SOFT = "#0b6b66", "#a9d3ce", "#55606d", "#f2efe8"
_STEP = 20  # rows that a chart takes
_FIGURE_HEADS = (
    ("Part", 20), ("Figure", 34), ("Value", 16), ("Lowest", 14), ("Highest", 14), ("As written", 24),
    ("Goal", 14), ("Against the goal", 28), ("Who measured", 34), ("Published figure", 16), ("Grade", 8),
    ("What to keep in mind", 60),
)  # fmt: skip


def render_xlsx(report: Report) -> bytes:
    """Return the report as an XLSX workbook."""
    import xlsxwriter  # a report is made now and then; starting the app should not wait for it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _SAFE) as book:
        made = instant_of(report.made_at).replace(tzinfo=None)
        book.set_properties({"title": report.title, "company": report.brand, "created": made})
        book.set_size(2400, 1400)
        pen = _Pen(book)
        _write_summary(book.add_worksheet("Report"), pen, report)
        _write_figures(book.add_worksheet("Figures"), pen, report)
        tables = [table for section in report.sections for table in section.tables]
        for name, table in zip(_names(tables), tables, strict=True):
            _write_table(book.add_worksheet(name), pen, table)
        charts = [chart for section in report.sections for chart in section.charts]
        if charts:
            _write_charts(book, pen, charts)
    return out.getvalue()


class _Pen:
    """Formats of one workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **wanted: object) -> Format:
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **wanted})
        return self._made[key]

    def number(self, value: float | None, unit: Unit, currency: str) -> Format:
        return self(num_format=number_format(value, unit, currency), align="right")

    @property
    def head(self) -> Format:
        return self(bold=True, font_color=_QUIET, bg_color=_SOFT, bottom=1, text_wrap=True)

    @property
    def day(self) -> Format:
        return self(num_format="d mmm yyyy", align="left")

    @property
    def words(self) -> Format:
        return self(text_wrap=True)


def number_format(value: float | None, unit: Unit, currency: str) -> str:
    """Return how a spreadsheet writes a number, like the report writes it."""
    if unit is Unit.SHARE:
        return "0.00%" if value is not None and abs(value) < 0.1 else "0.0%"
    if unit is Unit.MONEY:
        digits = minor_digits(currency) if currency else 2
        code = "".join(letter for letter in currency if letter.isalpha())
        return f"#,##0{'.' if digits else ''}{'0' * digits}" + (f'" {code}"' if code else "")
    if unit is Unit.SECONDS:
        return '0.0" s"'
    if unit is Unit.TIMES:
        return '0.00"×"'
    is_whole = value is None or value == round(value)
    return "#,##0" if unit is Unit.COUNT and is_whole else "#,##0.00"


def _write_summary(sheet: Worksheet, pen: _Pen, report: Report) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 110)
    for row, (words, look) in enumerate(_summary_lines(pen, report)):
        sheet.write_string(row, 0, words, look)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _summary_lines(pen: _Pen, report: Report) -> Iterable[tuple[str, Format]]:
    yield report.brand, pen(font_color=_QUIET)
    yield report.title, pen(bold=True, font_size=22, font_name="Georgia")
    yield f"{report.period} · {report.as_of_words}", pen(font_color=_QUIET)
    if report.is_sample:
        yield "Made-up sample campaign", pen(italic=True)
    yield report.claim, pen(font_size=13, text_wrap=True)
    for section in report.sections:
        yield "", pen()
        yield section.title, pen(bold=True, font_size=13, font_color=_ACCENT, bottom=1, bottom_color=_PALE)
        yield section.claim, pen(bold=True, text_wrap=True)
        for point in section.points:
            yield f"•  {point}", pen(text_wrap=True, indent=1)
        for note in section.notes:
            yield note, pen(text_wrap=True, font_color=_QUIET)
    yield "", pen()
    yield (
        f"Made with Plumbline on {report.made_words}. Cells without a value are not known.",
        pen(font_color=_QUIET),
    )


def _write_figures(sheet: Worksheet, pen: _Pen, report: Report) -> None:
    _heads(sheet, pen, [name for name, _ in _FIGURE_HEADS])
    for column, (_, wide) in enumerate(_FIGURE_HEADS):
        sheet.set_column(column, column, wide)
    row = 0
    for row, (section, figure) in enumerate(report.figures(), start=1):
        _figure_row(sheet, pen, row, section, figure)
    sheet.autofilter(0, 0, max(row, 1), len(_FIGURE_HEADS) - 1)


def _figure_row(sheet: Worksheet, pen: _Pen, row: int, section: Section, figure: Figure) -> None:
    sheet.write_string(row, 0, section.title, pen.words)
    sheet.write_string(row, 1, figure.label, pen.words)
    for column, value in ((2, figure.value), (3, figure.low), (4, figure.high), (6, figure.goal)):
        number = plain_number(value, figure.unit, figure.currency)
        if number is not None:
            sheet.write_number(row, column, number, pen.number(value, figure.unit, figure.currency))
    words = {5: figure.written, 7: figure.status_words, 8: figure.provenance_words}
    if figure.benchmark:
        words |= {9: figure.benchmark.written, 10: figure.benchmark.grade}
    words[11] = " ".join(part for part in (figure.why_missing, figure.caution) if part)
    for column, text in words.items():
        sheet.write_string(row, column, text, pen.words)


def _write_table(sheet: Worksheet, pen: _Pen, table: Table) -> None:
    _heads(sheet, pen, [column.label for column in table.columns])
    for at, column in enumerate(table.columns):
        wide = max([len(column.label) * 0.7, *(len(row[at].written) for row in table.rows[:200])], default=10)
        sheet.set_column(at, at, min(max(wide + 3, 12), 60))
    for number, row in enumerate(table.rows, start=1):
        for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            _write_cell(sheet, pen, (number, at), column, cell)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    if table.note:
        sheet.write_string(len(table.rows) + 2, 0, table.note, pen(font_color=_QUIET))


def _write_cell(sheet: Worksheet, pen: _Pen, place: tuple[int, int], column: Column, cell: Cell) -> None:
    if cell.day is not None:
        sheet.write_datetime(*place, datetime.combine(cell.day, time()), pen.day)
    elif cell.number is not None:
        number = plain_number(cell.number, column.unit, column.currency) or 0.0
        sheet.write_number(*place, number, pen.number(cell.number, column.unit, column.currency))
    else:
        align = "right" if column.kind is ColumnKind.NUMBER else "left"
        sheet.write_string(*place, cell.written, pen(align=align, text_wrap=True))


def _heads(sheet: Worksheet, pen: _Pen, labels: Sequence[str]) -> None:
    for column, label in enumerate(labels):
        sheet.write_string(0, column, label, pen.head)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_charts(book: Workbook, pen: _Pen, charts: Sequence[Chart]) -> None:
    """Write the data of each chart and beside them a chart drawn from these very cells."""
    sheet = book.add_worksheet("Charts")
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 16)
    top = 0
    for chart in charts:
        for series in chart.series:
            sheet.write_string(top, 0, chart.title, pen.head)
            sheet.write_string(top, 1, series.name, pen.head)
            for row, point in enumerate(series.points, start=top + 1):
                if point.day is not None:
                    sheet.write_datetime(row, 0, datetime.combine(point.day, time()), pen.day)
                else:
                    sheet.write_string(row, 0, point.label, pen.words)
                number = plain_number(point.value, chart.unit, chart.currency)
                if number is not None:
                    sheet.write_number(row, 1, number, pen.number(point.value, chart.unit, chart.currency))
            _draw(book, sheet, chart, (top, len(series.points)))
            top += max(len(series.points) + 2, _STEP)


def _draw(book: Workbook, sheet: Worksheet, chart: Chart, place: tuple[int, int]) -> None:
    top, count = place
    is_bars = chart.kind is ChartKind.BARS
    drawn = book.add_chart({"type": "bar" if is_bars else "line"})
    most = max((point.value or 0.0 for series in chart.series for point in series.points), default=0.0)
    shape = number_format(most, chart.unit, chart.currency)
    colour = {"fill": {"color": _ACCENT}} if is_bars else {"line": {"color": _ACCENT, "width": 2.25}}
    drawn.add_series(
        {
            "name": ["Charts", top, 1],
            "categories": ["Charts", top + 1, 0, top + count, 0],
            "values": ["Charts", top + 1, 1, top + count, 1],
            "gap": 60,
            "data_labels": {"value": is_bars, "num_format": shape},
            **colour,
        }
    )
    drawn.set_title({"name": chart.title, "name_font": {"size": 12, "bold": True}, "overlay": False})
    drawn.set_legend({"none": True})
    if is_bars:
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        drawn.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
    else:
        drawn.set_y_axis(
            {"num_format": shape, "min": 0, "major_gridlines": {"visible": True, "line": {"color": _SOFT}}}
        )
    drawn.set_size({"width": 640, "height": 360})
    sheet.insert_chart(top, 3, drawn, {"description": chart.alt})


def _names(tables: Iterable[Table]) -> list[str]:
    """Return sheet names of our own titles, each once, at most 31 characters."""
    names: list[str] = []
    for table in tables:
        base = "".join(letter for letter in table.title if letter.isalnum() or letter == " ")[:26].strip()
        count = sum(name.startswith(base) for name in names)
        names.append(f"{base} {count + 1}" if count else base or "Table")
    return names
