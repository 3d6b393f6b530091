"""Shared links: make one of this campaign, see who opened which, renew and revoke."""

import streamlit as st

from pages.ui.context import visit
from pages.ui.empty import need_campaign
from pages.ui.saying import plan_heading
from pages.ui.share_form import draw_form
from pages.ui.share_list import draw_links, draw_made, draw_reach

now = visit()
plan_heading(
    now,
    "Shared links",
    "A link shows one campaign's report to somebody without an account, and nothing else.",
)
if now.campaign is None:
    need_campaign("Links that show a campaign's report to clients, creators or leadership.")
    st.stop()
draw_reach(now)
draw_made(now)
draw_form(now)
draw_links(now)
