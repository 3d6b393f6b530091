"""Charts as inline SVG: no script, sizes in per cent, so that words keep their size on a phone.

Colours and fonts are classes of the page's one style sheet, so light, dark and print follow by themselves.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from core.reports.model import ChartKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.reports.model import Chart, Point

_ROW, _BAR = 40, 12
_TOP, _PLOT, _FOOT = 30, 150, 26  # of a line chart, in pixels


def draw(chart: Chart) -> Markup:
    """Return the chart as an SVG element with its takeaway for those who cannot see it."""
    return _bars(chart) if chart.kind is ChartKind.BARS else _line(chart)


def _bars(chart: Chart) -> Markup:
    points = [point for series in chart.series for point in series.points]
    most = max((point.value or 0.0 for point in points), default=0.0) or 1.0
    parts = []
    for position, point in enumerate(points):
        top = position * _ROW
        width = max((point.value or 0.0) / most * 100, 0.3)
        kind = "bar first" if position == 0 else "bar"
        parts.append(
            f'<text class="name" x="0" y="{top + 15}">{_short(point.label)}</text>'
            f'<text class="number" x="100%" y="{top + 15}">{escape(point.written)}</text>'
            f'<rect class="rail" x="0" y="{top + 21}" width="100%" height="{_BAR}" rx="3"/>'
            f'<rect class="{kind}" x="0" y="{top + 21}" width="{width:.2f}%" height="{_BAR}" rx="3"/>'
        )
    return _svg(chart, len(points) * _ROW, parts)


def _line(chart: Chart) -> Markup:
    parts: list[str] = []
    for series in chart.series:
        parts += _one_line(series.points)
    return _svg(chart, _TOP + _PLOT + _FOOT, parts)


def _one_line(points: Sequence[Point]) -> list[str]:
    """Return a line with its ends and its highest point named; what is not known is a gap."""
    most = max((point.value or 0.0 for point in points), default=0.0) or 1.0
    places = [(_across(number, len(points)), point) for number, point in enumerate(points)]
    stretches = [
        [(x, 100 - (point.value or 0.0) / most * 100) for x, point in run]
        for is_known, run in groupby(places, key=lambda one: one[1].value is not None)
        if is_known
    ]
    inner = "".join(_stretch(one) for one in stretches)
    known = [(x, point) for x, point in places if point.value is not None]
    top = max(known, key=lambda one: one[1].value or 0.0)
    drawn = [
        f'<line class="axis" x1="0" x2="100%" y1="{_TOP + _PLOT}" y2="{_TOP + _PLOT}"/>',
        _plot(inner),
    ]
    drawn += [_alone(x, y) for run in stretches if len(run) == 1 for x, y in run]
    drawn += [_mark(x, point, most) for x, point in dict.fromkeys([top, known[-1]])]
    return [*drawn, _tick(*places[0]), _tick(*places[-1])]


def _plot(inner: str) -> str:
    """Return what is drawn in hundredths of the plot, stretched over it."""
    return (
        f'<svg x="2%" y="{_TOP}" width="96%" height="{_PLOT}" viewBox="0 0 100 100" '
        f'preserveAspectRatio="none" overflow="visible">{inner}</svg>'
    )


def _stretch(ends: Sequence[tuple[float, float]]) -> str:
    line = " ".join(f"{x:.2f},{y:.2f}" for x, y in ends)
    area = f"{ends[0][0]:.2f},100 {line} {ends[-1][0]:.2f},100"
    return f'<polygon class="area" points="{area}"/><polyline class="line" points="{line}"/>'


def _alone(x: float, y: float) -> str:
    return f'<circle class="dot" cx="{_inside(x):.2f}%" cy="{_TOP + y / 100 * _PLOT:.1f}" r="3"/>'


def _mark(x: float, point: Point, most: float) -> str:
    y = _TOP + _PLOT - (point.value or 0.0) / most * _PLOT
    return (
        f'<circle class="dot" cx="{_inside(x):.2f}%" cy="{y:.1f}" r="4"/>'
        f'<text class="value {_side(x)}" x="{_inside(x):.2f}%" y="{max(y - 10, 14):.1f}">'
        f"{escape(point.written)}</text>"
    )


def _tick(x: float, point: Point) -> str:
    place = f'x="{_inside(x):.2f}%" y="{_TOP + _PLOT + 19}"'
    return f'<text class="tick {_side(x)}" {place}>{_short(point.label)}</text>'


def _across(number: int, count: int) -> float:
    return number / (count - 1) * 100 if count > 1 else 50.0


def _inside(x: float) -> float:
    return 2 + x * 0.96


def _side(x: float) -> str:
    """Return where a label's anchor is, so that it stays inside the picture."""
    return "from-left" if x < 15 else "to-left" if x > 85 else "middle"


def _short(label: str, length: int = 44) -> Markup:
    return escape(label if len(label) <= length else f"{label[: length - 1].rstrip()}…")


def _svg(chart: Chart, height: int, parts: Iterable[str]) -> Markup:
    return Markup(  # noqa: S704  (every text in it went through escape)
        f'<svg class="chart" role="img" width="100%" height="{height}" aria-label="{escape(chart.alt)}">'
        f"{''.join(parts)}</svg>"
    )
