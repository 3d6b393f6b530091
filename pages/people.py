"""Creators and fees: who takes part, what was agreed, and what to ask them for."""

import streamlit as st

from core.access import Action
from core.people import list_people
from pages.ui.context import visit
from pages.ui.empty import need_campaign
from pages.ui.kept import kept
from pages.ui.next_step import draw_next_step
from pages.ui.people_found import draw_found, draw_merging, draw_requests
from pages.ui.people_table import draw_paste, draw_table
from pages.ui.saying import plan_heading

now = visit()
plan_heading(now, "Creators and fees")
if now.campaign is None:
    need_campaign("The creators of a campaign with fee, deliverables, followers and tier.")
    st.stop()

draw_next_step(now, here="people.py")
people = kept(now, list_people, now.campaign.campaign_id)
if not people:
    st.markdown("Nobody takes part yet. Type handles into the table, or paste rows from your own sheet.")
draw_table(now, now.campaign)
draw_paste(now, now.campaign, is_open=not people)
if now.may(Action.PLAN):
    draw_found(now, now.campaign)
draw_requests(now, now.campaign)
if now.may(Action.PLAN):
    st.subheader("One person, two accounts", divider="gray")
    draw_merging(now)
