"""Titles: which campaign, which days, how fresh, and what a stage asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.metrics.model import Stage
from core.units import instant_of, write_day
from pages.ui.plain import plain

if TYPE_CHECKING:
    from core.funnel.model import Header, StageView
    from pages.ui.context import Visit

_NUMBER = {stage: number for number, stage in enumerate(Stage, start=1)}


def campaign_heading(now: Visit, header: Header, *, title: str = "") -> None:
    """Draw the title with the campaign's days and how fresh its numbers are."""
    st.title(plain(title or header.name))
    days = (
        f"{write_day(header.first_day, locale=now.locale)} to {write_day(header.last_day, locale=now.locale)}"
    )
    if header.as_of is None:
        fresh = "no files imported yet"
    else:
        fresh = f"newest export from {write_day(instant_of(header.as_of).date(), locale=now.locale)}"
    sample = " · made-up sample campaign" if header.is_sample else ""
    named = f"{header.name} · " if title else ""
    st.caption(plain(f"{named}{header.brand} · {days} · {header.currency} · {fresh}{sample}"))


def stage_heading(view: StageView) -> None:
    """Draw a stage's name, its question, and its sentence."""
    st.subheader(f"{_NUMBER[view.stage]} {view.label}", divider="gray", anchor=view.stage.value)
    st.markdown(f"*{plain(view.question)}* {plain(view.sentence, longest=500)}")
