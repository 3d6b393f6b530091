"""The router: who is asking, about which campaign, and which pages exist for them."""

from __future__ import annotations

import sys
from pathlib import Path

# Hosts that start this file directly do not put the project's folder on the path.
if (root := str(Path(__file__).resolve().parent.parent)) not in sys.path:
    sys.path.insert(0, root)

import streamlit as st

from pages.ui.routing import ICON, begin_visit, let_in, navigation

st.set_page_config(page_icon=ICON, layout="wide")
asker = let_in()
page = navigation(asker)
begin_visit(page, asker)
page.run()
