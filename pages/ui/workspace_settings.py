"""The workspace: its creator tiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.creators import TierCutoff, get_cutoffs, set_cutoffs
from pages.ui.editing import draw_afresh, edit_table, edits_of, rows_on_screen
from pages.ui.kept import kept
from pages.ui.saying import keep

if TYPE_CHECKING:
    from core.store.engine import Store
    from pages.ui.context import Visit

_KEY = "tiers"


def draw_tiers(now: Visit) -> None:
    """Draw the cut-offs of the creator tiers as a table with its Save button."""
    st.markdown("A creator's tier follows from the followers on the campaign's first day.")
    cutoffs = rows_on_screen(_KEY, now.revision, kept(now, get_cutoffs))
    numbers = st.column_config
    edit_table(
        _KEY,
        [{"name": item.name, "followers": item.followers} for item in cutoffs],
        {
            "name": ("object", numbers.TextColumn("Tier", required=True)),
            "followers": (
                "Int64",
                numbers.NumberColumn(
                    "From followers", min_value=0, step=1, format="localized", required=True
                ),
            ),
        },
        alt="Tiers with the followers from which they begin",
    )
    with st.container(horizontal=True):
        if st.button("Save tiers", type="primary", icon=":material/check:", key="save_tiers"):
            keep(lambda: _set(now.store, _typed(cutoffs)), then=lambda: draw_afresh(_KEY))
        if st.button("Back to the usual tiers", type="tertiary", key="usual_tiers"):
            keep(lambda: _set(now.store, []), then=lambda: draw_afresh(_KEY))


def _typed(cutoffs: tuple[TierCutoff, ...]) -> list[tuple[str, str]]:
    """Return the rows of the table as they were typed, smallest first."""
    state = edits_of(_KEY)
    changed, gone, added = (state.get(name) for name in ("edited_rows", "deleted_rows", "added_rows"))
    rows = []
    for position, item in enumerate(cutoffs):
        row = changed.get(position, {}) if isinstance(changed, dict) else {}
        if not (isinstance(gone, list) and position in gone):
            rows.append((str(row.get("name", item.name) or ""), row.get("followers", item.followers)))
    rows += [
        (str(row.get("name") or ""), row.get("followers"))
        for row in (added if isinstance(added, list) else [])
    ]
    ordered = sorted(rows, key=lambda row: -1 if row[1] is None else int(row[1]))
    return [(name, "" if count is None else str(count)) for name, count in ordered]


def _set(store: Store, rows: list[tuple[str, str]]) -> str:
    set_cutoffs(store, rows)
    return "The tiers are saved." if rows else "The usual tiers are back."
