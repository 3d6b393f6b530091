"""People and rights: who may sign in, and what each of them may see and do."""

import streamlit as st

from pages.ui.context import visit
from pages.ui.saying import tell
from pages.ui.team_list import draw_add, draw_members, draw_set_up

now = visit()
st.title("People and rights")
tell()
draw_set_up()
draw_members(now)
draw_add(now)
