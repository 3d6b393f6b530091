"""Tables of the funnel: real numbers with a format, so that they sort right.

The browser receives the columns shown and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core.units import DASH, Unit, minor_digits
from pages.ui.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.funnel.model import Row, Table
    from core.metrics.model import Metric

_FORMATS = {
    Unit.SHARE: "percent",
    Unit.COUNT: "localized",
    Unit.MONEY: "localized",
    Unit.SECONDS: "%.1f s",
    Unit.TIMES: "%.2f×",
}


def draw_table(
    table: Table,
    *,
    first: str,
    currency: str,
    alt: str,
    key: str,
    pick: Callable[[Row], None] | None = None,
) -> None:
    """Draw rows with their metrics; unknown is a dash, and what no row knows has no column.

    Args:
        table: rows and metrics.
        first: heading of the first column.
        currency: ISO code for money.
        alt: what the table says, for those who do not see it.
        key: unique name on the page.
        pick: what a click on a row does; None where nothing.
    """
    metrics = [m for m in table.metrics if any(row.value(m.name) is not None for row in table.rows)]
    if not metrics:
        st.caption("Nothing to list yet.")
        return
    frame = pd.DataFrame([_cells(row, metrics, first, currency) for row in table.rows])
    for name in ("Creator", "About"):
        if name != first and not frame[name].astype(bool).any():
            frame = frame.drop(columns=name)
    options: dict[str, Any] = {}  # Streamlit asks for either no selection or all of these together

    def picked() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if rows and pick is not None:
            pick(table.rows[rows[0]])

    if pick is not None:
        options = {"on_select": picked, "selection_mode": "single-row"}
    st.dataframe(
        frame,
        hide_index=True,
        column_config=_columns(metrics, first, currency),
        placeholder=DASH,
        alt=alt,
        key=key,
        **options,
    )


def _cells(row: Row, metrics: list[Metric], first: str, currency: str) -> dict[str, object]:
    words = {"Creator": row.creator, first: row.label, "About": row.detail}
    return {first: row.label} | words | {m.name: _shown(row.value(m.name), m, currency) for m in metrics}


def _shown(value: float | None, metric: Metric, currency: str) -> float | None:
    if value is None or metric.unit is not Unit.MONEY or not currency:
        return value
    return value / float(10 ** minor_digits(currency))


def _columns(metrics: list[Metric], first: str, currency: str) -> dict[str, Any]:
    """Return how each column is shown; Streamlit's own column types have no common name."""
    texts = {
        first: st.column_config.TextColumn(first, width=190, pinned=True),
        "Creator": st.column_config.TextColumn(
            "Creator", width=130 if first != "Creator" else 190, pinned=first == "Creator"
        ),
        "About": st.column_config.TextColumn("About", width=150),
    }
    return texts | {metric.name: _column(metric, currency) for metric in metrics}


def _column(metric: Metric, currency: str) -> Any:  # a number column; Streamlit gives it no public name
    label = f"{metric.label} ({currency})" if metric.unit is Unit.MONEY and currency else metric.label
    return st.column_config.NumberColumn(
        label,
        help=plain(metric.definition, longest=300),
        format=_FORMATS.get(metric.unit, "%.2f"),
        width=120 if len(label) < 18 else 170,
    )
