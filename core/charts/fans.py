"""Fans: what is counted so far, and the range of what is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from core.charts.drawing import Cell, Drawing, chart_data
from core.units import write_count, write_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.forecasts.model import Fan


def forecast_fan(points: Sequence[Fan], *, target: float | None = None) -> Drawing:
    """Return views day by day: a line for what is counted, a band for nine chances in ten.

    Args:
        points: days in order, the counted ones first.
        target: views to reach, drawn as a dashed line; None draws none.
    """
    counted = [point for point in points if point.counted is not None]
    ahead = [point for point in points if point.low is not None]
    day = alt.X("week:T", title=None, axis=alt.Axis(format="%-d %b", labelOverlap=True))
    line = alt.Chart(chart_data([_counted(point.day, point.counted) for point in counted])).mark_line(
        point=True
    )
    band = alt.Chart(
        chart_data(
            [
                {
                    "week": point.day.isoformat(), "low": point.low, "high": point.high,
                    "value": point.middle, "written": _range(point),
                }
                for point in ahead
            ]
        )
    )  # fmt: skip
    layers = [
        band.mark_area(opacity=0.25).encode(
            x=day,
            y=alt.Y("low:Q", title="Video views", axis=alt.Axis(format=",.0f")),
            y2="high:Q",
            tooltip=[
                alt.Tooltip("week:T", title="day", format="%-d %b %Y"),
                alt.Tooltip("written:N", title="9 in 10"),
            ],
        ),
        band.mark_line(strokeDash=[4, 3]).encode(x=day, y="value:Q"),
        line.encode(
            x=day,
            y="value:Q",
            tooltip=[
                alt.Tooltip("week:T", title="day", format="%-d %b %Y"),
                alt.Tooltip("written:N", title="counted"),
            ],
        ),
    ]
    if target is not None:
        goal = alt.Chart(chart_data([{"value": target, "written": write_count(target)}]))
        layers.append(
            goal.mark_rule(strokeDash=[2, 2]).encode(
                y="value:Q", tooltip=[alt.Tooltip("written:N", title="target")]
            )
        )
    return Drawing(alt.LayerChart(layer=layers), _in_words(counted, ahead, target))


def _range(point: Fan) -> str:
    return f"{write_count(point.low or 0)} to {write_count(point.high or 0)}"


def _counted(day: object, views: float | None) -> dict[str, Cell]:
    return {"week": str(day), "value": views, "written": write_count(views or 0)}


def _in_words(counted: Sequence[Fan], ahead: Sequence[Fan], target: float | None) -> str:
    parts = []
    if counted:
        newest = counted[-1]
        parts.append(f"{write_count(newest.counted or 0)} views were counted by {write_day(newest.day)}")
    if ahead:
        last = ahead[-1]
        parts.append(f"{_range(last)} are expected by {write_day(last.day)}")
    if target is not None:
        parts.append(f"the target is {write_count(target)}")
    return f"{'; '.join(parts)}." if parts else "No views are counted yet."
