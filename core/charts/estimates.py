"""Creators beside each other: what is expected, how sure that is, what was measured, what peers have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from core.charts.drawing import Cell, Drawing, axis_format, axis_title, chart_data, drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.metrics.model import Metric
    from core.scorecards import Scorecard

MOST_ROWS = 30
_WIDE = 30  # times the smallest value from which a logarithmic axis shows more


def estimate_bars(cards: Sequence[Scorecard], metric: Metric, *, currency: str = "") -> Drawing:
    """Return a row for each creator: filled dot expected, bar 90 % interval, hollow dot measured, band peers.

    Args:
        cards: in the order they are shown; the first 30 are drawn.
        metric: what is drawn.
        currency: of its money, else ''.
    """
    known = [
        card
        for card in cards
        if ((one := card.estimates.get(metric.name)) and one.raw is not None)
        or (one and one.value is not None)
    ]
    rows = [_row(card, metric, currency, order) for order, card in enumerate(known[:MOST_ROWS])]
    base = alt.Chart(chart_data(rows)).encode(
        y=alt.Y("name:N", title=None, sort=alt.EncodingSortField("order", order="ascending")),
        tooltip=[alt.Tooltip("name:N", title="creator"), alt.Tooltip("written:N", title=metric.label)],
    )
    scale = alt.Scale(type="log", nice=False) if _is_wide(rows) else alt.Scale(zero=False)

    def across(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q",
            title=axis_title(metric, currency),
            axis=alt.Axis(format=axis_format(metric) if metric.name != "views_per_video" else ",.0f"),
            scale=scale,
        )

    band = base.mark_bar(opacity=0.16, size=22).encode(x=across("band_low"), x2="band_high:Q")
    bar = base.mark_bar(size=4, opacity=0.6).encode(x=across("low"), x2="high:Q")
    measured = base.mark_point(size=70, filled=False, strokeWidth=2).encode(x=across("raw"))
    expected = base.mark_point(size=90, filled=True, opacity=1).encode(x=across("value"))
    picture = alt.layer(band, bar, measured, expected).properties(height=alt.Step(30))
    assert isinstance(picture, alt.LayerChart)  # noqa: S101  (no facets were asked for)
    return Drawing(picture, _in_words(known, metric))


def _row(card: Scorecard, metric: Metric, currency: str, order: int) -> dict[str, Cell]:
    one = card.estimates[metric.name]
    band = one.peers
    return {
        "creator": str(card.creator_id),
        "name": card.name,
        "order": order,
        "value": drawn(metric, one.value, currency),
        "low": drawn(metric, one.low, currency),
        "high": drawn(metric, one.high, currency),
        "raw": drawn(metric, one.raw, currency),
        "band_low": None if band is None else drawn(metric, band.low, currency),
        "band_high": None if band is None else drawn(metric, band.high, currency),
        "written": one.sentence,
    }


def _is_wide(rows: Sequence[dict[str, Cell]]) -> bool:
    """Return whether values differ so much that a plain axis would hide the small ones."""
    ends = [
        float(value)
        for row in rows
        for name in ("low", "high", "raw", "value")
        if isinstance(value := row[name], (int, float))
    ]
    return bool(ends) and min(ends) > 0 and max(ends) / min(ends) > _WIDE


def _in_words(cards: Sequence[Scorecard], metric: Metric) -> str:
    if not cards:
        return f"{metric.label} is not known for any creator yet."
    compared = [card for card in cards if card.estimates[metric.name].standing is not None]
    if not compared:
        return f"{metric.label} of {len(cards)} creators as measured; too few to say what is usual."
    first, last = compared[0], compared[-1]
    said = f"{metric.label} of {len(cards)} creators with ranges. "
    said += f"{first.name}: {first.estimates[metric.name].sentence}"
    return said if first is last else f"{said} {last.name}: {last.estimates[metric.name].sentence}"
