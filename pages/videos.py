"""Videos: by which rules they belong to the campaign, and what is decided by hand."""

import streamlit as st

from core.campaigns import list_videos
from pages.ui.context import visit
from pages.ui.empty import need_campaign, say_empty
from pages.ui.kept import kept
from pages.ui.saying import plan_heading
from pages.ui.video_choice import draw_by_address, draw_conflicts, draw_videos
from pages.ui.video_rules import draw_rules

now = visit()
plan_heading(now, "Videos")
if now.campaign is None:
    need_campaign("Which videos belong to a campaign, and why.")
    st.stop()

videos = kept(now, list_videos, now.campaign.campaign_id)
draw_conflicts(now, now.campaign, videos)
st.subheader("Rules", divider="gray")
draw_rules(now, now.campaign)
st.subheader("Videos of the campaign", divider="gray")
if videos:
    draw_videos(now, now.campaign, videos)
else:
    say_empty(
        "Every video of the campaign with the reason why it belongs.",
        "No imported file names a video that the rules take. Bring in the creators' Content exports, or any "
        "table of videos.",
        page="uploads.py",
        button="Upload files",
        campaign=now.campaign.code,
    )
draw_by_address(now, now.campaign)
