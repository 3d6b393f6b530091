"""Start: the way in for a new workspace, and how each campaign stands."""

import streamlit as st

from pages.ui.context import visit
from pages.ui.home_cards import (
    draw_cards,
    draw_missing,
    draw_sample_button,
    draw_steps,
    draw_welcome,
    has_sample,
)
from pages.ui.sample_job import draw_sample_job
from pages.ui.saying import tell

now = visit()
tell()
if not now.campaigns:
    draw_welcome(now)
    draw_sample_job(now)
    st.stop()

st.title("Start")
draw_sample_job(now)
draw_cards(now)
draw_missing(now)
st.subheader("Your own campaign", divider="gray")
draw_steps(now)
with st.container(horizontal=True, vertical_alignment="center"):
    st.page_link("plan.py", label="Plan another campaign", icon=":material/add:", query_params={"new": "1"})
    if not has_sample(now):
        draw_sample_button(now, is_main=False)
