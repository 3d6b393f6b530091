"""The list of words on screen: add one, write one otherwise, offer it no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.content import add_word, rename_word, set_listed
from core.evidence.tags import TYPED, WORDS, Dimension
from pages.ui.editing import draw_afresh
from pages.ui.plain import plain
from pages.ui.saying import FieldNotes, keep
from pages.ui.tagging import label_of, vocabulary_by_kind

if TYPE_CHECKING:
    from core.campaigns import Campaign
    from pages.ui.context import Visit


def draw_words(now: Visit, campaign: Campaign) -> None:
    """Draw the words of one kind, and the forms that change the list."""
    with st.expander("The list of words", icon=":material/label:"):
        st.markdown("One list for the whole workspace, so that everybody tags alike. Few words group best.")
        kind = st.segmented_control(
            "Kind", TYPED, default=Dimension.HOOK, format_func=label_of, required=True, key="word_kind"
        )
        dimension = Dimension(kind or Dimension.HOOK)
        words = vocabulary_by_kind(now, campaign)[dimension]
        st.caption(WORDS[dimension])
        listed = [value for value, is_listed in words if is_listed]
        st.markdown(" · ".join(plain(value) for value in listed) or "No word is offered.")
        _draw_adding(now, campaign, dimension)
        _draw_changing(now, campaign, dimension, words)


def _draw_adding(now: Visit, campaign: Campaign, dimension: Dimension) -> None:
    notes = FieldNotes()
    with (
        st.form(f"word_{dimension.value}", clear_on_submit=True, border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        word = st.text_input("Another word", key=f"new_word_{dimension.value}", width=260)
        done = st.form_submit_button("Add it", icon=":material/add:")
    notes.under("value")
    if done:
        keep(lambda: _add(now, dimension, word or ""), refuse=notes.say, then=lambda: _afresh(campaign))


def _add(now: Visit, dimension: Dimension, word: str) -> str:
    add_word(now.store, {"dimension": dimension.value, "value": word})
    return f"“{word}” is on the list."


def _draw_changing(
    now: Visit, campaign: Campaign, dimension: Dimension, words: list[tuple[str, bool]]
) -> None:
    states = dict(words)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        word = st.selectbox(
            "Change a word",
            list(states),
            index=None,
            placeholder="Choose a word",
            format_func=lambda value: value if states[value] else f"{value} (not offered)",
            key=f"old_word_{dimension.value}",
            width=260,
        )
        if word is None:
            return
        becomes = st.text_input("Write it", word, key=f"rename_{dimension.value}_{word}", width=260)
        rename = st.button("Rename", key="rename_word", disabled=not becomes or becomes == word)
        offer = st.button("Offer it no longer" if states[word] else "Offer it again", key="offer_word")
    if rename:
        keep(lambda: _rename(now, dimension, word, becomes or ""), then=lambda: _afresh(campaign))
    if offer:
        keep(lambda: _offer(now, dimension, word, is_listed=not states[word]), then=lambda: _afresh(campaign))


def _rename(now: Visit, dimension: Dimension, word: str, becomes: str) -> str:
    rename_word(now.store, dimension, word, becomes)
    return f"“{word}” is called “{becomes}” now, on every video that has it."


def _offer(now: Visit, dimension: Dimension, word: str, *, is_listed: bool) -> str:
    set_listed(now.store, dimension, word, is_listed=is_listed)
    return (
        f"“{word}” is {'offered again' if is_listed else 'offered no longer; videos that have it keep it'}."
    )


def _afresh(campaign: Campaign) -> None:
    draw_afresh(f"tags_{campaign.campaign_id}")
