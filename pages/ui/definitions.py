"""How definitions are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.glossary import Entry, entries, search
from pages.ui.plain import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.metrics.model import Stage


def find_entries(words: str) -> Mapping[Stage | None, tuple[Entry, ...]]:
    """Return the entries that fit the words, by stage; all where there are no words."""
    if not words.strip():
        return entries()
    found: dict[Stage | None, tuple[Entry, ...]] = {}
    for entry in search(words):
        found[entry.stage] = (*found.get(entry.stage, ()), entry)
    return found


def draw_entries(found: Mapping[Stage | None, tuple[Entry, ...]]) -> None:
    """Draw entries under their stage; measures come last."""
    if not any(found.values()):
        st.info("No metric fits these words. Try a shorter one, for instance rate or cost.")
    for stage, listed in found.items():
        if not listed:
            continue
        st.subheader(stage.value.capitalize() if stage else "What exports count", divider="gray")
        for entry in listed:
            said = plain(f"{entry.caution} {entry.source}", longest=800)
            st.markdown(
                f"**{plain(entry.label)}**  \n{plain(entry.definition, longest=500)}  \n"
                f"*{plain(entry.formula, longest=400)}*  \n:gray[{said}]"
            )
