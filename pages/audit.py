"""Who did what: imports, undos, links, exports, sign-ins and refusals, newest first."""

import streamlit as st

from pages.ui.context import visit
from pages.ui.record import draw_filter, draw_record
from pages.ui.saying import tell

now = visit()
st.title("Who did what")
tell()
st.markdown("Every entry is written as it happens and can never be changed or removed. Times are UTC.")
draw_record(now, draw_filter(now))
