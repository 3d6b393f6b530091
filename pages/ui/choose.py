"""Pickers whose choice stands in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.metrics.registry import BY_NAME
from pages.ui.context import set_query

if TYPE_CHECKING:
    from collections.abc import Mapping


def choose_creator(names: Mapping[int, str]) -> int | None:
    """Return the creator that the address names, offering the others; None where there is none."""
    if not names:
        return None
    asked = st.query_params.get("creator", "")
    chosen = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in names else next(iter(names))

    def keep() -> None:
        set_query(creator=str(st.session_state["one_creator"]))

    st.session_state["one_creator"] = chosen
    st.selectbox(
        "Creator", list(names), format_func=lambda number: names[number], key="one_creator", on_change=keep
    )
    set_query(creator=str(chosen))
    return chosen


def choose_metric() -> str:
    """Return the metric that the address names, offering the others."""
    asked = st.query_params.get("metric", "")
    chosen = asked if asked in BY_NAME else next(iter(BY_NAME))

    def keep() -> None:
        set_query(metric=st.session_state["one_metric"])

    st.session_state["one_metric"] = chosen
    st.selectbox(
        "Metric",
        list(BY_NAME),
        format_func=lambda name: BY_NAME[name].label,
        key="one_metric",
        on_change=keep,
    )
    set_query(metric=chosen)
    return chosen
