"""Orders and credit: by what rule, to whom, which orders to nobody, and why."""

import streamlit as st

from core.orders import order_summary
from pages.ui.context import visit
from pages.ui.credit import draw_creators, draw_left_out, draw_totals, draw_unknown_link
from pages.ui.empty import need_campaign, say_empty
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import plan_heading

now = visit()
plan_heading(now, "Orders and credit")
if now.campaign is None:
    need_campaign("Which orders are credited to which creator, and why.")
    st.stop()

summary = kept(now, order_summary, now.campaign.campaign_id)
st.markdown(f"#### {plain(summary.sentence, longest=400)}")
st.markdown(plain(summary.rule, longest=600))
if summary.closed:
    st.markdown(f":material/event_busy: {plain(summary.closed, longest=400)}")
if summary.creators or summary.left_out:
    draw_totals(summary, locale=now.locale)
else:
    say_empty(
        "Credited orders by creator, and those left out with the reason.",
        "Bring in the shop's orders, and give each creator a promo code or a tagged link.",
        page="uploads.py",
        button="Upload the shop's orders",
        campaign=now.campaign.code,
    )
if summary.creators:
    st.subheader("By creator", divider="gray")
    draw_creators(summary)
st.subheader("Unknown codes", divider="gray")
draw_unknown_link(summary)
st.subheader("Left out", divider="gray")
draw_left_out(summary, locale=now.locale)
