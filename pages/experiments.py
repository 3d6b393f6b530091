"""Experiments: those of the campaign, and the conversation that plans the next one."""

import streamlit as st

from core.experiments.plans import list_experiments
from pages.ui.context import visit
from pages.ui.empty import need_campaign
from pages.ui.experiment_list import draw_experiments, draw_first
from pages.ui.experiment_plan import draw_plan
from pages.ui.kept import kept
from pages.ui.saying import plan_heading

now = visit()
if now.campaign is None:
    st.title("Experiments")
    need_campaign("Comparisons that are planned before, given out by lot and judged once.")
    st.stop()

if "new" in st.query_params:
    plan_heading(now, "Plan an experiment", "A few questions; the answer tells what such a test can see.")
    draw_plan(now)
    st.stop()

plan_heading(now, "Experiments")
experiments = kept(now, list_experiments, now.campaign.campaign_id)
if not experiments:
    draw_first(now)
    st.stop()
draw_experiments(now, experiments)
