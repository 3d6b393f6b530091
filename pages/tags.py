"""Content tags: what each video is like, in words that everybody shares."""

import streamlit as st

from pages.ui.context import visit
from pages.ui.empty import need_campaign, say_empty
from pages.ui.saying import plan_heading
from pages.ui.tag_words import draw_words
from pages.ui.tagging import draw_bulk, draw_changes, draw_grid, draw_paste, find_videos, has_videos
from pages.ui.ways import way_to

now = visit()
plan_heading(now, "Content tags")
if now.campaign is None:
    need_campaign("Videos with their theme, hook, format, call to action and offer.")
    st.stop()

if not has_videos(now, now.campaign):
    say_empty(
        "Every video of the campaign, to be tagged with its theme, hook, format, call to action and offer.",
        "No video is in this campaign yet.",
        page="uploads.py",
        button="Bring in the creators' videos",
        campaign=now.campaign.code,
    )
    st.stop()

found = find_videos(now, now.campaign)
draw_grid(now, now.campaign, found)
draw_bulk(now, now.campaign, found)
draw_paste(now, now.campaign)
draw_words(now, now.campaign)
draw_changes(now, now.campaign)
way_to(
    "patterns.py",
    label="See which kinds went with better results",
    icon=":material/arrow_forward:",
    query_params={"campaign": now.campaign.code},
)
