"""Tables of the funnel: real numbers with a format, so that they sort right.

The browser receives the columns shown and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core.units import Unit, minor_digits
from pages.ui.plain import plain

if TYPE_CHECKING:
    from core.funnel.model import Table
    from core.metrics.model import Metric


def draw_table(table: Table, *, first: str, currency: str, alt: str, key: str) -> None:
    """Draw rows with their metrics; unknown stays empty.

    Args:
        table: rows and metrics.
        first: heading of the first column.
        currency: ISO code for money.
        alt: what the table says, for those who do not see it.
        key: unique name on the page.
    """
    frame = pd.DataFrame(
        [
            {
                first: row.label,
                "About": row.detail,
                **{m.label: _shown(row.values.get(m.name), m, currency) for m in table.metrics},
            }
            for row in table.rows
        ]
    )
    if frame.empty:
        st.caption("Nothing to list yet.")
        return
    if not frame["About"].astype(bool).any():
        frame = frame.drop(columns="About")
    st.dataframe(
        frame,
        hide_index=True,
        column_config={m.label: _column(m, currency) for m in table.metrics},
        alt=alt,
        key=key,
    )


def _shown(value: float | None, metric: Metric, currency: str) -> float | None:
    if value is None or metric.unit is not Unit.MONEY or not currency:
        return value
    return value / 10 ** minor_digits(currency)


def _column(metric: Metric, currency: str) -> Any:  # Streamlit's own column types have no common name
    label = f"{metric.label} ({currency})" if metric.unit is Unit.MONEY and currency else metric.label
    formats = {
        Unit.SHARE: "percent",
        Unit.COUNT: "localized",
        Unit.MONEY: "localized",
        Unit.SECONDS: "%.1f s",
    }
    return st.column_config.NumberColumn(
        label, help=plain(metric.definition, longest=300), format=formats.get(metric.unit, "%.2f")
    )
