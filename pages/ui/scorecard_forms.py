"""What people add to a card: the decision, marks, the margin, whom the campaign is for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core.access import Action, may
from core.scorecards.audience import DIMENSIONS, get_target, state_target
from core.scorecards.decisions import decide
from core.scorecards.margins import get_margin, state_margin
from core.scorecards.model import CHOICE_WORDS, Choice
from core.scorecards.ratings import MARKS, rate_creator
from core.units import write_day
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import FieldNotes, keep

if TYPE_CHECKING:
    from core.scorecards import Scorecard
    from core.scorecards.model import Decision, Rating
    from pages.ui.context import Visit


def draw_decision(now: Visit, card: Scorecard) -> None:
    """Draw what was decided before, and the form for deciding now."""
    for one in card.decisions[:4]:
        _draw_decided(one, now.locale)
    if not may(now.store.principal, Action.DECIDE, card.campaign_id):
        return
    turn = st.session_state.setdefault("decided_cards", 0)
    with st.popover(
        "Decide on this creator",
        icon=":material/gavel:",
        type="primary",
        on_change="rerun",
        key=f"decide_card_{turn}",
    ) as box:
        if not box.open:
            return
        notes = FieldNotes()
        with st.form("decide_card", border=False):
            choice = st.radio(
                "Decision", list(Choice), format_func=CHOICE_WORDS.__getitem__, index=None, horizontal=True
            )
            notes.under("choice")
            reason = st.text_area("Why?", height=90, max_chars=4000)
            notes.under("reason")
            is_done = st.form_submit_button("Keep the decision", icon=":material/gavel:")
        st.caption("The figures on this page are kept with it, as they stand now.")
        if is_done:
            values = {"choice": choice.value if choice else "", "reason": reason or ""}
            keep(lambda: _decide(now, card, values), refuse=notes.say, then=lambda: _next("decided_cards"))


def _next(counter: str) -> None:
    st.session_state[counter] += 1


def _decide(now: Visit, card: Scorecard, values: dict[str, str]) -> str:
    decide(now.store, card, values, now=int(time.time()))
    return f"Decided on {card.name}. The figures are kept with the decision."


def _draw_decided(one: Decision, locale: str) -> None:
    when = write_day(one.at.date(), locale=locale)
    st.markdown(
        f":material/gavel: **{CHOICE_WORDS[one.choice]}** after {plain(one.campaign)}: "
        f"{plain(one.reason, longest=4000)} :gray[{plain(one.who)}, {plain(when)}]"
    )
    if one.outcome:
        st.caption(f"How it turned out: {plain(one.outcome, longest=400)}")


def draw_corridor(now: Visit, card: Scorecard) -> None:
    """Draw what the next deal is worth, with the arithmetic, and the margin it needs."""
    corridor = card.corridor
    if corridor is None:
        return
    st.subheader("What the next deal is worth", divider="gray")
    st.markdown(f"**{plain(corridor.sentence, longest=600)}**")
    for line in corridor.lines:
        st.markdown(f"- {plain(line, longest=400)}")
    for caution in corridor.cautions:
        st.caption(plain(caution, longest=400))
    if may(now.store.principal, Action.PLAN, card.campaign_id):
        _ask_margin(now, card)


def _ask_margin(now: Visit, card: Scorecard) -> None:
    known = kept(now, get_margin, card.campaign_id)
    label = (
        "State the contribution margin"
        if known is None
        else f"Contribution margin {known.margin:.0%}: change"
    )
    with st.popover(label, icon=":material/percent:", on_change="rerun", key=f"margin_{now.revision}") as box:
        if not box.open:
            return
        notes = FieldNotes()
        with st.form("margin", border=False):
            percent = st.number_input(
                "Of 100 of revenue, what is left before creators are paid?",
                min_value=0.0, max_value=100.0, step=1.0, value=None if known is None else known.margin * 100,
                help="After goods, shipping, payment fees and returns; before what creators and ads cost.",
            )  # fmt: skip
            notes.under("margin")
            whole = st.checkbox("Remember it for every campaign of this brand", value=True)
            is_done = st.form_submit_button("Keep it")
        if is_done:
            share = (percent or 0.0) / 100
            keep(lambda: _state_margin(now, card, share, for_brand=whole), refuse=notes.say)


def _state_margin(now: Visit, card: Scorecard, share: float, *, for_brand: bool) -> str:
    state_margin(now.store, card.campaign_id, share, for_brand=for_brand, now=int(time.time()))
    return "The margin is kept."


def draw_audience(now: Visit, card: Scorecard) -> None:
    """Draw how much of the audience fits, and whom the campaign is for."""
    fit = card.audience
    if fit is None:
        return
    st.subheader("Audience", divider="gray")
    st.markdown(plain(fit.sentence, longest=500))
    if may(now.store.principal, Action.PLAN, card.campaign_id):
        with st.expander("Whom this campaign is for", on_change="rerun", key="target") as box:
            if box.open:
                _edit_target(now, card)


def _edit_target(now: Visit, card: Scorecard) -> None:
    target = kept(now, get_target, card.campaign_id)
    rows = [
        (DIMENSIONS[name], value, share * 100)
        for name, shares in target.items()
        for value, share in shares.items()
    ]
    frame = pd.DataFrame(rows, columns=["Part", "Who", "Share wished (%)"]).astype(
        {"Part": "object", "Who": "object", "Share wished (%)": "float"}
    )
    columns: dict[str, Any] = {
        "Part": st.column_config.SelectboxColumn("Part", options=list(DIMENSIONS.values()), required=True),
        "Who": st.column_config.TextColumn(
            "Who", help="As exports write it: female, 18-24, GB.", required=True
        ),
        "Share wished (%)": st.column_config.NumberColumn(
            "Share wished (%)", min_value=0.1, max_value=100.0, required=True
        ),
    }
    edited = st.data_editor(
        frame, num_rows="dynamic", hide_index=True, column_config=columns, key=f"target_{now.revision}",
        alt="Whom the campaign is for: part of the audience, who, and the wished share.",
    )  # fmt: skip
    if st.button("Keep the target audience", key="keep_target"):
        names = {label: name for name, label in DIMENSIONS.items()}
        typed = [
            (names.get(str(row["Part"]), ""), str(row["Who"]), float(row["Share wished (%)"] or 0) / 100)
            for row in edited.to_dict("records")
        ]
        keep(lambda: _state_target(now, card, typed))


def _state_target(now: Visit, card: Scorecard, rows: list[tuple[str, str, float]]) -> str:
    state_target(now.store, card.campaign_id, rows)
    return "The target audience is kept; every creator is held against it."


def draw_ratings(now: Visit, card: Scorecard) -> None:
    """Draw what people thought of working together, apart from the figures."""
    st.subheader("Working together", divider="gray")
    if not card.ratings:
        st.caption(
            "Nobody has written down how it was to work with this creator. "
            "Marks never enter the figures above."
        )
    for one in card.ratings:
        _draw_rating(one, now.locale)
    if not may(now.store.principal, Action.DECIDE, card.campaign_id):
        return
    with st.popover(
        "Write down your marks", icon=":material/star:", on_change="rerun", key=f"rate_{now.revision}"
    ) as box:
        if not box.open:
            return
        notes = FieldNotes()
        with st.form("rating", border=False):
            marks = {
                name: st.segmented_control(
                    label, [1, 2, 3, 4, 5], key=f"mark_{name}_{now.revision}", help="1 poor, 5 excellent"
                )
                for name, label in MARKS.items()
            }
            words = st.text_area("Notes", height=90, max_chars=4000)
            notes.under("")
            is_done = st.form_submit_button("Keep the marks")
        if is_done:
            keep(lambda: _rate(now, card, {**marks, "notes": words or ""}), refuse=notes.say)


def _rate(now: Visit, card: Scorecard, values: dict[str, object]) -> str:
    rate_creator(now.store, card.campaign_id, card.creator_id, values, now=int(time.time()))
    return "Your marks are kept, with your name and today's date."


def _draw_rating(one: Rating, locale: str) -> None:
    marks = [
        f"{label} {mark} of 5" for name, label in MARKS.items() if (mark := getattr(one, name)) is not None
    ]
    when = write_day(one.at.date(), locale=locale)
    st.markdown(
        f":material/star: {plain(', '.join(marks) or 'No marks')} :gray[{plain(one.who)}, {plain(when)}]"
    )
    if one.notes:
        st.caption(plain(one.notes, longest=4000))
