"""Show the sum: one figure with its formula, its parts, and the files behind it."""

import streamlit as st

from pages.ui.cache import trace_of
from pages.ui.choose import choose_metric
from pages.ui.context import scope_of, visit
from pages.ui.empty import need_campaign
from pages.ui.sums import draw_trace

now = visit()
st.title("Show the sum")
if now.campaign is None:
    need_campaign("How each figure came about, down to the files behind it.")
    st.stop()

metric = choose_metric()
draw_trace(
    trace_of(now.store, now.revision, scope_of(now), metric), campaign=now.campaign.name, locale=now.locale
)
