"""Start: the way in for a new workspace, and how each campaign stands."""

import streamlit as st

from core.access import Action
from pages.ui.context import visit
from pages.ui.home_cards import (
    draw_cards,
    draw_missing,
    draw_own,
    draw_welcome,
)
from pages.ui.sample_job import draw_sample_job
from pages.ui.saying import tell

now = visit()
tell()
if not now.campaigns:
    if now.may(Action.PLAN):
        draw_welcome(now)
        draw_sample_job(now)
    else:
        st.title("Start")
        st.markdown("There is no campaign for you to see yet. An admin of this workspace can give you one.")
    st.stop()

st.title("Start")
draw_sample_job(now)
draw_cards(now)
draw_missing(now)
if now.may(Action.PLAN):
    draw_own(now)
