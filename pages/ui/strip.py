"""The five stages beside each other: how large each is, and what is met again in the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui.plain import plain

if TYPE_CHECKING:
    from core.funnel.model import Funnel, StageView


def draw_strip(funnel: Funnel, *, locale: str) -> None:
    """Draw one cell per stage; its name leads to its part of the page."""
    with st.grid(len(funnel.stages), min_column_width=130):
        for number, view in enumerate(funnel.stages, start=1):
            with st.container(border=True, height="stretch", gap="xsmall"):
                _draw_cell(number, view, is_last=number == len(funnel.stages), locale=locale)


def _draw_cell(number: int, view: StageView, *, is_last: bool, locale: str) -> None:
    head = view.headline
    st.markdown(f"**[{number} {view.label}](#{view.stage.value})**")
    st.metric(head.metric.label, head.written(locale=locale, compact=True), label_visibility="collapsed")
    why = f" {plain(head.why_missing, longest=300)}" if head.why_missing else ""
    st.caption(head.metric.label, help=f"{plain(head.metric.definition, longest=300)}{why}")
    if view.step is not None and view.step.short:
        st.caption(f":material/arrow_forward: {plain(view.step.short)}")
    elif not is_last:
        st.caption(":material/arrow_forward: not known")
