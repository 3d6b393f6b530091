"""What a page says while it has nothing to show: why, and the one button that fixes it."""

from __future__ import annotations

import streamlit as st

from pages.ui.plain import plain
from pages.ui.ways import way_to


def say_empty(shows: str, why: str, *, page: str, button: str, **query: str) -> None:
    """Say what the page will show, why it is empty, and link to what fixes it."""
    with st.container(border=True):
        st.markdown(f"**{plain(shows, longest=400)}**")
        st.markdown(plain(why, longest=400))
        way_to(page, label=button, icon=":material/arrow_forward:", query_params=query or None)


def need_campaign(shows: str) -> None:
    """Say that a page needs a campaign first."""
    say_empty(
        shows, "There is no campaign yet.", page="home.py", button="Make one, or load the sample campaign"
    )
