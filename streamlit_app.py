"""The front door: start-up, routes and headers. No page content.

`streamlit run streamlit_app.py` finds `app` here. The router is `pages/main.py`, so
that it also runs when a deep link is the first request of a fresh server.
"""

from __future__ import annotations

import streamlit as st

from pages.ui.front_door import ROUTES, SHIELD, prepare_process, report_error
from pages.ui.serving import sign_in_secrets

app = st.App(
    "pages/main.py",
    secrets=sign_in_secrets(),
    lifespan=prepare_process,
    routes=ROUTES,
    middleware=SHIELD,
    on_script_error=report_error,
)

if __name__ == "__main__":
    app.run()
