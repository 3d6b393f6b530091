"""Lines: how a metric of a stage went by week or by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from core.charts.drawing import Cell, Drawing, axis_format, axis_title, chart_data, drawn
from core.units import write, write_day

if TYPE_CHECKING:
    from core.funnel.model import Series


def stage_line(series: Series, *, by_day: bool = False, currency: str = "") -> Drawing:
    """Return a metric over time; where nothing is known the line is interrupted.

    Args:
        series: a metric by week and by day.
        by_day: draw days instead of weeks.
        currency: of its money, else ''.
    """
    metric = series.metric
    points = series.days if by_day else series.weeks
    rows: list[dict[str, Cell]] = [
        {
            "week": point.start.isoformat(),
            "value": drawn(metric, point.value, currency),
            "written": write(point.value, metric.unit, currency=currency),
        }
        for point in points
    ]
    grain = "day" if by_day else "week"
    line = (
        alt.Chart(chart_data(rows))
        .mark_line(point={"size": 70}, invalid="break-paths-show-path-domains")
        .encode(
            x=alt.X(
                "week:T",
                title=None if by_day else "week from",
                axis=alt.Axis(format="%-d %b", labelOverlap=True),
            ),
            y=alt.Y("value:Q", title=axis_title(metric, currency), axis=alt.Axis(format=axis_format(metric))),
            tooltip=[
                alt.Tooltip("week:T", title=grain, format="%-d %b %Y"),
                alt.Tooltip("written:N", title=metric.label),
            ],
        )
        .add_params(alt.selection_point(name="week", fields=["week"]))
    )
    return Drawing(line, _in_words(series, grain, currency, by_day=by_day))


def _in_words(series: Series, grain: str, currency: str, *, by_day: bool) -> str:
    points = series.days if by_day else series.weeks
    known = [(point.start, point.value) for point in points if point.value is not None]
    label = series.metric.label
    if not known:
        return f"{label} over time is not known yet."
    best, value = max(known, key=lambda one: one[1])
    highest = write(value, series.metric.unit, currency=currency)
    first, last = write_day(known[0][0]), write_day(known[-1][0])
    if len(known) == 1:
        return f"{label}: {highest} in the one {grain} known, from {first}."
    when = f"on {write_day(best)}" if by_day else f"in the week of {write_day(best)}"
    return f"{label} by {grain} from {first} to {last}: the highest was {highest} {when}."
