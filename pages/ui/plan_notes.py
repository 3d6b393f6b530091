"""Beside the plan: decisions and remarks, exchange rates, and removing a campaign."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from core.campaigns import (
    Campaign,
    Note,
    add_note,
    delete_campaign,
    list_notes,
    list_rates,
    remove_rate,
    state_rate,
)
from core.metrics.model import Stage
from core.units import day_number, write_day
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import FieldNotes, keep

if TYPE_CHECKING:
    from pages.ui.context import Visit

_SIGNS = {"decision": ":material/gavel:", "goal change": ":material/flag:"}


def draw_notes(now: Visit, campaign: Campaign) -> None:
    """Draw the decisions and remarks of a campaign, and the form that adds one."""
    notes = FieldNotes()
    with st.form("note", clear_on_submit=True, border=False):
        text = st.text_area("What was decided, or is worth remembering?", key="note_text", height=90)
        notes.under("text")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            stage = st.selectbox(
                "Stage",
                list(Stage),
                index=None,
                placeholder="Whole campaign",
                format_func=lambda each: each.value.capitalize(),
                key="note_stage",
                width=200,
            )
            kind = st.selectbox(
                "Kind", ["decision", "remark"], format_func=str.capitalize, key="note_kind", width=160
            )
            done = st.form_submit_button("Note it", icon=":material/edit_note:")
    if done:
        values: dict[str, object] = {
            "text": text or "",
            "stage": stage.value if stage else None,
            "kind": kind,
        }
        keep(lambda: _add_note(now, campaign, values), refuse=notes.say)
    for note in kept(now, list_notes, campaign.campaign_id):
        _draw_note(note, now.locale)


def _add_note(now: Visit, campaign: Campaign, values: dict[str, object]) -> str:
    add_note(now.store, campaign.campaign_id, values, now=int(time.time()))
    return "Noted."


def _draw_note(note: Note, locale: str) -> None:
    about = note.stage.value.capitalize() if note.stage else "Whole campaign"
    when = write_day(note.at.date(), locale=locale)
    sign = _SIGNS.get(note.kind, ":material/sticky_note_2:")
    st.markdown(f"{sign} {plain(note.text, longest=4000)}")
    st.caption(f"{about} · {when} · {plain(note.who)}")


def draw_rates(now: Visit, campaign: Campaign) -> None:
    """Draw the exchange rates that were stated, and the form that states one."""
    st.markdown(
        "Orders and fees in another currency count only with a rate that somebody stated; none is looked up."
    )
    for rate in kept(now, list_rates):
        with st.container(horizontal=True, vertical_alignment="center"):
            since = write_day(rate.day, locale=now.locale)
            st.markdown(
                f"1 {rate.currency} = {rate.rate:g} {rate.into} from {since} on"
                f" :gray[({plain(rate.stated_by)})]"
            )
            if st.button("Remove", key=f"rate_{rate.currency}_{rate.into}_{rate.day}", type="tertiary"):
                number = day_number(rate.day)
                keep(lambda r=rate, n=number: _remove_rate(now, r.currency, r.into, n))  # type: ignore[misc]  # bound now
    notes = FieldNotes()
    with st.form("rate", border=False):
        with st.grid(4, min_column_width=130, vertical_alignment="bottom"):
            source = st.text_input("From currency", placeholder="EUR", key="rate_from")
            into = st.text_input("Into currency", campaign.currency, key="rate_into")
            rate_text = st.text_input("One is worth", placeholder="1.08", key="rate_value")
            day = st.date_input("Holds from", campaign.first_day, key="rate_day", format="YYYY-MM-DD")
        for field in ("currency", "into", "rate", "day"):
            notes.under(field)
        done = st.form_submit_button("State this rate", icon=":material/currency_exchange:")
    if done:
        values: dict[str, object] = {"currency": source, "into": into, "rate": rate_text, "day": day}
        keep(lambda: _state_rate(now, values), refuse=notes.say)


def _state_rate(now: Visit, values: dict[str, object]) -> str:
    state_rate(now.store, values)
    return "The rate is kept, and everything in that currency was counted again."


def _remove_rate(now: Visit, source: str, into: str, day: int) -> str:
    remove_rate(now.store, source, into, day)
    return f"The rate from {source} into {into} is removed."


def draw_removal(now: Visit, campaign: Campaign) -> None:
    """Draw the button that removes a campaign on which nothing hangs."""
    st.markdown("A campaign can be removed while no creator, code, link, import or note hangs on it.")
    if st.button("Remove this campaign …", icon=":material/delete:", key="remove_campaign"):
        _confirm_removal(now, campaign)


@st.dialog("Remove this campaign?")
def _confirm_removal(now: Visit, campaign: Campaign) -> None:
    st.markdown(f"**{plain(campaign.name)}** would be gone for everyone. Imported files stay.")
    if st.button("Remove it", type="primary", key="remove_now"):
        keep(lambda: _remove(now, campaign))


def _remove(now: Visit, campaign: Campaign) -> str:
    delete_campaign(now.store, campaign.campaign_id)
    st.session_state.pop("campaign_code", None)
    st.query_params.pop("campaign", None)
    return f"{campaign.name} is removed."
