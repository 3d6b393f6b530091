"""Charts of a report as Vega-Lite, for the screen: words go in as data and never as expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.reports.model import ChartKind, plain_number
from core.units import Unit

if TYPE_CHECKING:
    from core.reports.model import Chart

_FORMATS = {Unit.SHARE: ".1%", Unit.COUNT: ",.0f", Unit.SECONDS: ",.1f"}
_TIP = [{"field": "name", "title": " "}, {"field": "written", "title": " "}]


def vega_spec(chart: Chart) -> dict[str, Any]:
    """Return the chart's description with its data; colours and fonts are the page's."""
    return (_bars if chart.kind is ChartKind.BARS else _line)(chart)


def _rows(chart: Chart) -> list[dict[str, Any]]:
    return [
        {
            "name": point.label,
            "day": point.day.isoformat() if point.day else None,
            "value": plain_number(point.value, chart.unit, chart.currency),
            "written": point.written,
            "order": number,
        }
        for series in chart.series
        for number, point in enumerate(series.points)
    ]


def _bars(chart: Chart) -> dict[str, Any]:
    where = {"field": "name", "type": "nominal", "sort": {"field": "order"}, "title": None}
    length = {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": True}}
    both = {"y": {**where, "axis": {"labelLimit": 150, "ticks": False, "domain": False}}, "x": length}
    words = {
        "mark": {"type": "text", "align": "left", "dx": 4},
        "encoding": {**both, "text": {"field": "written"}},
    }
    return {
        "data": {"values": _rows(chart)},
        "height": {"step": 26},
        "layer": [
            {"mark": {"type": "bar", "height": {"band": 0.62}}, "encoding": {**both, "tooltip": _TIP}},
            words,
        ],
    }


def _line(chart: Chart) -> dict[str, Any]:
    shape = _FORMATS.get(chart.unit, ",.2f")
    across = {"field": "day", "type": "temporal", "title": None, "axis": {"format": "%-d %b", "grid": False}}
    up = {"field": "value", "type": "quantitative", "title": None, "axis": {"format": shape}}
    return {
        "data": {"values": _rows(chart)},
        "height": 200,
        "mark": {"type": "line", "point": True},
        "encoding": {"x": across, "y": up, "tooltip": _TIP},
    }
