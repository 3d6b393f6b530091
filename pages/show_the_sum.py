"""Show the sum: one figure with its formula, its parts, and the files behind it."""

import streamlit as st

from pages.ui.cache import creators_of, trace_of
from pages.ui.choose import choose_metric
from pages.ui.context import scope_of, visit
from pages.ui.empty import need_campaign
from pages.ui.filters import draw_chips
from pages.ui.sums import draw_trace

now = visit()
st.title("Show the sum")
if now.campaign is None:
    need_campaign("How each figure came about, down to the files behind it.")
    st.stop()

scope, metric = scope_of(now), choose_metric()
names = creators_of(now.store, now.revision, now.campaign.campaign_id)
draw_chips(scope, {}, names, locale=now.locale)
draw_trace(trace_of(now.store, now.revision, scope, metric), campaign=now.campaign.name, locale=now.locale)
