"""A picture of content patterns: each word's difference inside creators, and the plain one beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from core.charts.drawing import Cell, Drawing, chart_data
from core.units import write_change

if TYPE_CHECKING:
    from core.content import Pattern, Patterns

_MOST = 3.0


def pattern_bars(patterns: Patterns) -> Drawing:
    """Return the shown words as dots with ranges; hollow dots are the plain differences."""
    rows = [_row(one, place) for place, one in enumerate(patterns.shown)]
    y = alt.Y("name:N", title=None, sort=alt.EncodingSortField("order"), axis=alt.Axis(labelLimit=190))
    base = alt.Chart(chart_data(rows)).encode(
        y=y, tooltip=[alt.Tooltip("name:N", title="word"), alt.Tooltip("written:N", title="difference")]
    )
    zero = alt.Chart(chart_data([{"value": 0.0}])).mark_rule(color="gray").encode(x="value:Q")
    axis = alt.Axis(format="+.0%")
    bars = base.mark_bar(size=8, opacity=0.6).encode(
        x=alt.X("low:Q", title=f"difference in {patterns.metric.label.lower()}", axis=axis), x2="high:Q"
    )
    dots = base.mark_point(filled=True, size=120, opacity=1).encode(x="value:Q")
    plain: list[dict[str, Cell]] = [
        {
            "name": one.tag.label,
            "value": min(one.raw, _MOST),
            "order": float(place),
            "written": f"{write_change(one.raw)} plain",
        }
        for place, one in enumerate(patterns.shown)
        if one.raw is not None
    ]
    hollow = (
        alt.Chart(chart_data(plain))
        .mark_point(filled=False, size=110, shape="diamond")
        .encode(x="value:Q", y=y, tooltip=[alt.Tooltip("written:N", title="everybody together")])
    )
    chart = (zero + bars + dots + hollow).properties(height=60 + 34 * len(rows))
    return Drawing(chart, _in_words(patterns))


def _row(one: Pattern, place: int) -> dict[str, Cell]:
    low, high = one.low or 0.0, one.high or 0.0
    return {
        "name": one.tag.label,
        "value": min(one.lift or 0.0, _MOST),
        "low": max(low, -1.0),
        "high": min(high, _MOST),
        "written": f"{write_change(one.lift or 0.0)} inside creators "
        f"({write_change(low)} to {write_change(high)})",
        "order": float(place),
    }


def _in_words(patterns: Patterns) -> str:
    if not patterns.shown:
        return patterns.sentence
    said = "; ".join(f"{one.tag.label} {write_change(one.lift or 0.0)}" for one in patterns.shown)
    name = patterns.metric.label.lower()
    return f"Difference in {name} inside creators: {said}. Hollow marks: everybody together."
