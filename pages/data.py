"""Your data: backups, putting one back, taking everything along, retention, and erasing."""

import streamlit as st

from core.access import Action, may
from pages.ui.context import visit
from pages.ui.erasing import draw_erasing
from pages.ui.retention import draw_retention
from pages.ui.saying import tell
from pages.ui.your_data import draw_backups, draw_everything, draw_restore, draw_where

now = visit()
st.title("Your data")
tell()
if not may(now.store.principal, Action.ADMINISTER):
    st.markdown("Admins make backups here, put one back, and erase what must go.")
    st.stop()
draw_where(now)
st.subheader("Backups", divider="gray")
draw_backups(now)
st.subheader("Put a backup back", divider="gray")
draw_restore(now)
st.subheader("Take everything along", divider="gray")
draw_everything(now)
st.subheader("How long order rows are kept", divider="gray")
draw_retention(now)
st.subheader("Erase", divider="gray")
draw_erasing(now)
