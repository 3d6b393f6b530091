"""The ledger of learnings on screen: the next brief, the list with its search, and writing one down."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from core.content import keep_usual_words, list_vocabulary
from core.entry.words import counted
from core.experiments.learnings import (
    USUAL_RETEST_DAYS,
    WORDS,
    Learning,
    Strength,
    add_learning,
    age_words,
    edit_learning,
    find_learnings,
    list_learnings,
    next_brief,
    retire_learning,
)
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import FieldNotes, keep
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.evidence.tags import Tag
    from pages.ui.context import Visit

_SIGNS = {
    Strength.EXPERIMENT: ":material/science:",
    Strength.ASSOCIATION: ":material/insights:",
    Strength.EXPERIENCE: ":material/psychology:",
}


def learnings_of(now: Visit) -> tuple[Learning, ...]:
    """Return the learnings that the reader may see."""
    return kept(now, list_learnings, now.today)


def draw_brief(now: Visit, learnings: Sequence[Learning]) -> None:
    """Draw what past work says to the next brief, ready to copy."""
    brief = next_brief(learnings)
    st.markdown(f"#### {plain(brief.sentence, longest=300)}")
    if brief.text:
        st.code(brief.text, language=None, wrap_lines=True)
    for one in brief.stale[:5]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f":orange[:material/history:] {plain(one.hypothesis, longest=300)} "
                f":gray[{plain(age_words(one))}]"
            )
            way_to(
                "experiments.py",
                label="Test it again",
                icon=":material/science:",
                query_params={"campaign": now.chosen.code, "new": "1", "learning": str(one.learning_id)},
            )


def draw_learnings(now: Visit, learnings: Sequence[Learning]) -> None:
    """Draw the search and every learning that it finds."""
    st.subheader("All learnings", divider="gray")
    tags = sorted({tag.label: tag for one in learnings for tag in one.tags}.items())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            "Find by word, product or audience", key="find_learning", bind="query-params", width=300
        )
        chosen = st.multiselect(
            "About", [label for label, _ in tags], key="learning_tags", placeholder="Any tag", width=280
        )
        stale = st.toggle("Only those to test again", key="only_stale")
    ids = [tag.tag_id for label, tag in tags if label in chosen]
    found = find_learnings(learnings, words or "", tag_ids=ids, only_stale=bool(stale))
    if not found:
        st.markdown("No learning fits. Take a word out of the search.")
    for one in found:
        _draw_one(now, one)


def _draw_one(now: Visit, one: Learning) -> None:
    with st.container(border=True):
        gone = " :gray[(retired)]" if one.is_retired else ""
        st.markdown(f"**{_SIGNS[one.strength]} {plain(one.hypothesis, longest=600)}**{gone}")
        if one.evidence:
            st.markdown(plain(one.evidence, longest=2000))
        if one.clause:
            st.markdown(f":material/edit_note: For the brief: {plain(one.clause, longest=600)}")
        about = [WORDS[one.strength], *(tag.label for tag in one.tags), one.product, one.audience]
        about += [one.campaign, one.who, age_words(one)]
        st.caption(" · ".join(plain(part) for part in about if part))
        with st.container(horizontal=True, vertical_alignment="center"):
            if one.experiment_id is not None:
                code = next((each.code for each in now.campaigns if each.campaign_id == one.campaign_id), "")
                way_to(
                    "experiment.py",
                    label="See the experiment",
                    icon=":material/science:",
                    query_params={"campaign": code, "experiment": str(one.experiment_id)},
                )
            words = "Bring back" if one.is_retired else "Retire"
            if st.button(words, key=f"retire_{one.learning_id}", type="tertiary"):
                keep(lambda: _retire(now, one))
            with st.popover("Change", type="tertiary"):
                _draw_change(now, one)


def _retire(now: Visit, one: Learning) -> str:
    retire_learning(
        now.store, one.campaign_id, one.learning_id, is_retired=not one.is_retired, version=one.version
    )
    return "It is back in the briefs." if one.is_retired else "It is kept, and left out of the next briefs."


def _draw_change(now: Visit, one: Learning) -> None:
    notes = FieldNotes()
    with st.form(f"learning_{one.learning_id}", border=False):
        values = _fields(f"edit_{one.learning_id}", one, notes)
        done = st.form_submit_button("Save", icon=":material/check:")
    if done:
        keep(lambda: _edit(now, one, values | {"strength": one.strength.value}), refuse=notes.say)


def _edit(now: Visit, one: Learning, values: dict[str, object]) -> str:
    ids = [tag.tag_id for tag in one.tags]
    edit_learning(now.store, one.campaign_id, one.learning_id, values, tag_ids=ids, version=one.version)
    return "The learning is changed."


def _fields(key: str, one: Learning | None, notes: FieldNotes) -> dict[str, object]:
    values: dict[str, object] = {}
    values["hypothesis"] = st.text_area(
        "What we learned", one.hypothesis if one else "", key=f"{key}_what", height=80
    )
    notes.under("hypothesis")
    values["evidence"] = st.text_area(
        "What shows it", one.evidence if one else "", key=f"{key}_evidence", height=80
    )
    notes.under("evidence")
    values["clause"] = st.text_input(
        "Sentence for the next brief", one.clause if one else "", key=f"{key}_clause"
    )
    notes.under("clause")
    with st.grid(3, min_column_width=150):
        values["product"] = st.text_input("Product", one.product if one else "", key=f"{key}_product")
        values["audience"] = st.text_input("Audience", one.audience if one else "", key=f"{key}_audience")
        values["retest_day"] = st.date_input(
            "Test again on", one.retest_on if one else None, key=f"{key}_day", format="YYYY-MM-DD"
        )
    notes.under("retest_day")
    return values


def draw_adding(now: Visit) -> None:
    """Draw the form that writes a learning down without an experiment."""
    with st.expander("Write down what you know", icon=":material/add:"):
        notes = FieldNotes()
        with st.form("learning", border=False):
            values = _fields("new_learning", None, notes)
            with st.container(horizontal=True, vertical_alignment="bottom"):
                strength = st.selectbox(
                    "How we know it",
                    [Strength.EXPERIENCE, Strength.ASSOCIATION],
                    format_func=lambda one: WORDS[one],
                    key="new_strength",
                    width=320,
                )
                tags = st.multiselect(
                    "About", offered_tags(now), format_func=lambda tag: tag.label, key="new_tags", width=320
                )
            st.caption(
                f"Without a day, it asks to be tested again after {counted(USUAL_RETEST_DAYS, 'day')}."
            )
            done = st.form_submit_button("Keep it", icon=":material/check:")
        if done:
            values["strength"] = strength.value
            values["retest_day"] = values["retest_day"] or now.today + timedelta(days=USUAL_RETEST_DAYS)
            keep(lambda: _add(now, values, tags), refuse=notes.say)


def offered_tags(now: Visit) -> list[Tag]:
    """Return the words of the vocabulary that are offered."""
    return [tag for tag in kept(now, list_vocabulary, now.chosen.campaign_id) if tag.is_listed]


def _add(now: Visit, values: dict[str, object], tags: Sequence[Tag]) -> str:
    add_learning(
        now.store, now.chosen.campaign_id, values, tag_ids=tag_ids_of(now, tags), now=int(time.time())
    )
    return "The learning is kept."


def tag_ids_of(now: Visit, tags: Sequence[Tag]) -> list[int]:
    """Return the ids of chosen words, the usual words kept first where they have none yet."""
    if not tags:
        return []
    known = {tag.label: tag.tag_id for tag in keep_usual_words(now.store, now.chosen.campaign_id)}
    return [known[tag.label] for tag in tags if tag.label in known]
