"""The logo on a brand's shared pages: shown, set, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.sharing import get_logo, may_set_logo, remove_logo, set_logo
from pages.ui.plain import plain
from pages.ui.saying import keep
from pages.ui.upload_gate import forget_taken, open_gate

if TYPE_CHECKING:
    from pages.ui.context import Visit


def draw_logo(now: Visit) -> None:
    """Draw the brand's logo and how to change it."""
    campaign = now.chosen
    with st.expander(f"Logo of {plain(campaign.brand)}", icon=":material/image:"):
        found = get_logo(now.store, campaign.campaign_id)
        if found:
            st.image(found, width=160, alt=f"Logo of {campaign.brand}")
        else:
            st.markdown("There is none yet; shared pages show the brand's name.")
        if not may_set_logo(now.store, campaign.campaign_id):
            st.caption("Whoever shares all campaigns of this brand can change it.")
            return
        _draw_change(now, campaign.campaign_id, has_one=bool(found))


def _draw_change(now: Visit, campaign_id: int, *, has_one: bool) -> None:
    open_gate()
    turn = st.session_state.setdefault("logo_turn", 0)
    file = st.file_uploader(
        "A picture (PNG, JPEG or WebP, at most 1 MB)",
        type=["png", "jpg", "jpeg", "webp"],
        max_upload_size=1,
        key=f"logo_{turn}",
    )
    if file is not None:
        data = file.getvalue()
        st.session_state["logo_turn"] += 1
        forget_taken()
        keep(lambda: _set(now, campaign_id, data))
    if has_one and st.button("Take the logo away", type="tertiary", key="logo_gone"):
        keep(lambda: _remove(now, campaign_id))


def _set(now: Visit, campaign_id: int, data: bytes) -> str:
    set_logo(now.store, campaign_id, data)
    return "The logo is kept. Live links show it from now on."


def _remove(now: Visit, campaign_id: int) -> str:
    remove_logo(now.store, campaign_id)
    return "The logo is gone. Frozen links keep the one they were made with."
