"""One creator in one campaign: a mini funnel beside the campaign's other creators."""

import streamlit as st

from pages.ui.cache import collaboration_of, creators_of
from pages.ui.choose import choose_creator
from pages.ui.comparing import draw_comparisons, draw_terms
from pages.ui.context import visit
from pages.ui.empty import need_campaign, say_empty
from pages.ui.figures import draw_figures, draw_gaps, draw_step
from pages.ui.headings import campaign_heading, stage_heading
from pages.ui.plain import plain
from pages.ui.strip import draw_strip
from pages.ui.tables import draw_table

now = visit()
if now.campaign is None:
    st.title("One creator")
    need_campaign("One creator's part of a campaign, stage by stage.")
    st.stop()

creator_id = choose_creator(creators_of(now.store, now.revision, now.campaign.campaign_id))
if creator_id is None:
    st.title("One creator")
    say_empty(
        "One creator's part of a campaign, stage by stage.",
        "No creator takes part in this campaign yet.",
        page="people.py",
        button="Add creators",
        campaign=now.campaign.code,
    )
    st.stop()

part = collaboration_of(now.store, now.revision, now.campaign.campaign_id, creator_id, now.today)
campaign_heading(now, part.funnel.header, title=part.name)
draw_terms(part, now.locale)
st.markdown(f"#### {plain(part.funnel.claim, longest=600)}")
draw_strip(part.funnel, locale=now.locale)
draw_comparisons(part, now.locale)
for view in part.funnel.stages:
    stage_heading(view)
    draw_figures(
        view.figures, view.series, campaign=now.campaign.code, scope=part.funnel.scope, locale=now.locale
    )
    draw_step(view.step)
    draw_gaps(view.gaps)
st.subheader("Videos", divider="gray")
draw_table(
    part.funnel.videos,
    first="Video",
    currency=part.funnel.header.currency,
    alt=f"Metrics by video of {part.name}",
    key="videos",
)
