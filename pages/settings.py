"""Workspace: tiers, where the data lie, and backups."""

import streamlit as st

from pages.ui.context import visit
from pages.ui.saying import tell
from pages.ui.workspace_settings import draw_store, draw_tiers

now = visit()
st.title("Workspace")
tell()
st.subheader("Creator tiers", divider="gray")
draw_tiers(now)
st.subheader("Where the data lie", divider="gray")
draw_store(now)
