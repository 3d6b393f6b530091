"""What is said after something was written, or could not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.entry.forms import EntryError, Remark
from core.errors import PlumblineError
from pages.ui.plain import plain
from pages.ui.refusals import note_refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pages.ui.context import Visit

_SAID = "said_next"
_MOST = 8  # problems listed at once


def plan_heading(now: Visit, title: str, about: str = "") -> None:
    """Draw a page's title, the campaign it is about, and what was just done."""
    st.title(title)
    if now.campaign is not None:
        sample = " · made-up sample campaign" if now.campaign.is_sample else ""
        st.caption(f"{plain(now.campaign.name)} · {plain(now.campaign.brand)}{sample}")
    if about:
        st.markdown(about)
    tell()


def tell() -> None:
    """Show what the run before has written; a message shown before a rerun would be lost."""
    words = st.session_state.pop(_SAID, "")
    if words:
        st.toast(plain(words, longest=300), icon=":material/check_circle:")


def say_next(words: str) -> None:
    """Keep a sentence for the run that follows."""
    st.session_state[_SAID] = words


def keep(
    work: Callable[[], str],
    *,
    refuse: Callable[[PlumblineError], None] | None = None,
    then: Callable[[], None] | None = None,
) -> None:
    """Write something and run the page again, or say what stands against it.

    Args:
        work: writes, and returns what was done in one sentence.
        refuse: how a problem is said; None lists it here.
        then: what to do before the page runs again.
    """
    try:
        words = work()
    except PlumblineError as problem:
        note_refused(problem)
        (refuse or say_problems)(problem)
        return
    say_next(words)
    if then is not None:
        then()
    st.rerun()


def say_problems(problem: PlumblineError, names: Mapping[int, str] | None = None) -> None:
    """List every problem with what was typed.

    Args:
        problem: what was raised.
        names: what people call the rows of a table, by id.
    """
    lines = _lines(problem, names or {})
    more = [f"… and {len(lines) - _MOST} more of this kind."] if len(lines) > _MOST else []
    st.error("\n\n".join([*lines[:_MOST], *more]), icon=":material/error:")


def _lines(problem: PlumblineError, names: Mapping[int, str]) -> list[str]:
    if not isinstance(problem, EntryError):
        return [plain(str(problem), longest=600)]
    return list(dict.fromkeys(_line(item, names) for item in problem.remarks))


def _line(item: Remark, names: Mapping[int, str]) -> str:
    whose = names.get(item.row_id, "") if item.row_id is not None else ""
    return (f"**{plain(whose)}**: " if whose else "") + plain(str(item.issue), longest=600)


class FieldNotes:
    """Places under the fields of a form, where problems with them are said."""

    def __init__(self) -> None:
        """Begin with no field."""
        self._places: dict[str, list[st.delta_generator.DeltaGenerator]] = {}

    def under(self, field: str) -> None:
        """Keep a place here for problems with a field."""
        self._places.setdefault(field, []).append(st.empty())

    def say(self, problem: PlumblineError) -> None:
        """Say each problem under its field, and the others here."""
        remarks = problem.remarks if isinstance(problem, EntryError) else ()
        placed = [item for item in remarks if item.field in self._places]
        for field in dict.fromkeys(item.field for item in placed):
            words = [_line(item, {}) for item in placed if item.field == field]
            self._places[field][0].error("\n\n".join(words), icon=":material/error:")
        rest = [item for item in remarks if item.field not in self._places]
        if rest:
            say_problems(EntryError(rest))
        elif placed:
            st.error(
                "Nothing was saved yet: please look at the marked fields above.", icon=":material/error:"
            )
        else:
            say_problems(problem)
