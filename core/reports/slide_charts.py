"""Charts that PowerPoint draws itself and people can edit, with data that hold no formula and no link."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from core.reports.model import ChartKind, plain_number
from core.reports.xlsx import number_format

if TYPE_CHECKING:
    from core.reports.model import Chart

_ACCENT, _PALE, _INK, _QUIET, _RULE = "0B6B66", "A9D3CE", "10161E", "55606D", "D9D4C8"


def add_chart(slide: Any, chart: Chart, place: tuple[float, float, float, float]) -> None:
    """Put a chart on a slide at left, top, width and height in inches."""
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    is_bars = chart.kind is ChartKind.BARS
    kind = XL_CHART_TYPE.BAR_CLUSTERED if is_bars else XL_CHART_TYPE.LINE_MARKERS
    frame = slide.shapes.add_chart(kind, *(Inches(one) for one in place), _data(chart))
    frame.name = chart.title
    frame._element._nvXxPr.cNvPr.set("descr", chart.alt)  # noqa: SLF001  (alternative text has no other door)
    drawn = frame.chart
    drawn.has_legend = drawn.has_title = False
    drawn.font.size, drawn.font.name = _pt(11), "Calibri"
    drawn.font.color.rgb = _rgb(_INK)
    (_dress_bars if is_bars else _dress_line)(drawn, chart)


def _dress_bars(drawn: Any, chart: Chart) -> None:
    from pptx.enum.chart import XL_TICK_MARK

    plot = drawn.plots[0]
    plot.gap_width = 45
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = _shape(chart), False
    labels.font.size, labels.font.bold = _pt(11), True
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    drawn.value_axis.minimum_scale = 0
    names = drawn.category_axis
    names.reverse_order = True
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.fill.background()
    for series in plot.series:
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(_PALE)
        first = series.points[0].format.fill
        first.solid()
        first.fore_color.rgb = _rgb(_ACCENT)


def _dress_line(drawn: Any, chart: Chart) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    plot = drawn.plots[0]
    axis = drawn.value_axis
    axis.minimum_scale = 0
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = _shape(chart), False
    axis.major_gridlines.format.line.color.rgb = _rgb(_RULE)
    axis.format.line.fill.background()
    drawn.category_axis.tick_labels.number_format = "d mmm"
    drawn.category_axis.tick_labels.number_format_is_linked = False
    drawn.category_axis.format.line.color.rgb = _rgb(_RULE)
    for series in plot.series:
        series.smooth = False
        series.format.line.color.rgb = _rgb(_ACCENT)
        series.format.line.width = _pt(2.25)
        series.marker.style = XL_MARKER_STYLE.CIRCLE
        series.marker.size = 6
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _rgb(_ACCENT)
        series.marker.format.line.color.rgb = _rgb(_ACCENT)
    _name_points(plot, chart)


def _name_points(plot: Any, chart: Chart) -> None:
    """Write the number beside the highest point and the last one."""
    from pptx.enum.chart import XL_LABEL_POSITION

    for series, found in zip(plot.series, chart.series, strict=True):
        known = [number for number, point in enumerate(found.points) if point.value is not None]
        top = max(known, key=lambda number: found.points[number].value or 0.0)
        for number in dict.fromkeys((top, known[-1])):
            label = series.points[number].data_label
            label.has_text_frame = True
            label.text_frame.text = found.points[number].written
            label.position = XL_LABEL_POSITION.ABOVE
            label.font.bold, label.font.size = True, _pt(11)


def _shape(chart: Chart) -> str:
    most = max((point.value or 0.0 for series in chart.series for point in series.points), default=0.0)
    return number_format(most, chart.unit, chart.currency)


def _data(chart: Chart) -> Any:
    """Return the chart's data with a workbook of their own that treats every word as a word."""
    from pptx.chart.data import CategoryChartData

    class WordsOnly(CategoryChartData):  # type: ignore[misc]  # python-pptx has no types
        @property
        def xlsx_blob(self) -> bytes:
            return _workbook(chart)

    data = WordsOnly(number_format=_shape(chart))
    data.categories = _categories(chart)
    for series in chart.series:
        values = [plain_number(point.value, chart.unit, chart.currency) for point in series.points]
        data.add_series(series.name, values)
    return data


def _categories(chart: Chart) -> list[str] | list[date]:
    points = chart.series[0].points
    days = [point.day for point in points if point.day is not None]
    return days if len(days) == len(points) else [point.label for point in points]


def _workbook(chart: Chart) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, safe) as book:
        sheet = book.add_worksheet("Sheet1")
        day = book.add_format({"num_format": "d mmm yyyy"})
        for row, category in enumerate(_categories(chart), start=1):
            if isinstance(category, date):
                sheet.write_datetime(row, 0, datetime.combine(category, time()), day)
            else:
                sheet.write_string(row, 0, category)
        for column, series in enumerate(chart.series, start=1):
            sheet.write_string(0, column, series.name)
            for row, point in enumerate(series.points, start=1):
                number = plain_number(point.value, chart.unit, chart.currency)
                if number is not None:
                    sheet.write_number(row, column, number)
    return out.getvalue()


def _pt(size: float) -> Any:
    from pptx.util import Pt

    return Pt(size)


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour)
