"""Tagging on screen: the table to type into, one word for many videos, a paste, what was done."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from core.content import (
    TagRow,
    list_tag_changes,
    list_tagged_videos,
    list_vocabulary,
    read_pasted_tags,
    set_tags,
    tag_videos,
    undo_tag_change,
)
from core.entry.words import counted
from core.evidence.tags import SEVERAL, TYPED, WORDS, Dimension
from core.units import write_day
from pages.ui.editing import draw_afresh, edit_table, edits_of, has_edits, rows_on_screen
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import keep, say_problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.campaigns import Campaign
    from core.content import PastedTags, TaggedVideo
    from pages.ui.context import Visit

_MOST = 300  # videos in the table at once


def label_of(dimension: Dimension) -> str:
    """Return a kind of word as people read it."""
    return dimension.value.capitalize()


def has_videos(now: Visit, campaign: Campaign) -> bool:
    """Return whether the campaign has any video to tag."""
    return bool(kept(now, list_tagged_videos, campaign.campaign_id))


def find_videos(now: Visit, campaign: Campaign) -> tuple[TaggedVideo, ...]:
    """Draw the search and return the videos that it finds."""
    videos = kept(now, list_tagged_videos, campaign.campaign_id)
    tagged = sum(bool(video.given) for video in videos)
    st.markdown(
        f"**{tagged:,} of {counted(len(videos), 'video')} have tags.** Say in a few words what each video is "
        "like; then *Content patterns* can show which kinds went with better results."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            "Find videos by caption or creator",
            key="find_tags",
            bind="query-params",
            placeholder="For instance taste test",
            width=320,
        )
        only = st.toggle("Only those without tags", key="untagged", bind="query-params")
    wanted = (words or "").casefold().split()
    return tuple(
        video
        for video in videos
        if not (only and video.given) and all(one in _searched(video) for one in wanted)
    )


def _searched(video: TaggedVideo) -> str:
    return f"{video.caption} {video.creator} {video.handle}".casefold()


def draw_grid(now: Visit, campaign: Campaign, videos: Sequence[TaggedVideo]) -> None:
    """Draw the found videos as a table with a column for each kind of word, and its Save button."""
    shown = tuple(videos[:_MOST])
    key = f"tags_{campaign.campaign_id}"
    asked = tuple(video.video_id for video in shown)
    if st.session_state.get(f"{key}_asked") != asked:
        st.session_state[f"{key}_asked"] = asked
        draw_afresh(key)
    shown = rows_on_screen(key, now.revision, shown)
    edit_table(
        key,
        [_row(video) for video in shown],
        _columns(now, campaign, shown),
        locked=("creator", "caption", "posted", "video"),
        can_add=False,
        alt=f"{counted(len(shown), 'video')} with their tags, to be typed into",
    )
    if len(videos) > _MOST:
        st.caption(f"The newest {_MOST} are shown. Search to reach the other {len(videos) - _MOST:,}.")
    if st.button("Save tags", type="primary", icon=":material/check:", key="save_tags"):
        rows = _typed(key, shown)
        keep(
            lambda: _set(now, campaign, rows, "typed into the table"),
            refuse=say_problems,
            then=lambda: draw_afresh(key),
        )
    if has_edits(key):
        st.caption("Not saved yet: searching again or leaving the page drops what you typed.")


def _row(video: TaggedVideo) -> dict[str, object]:
    words: dict[str, object] = {}
    for dimension in TYPED:
        values = [tag.value for tag in video.of(dimension)]
        words[dimension.value] = values if dimension in SEVERAL else (values[0] if values else None)
    return {
        "creator": video.creator or f"@{video.handle}",
        "caption": video.caption or None,
        "posted": video.posted_on,
        "video": video.url or None,
        **words,
    }


def _columns(now: Visit, campaign: Campaign, shown: Sequence[TaggedVideo]) -> dict[str, tuple[str, object]]:
    kinds = st.column_config
    offered: dict[Dimension, list[str]] = {dimension: [] for dimension in TYPED}
    for tag in kept(now, list_vocabulary, campaign.campaign_id):
        if tag.is_listed:
            offered[tag.dimension].append(tag.value)
    for video in shown:
        for one in video.given:
            if one.tag.value not in offered[one.tag.dimension]:
                offered[one.tag.dimension].append(one.tag.value)
    columns: dict[str, tuple[str, object]] = {
        "creator": ("object", kinds.TextColumn("Creator", pinned=True, width=130)),
        "caption": ("object", kinds.TextColumn("Caption", width=230)),
        "posted": ("datetime64[s]", kinds.DateColumn("Posted", format="localized", width=105)),
        "video": ("object", kinds.LinkColumn("Video", display_text="Watch", width=70)),
    }
    for dimension in TYPED:
        pick = kinds.MultiselectColumn if dimension in SEVERAL else kinds.SelectboxColumn
        columns[dimension.value] = (
            "object",
            pick(label_of(dimension), options=offered[dimension], help=WORDS[dimension], width=160),
        )
    return columns


def _typed(key: str, shown: Sequence[TaggedVideo]) -> list[TagRow]:
    edited = edits_of(key).get("edited_rows")
    return [
        TagRow(
            video_id=shown[int(position)].video_id,
            words={Dimension(name): _cell(value) for name, value in changes.items()},
        )
        for position, changes in (edited.items() if isinstance(edited, dict) else ())
        if changes
    ]


def _cell(value: object) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)):
        return tuple(str(one) for one in value)
    return (str(value),) if value else ()


def _set(now: Visit, campaign: Campaign, rows: Sequence[TagRow], how: str) -> str:
    if not rows:
        return "Nothing was changed."
    about = f"Tags of {counted(len(rows), 'video')} {how}"
    changed = set_tags(now.store, campaign.campaign_id, rows, about=about, now=int(time.time()))
    return f"{counted(changed, 'video')} tagged." if changed else "Nothing was changed."


def draw_bulk(now: Visit, campaign: Campaign, videos: Sequence[TaggedVideo]) -> None:
    """Draw the form that gives one word to every video found."""
    with st.expander("Give one word to all videos shown", icon=":material/library_add:"):
        st.markdown(f"It goes to the **{counted(len(videos), 'video')}** that your search shows above.")
        listed = [tag for tag in kept(now, list_vocabulary, campaign.campaign_id) if tag.is_listed]
        with st.container(horizontal=True, vertical_alignment="bottom"):
            word = st.selectbox(
                "Word",
                listed,
                index=None,
                format_func=lambda tag: tag.label,
                key="bulk_word",
                placeholder="Choose a word",
                width=320,
            )
            give = st.button(
                "Give it", icon=":material/add:", key="bulk_give", disabled=not (word and videos)
            )
            take = st.button("Take it away", key="bulk_take", disabled=not (word and videos))
        if word is not None and (give or take):
            ids = [video.video_id for video in videos]
            keep(
                lambda: _give(now, campaign, ids, (word.dimension, word.value), is_on=give),
                then=lambda: draw_afresh(f"tags_{campaign.campaign_id}"),
            )


def _give(
    now: Visit, campaign: Campaign, ids: Sequence[str], word: tuple[Dimension, str], *, is_on: bool
) -> str:
    changed = tag_videos(now.store, campaign.campaign_id, ids, word, is_on=is_on, now=int(time.time()))
    verb = "given to" if is_on else "taken from"
    return f"“{word[1]}” {verb} {counted(changed, 'video')}."


def draw_paste(now: Visit, campaign: Campaign) -> None:
    """Draw the box that takes tags from a spreadsheet."""
    with st.expander("Paste tags from a spreadsheet", icon=":material/content_paste:"):
        turn = st.session_state.setdefault("paste_tags_turn", 0)
        text = st.text_area(
            "Rows with headings: the video, and a column for each kind of word",
            key=f"paste_tags_{turn}",
            placeholder="video\thook\tformat\tcall to action\n"
            "https://www.tiktok.com/@ada.brews/video/7345678901234567890\tquestion\treview\tshop now; follow",
            help="Several words in a cell are parted by ; or |. An empty cell leaves what the video has.",
        )
        read = read_pasted_tags(now.store, campaign.campaign_id, text or "")
        for item in read.remarks[:8]:
            st.markdown(f":orange[:material/error:] {plain(item.issue, longest=400)}")
        if len(read.remarks) > 8:
            st.caption(f"… and {len(read.remarks) - 8} more lines that cannot be used.")
        _draw_new_words(read)
        words = f"Tag {counted(len(read.rows), 'video')}"
        if st.button(words, disabled=not read.rows, key="paste_tags", icon=":material/check:"):
            keep(
                lambda: _set(now, campaign, read.rows, "pasted from a spreadsheet"),
                then=lambda: _new_paste(campaign),
            )


def _draw_new_words(read: PastedTags) -> None:
    if read.new_words:
        fresh = ", ".join(f"{plain(word)} ({dimension.value})" for dimension, word in read.new_words[:12])
        st.markdown(
            f":material/new_label: {counted(len(read.new_words), 'word')} would be new on the list: {fresh}."
            " Check the spelling before you go on."
        )


def _new_paste(campaign: Campaign) -> None:
    st.session_state["paste_tags_turn"] += 1
    draw_afresh(f"tags_{campaign.campaign_id}")


def draw_changes(now: Visit, campaign: Campaign) -> None:
    """Draw what was tagged by whom, each with its way back."""
    changes = kept(now, list_tag_changes, campaign.campaign_id)
    if not changes:
        return
    with st.expander(f"What was tagged ({len(changes)})", icon=":material/history:"):
        for work in changes:
            with st.container(horizontal=True, vertical_alignment="center"):
                when = write_day(work.at.date(), locale=now.locale)
                gone = f" :gray[taken back by {plain(work.undone_by)}]" if work.undone_at else ""
                st.markdown(f"{plain(work.about)} :gray[· {plain(work.who)}, {when}]{gone}")
                if work.undone_at is None and st.button(
                    "Undo", key=f"undo_tags_{work.change_id}", type="tertiary", icon=":material/undo:"
                ):
                    keep(
                        lambda n=work.change_id: _undo(now, campaign, n),  # type: ignore[misc]  # bound now
                        then=lambda: draw_afresh(f"tags_{campaign.campaign_id}"),
                    )


def _undo(now: Visit, campaign: Campaign, change_id: int) -> str:
    undo_tag_change(now.store, campaign.campaign_id, change_id, now=int(time.time()))
    return "Taken back; the tags are as they were."


def vocabulary_by_kind(now: Visit, campaign: Campaign) -> Mapping[Dimension, list[tuple[str, bool]]]:
    """Return the words of each kind, with whether they are still offered."""
    found: dict[Dimension, list[tuple[str, bool]]] = {dimension: [] for dimension in TYPED}
    for tag in kept(now, list_vocabulary, campaign.campaign_id):
        found[tag.dimension].append((tag.value, tag.is_listed))
    return found
