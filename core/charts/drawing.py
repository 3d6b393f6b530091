"""What every chart has in common: data, number formats, and words for those who cannot see it.

Colours and fonts come from the theme of the page; nothing is set here. Data are summed up
before they enter a chart, and only the columns named in `COLUMNS` may enter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt

from core.units import Unit, minor_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.metrics.model import Metric

Cell = str | float | None
COLUMNS = frozenset(
    {
        "creator",
        "name",
        "value",
        "written",
        "week",
        "traffic",
        "metric",
        "low",
        "high",
        "order",
        "raw",
        "band_low",
        "band_high",
        "arm",
        "kind",
    }
)
_FORMATS = {
    Unit.COUNT: ",.0f",
    Unit.SHARE: ".1%",
    Unit.MONEY: ",.2f",
    Unit.SECONDS: ",.1f",
    Unit.TIMES: ",.2f",
    Unit.NUMBER: ",.2f",
}


class Drawing(NamedTuple):
    """A chart and what it shows, in one sentence."""

    chart: alt.Chart | alt.LayerChart
    alt: str


def chart_data(rows: Sequence[dict[str, Cell]]) -> alt.InlineData:
    """Return rows as chart data.

    Raises:
        ValueError: a column that no chart may show, so that nothing slips to the browser.
    """
    strange = {name for row in rows for name in row} - COLUMNS
    if strange:
        msg = f"columns {sorted(strange)} may not enter a chart; allowed are {sorted(COLUMNS)}"
        raise ValueError(msg)
    return alt.InlineData(values=list(rows))


def drawn(metric: Metric, value: float | None, currency: str) -> float | None:
    """Return the value as an axis shows it: money in whole units, the rest as it is."""
    if value is None or metric.unit is not Unit.MONEY:
        return value
    digits = minor_digits(currency) if currency else 2
    return value / float(10**digits)


def axis_title(metric: Metric, currency: str) -> str:
    """Return the title of a metric's axis."""
    return f"{metric.label} ({currency})" if metric.unit is Unit.MONEY and currency else metric.label


def axis_format(metric: Metric) -> str:
    """Return how the axis writes the metric's numbers."""
    return _FORMATS[metric.unit]
