"""Promo codes as a table to type into, pasted rows, sitewide codes, and codes that nobody explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.access import Action
from core.campaigns import Campaign, list_collaborations
from core.creators import Creator, list_creators
from core.entry.edits import TableEdits, edits_of_table
from core.entry.pasting import Pasted, PasteKind, parse_pasted
from core.entry.words import counted
from core.errors import PlumblineError
from core.tracking import (
    PromoCode,
    UnknownCode,
    apply_code_edits,
    list_codes,
    map_code_to_creator,
    map_code_to_nobody,
    remove_code,
    unknown_codes,
)
from core.units import write_day
from pages.ui.editing import draw_afresh, edit_table, rows_on_screen
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import keep, say_next, say_problems

if TYPE_CHECKING:
    from core.store.engine import Store
    from pages.ui.context import Visit

_NOBODY = 0  # no creator has this id
_MOST_UNKNOWN = 15


def draw_unknown(now: Visit, campaign: Campaign) -> bool:
    """Draw the codes on orders that nobody explained, and return whether there are any."""
    unknown = kept(now, unknown_codes)
    if not unknown:
        return False
    st.subheader("Unknown codes", divider="gray", anchor="unknown")
    st.markdown(
        f"{counted(len(unknown), 'code')} on imported orders that nobody has explained. "
        "Until you say whose they are, their orders are credited to no creator for them. "
        "A code then counts on the days of the campaign; the days can be changed in the table below."
    )
    names = {item.creator_id: item.creator for item in kept(now, list_collaborations, campaign.campaign_id)}
    choices = [*names, _NOBODY]
    picked: dict[str, int | None] = {}
    with st.form("unknown", border=False):
        for code in unknown[:_MOST_UNKNOWN]:
            st.markdown(_unknown_words(code, now.locale))
            if code.first_day is not None and code.first_day < campaign.first_day:
                st.caption(
                    "Used before this campaign began: only orders on the days of the campaign will count."
                )
            picked[code.written] = st.selectbox(
                f"Whose is {plain(code.written)}?",
                choices,
                index=None,
                placeholder="Not decided",
                format_func=lambda number: names.get(number, "Nobody's: a sitewide code"),
                key=f"whose_{campaign.campaign_id}_{code.code_key}",
                label_visibility="collapsed",
                width=360,
            )
        done = st.form_submit_button("Save whose they are", type="primary", icon=":material/check:")
    if len(unknown) > _MOST_UNKNOWN:
        st.caption(
            f"The {_MOST_UNKNOWN} with the most orders are shown; {len(unknown) - _MOST_UNKNOWN} more follow."
        )
    if done:
        _map(now, campaign, {written: number for written, number in picked.items() if number is not None})
    return True


def _unknown_words(code: UnknownCode, locale: str) -> str:
    first, last = (write_day(day, locale=locale) for day in (code.first_day, code.last_day))
    days = "" if code.first_day is None else f", {first}" if first == last else f", {first} to {last}"
    hint = f" Looks like **{plain(code.resembles)}**." if code.resembles else ""
    return f"**{plain(code.written)}** :gray[{counted(code.orders, 'order')}{days}.]{hint}"


def _map(now: Visit, campaign: Campaign, picked: dict[str, int]) -> None:
    """Keep what was picked, code by code, and say all that stands against it."""
    done = 0
    said: list[str] = []
    problems: list[PlumblineError] = []
    for written, number in picked.items():
        try:
            if number == _NOBODY:
                map_code_to_nobody(now.store, written)
            else:
                said.append(map_code_to_creator(now.store, campaign.campaign_id, written, number).sentence)
        except PlumblineError as problem:
            problems.append(problem)
        else:
            done += 1
    for each in problems:
        say_problems(each)
    if done:
        words = (
            f"{counted(done, 'code')} explained; the orders were counted again. {' '.join(said[:5])}".strip()
        )
        if problems:
            st.success(words)
            return
        say_next(words)
        st.rerun()
    if not picked:
        st.info("Choose whose at least one of the codes is.")


# ------------------------------------------------------------- known codes


def draw_codes(now: Visit, campaign: Campaign, *, is_main: bool) -> None:
    """Draw the campaign's codes as a table with its Save button; sitewide ones below."""
    known = kept(now, codes_of, campaign.campaign_id)
    key = _key(campaign)
    own = rows_on_screen(key, now.revision, [code for code in known if not code.is_sitewide])
    people = kept(now, list_collaborations, campaign.campaign_id)
    creators = {item.creator_id: item for item in kept(now, _creators_of, campaign.campaign_id)}
    handles = [creators[item.creator_id].handle for item in people if item.creator_id in creators]
    handles += [code.handle for code in own if code.handle not in handles]
    state = edit_table(
        key,
        [_row(code) for code in own],
        _columns(handles),
        locked=("orders",),
        alt=f"{counted(len(own), 'promo code')} with creator and days",
    )
    words = "primary" if is_main else "secondary"
    if st.button("Save codes", type=words, icon=":material/check:", key="save_codes"):  # type: ignore[arg-type]  # one of the two
        edits = edits_of_table(state, [code.code_id for code in own])
        names = {code.code_id: code.code for code in own}
        keep(
            lambda: apply_code_edits(now.store, campaign.campaign_id, edits).sentence,
            refuse=lambda problem: say_problems(problem, names),
            then=lambda: draw_afresh(key),
        )
    _draw_paste(now, campaign)
    if now.may(Action.PLAN):
        _draw_sitewide(now, [code for code in known if code.is_sitewide])


