"""Refusals are written down: who asked for what they may not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui.context import visit_or_none

if TYPE_CHECKING:
    from core.errors import PlumblineError

_NOTED = "refusals_noted"
_MOST = 20  # per session, so that nobody can fill the record


def note_refused(problem: PlumblineError, what: str = "") -> None:
    """Write a refusal down if it is one, at most some per session.

    Args:
        problem: what was raised.
        what: what was asked for, where the page knows it.
    """
    if problem.issue.code == "not-allowed":
        note_asked(what or problem.issue.what)


def note_asked(what: str) -> None:
    """Write down that somebody asked for what they may not have."""
    current = visit_or_none()
    noted = st.session_state.setdefault(_NOTED, set())
    if current is None or what in noted or len(noted) >= _MOST:
        return
    noted.add(what)
    current.store.note("refused", what)
