"""The funnel: five stages, what each says, what is missing, what it helps to decide."""

import streamlit as st

from pages.ui.cache import creators_of, funnel_of
from pages.ui.charts import draw_creators, draw_stages, draw_weeks
from pages.ui.context import scope_of, visit
from pages.ui.empty import need_campaign
from pages.ui.figures import draw_decision, draw_figures, draw_gaps, draw_step, split_rows
from pages.ui.filters import pick_creators, pick_traffic
from pages.ui.headings import campaign_heading, stage_heading
from pages.ui.plain import plain
from pages.ui.tables import draw_table

now = visit()
if now.campaign is None:
    st.title("Funnel")
    need_campaign("The five stages of a campaign, from first view to second order.")
    st.stop()

scope = scope_of(now)
funnel = funnel_of(now.store, now.revision, scope, now.today)
campaign_heading(now, funnel.header)
st.markdown(f"#### {plain(funnel.sentence, longest=600)}")
with st.container(horizontal=True, vertical_alignment="bottom"):
    pick_traffic(scope)
    pick_creators(scope, creators_of(now.store, now.revision, now.campaign.campaign_id))
draw_stages(funnel)

for view in funnel.stages:
    stage_heading(view)
    draw_figures(view.figures, view.series, campaign=now.campaign.code, scope=scope, locale=now.locale)
    draw_step(view.step)
    draw_decision(view.decision)
    draw_gaps(view.gaps)
    if view.splits:
        with st.expander("Organic and paid apart", on_change="rerun", key=f"split_{view.stage}") as split:
            if split.open:
                st.table(split_rows(view.splits, funnel.header.currency, now.locale))

st.subheader("Taken apart", divider="gray")
creators, videos, weeks = st.tabs(["By creator", "By video", "By week"], on_change="rerun")
if creators.open:
    with creators:
        draw_creators(funnel)
        draw_table(
            funnel.creators,
            first="Creator",
            currency=funnel.header.currency,
            alt="Metrics by creator",
            key="t1",
        )
if videos.open:
    with videos:
        draw_table(
            funnel.videos, first="Video", currency=funnel.header.currency, alt="Metrics by video", key="t2"
        )
if weeks.open:
    with weeks:
        draw_weeks(funnel)
        draw_table(
            funnel.weeks, first="Week from", currency=funnel.header.currency, alt="Metrics by week", key="t3"
        )
for note in funnel.notes:
    st.caption(plain(note, longest=500))
