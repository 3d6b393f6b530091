"""Bars: creators beside each other, organic and paid, reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from core.charts.drawing import Cell, Drawing, axis_format, axis_title, chart_data, drawn
from core.funnel.model import Row
from core.scope import Traffic
from core.units import Unit, write

if TYPE_CHECKING:
    from core.funnel.model import Figure, Split, Table
    from core.metrics.model import Metric

MOST_BARS = 20


def creator_bars(table: Table, metric: Metric, *, currency: str = "") -> Drawing:
    """Return the creators beside each other, the largest 20 and the others together.

    Others are put together for counts only: a rate of several creators needs their totals.

    Args:
        table: the creators of a funnel.
        metric: one of the table's columns.
        currency: of its money, else ''.
    """
    known = [row for row in table.rows if row.values.get(metric.name) is not None]
    known.sort(key=lambda row: (-(row.values[metric.name] or 0.0), row.label))
    shown, rest = known[:MOST_BARS], known[MOST_BARS:]
    if rest and metric.denominator is None:
        total = sum(row.values[metric.name] or 0.0 for row in rest)
        shown = [*shown, Row(key="", label=f"{len(rest)} others", values={metric.name: total})]
    rows: list[dict[str, Cell]] = [
        {
            "creator": row.key,
            "name": row.label,
            "value": drawn(metric, row.values[metric.name], currency),
            "written": write(row.values[metric.name], metric.unit, currency=currency),
            "order": position,
        }
        for position, row in enumerate(shown)
    ]
    picked = alt.selection_point(name="creator", fields=["creator"])
    bars = (
        alt.Chart(chart_data(rows))
        .mark_bar()
        .encode(
            x=alt.X("value:Q", title=axis_title(metric, currency), axis=alt.Axis(format=axis_format(metric))),
            y=alt.Y("name:N", title=None, sort=alt.EncodingSortField("order", order="ascending")),
            opacity=alt.condition(picked, alt.value(1.0), alt.value(0.4)),
            tooltip=[alt.Tooltip("name:N", title="creator"), alt.Tooltip("written:N", title=metric.label)],
        )
        .add_params(picked)
        .properties(height=alt.Step(26))
    )
    return Drawing(bars, _creators_in_words(metric, rows, len(table.rows) - len(known), len(known)))


def _creators_in_words(metric: Metric, rows: list[dict[str, Cell]], unknown: int, known: int) -> str:
    if not rows:
        return f"{metric.label} is not known for any creator yet."
    first = f"{metric.label} of {known} {'creator' if known == 1 else 'creators'}: "
    first += f"the highest is {rows[0]['name']} with {rows[0]['written']}"
    named = [row for row in rows if row["creator"] != ""]
    if len(named) > 1 and len(named) == known:
        first += f", the lowest {named[-1]['name']} with {named[-1]['written']}"
    return f"{first}.{f' Not known for {unknown} more.' if unknown else ''}"


def traffic_bars(split: Split, *, currency: str = "") -> Drawing:
    """Return organic and paid side by side; stacked where they add up to a total.

    Args:
        split: a metric for organic views, paid views and both.
        currency: of its money, else ''.
    """
    metric = split.metric
    parts = ((Traffic.ORGANIC, split.organic), (Traffic.PAID, split.paid))
    known = [(traffic.value, value) for traffic, value in parts if value is not None]
    rows: list[dict[str, Cell]] = [
        {
            "traffic": name,
            "metric": metric.label,
            "value": drawn(metric, value, currency),
            "written": write(value, metric.unit, currency=currency),
        }
        for name, value in known
    ]
    is_sum = metric.denominator is None
    bars = (
        alt.Chart(chart_data(rows))
        .mark_bar()
        .encode(
            x=alt.X(
                "value:Q",
                title=axis_title(metric, currency),
                axis=alt.Axis(format=axis_format(metric)),
                stack="zero" if is_sum else None,
            ),
            y=alt.Y("metric:N" if is_sum else "traffic:N", title=None),
            color=alt.Color("traffic:N", title=None, sort=[Traffic.ORGANIC.value, Traffic.PAID.value]),
            tooltip=[alt.Tooltip("traffic:N"), alt.Tooltip("written:N", title=metric.label)],
        )
        .add_params(alt.selection_point(name="traffic", fields=["traffic"]))
    )
    said = " and ".join(f"{row['traffic']} {row['written']}" for row in rows)
    together = (
        "" if split.total is None else f"; together {write(split.total, metric.unit, currency=currency)}"
    )
    words = f"{metric.label}: {said}{together}." if said else f"{metric.label} is not known by traffic yet."
    return Drawing(bars, words)


def reach_bar(figure: Figure) -> Drawing:
    """Return reach as a bar from the lowest to the highest it can be."""
    low, high = figure.ends
    if low is None:
        return Drawing(alt.Chart(chart_data([])).mark_bar(), "Reach is not known yet.")
    if high is None:
        return Drawing(
            alt.Chart(chart_data([])).mark_bar(), f"{figure.metric.label}: {figure.written()} people."
        )
    rows: list[dict[str, Cell]] = [
        {"metric": figure.metric.label, "low": low, "high": high, "written": figure.written()}
    ]
    bar = (
        alt.Chart(chart_data(rows))
        .mark_bar()
        .encode(
            x=alt.X("low:Q", title="people", scale=alt.Scale(zero=True), axis=alt.Axis(format=",.0f")),
            x2="high:Q",
            y=alt.Y("metric:N", title=None),
            tooltip=[alt.Tooltip("written:N", title=figure.metric.label)],
        )
    )
    if not figure.is_range:
        return Drawing(bar.encode(x2=alt.X2Datum(0)), f"{figure.metric.label}: {figure.written()} people.")
    words = (
        f"{figure.metric.label}: between {write(low, Unit.COUNT)} and {write(high, Unit.COUNT)} people, "
        "because nobody can say how many are counted more than once."
    )
    return Drawing(bar, words)
