"""From any page to the form that makes a link of its campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.access import Action, may
from pages.ui.context import visit
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

SHARES = "shares.py"
# Pages that show one campaign, and the kind of report that comes closest to each.
_CLOSEST = {
    "funnel": "full",
    "creator": "creator",
    "checkin": "checkin",
    "scorecards": "full",
    "home": "leadership",
}


def draw_share_button(page: StreamlitPage) -> None:
    """Draw the way to a link of the present campaign in the sidebar, for those who may share it."""
    now = visit()
    if now.campaign is None or page.url_path == "shares":
        return
    if not may(now.store.principal, Action.SHARE, now.campaign.campaign_id):
        return
    query = {"campaign": now.campaign.code, "kind": _CLOSEST.get(page.url_path, "leadership")}
    creator = st.query_params.get("creator", "")
    if page.url_path == "creator" and creator:
        query["creator"] = creator
    with st.sidebar:
        way_to(SHARES, label="Share this view", icon=":material/ios_share:", query_params=query)
