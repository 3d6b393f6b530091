"""The videos of a campaign: why each belongs, and what people decide by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.campaigns import Campaign, MemberVideo, choose_videos
from core.entry.fields import UnreadableError
from core.entry.forms import entry_error
from core.entry.words import counted
from core.tracking.model import read_video_id
from pages.ui.plain import plain
from pages.ui.saying import keep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.ui.context import Visit

_MOST_TORN = 10


def draw_conflicts(now: Visit, campaign: Campaign, videos: Sequence[MemberVideo]) -> None:
    """Draw the videos that several campaigns claim: they count in none until somebody decides."""
    torn = [video for video in videos if video.conflict]
    if not torn:
        return
    st.warning(
        f"{counted(len(torn), 'video')} claimed by this campaign and another. "
        "Until you decide, they count in neither.",
        icon=":material/call_split:",
    )
    for video in torn[:_MOST_TORN]:
        with st.container(border=True):
            others = ", ".join(plain(code) for code in video.conflict if code != campaign.code)
            st.markdown(f"**{_title(video)}** :gray[also claimed by {others}]")
            with st.container(horizontal=True):
                if st.button("Counts here", key=f"here_{video.video_id}", icon=":material/check:"):
                    keep(lambda v=video: _choose(now, campaign, [v.video_id], belongs=True))  # type: ignore[misc]
                if st.button("Not here", key=f"there_{video.video_id}", icon=":material/block:"):
                    keep(lambda v=video: _choose(now, campaign, [v.video_id], belongs=False))  # type: ignore[misc]


def _title(video: MemberVideo) -> str:
    whose = f"@{plain(video.handle)}: " if video.handle else ""
    return whose + (plain(video.caption, longest=90) or plain(video.video_id))


def draw_videos(now: Visit, campaign: Campaign, videos: Sequence[MemberVideo]) -> None:
    """Draw the table; rows that are picked can be put in or taken out by hand."""
    frame = pd.DataFrame(
        {
            "Counts": [video.belongs for video in videos],
            "Creator": [f"@{video.handle}" if video.handle else None for video in videos],
            "Why": [_why(video) for video in videos],
            "Posted": pd.Series([video.posted_on for video in videos], dtype="datetime64[s]"),
            "Caption": [video.caption or None for video in videos],
            "Video": [video.url or None for video in videos],
        }
    )
    counting = sum(video.belongs for video in videos)
    event = st.dataframe(
        frame,
        hide_index=True,
        key=f"videos_{campaign.campaign_id}_{st.session_state.setdefault('videos_turn', 0)}",
        on_select="rerun",
        selection_mode="multi-row",
        placeholder="",
        column_config={
            "Counts": st.column_config.CheckboxColumn("Counts", width="small"),
            "Posted": st.column_config.DateColumn("Posted", format="localized"),
            "Caption": st.column_config.TextColumn("Caption", width="medium"),
            "Video": st.column_config.LinkColumn("Video", display_text="Open", width="small"),
        },
        alt=f"{counted(counting, 'video')} count in the campaign, with the reason for each",
    )
    picked = [videos[row].video_id for row in event["selection"]["rows"] if row < len(videos)]
    st.caption("Select rows to decide by hand. What is decided by hand beats every rule.")
    with st.container(horizontal=True):
        for label, icon, belongs in (
            ("Count them here", ":material/check:", True),
            ("Leave them out", ":material/block:", False),
            ("Let the rules decide", ":material/rule:", None),
        ):
            if st.button(label, icon=icon, disabled=not picked, key=f"choose_{belongs}"):
                keep(lambda b=belongs: _choose(now, campaign, picked, belongs=b), then=_unpick)  # type: ignore[misc]


def _why(video: MemberVideo) -> str:
    return f"claimed by {', '.join(video.conflict)}" if video.conflict else video.reason


def _unpick() -> None:
    st.session_state["videos_turn"] += 1


def _choose(now: Visit, campaign: Campaign, ids: Sequence[str], *, belongs: bool | None) -> str:
    choose_videos(now.store, campaign.campaign_id, ids, belongs=belongs)
    words = {True: "count here now", False: "are left out", None: "follow the rules again"}[belongs]
    return f"{counted(len(ids), 'video')}: {words}."


def draw_by_address(now: Visit, campaign: Campaign) -> None:
    """Draw the box that puts videos in by their addresses, also before any file names them."""
    with st.expander("Put videos in by address", icon=":material/add_link:"):
        turn = st.session_state.setdefault("addresses_turn", 0)
        text = st.text_area(
            "Addresses or ids, one on each line",
            key=f"addresses_{turn}",
            placeholder="https://www.tiktok.com/@ada.brews/video/7345678901234567890",
        )
        if st.button("Put them in", disabled=not text, key="put_in", icon=":material/check:"):
            keep(lambda: _put_in(now, campaign, text or ""), then=_new_addresses)


def _put_in(now: Visit, campaign: Campaign, text: str) -> str:
    ids = []
    for position, written in enumerate(part for part in re.split(r"[\s,;]+", text) if part):
        try:
            ids.append(read_video_id(written))
        except UnreadableError as error:
            raise entry_error("video", error.code, error.what, error.fix, row=position) from None
    return _choose(now, campaign, ids, belongs=True)


def _new_addresses() -> None:
    st.session_state["addresses_turn"] += 1
