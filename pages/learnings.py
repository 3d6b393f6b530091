"""Learnings: what the team knows, how it knows it, and what goes into the next brief."""

import streamlit as st

from pages.ui.context import visit
from pages.ui.empty import need_campaign, say_empty
from pages.ui.learning_list import draw_adding, draw_brief, draw_learnings, learnings_of
from pages.ui.saying import plan_heading

now = visit()
plan_heading(now, "Learnings")
if now.campaign is None:
    need_campaign("What was learned in each campaign, ready for the next brief.")
    st.stop()

learnings = learnings_of(now)
if learnings:
    draw_brief(now, learnings)
    draw_learnings(now, learnings)
else:
    say_empty(
        "What was learned, how sure it is, the sentence for the next brief, and when to test it again.",
        "Nothing has been written down yet. Finish an experiment, or write down what you know.",
        page="experiments.py",
        button="Plan an experiment",
        campaign=now.campaign.code,
    )
draw_adding(now)
