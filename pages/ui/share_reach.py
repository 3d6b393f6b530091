"""Who can see a campaign, said where its plan is changed and before data are added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.access import Action, may
from core.sharing import live_campaigns, who_can_see
from pages.ui.plain import plain
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from pages.ui.context import Visit


def draw_who_can_see(now: Visit) -> None:
    """Say who can see the campaign, with the way to its links, for whoever may share it."""
    campaign = now.chosen
    if not may(now.store.principal, Action.SHARE, campaign.campaign_id):
        return
    reach = who_can_see(now.store, campaign.campaign_id)  # not kept: links end with time
    way_to(
        "shares.py",
        label=reach.sentence,
        icon=":material/visibility:",
        query_params={"campaign": campaign.code},
        help="Shared links and people who can see this campaign",
    )


def warn_of_live_links(now: Visit) -> None:
    """Say before an import that people outside see its figures at once, where live links are open."""
    live = live_campaigns(now.store)
    followed = [campaign.name for campaign in now.campaigns if campaign.campaign_id in live]
    if followed:
        names = ", ".join(plain(name) for name in followed[:5])
        st.info(
            f"Live links are open for {names}: what you import into it shows there at once. Frozen links "
            "stay as they are.",
            icon=":material/visibility:",
        )
