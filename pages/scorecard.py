"""One creator: figures with ranges, history, ratings, what the next deal is worth, and the decision."""

import streamlit as st

from pages.ui.cache import creators_of
from pages.ui.choose import choose_creator
from pages.ui.context import scope_of, visit
from pages.ui.empty import need_campaign, say_empty
from pages.ui.filters import pick_traffic
from pages.ui.plain import plain
from pages.ui.saying import plan_heading
from pages.ui.scorecard_filters import pick_age, scorecard_of
from pages.ui.scorecard_forms import draw_audience, draw_corridor, draw_decision, draw_ratings
from pages.ui.scorecard_parts import draw_ask, draw_estimates, draw_facts, draw_gaps, draw_past, draw_who

now = visit()
plan_heading(now, "Scorecard of one creator")
if now.campaign is None:
    need_campaign("One creator: figures with ranges, history, ratings and the decision.")
    st.stop()

names = creators_of(now.store, now.revision, now.campaign.campaign_id)
creator_id = choose_creator(names)
if creator_id is None:
    say_empty(
        "One creator: figures with ranges, history, ratings and the decision.",
        "No creator takes part in this campaign yet.",
        page="people.py",
        button="Add creators",
        campaign=now.campaign.code,
    )
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    age = pick_age()
    pick_traffic(scope_of(now))
card = scorecard_of(now, creator_id, age, scope_of(now).traffic)
draw_who(card, now.locale)
st.markdown(f"#### {plain(card.advice, longest=600)}")
draw_decision(now, card)
draw_gaps(card)
draw_estimates(card)
draw_ask(card)
draw_facts(card)
draw_corridor(now, card)
draw_audience(now, card)
draw_ratings(now, card)
draw_past(card, now.locale)
