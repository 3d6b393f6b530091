"""Scorecards: the creators of a campaign beside each other, like for like, with ranges instead of ranks."""

import streamlit as st

from pages.ui.compare_view import draw_comparison
from pages.ui.context import scope_of, visit
from pages.ui.empty import need_campaign, say_empty
from pages.ui.filters import pick_traffic
from pages.ui.plain import plain
from pages.ui.saying import plan_heading
from pages.ui.scorecard_filters import pick_age, pick_judged, scorecards_of
from pages.ui.scorecard_list import draw_asks, draw_cards, draw_downloads, draw_picture, draw_tier_costs

now = visit()
plan_heading(now, "Scorecards")
if now.campaign is None:
    need_campaign("Whom to work with again, on figures that resist luck.")
    st.stop()

scope = scope_of(now)
with st.container(horizontal=True, vertical_alignment="bottom"):
    age = pick_age()
    pick_traffic(scope)
cards = scorecards_of(now, scope, age)
if not cards.cards:
    say_empty(
        "Whom to work with again, on figures that resist luck.",
        cards.claim,
        page="people.py",
        button="Add creators",
        campaign=now.campaign.code,
    )
    st.stop()

st.markdown(f"#### {plain(cards.claim, longest=600)}")
pick_judged(cards)
if not cards.metrics:
    say_empty(
        "A row for each creator: what is expected, how sure that is, and what peers have.",
        "No video and no order is known yet.",
        page="uploads.py",
        button="Drop in the exports you have",
        campaign=now.campaign.code,
    )
    st.stop()
draw_picture(now, cards)
draw_cards(now, cards)
draw_downloads(now, cards)
draw_comparison(now, cards)
draw_tier_costs(cards)
draw_asks(now)
for note in cards.notes:
    st.caption(plain(note, longest=500))
