"""Type in figures that exist only on a screenshot: watch time, completion, saves, reach, audience."""

import streamlit as st

from pages.ui.context import visit
from pages.ui.typed_figures import draw_form

now = visit()
st.title("Type in figures")
st.markdown(
    "Some figures are in no export: average watch time, completion, saves, reach and audience. "
    "Type them from the creator's screenshot. They are kept as *typed by a person* and can be undone "
    "like any file."
)
draw_form(now.store, today=now.today)
