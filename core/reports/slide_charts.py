"""Charts that PowerPoint draws itself and people can edit, with data that hold no formula and no link."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from core.reports.model import ChartKind, plain_number
from core.reports.slide_parts import ACCENT, INK, PALE, RULE, inches, rgb
from core.reports.xlsx import number_format

if TYPE_CHECKING:
    from core.reports.model import Chart
    from core.reports.slide_parts import Box


def add_chart(slide: Any, chart: Chart, box: Box) -> None:
    """Put a chart on a slide."""
    from pptx.enum.chart import XL_CHART_TYPE

    is_bars = chart.kind is ChartKind.BARS
    kind = XL_CHART_TYPE.BAR_CLUSTERED if is_bars else XL_CHART_TYPE.LINE_MARKERS
    frame = slide.shapes.add_chart(kind, *inches(box), _data(chart))
    frame.name = chart.title
    frame._element._nvXxPr.cNvPr.set("descr", chart.alt)  # noqa: SLF001  (alternative text has no other door)
    drawn = frame.chart
    drawn.has_legend = drawn.has_title = False
    drawn.font.size, drawn.font.name = _pt(11), "Calibri"
    drawn.font.color.rgb = rgb(INK)
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
        series.format.fill.fore_color.rgb = rgb(PALE)
        first = series.points[0].format.fill
        first.solid()
        first.fore_color.rgb = rgb(ACCENT)


def _dress_line(drawn: Any, chart: Chart) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    plot = drawn.plots[0]
    axis = drawn.value_axis
    axis.minimum_scale = 0
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = _shape(chart), False
    axis.major_gridlines.format.line.color.rgb = rgb(RULE)
    axis.format.line.fill.background()
    drawn.category_axis.format.line.color.rgb = rgb(RULE)
    for series in plot.series:
        series.smooth = False
        series.format.line.color.rgb = rgb(ACCENT)
        series.format.line.width = _pt(2.25)
        series.marker.style = XL_MARKER_STYLE.CIRCLE
        series.marker.size = 6
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = rgb(ACCENT)
        series.marker.format.line.color.rgb = rgb(ACCENT)
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

    class WordsOnly(CategoryChartData):
        @property
        def xlsx_blob(self) -> bytes:
            return _workbook(chart)

    data = WordsOnly(number_format=_shape(chart))  # type: ignore[no-untyped-call]
    data.categories = [point.label for point in chart.series[0].points]
    for series in chart.series:
        values = [plain_number(point.value, chart.unit, chart.currency) for point in series.points]
        data.add_series(series.name, values)  # type: ignore[no-untyped-call]
    return data


def _workbook(chart: Chart) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, safe) as book:
        sheet = book.add_worksheet("Sheet1")
        for row, point in enumerate(chart.series[0].points, start=1):
            sheet.write_string(row, 0, point.label)
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
