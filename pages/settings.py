"""Workspace: the creator tiers."""

import streamlit as st

from pages.ui.context import visit
from pages.ui.saying import tell
from pages.ui.ways import way_to
from pages.ui.workspace_settings import draw_tiers

now = visit()
st.title("Workspace")
tell()
st.subheader("Creator tiers", divider="gray")
draw_tiers(now)
way_to("data.py", label="Backups, restoring and erasing", icon=":material/database:")
