"""Benchmarks: own history first, then published figures of the same definition; goals from past work."""

import streamlit as st

from pages.ui.benchmark_view import (
    draw_cells,
    draw_cited,
    draw_dots,
    draw_goal_help,
    draw_tolerance,
    history_for,
)
from pages.ui.context import scope_of, visit
from pages.ui.empty import need_campaign, say_empty
from pages.ui.filters import pick_traffic
from pages.ui.plain import plain
from pages.ui.saying import plan_heading
from pages.ui.scorecard_filters import pick_age, pick_scored_metric

now = visit()
plan_heading(now, "Benchmarks")
if now.campaign is None:
    need_campaign("What is usual in your own past work, and what a goal can be.")
    st.stop()

scope = scope_of(now)
with st.container(horizontal=True, vertical_alignment="bottom"):
    metric = pick_scored_metric()
    age = pick_age()
    pick_traffic(scope)
history = history_for(now, metric, age, scope.traffic)
st.markdown(f"#### {plain(history.sentence, longest=600)}")
if history.cells:
    draw_cells(history)
elif history.dots:
    draw_dots(history)
else:
    say_empty(
        "Medians and quartiles of your own past work, by size of creator, video length and objective.",
        "No past work with this metric is known yet.",
        page="uploads.py",
        button="Drop in the exports you have",
        campaign=now.campaign.code,
    )
draw_cited(history)
draw_goal_help(now, age, scope.traffic)
draw_tolerance(history)
for note in history.notes:
    st.caption(plain(note, longest=400))
