"""How a figure's sum is shown: words, numbers, what was left out, and the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.units import DASH, Unit, instant_of, write, write_day
from pages.ui.plain import plain
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from core.metrics.model import Metric
    from core.tracing import Part, Trace


def draw_trace(trace: Trace, *, campaign: str, locale: str) -> None:
    """Draw how a figure came about."""
    with st.container(border=True):
        st.metric(plain(f"{trace.metric.label} · {campaign}"), _written(trace, locale))
        st.markdown(plain(trace.sentence, longest=800))
        with st.container(horizontal=True, gap="small"):
            for badge in trace.provenance:
                st.badge(badge.value, icon=":material/verified:", color="gray")
    st.markdown(f"**Formula.** {plain(trace.formula, longest=400)}")
    st.markdown(f"**What it is.** {plain(trace.metric.definition, longest=600)}")
    st.markdown(f"**What it does not say.** {plain(trace.metric.caution, longest=600)}")
    _draw_parts(trace, locale)
    for words in trace.filters:
        st.markdown(f":material/filter_alt: {plain(words, longest=400)}")
    for words in trace.exclusions:
        st.markdown(f":material/info: {plain(words, longest=500)}")
    _draw_sources(trace, locale)


def _written(trace: Trace, locale: str) -> str:
    def one(value: float | None) -> str:
        return write(value, trace.metric.unit, currency=trace.currency, locale=locale)

    if trace.value is not None or trace.low is None:
        return one(trace.value)
    return f"at least {one(trace.low)}" if trace.high is None else f"{one(trace.low)} to {one(trace.high)}"


def _draw_parts(trace: Trace, locale: str) -> None:
    st.subheader("The parts", divider="gray")
    rows = [_part(part, trace.metric, trace.currency, locale) for part in trace.parts]
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, key="parts", alt="The measures in the sum and their totals"
    )


def _part(part: Part, metric: Metric, currency: str, locale: str) -> dict[str, str]:
    side = "below the line" if part.is_below else ("above the line" if metric.denominator else "counted")
    money = currency if part.measure.unit is Unit.MONEY else ""
    return {
        "Measure": f"{'− ' if part.weight < 0 else ''}{part.measure.label}",
        "Where": side,
        "Total": DASH
        if part.value is None
        else write(part.value, part.measure.unit, currency=money, locale=locale),
        "Provenance": ", ".join(one.value for one in part.provenance),
        "What it counts": part.measure.definition,
    }


def _draw_sources(trace: Trace, locale: str) -> None:
    st.subheader("The files behind it", divider="gray")
    if not trace.sources:
        st.markdown(
            "No file states a part of it: it stands on what people wrote down in the plan, "
            "or nothing was imported yet."
        )
        return
    rows = [
        {
            "File": source.file_name,
            "Kind": source.label,
            "Speaks of": write_day(instant_of(source.as_of).date(), locale=locale),
            "Rows used": source.rows,
            "Rows set aside": source.rows_aside,
            "Import": source.batch_id,
        }
        for source in trace.sources
    ]
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, key="sources", alt="Files behind the figure, newest first"
    )
    way_to("history.py", label="Look into an import, or undo it", icon=":material/history:")
