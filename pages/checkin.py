"""The check-in: on track or not, what to fix, who stands out, what to change."""

import streamlit as st

from pages.ui.cache import check_in_of
from pages.ui.check_in import (
    check_in_heading,
    draw_advice,
    draw_alarms,
    draw_creators,
    draw_forecast,
    draw_goals,
    draw_held,
    draw_plan_lock,
    draw_since,
    offer_digest,
    offer_finish,
)
from pages.ui.context import visit
from pages.ui.empty import need_campaign
from pages.ui.saying import tell

now = visit()
if now.campaign is None:
    st.title("Check-in")
    need_campaign("Whether a running campaign is on track, what to fix, and what to change.")
    st.stop()

check_in = check_in_of(now.store, now.revision, now.campaign.campaign_id, now.today)
check_in_heading(now, check_in)
tell()
draw_goals(check_in)
draw_alarms(now, check_in)
draw_since(check_in)
draw_forecast(now, check_in)
draw_creators(now, check_in)
draw_advice(check_in)
offer_finish(now, check_in)
offer_digest(check_in)
draw_plan_lock(now, check_in)
draw_held(now, check_in)
