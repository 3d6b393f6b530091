"""One experiment: give the versions out, watch it run, read it, finish it."""

import streamlit as st

from core.experiments.planned import Status
from pages.ui.context import visit
from pages.ui.empty import need_campaign
from pages.ui.experiment_end import draw_conclusion, draw_ending
from pages.ui.experiment_parts import (
    choose_experiment,
    draw_draft,
    draw_heading,
    draw_plan_part,
    draw_videos_part,
)
from pages.ui.experiment_reading import draw_reading
from pages.ui.experiment_split import draw_split

now = visit()
if now.campaign is None:
    st.title("One experiment")
    need_campaign("One experiment from plan to learning.")
    st.stop()

view = choose_experiment(now)
if view is None:
    st.stop()
draw_heading(now, view)
if view.experiment.status is Status.DRAFT:
    draw_draft(now, view)
    st.stop()

draw_conclusion(now, view)
reading, videos, plan, ending = st.tabs(
    ["Result", "Videos and briefs", "Plan", "Finish"], on_change="rerun", key="experiment_tabs"
)
if reading.open:
    with reading:
        draw_split(now, view)
        draw_reading(now, view)
if videos.open:
    with videos:
        draw_videos_part(now, view)
if plan.open:
    with plan:
        draw_plan_part(now, view)
if ending.open:
    with ending:
        draw_ending(now, view)
