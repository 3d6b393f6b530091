"""Glossary: every metric in words, generated from the definitions that the app counts by."""

import streamlit as st

from pages.ui.context import visit
from pages.ui.definitions import draw_entries, find_entries

visit()
st.title("Glossary")
st.markdown(
    "Every metric as Plumbline counts it: formula, what it means, what it does not say, where it comes from."
)
words = st.text_input(
    "Find a metric", placeholder="For instance hook rate", key="find_metric", bind="query-params"
)
draw_entries(find_entries(words))
