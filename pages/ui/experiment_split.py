"""The figures of an audience split, typed from Ads Manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.experiments.model import Design
from core.experiments.planned import Status
from core.experiments.plans import set_split_figures
from pages.ui.plain import plain
from pages.ui.saying import keep

if TYPE_CHECKING:
    from core.experiments.planned import Experiment
    from core.experiments.reading import ExperimentView
    from pages.ui.context import Visit


def draw_split(now: Visit, view: ExperimentView) -> None:
    """Draw the two cautions of a split test, and the fields for what Ads Manager shows."""
    one = view.experiment
    if one.design is not Design.AUDIENCE_SPLIT:
        return
    st.warning(
        "Two things to keep in mind. Each ad meets the people that the platform finds for it, so this says "
        "which ad did better with its own. And one video per version says which video won, not which idea.",
        icon=":material/help:",
    )
    if one.status is not Status.RUNNING:
        return
    with st.expander("Figures from Ads Manager", icon=":material/edit_note:", expanded=not _has_figures(one)):
        figures: dict[int, dict[str, int | None]] = {}
        with st.form("split", border=False):
            for arm in one.arms:
                st.markdown(f"**{plain(arm.name)}**")
                with st.grid(3, min_column_width=150):
                    figures[arm.arm_id] = {
                        name: st.number_input(
                            label, 0, None, getattr(arm, name), step=1, key=f"{name}_{arm.arm_id}"
                        )
                        for name, label in (
                            ("people", "People reached"),
                            ("impressions", "Impressions"),
                            ("events", one.metric.numerator.words.capitalize()),
                        )
                    }
            done = st.form_submit_button("Keep these figures", icon=":material/check:")
        if done:
            keep(lambda: _set(now, one, figures))


def _has_figures(one: Experiment) -> bool:
    return any(arm.events is not None for arm in one.arms)


def _set(now: Visit, one: Experiment, figures: dict[int, dict[str, int | None]]) -> str:
    set_split_figures(now.store, now.chosen.campaign_id, one.experiment_id, figures)
    return "The figures are kept."
