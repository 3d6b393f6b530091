"""The filter above a campaign's pages; the address always holds what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.scope import Scope, Traffic
from pages.ui.context import set_query

if TYPE_CHECKING:
    from collections.abc import Mapping

_TRAFFIC_WORDS = {Traffic.TOTAL: "Together", Traffic.ORGANIC: "Organic", Traffic.PAID: "Paid"}


def pick_traffic(scope: Scope) -> Scope:
    """Return the scope with the traffic that is picked, organic and paid apart or together."""
    st.session_state.setdefault("traffic", scope.traffic)

    def keep() -> None:
        picked = st.session_state["traffic"]
        set_query(traffic=None if picked is Traffic.TOTAL else picked.value)

    st.session_state["traffic"] = scope.traffic
    st.segmented_control(
        "Views",
        list(Traffic),
        format_func=_TRAFFIC_WORDS.__getitem__,
        key="traffic",
        required=True,
        on_change=keep,
        help="Organic: what the videos earned. Paid: what ads bought. Together: as TikTok shows a video.",
    )
    return scope


def pick_creators(scope: Scope, names: Mapping[int, str]) -> Scope:
    """Return the scope with the creators that are picked; none picked means all."""

    def keep() -> None:
        set_query(creator=[str(number) for number in st.session_state["creators"]])

    st.session_state["creators"] = [number for number in scope.creator_ids if number in names]
    st.multiselect(
        "Creators",
        list(names),
        format_func=lambda number: names[number],
        key="creators",
        placeholder="All creators",
        on_change=keep,
    )
    return scope


def picked_by_chart(key: str, field: str) -> str | None:
    """Return what was clicked in a chart, None where nothing is."""
    event = st.session_state.get(key)
    if not event:
        return None
    rows = event["selection"].get(field) or []
    return str(rows[0][field]) if rows and field in rows[0] else None
