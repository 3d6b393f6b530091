"""The funnel taken apart: by creator, by video and by week, each row a way into the detail."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from pages.ui.charts import chart_key, draw_creators, draw_weeks
from pages.ui.context import set_query
from pages.ui.filters import set_days
from pages.ui.tables import draw_table

if TYPE_CHECKING:
    from core.funnel.model import Funnel, Row
    from pages.ui.context import Visit

_GO = "go_to_creator"


def draw_apart(now: Visit, funnel: Funnel) -> None:
    """Draw the three tables, of which only the open one is made."""
    _go_on(now)
    who, currency = str(now.store.principal), funnel.header.currency
    st.subheader("Taken apart", divider="gray", anchor="apart")
    creators, videos, weeks = st.tabs(["By creator", "By video", "By week"], on_change="rerun", key="apart")
    if creators.open:
        with creators:
            draw_creators(funnel, who)
            draw_table(
                funnel.creators, first="Creator", currency=currency, alt="Metrics by creator",
                key=chart_key(funnel.scope, "t1"), pick=_open_creator,
            )  # fmt: skip
            st.caption("Tick a row to open that creator's own page.")
    if videos.open:
        with videos:
            draw_table(
                funnel.videos, first="Video", currency=currency, alt="Metrics by video",
                key=chart_key(funnel.scope, "t2"), pick=_keep_video,
            )  # fmt: skip
            st.caption("Tick a row to see the whole page for that video only.")
    if weeks.open:
        with weeks:
            draw_weeks(funnel, who)
            draw_table(
                funnel.weeks, first="Week", currency=currency, alt="Metrics by week",
                key=chart_key(funnel.scope, "t3"), pick=_keep_week,
            )  # fmt: skip
            st.caption("Tick a row to see the whole page for that week only.")


def _open_creator(row: Row) -> None:
    # A page cannot be left while a click is worked off; the run that follows leaves it.
    if row.creator_id:
        st.session_state[_GO] = str(row.creator_id)


def _go_on(now: Visit) -> None:
    creator = st.session_state.pop(_GO, None)
    if creator:
        st.switch_page("collaboration.py", query_params={"campaign": now.chosen.code, "creator": creator})


def _keep_video(row: Row) -> None:
    set_query(video=[row.key])


def _keep_week(row: Row) -> None:
    monday = date.fromisoformat(row.key)
    set_days(monday, monday + timedelta(days=6))