def _key(campaign: Campaign) -> str:
    """Return the name of the table, each campaign its own, so that what was typed stays with it."""
    return f"codes_{campaign.campaign_id}"


def codes_of(store: Store, campaign_id: int) -> tuple[PromoCode, ...]:
    """Return the codes of a campaign, and the sitewide ones."""
    return list_codes(store, campaign_id=campaign_id)


def _creators_of(store: Store, campaign_id: int) -> tuple[Creator, ...]:
    return list_creators(store, campaign_id=campaign_id)


def _row(code: PromoCode) -> dict[str, object]:
    return {
        "code": code.code,
        "handle": code.handle,
        "first_day": code.first_day,
        "last_day": code.last_day,
        "video": code.video_id or None,
        "orders": code.orders,
    }


def _columns(handles: list[str]) -> dict[str, tuple[str, object]]:
    kinds = st.column_config
    return {
        "code": ("object", kinds.TextColumn("Code", required=True)),
        "handle": (
            "object",
            kinds.SelectboxColumn("Creator", options=list(dict.fromkeys(handles)), required=True),
        ),
        "first_day": (
            "datetime64[s]",
            kinds.DateColumn("From", format="YYYY-MM-DD", help="Empty: from the beginning."),
        ),
        "last_day": (
            "datetime64[s]",
            kinds.DateColumn("To", format="YYYY-MM-DD", help="Empty: without end."),
        ),
        "video": (
            "object",
            kinds.TextColumn("Video", help="Address or id, if the code was made for one video."),
        ),
        "orders": ("Int64", kinds.NumberColumn("Orders", help="Orders in the imported files that carry it.")),
    }


def _draw_paste(now: Visit, campaign: Campaign) -> None:
    with st.expander("Paste codes from a spreadsheet", icon=":material/content_paste:"):
        turn = st.session_state.setdefault("paste_codes_turn", 0)
        text = st.text_area(
            "Rows, with or without headings",
            key=f"paste_codes_{turn}",
            placeholder="code\thandle\tfrom\tto\nADA15\t@ada.brews\t2026-03-01\t2026-03-31",
            help="Without headings the columns are: code, handle, first day, last day, video.",
        )
        read = parse_pasted(text or "", PasteKind.CODES)
        for item in read.remarks[:10]:
            st.markdown(f":orange[:material/error:] {plain(item.issue, longest=400)}")
        if read.rows:
            st.dataframe([dict(row) for row in read.rows], hide_index=True, alt="The codes read")
        words = f"Add {counted(len(read.rows), 'code')}"
        if st.button(words, disabled=not read.rows, key="add_pasted_codes", icon=":material/add:"):
            keep(lambda: _add(now, campaign, read), then=lambda: _new_paste(campaign))


def _add(now: Visit, campaign: Campaign, read: Pasted) -> str:
    return apply_code_edits(now.store, campaign.campaign_id, TableEdits(added=read.rows)).sentence


def _new_paste(campaign: Campaign) -> None:
    st.session_state["paste_codes_turn"] += 1
    draw_afresh(_key(campaign))


def _draw_sitewide(now: Visit, codes: list[PromoCode]) -> None:
    with st.expander(f"Sitewide codes ({len(codes)})", icon=":material/public:"):
        st.markdown(
            "A sitewide code belongs to nobody: orders that carry it are credited to no creator for it."
        )
        for code in codes:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{plain(code.code)}** :gray[{counted(code.orders, 'order')}]")
                if st.button("Remove", key=f"sitewide_{code.code_id}", type="tertiary"):
                    keep(lambda each=code: _remove(now, each))  # type: ignore[misc]  # bound now, not later
        with (
            st.form("sitewide", clear_on_submit=True, border=False),
            st.container(horizontal=True, vertical_alignment="bottom"),
        ):
            written = st.text_input("Code", key="sitewide_code", placeholder="WELCOME10", width=240)
            done = st.form_submit_button("Add a sitewide code", icon=":material/add:")
        if done:
            keep(lambda: _add_sitewide(now, written or ""))


def _add_sitewide(now: Visit, written: str) -> str:
    map_code_to_nobody(now.store, written)
    return f"{written} is kept as a sitewide code."


def _remove(now: Visit, code: PromoCode) -> str:
    remove_code(now.store, None, code.code_id)
    return f"{code.code} is removed; orders that carry it have an unknown code again."
