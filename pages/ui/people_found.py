"""Around the table of creators: handles that files name, two entries for one person, what to ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.campaigns import Campaign, ExportRequest, export_requests
from core.creators import (
    Creator,
    FoundHandle,
    add_handle,
    found_handles,
    list_creators,
    list_merges,
    merge_creators,
    split_creators,
)
from core.entry.edits import TableEdits
from core.entry.words import counted
from core.people import apply_people_edits, list_people
from core.units import write_day
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import keep

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages.ui.context import Visit

_MOST_FOUND = 10
_ONE_BY_ONE = 25  # creators with a message each; more are chosen from a table


def draw_found(now: Visit, campaign: Campaign) -> None:
    """Draw handles in imported files that belong to nobody yet, each with what to do about it."""
    found = kept(now, found_handles)
    if not found:
        return
    st.subheader("Found in your files", divider="gray")
    st.markdown("These accounts have figures but belong to no creator yet, so nothing of theirs counts.")
    creators = {item.creator_id: item for item in kept(now, list_creators)}
    for item in found[:_MOST_FOUND]:
        _draw_found_one(now, campaign, item, creators)
    if len(found) > 1 and st.button(
        f"Add all {counted(len(found), 'account')} to the campaign",
        icon=":material/group_add:",
        key="add_all_found",
    ):
        keep(lambda: _add(now, campaign, [item.handle for item in found]))


def _draw_found_one(
    now: Visit, campaign: Campaign, item: FoundHandle, creators: Mapping[int, Creator]
) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**@{plain(item.handle)}** :gray[{plain(item.sentence)}]", width=300)
        if st.button("Add to the campaign", key=f"found_{item.handle}", icon=":material/person_add:"):
            keep(lambda: _add(now, campaign, [item.handle]))
        if creators:
            with st.popover("Is somebody's other account"):
                owner = st.selectbox(
                    "Whose account is it?",
                    list(creators),
                    index=None,
                    format_func=lambda number: creators[number].name,
                    key=f"owner_{item.handle}",
                )
                if st.button("Add the handle", key=f"own_{item.handle}", disabled=owner is None) and owner:
                    keep(lambda: _add_handle(now, owner, item.handle))


def _add(now: Visit, campaign: Campaign, handles: Sequence[str]) -> str:
    people = list_people(now.store, campaign.campaign_id)
    edits = TableEdits(added=[{"handle": handle} for handle in handles])
    return apply_people_edits(now.store, campaign.campaign_id, edits, people, today=now.today).sentence


def _add_handle(now: Visit, creator_id: int, handle: str) -> str:
    return f"@{add_handle(now.store, creator_id, handle)} is added; its figures count from now on."


# ------------------------------------------------------------- one person, two entries


def draw_merging(now: Visit) -> None:
    """Draw the way to make one creator of two, and the merges that can be taken back."""
    creators = kept(now, list_creators)
    with st.container(horizontal=True):
        if st.button("Merge two creators …", icon=":material/merge:", disabled=not creators[1:], key="merge"):
            _merge_dialog(now, creators)
        if st.button(
            "Add another handle …", icon=":material/alternate_email:", disabled=not creators, key="alias"
        ):
            _handle_dialog(now, creators)
    for merge in kept(now, list_merges)[:5]:
        with st.container(horizontal=True, vertical_alignment="center"):
            when = write_day(merge.at.date(), locale=now.locale)
            st.markdown(
                f"{plain(merge.gone)} went into **{plain(merge.kept)}** :gray[{when}, {plain(merge.who)}]",
                width=340,
            )
            if st.button("Take apart again", key=f"split_{merge.merge_id}", type="tertiary"):
                keep(lambda number=merge.merge_id, name=merge.gone: _split(now, number, name))  # type: ignore[misc]


@st.dialog("Are these two the same person?")
def _merge_dialog(now: Visit, creators: Sequence[Creator]) -> None:
    by_id = {creator.creator_id: creator for creator in creators}

    def name(number: int) -> str:
        return f"{by_id[number].name} (@{by_id[number].handle})"

    stays = st.selectbox("This creator stays", list(by_id), index=None, format_func=name, key="merge_keep")
    rest = [number for number in by_id if number != stays]
    goes = st.selectbox("This one goes into it", rest, index=None, format_func=name, key="merge_gone")
    st.markdown("Handles, follower counts, fees, codes and links move over. It can be taken apart again.")
    if (
        st.button("Merge", type="primary", disabled=stays is None or goes is None, key="merge_now")
        and stays
        and goes
    ):
        keep(lambda: _merge(now, by_id[stays], by_id[goes]))


def _merge(now: Visit, stays: Creator, goes: Creator) -> str:
    merge_creators(
        now.store, stays.creator_id, goes.creator_id, keep_version=stays.version, gone_version=goes.version
    )
    return f"{goes.name} is now part of {stays.name}."


def _split(now: Visit, merge_id: int, name: str) -> str:
    split_creators(now.store, merge_id)
    return f"{name} is a creator of its own again."


@st.dialog("Add another handle")
def _handle_dialog(now: Visit, creators: Sequence[Creator]) -> None:
    by_id = {creator.creator_id: creator for creator in creators}
    owner = st.selectbox(
        "Creator", list(by_id), index=None, format_func=lambda number: by_id[number].name, key="alias_owner"
    )
    if owner:
        st.markdown("Known as " + ", ".join(f"@{plain(handle)}" for handle in by_id[owner].handles))
    handle = st.text_input(
        "Handle, or the address of the profile", key="alias_handle", placeholder="@second.account"
    )
    if (
        st.button("Add it", type="primary", disabled=not (owner and handle), key="alias_now")
        and owner
        and handle
    ):
        keep(lambda: _add_handle(now, owner, handle))


# ------------------------------------------------------------- what to ask for


def draw_requests(now: Visit, campaign: Campaign) -> None:
    """Draw whom to ask for which export until when, with a message ready to copy."""
    asked = [item for item in kept(now, export_requests, campaign.campaign_id, now.today) if item.needs]
    if not asked:
        return
    st.subheader("Exports to ask for", divider="gray", anchor="exports")
    hurry = "TikTok keeps account figures for 60 days only. " if any(item.lose_by for item in asked) else ""
    st.markdown(f"{hurry}Copy a message and send it.")
    if len(asked) > _ONE_BY_ONE:
        _draw_chosen(now, asked)
        return
    for item in asked:
        with st.expander(_request_words(item, now.locale)):
            _draw_request(item, now.locale)


def _draw_chosen(now: Visit, asked: Sequence[ExportRequest]) -> None:
    """Draw whom to ask as a table, and the message of the one who is chosen."""
    rows = [
        {
            "Creator": item.creator,
            "Exports": ", ".join(need.export.value for need in item.needs),
            "By": write_day(item.lose_by, locale=now.locale) if item.lose_by else "",
        }
        for item in asked
    ]
    st.dataframe(rows, hide_index=True, height=300, alt=f"{counted(len(rows), 'creator')} to ask for exports")
    by_id = {item.creator_id: item for item in asked}
    chosen = st.selectbox(
        "Message for",
        list(by_id),
        index=None,
        placeholder="Choose a creator",
        format_func=lambda number: by_id[number].creator,
        key="request_of",
    )
    if chosen is not None:
        _draw_request(by_id[chosen], now.locale)


def _draw_request(item: ExportRequest, locale: str) -> None:
    for need in item.needs:
        lost = f" {counted(need.lost_days, 'day')} can no longer be had." if need.lost_days else ""
        have = (
            "nothing yet"
            if need.known_until is None
            else f"known until {write_day(need.known_until, locale=locale)}"
        )
        st.markdown(f"- **{need.export.value}**: {have}.{lost}")
    if item.message:
        st.code(item.message, language=None, wrap_lines=True)


def _request_words(item: ExportRequest, locale: str) -> str:
    names = ", ".join(need.export.value for need in item.needs)
    until = f" · by {write_day(item.lose_by, locale=locale)}" if item.lose_by else ""
    return f"{plain(item.creator)}: {names}{until}"
