"""The filter above a campaign's pages; the address always holds what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.scope import Scope, Traffic
from core.units import write_day
from pages.ui.context import set_query
from pages.ui.plain import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

_TRAFFIC_WORDS = {Traffic.TOTAL: "Together", Traffic.ORGANIC: "Organic", Traffic.PAID: "Paid"}
_FIELDS = ("traffic", "creator", "video", "from", "to")


def pick_traffic(scope: Scope) -> None:
    """Offer organic and paid views apart or together."""

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


def pick_creators(scope: Scope, names: Mapping[int, str]) -> None:
    """Offer the campaign's creators; none picked means all."""

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


def pick_days(scope: Scope, first: date, last: date) -> None:
    """Offer a part of the days.

    Args:
        scope: as it stands.
        first: first day of the campaign, taken where only the end of a part is known.
        last: last day of the campaign.
    """
    is_part = scope.first_day is not None or scope.last_day is not None
    start = scope.first_day or min(first, scope.last_day or first)
    end = scope.last_day or max(last, scope.first_day or last)
    shown: list[date | datetime | str | None] = [start, end] if is_part else []
    # The days are part of the key: while only the first of two is picked, that pick must
    # stay, and once the address says something else, the field begins afresh.
    key = f"days_{scope.first_day}_{scope.last_day}"

    def keep() -> None:
        picked = st.session_state[key]
        if len(picked) == 2:
            set_days(*picked)
        elif not picked:
            set_days(None, None)

    st.date_input(
        "Days",
        value=shown,
        key=key,
        on_change=keep,
        format="YYYY-MM-DD",
        help="Count only what happened on these days. "
        "Fees belong to the whole campaign, so costs are not shown then.",
        width=230,
    )


def set_days(first: date | None, last: date | None) -> None:
    """Write the days that count into the address; None lifts the limit."""
    set_query(**{"from": first.isoformat() if first else None, "to": last.isoformat() if last else None})


def draw_chips(scope: Scope, videos: Mapping[str, str], names: Mapping[int, str], *, locale: str) -> None:
    """Draw what the page is narrowed to, each part with a click that lifts it.

    Args:
        scope: as it stands.
        videos: what videos are called, by id.
        names: what creators are called, by id.
        locale: CLDR name of the reader's locale.
    """
    chips = _chips(scope, videos, names, locale)
    if not chips:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("Only:", width="content")
        for label, fields in chips:
            st.button(
                label,
                key=f"chip_{label}",
                icon=":material/close:",
                icon_position="right",
                help="Lift this filter",
                on_click=set_query,
                kwargs=fields,
            )
        if len(chips) > 1:
            st.button(
                "Lift all", key="chip_all", type="tertiary", on_click=set_query, kwargs=dict.fromkeys(_FIELDS)
            )


def _chips(
    scope: Scope, videos: Mapping[str, str], names: Mapping[int, str], locale: str
) -> list[tuple[str, dict[str, str | list[str] | None]]]:
    """Return for each part of the filter its words and the fields that lift it."""
    chips: list[tuple[str, dict[str, str | list[str] | None]]] = []
    if scope.first_day or scope.last_day:
        chips.append((_days(scope, locale), {"from": None, "to": None}))
    if scope.traffic is not Traffic.TOTAL:
        chips.append((f"{scope.traffic.value} views", {"traffic": None}))
    for creator in scope.creator_ids:
        rest = [str(one) for one in scope.creator_ids if one != creator]
        chips.append((plain(names.get(creator, f"creator {creator}"), longest=40), {"creator": rest}))
    for video in scope.video_ids:
        left = [one for one in scope.video_ids if one != video]
        chips.append((plain(f"video “{videos.get(video, video)}”", longest=60), {"video": left}))
    return chips


def _days(scope: Scope, locale: str) -> str:
    first, last = (write_day(day, locale=locale) if day else "" for day in (scope.first_day, scope.last_day))
    if first == last:
        return first
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}"
