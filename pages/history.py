"""Import history: every file on record, what came of its rows, and exact undo."""

import streamlit as st

from pages.ui.context import visit
from pages.ui.empty import say_empty
from pages.ui.import_history import draw_batch, draw_batches, pick_batch

now = visit()
st.title("Import history")
batches = draw_batches(now.store, locale=now.locale)
if not batches:
    say_empty(
        "Every imported file with its receipt, its rows set aside, and a button that undoes it exactly.",
        "No file has been imported yet.",
        page="uploads.py",
        button="Upload files",
    )
    st.stop()
batch_id = pick_batch(batches)
if batch_id is not None:
    draw_batch(now.store, batch_id, locale=now.locale)
