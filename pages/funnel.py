"""The funnel: five stages, what each says, what is missing, what it helps to decide."""

import streamlit as st

from pages.ui.apart import draw_apart
from pages.ui.cache import creators_of, funnel_of
from pages.ui.context import scope_of, visit
from pages.ui.decisions import draw_decision, last_decisions
from pages.ui.empty import need_campaign, say_empty
from pages.ui.figures import draw_figures, draw_gaps, draw_step, split_rows
from pages.ui.filters import draw_chips, pick_creators, pick_days, pick_traffic
from pages.ui.headings import campaign_heading, stage_heading
from pages.ui.plain import plain
from pages.ui.saying import tell
from pages.ui.strip import draw_strip

now = visit()
if now.campaign is None:
    st.title("Funnel")
    need_campaign("The five stages of a campaign, from first view to second order.")
    st.stop()

scope = scope_of(now)
funnel = funnel_of(now.store, now.revision, scope, now.today)
names = creators_of(now.store, now.revision, now.campaign.campaign_id)
campaign_heading(now, funnel.header)
tell()
st.markdown(f"#### {plain(funnel.claim, longest=600)}")
with st.container(horizontal=True, vertical_alignment="bottom"):
    pick_traffic(scope)
    pick_days(scope, funnel.header.first_day, funnel.header.last_day)
    pick_creators(scope, names)
draw_chips(scope, {row.key: row.label for row in funnel.videos.rows}, names, locale=now.locale)
draw_strip(funnel, locale=now.locale)
if funnel.header.as_of is None:
    say_empty(
        "Each stage with its figures, what is missing, and what it helps to decide.",
        "No file has been imported yet.",
        page="uploads.py",
        button="Drop in the exports you have",
        campaign=now.campaign.code,
    )
    st.stop()

decided = last_decisions(now)
for view in funnel.stages:
    stage_heading(view)
    draw_figures(view.figures, view.series, campaign=now.campaign.code, scope=scope, locale=now.locale)
    draw_step(view.step)
    draw_decision(now, view, decided.get(view.stage))
    draw_gaps(view.gaps)
    if view.splits:
        with st.expander("Organic and paid apart", on_change="rerun", key=f"split_{view.stage}") as split:
            if split.open:
                st.table(split_rows(view.splits, funnel.header.currency, now.locale), hide_index=True)

draw_apart(now, funnel)
for note in funnel.notes:
    st.caption(plain(note, longest=500))
