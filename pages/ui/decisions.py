"""The decision a stage supports: what the files show, what was decided, and where to write it down."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from core.access import Action, may
from core.campaigns import Note, add_note, list_notes
from core.units import write_day
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import FieldNotes, keep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.funnel.model import StageView
    from core.metrics.model import Stage
    from pages.ui.context import Visit


def last_decisions(now: Visit) -> Mapping[Stage, Note]:
    """Return the newest decision of each stage of the campaign."""
    found: dict[Stage, Note] = {}
    for note in kept(now, list_notes, now.chosen.campaign_id):
        if note.stage is not None and note.kind == "decision":
            found.setdefault(note.stage, note)
    return found


def draw_decision(now: Visit, view: StageView, last: Note | None) -> None:
    """Draw the question a stage helps to decide, its evidence, and the last decision."""
    decision = view.decision
    sign = ":material/balance:" if decision.is_supported else ":material/hourglass_empty:"
    with st.container(border=True, gap="small"):
        st.markdown(f"{sign} **{plain(decision.question)}** {plain(decision.evidence, longest=500)}")
        if last is not None:
            when = write_day(last.at.date(), locale=now.locale)
            st.markdown(
                f":material/gavel: **Decided:** {plain(last.text, longest=4000)} "
                f":gray[{plain(last.who)}, {plain(when)}]"
            )
        if may(now.store.principal, Action.DECIDE, now.chosen.campaign_id):
            _offer_writing(now, view.stage)


def _offer_writing(now: Visit, stage: Stage) -> None:
    # A popover cannot be closed by the page; after a decision is kept the next one is another.
    written = st.session_state.setdefault(f"decisions_{stage}", 0)
    with st.popover(
        "Write down the decision",
        icon=":material/edit_note:",
        type="tertiary",
        on_change="rerun",
        key=f"decide_{stage}_{written}",
    ) as box:
        if not box.open:
            return
        notes = FieldNotes()
        with st.form(f"decision_{stage}", clear_on_submit=False, border=False):
            text = st.text_area(
                "What was decided?", key=f"decided_{stage}_{written}", height=90, max_chars=4000
            )
            notes.under("text")
            is_done = st.form_submit_button("Keep it", icon=":material/gavel:")
        if is_done:
            values = {"text": text or "", "stage": stage.value, "kind": "decision"}
            keep(lambda: _add(now, values), refuse=notes.say, then=lambda: _begin_anew(stage))


def _begin_anew(stage: Stage) -> None:
    st.session_state[f"decisions_{stage}"] += 1


def _add(now: Visit, values: Mapping[str, object]) -> str:
    add_note(now.store, now.chosen.campaign_id, values, now=int(time.time()))
    return "The decision is kept beside its evidence."
