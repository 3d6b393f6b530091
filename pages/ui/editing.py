"""Tables that can be typed into: shown as first drawn, kept only when saved.

Versions are those on screen, not those of the moment of saving: else a change that
somebody else made in between would be overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

T = TypeVar("T")


def rows_on_screen(key: str, revision: int, rows: Sequence[T]) -> tuple[T, ...]:
    """Return the rows that the table shows: newer ones only while nothing was typed into it."""
    shown = st.session_state.get(f"{key}_shown")
    if shown is None or (shown[0] != revision and not has_edits(key)):
        st.session_state[f"{key}_shown"] = shown = (revision, tuple(rows))
    found: tuple[T, ...] = shown[1]
    return found


def edit_table(
    key: str,
    rows: Sequence[Mapping[str, object]],
    columns: Mapping[str, tuple[str, Any]],
    *,
    locked: Sequence[str] = (),
    can_add: bool = True,
    alt: str,
) -> Mapping[str, object]:
    """Draw the table and return what was typed into it, by position.

    Args:
        key: unique on the page.
        rows: field -> value; None is empty.
        columns: field -> pandas type and Streamlit's column, in order.
        locked: fields that cannot be changed.
        can_add: rows can be added and taken out.
        alt: what the table is, for those who do not see it.
    """
    frame = pd.DataFrame(
        {name: pd.Series([row.get(name) for row in rows], dtype=kind) for name, (kind, _) in columns.items()}
    )
    st.data_editor(
        frame,
        key=_widget(key),
        column_config={name: column for name, (_, column) in columns.items()},
        disabled=list(locked),
        num_rows="dynamic" if can_add else "fixed",
        hide_index=True,
        placeholder="",
        alt=alt,
    )
    return edits_of(key)


def edits_of(key: str) -> Mapping[str, object]:
    """Return what was typed into a table and is not saved."""
    state = st.session_state.get(_widget(key))
    return dict(state) if isinstance(state, Mapping) else {}


def has_edits(key: str) -> bool:
    """Return whether something was typed into a table and is not saved."""
    return any(edits_of(key).values())


def draw_afresh(key: str) -> None:
    """Draw the table anew in the next run, without what was typed into it."""
    st.session_state.pop(f"{key}_shown", None)
    st.session_state[f"{key}_turn"] = st.session_state.get(f"{key}_turn", 0) + 1


def _widget(key: str) -> str:
    return f"{key}_{st.session_state.get(f'{key}_turn', 0)}"
