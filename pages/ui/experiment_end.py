"""Finishing an experiment on screen: the decision, the frozen result, and the learning that comes of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from core.experiments.concluding import Decision, conclude, draft_learning, suggested_decision
from core.experiments.learnings import add_learning, list_learnings
from core.experiments.planned import Status
from core.experiments.reading_model import VerdictKind
from core.units import write_day
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import FieldNotes, keep
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from datetime import date

    from core.experiments.planned import Experiment
    from core.experiments.reading import ExperimentView
    from pages.ui.context import Visit

_SURE = frozenset(
    {VerdictKind.WINS, VerdictKind.KEEP_CONTROL, VerdictKind.NO_DIFFERENCE, VerdictKind.EARLY_WINNER}
)


def draw_conclusion(now: Visit, view: ExperimentView) -> None:
    """Draw what was decided, where an experiment is finished."""
    done = view.experiment.conclusion
    if done is None:
        return
    with st.container(border=True):
        when = write_day(done.at.date(), locale=now.locale)
        owner = f" Followed up by {plain(done.owner)}." if done.owner else ""
        st.markdown(
            f":material/gavel: **Decided on {when}: {plain(done.decision)}.** "
            f"{plain(done.reason, longest=2000)}"
        )
        st.caption(f"{plain(done.who)}.{owner} The result below is frozen as it stood on that day.")


def draw_ending(now: Visit, view: ExperimentView) -> None:
    """Draw the form that ends a running experiment, or the learning of a finished one."""
    if view.experiment.status is Status.CONCLUDED:
        _draw_learning(now, view)
        return
    reading = view.reading
    if reading is None:
        return
    st.markdown(f"As it stands today: **{plain(reading.title)}**.")
    if not reading.is_end and reading.verdict not in _SURE:
        st.warning(
            "The planned end is not reached. Finishing now keeps the result as it stands: ending early never "
            "turns “undecided” into a winner.",
            icon=":material/hourglass_top:",
        )
    notes = FieldNotes()
    with st.form("conclude", border=False):
        options = list(Decision)
        decision = st.radio(
            "What do you do with it?",
            options,
            index=options.index(suggested_decision(reading.verdict)),
            format_func=lambda one: one.value.capitalize(),
            key="decision",
        )
        reason = st.text_area("Why", key="decision_reason", height=80)
        notes.under("reason")
        owner = st.text_input("Who follows it up", view.experiment.owner, key="decision_owner", width=300)
        notes.under("owner")
        done = st.form_submit_button("Finish this experiment", type="primary", icon=":material/flag:")
    st.caption("A finished experiment stays finished. Testing it again takes a new plan.")
    if done:
        values: dict[str, object] = {"decision": decision.value, "reason": reason or "", "owner": owner or ""}
        keep(lambda: _conclude(now, view.experiment, values), refuse=notes.say)


def _conclude(now: Visit, one: Experiment, values: dict[str, object]) -> str:
    conclude(
        now.store,
        now.chosen.campaign_id,
        one.experiment_id,
        values,
        today=now.today,
        now=int(time.time()),
    )
    return "Finished, and the result is frozen. Write down what you learned."


def _draw_learning(now: Visit, view: ExperimentView) -> None:
    one = view.experiment
    own = [each for each in kept(now, list_learnings, now.today) if each.experiment_id == one.experiment_id]
    for each in own:
        st.markdown(f":material/lightbulb: {plain(each.hypothesis, longest=600)}")
    if own:
        way_to(
            "learnings.py",
            label="See all learnings",
            icon=":material/arrow_forward:",
            query_params={"campaign": now.chosen.code},
        )
        return
    if view.reading is None:
        return
    st.markdown(
        "**What did you learn?** Put the suggestion right; it goes into the ledger and the next brief."
    )
    draft = draft_learning(one, view.reading, today=now.today)
    notes = FieldNotes()
    with st.form("new_learning_of", border=False):
        values = _fields(draft.values, draft.retest_day, notes)
        done = st.form_submit_button("Keep the learning", type="primary", icon=":material/lightbulb:")
    if done:
        values["strength"] = draft.values["strength"]
        keep(lambda: _add(now, one, values, draft.tag_ids), refuse=notes.say)


def _fields(given: dict[str, object], retest: date, notes: FieldNotes) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, label, height in (
        ("hypothesis", "What we learned", 80),
        ("evidence", "What shows it", 120),
        ("clause", "Sentence for the next brief", 70),
    ):
        found[name] = st.text_area(label, str(given.get(name, "")), key=f"learned_{name}", height=height)
        notes.under(name)
    with st.grid(3, min_column_width=150):
        found["product"] = st.text_input("Product", key="learned_product")
        found["audience"] = st.text_input("Audience", key="learned_audience")
        found["retest_day"] = st.date_input("Test again on", retest, key="learned_day", format="YYYY-MM-DD")
    notes.under("retest_day")
    return found


def _add(now: Visit, one: Experiment, values: dict[str, object], tag_ids: tuple[int, ...]) -> str:
    add_learning(
        now.store,
        now.chosen.campaign_id,
        values,
        tag_ids=tag_ids,
        experiment_id=one.experiment_id,
        now=int(time.time()),
    )
    return "The learning is in the ledger."
