"""Codes and links: what ties an order or a visit to a creator."""

import streamlit as st

from core.access import Action
from pages.ui.code_table import draw_codes, draw_unknown
from pages.ui.context import visit
from pages.ui.empty import need_campaign
from pages.ui.link_maker import draw_links, draw_maker, draw_naming
from pages.ui.next_step import draw_next_step
from pages.ui.saying import plan_heading

now = visit()
plan_heading(now, "Codes and links")
if now.campaign is None:
    need_campaign("Promo codes and tagged links, by creator and asset.")
    st.stop()

draw_next_step(now, here="links.py")
has_unknown = now.may(Action.PLAN) and draw_unknown(now, now.campaign)
st.subheader("Promo codes", divider="gray")
draw_codes(now, now.campaign, is_main=not has_unknown)
st.subheader("Tagged links", divider="gray")
draw_links(now, now.campaign)
draw_maker(now, now.campaign)
st.subheader("Naming check", divider="gray")
draw_naming(now, now.campaign)
