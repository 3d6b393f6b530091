"""Campaign and goals: name, days, money, what it is judged by; decisions and rates beside it."""

import streamlit as st

from core.access import Action
from pages.ui.check_in import draw_deviations
from pages.ui.context import visit
from pages.ui.next_step import draw_next_step
from pages.ui.plan_form import draw_form
from pages.ui.plan_notes import draw_notes, draw_rates, draw_removal
from pages.ui.saying import plan_heading
from pages.ui.share_reach import draw_who_can_see
from pages.ui.ways import way_to

now = visit()
campaign = now.campaign
if campaign is None or ("new" in st.query_params and now.may(Action.PLAN)):
    plan_heading(now, "New campaign", "Six fields are enough to begin; everything can be changed later.")
    draw_form(now, None)
    st.stop()

plan_heading(now, "Campaign and goals")
draw_who_can_see(now)
draw_next_step(now, here="plan.py")
draw_deviations(now)
draw_form(now, campaign)
notes, rates, more = st.tabs(
    ["Notes and decisions", "Exchange rates", "More"], on_change="rerun", key="plan_tabs"
)
if notes.open:
    with notes:
        draw_notes(now, campaign)
if rates.open:
    with rates:
        if now.may(Action.PLAN):
            draw_rates(now, campaign)
        else:
            st.markdown("Exchange rates count for every campaign; whoever plans all of them states them.")
if more.open:
    with more:
        if now.may(Action.PLAN):
            way_to("plan.py", label="Plan another campaign", icon=":material/add:", query_params={"new": "1"})
        draw_removal(now, campaign)
