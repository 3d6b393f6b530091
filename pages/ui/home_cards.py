"""The start page: what to do first, and how each campaign stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.campaigns import Campaign, export_requests, next_steps
from core.entry.words import counted
from core.scope import Scope
from core.units import write, write_day
from pages.ui.cache import funnel_of
from pages.ui.context import Visit, today_in
from pages.ui.kept import kept
from pages.ui.next_step import link_step, next_step, page_of
from pages.ui.plain import plain
from pages.ui.sample_job import sample_is_loading, start_sample
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from core.funnel.model import Figure

_ASKED = 5  # messages shown here; the others are on the creators' page
_SHOWN = 12  # campaigns drawn as cards; the choice above a title offers the others


def draw_welcome(now: Visit) -> None:
    """Draw the two ways to begin: look at the sample, or three steps with one's own files."""
    st.title("Welcome to Plumbline")
    st.markdown(
        "Plumbline reads the files you already have – TikTok exports, ads reports, shop orders – and shows "
        "how a creator campaign works, from the first view to the second order. Every number can be traced "
        "to its file, every import undone. Nothing leaves this computer."
    )
    with st.grid(2, min_column_width=300):
        with st.container(border=True, height="stretch"):
            st.markdown("#### Look around first")
            st.markdown("Made-up brands with all their files: two tea campaigns, and three tests of content.")
            draw_sample_button(now, is_main=True)
        with st.container(border=True, height="stretch"):
            st.markdown("#### Start with your own")
            draw_steps(now)


def draw_sample_button(now: Visit, *, is_main: bool) -> None:
    """Draw the button that loads the sample campaign in the background."""
    words = "primary" if is_main else "tertiary"
    if st.button(
        "Load the sample campaign",
        type=words,  # type: ignore[arg-type]  # one of the two
        icon=":material/science:",
        disabled=sample_is_loading(now.store),
        key="load_sample",
    ):
        start_sample(now.store)
        st.rerun()


def has_sample(now: Visit) -> bool:
    """Return whether the sample campaign is there already."""
    return any(campaign.is_sample for campaign in now.campaigns)


def draw_steps(now: Visit) -> None:
    """Draw the three steps from nothing to a funnel."""
    for number, step in enumerate(kept(now, next_steps), start=1):
        sign = ":green[:material/check_circle:]" if step.is_done else f"**{number}**"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(sign, width="content")
            way_to(page_of(step), label=step.label, icon=":material/arrow_forward:", width="content")
            if step.is_done:
                st.markdown(f":gray[{plain(step.detail)}]", width="content")


def draw_own(now: Visit) -> None:
    """Draw the way to campaigns of one's own."""
    st.subheader("Your own campaign", divider="gray")
    draw_steps(now)
    with st.container(horizontal=True, vertical_alignment="center"):
        way_to("plan.py", label="Plan another campaign", icon=":material/add:", query_params={"new": "1"})
        if not has_sample(now):
            draw_sample_button(now, is_main=False)


def draw_cards(now: Visit) -> None:
    """Draw how each campaign stands."""
    is_loading = sample_is_loading(now.store)  # half a sample would look like a campaign that fails
    campaigns = [each for each in now.campaigns if not (is_loading and each.is_sample)]
    with st.grid(2, min_column_width=320):
        for campaign in campaigns[:_SHOWN]:
            with st.container(border=True, height="stretch"):
                _draw_card(now, campaign)
    if len(campaigns) > _SHOWN:
        st.caption(
            f"{counted(len(campaigns) - _SHOWN, 'older campaign')} can be chosen above any campaign's title."
        )


def _draw_card(now: Visit, campaign: Campaign) -> None:
    first_day, last_day = (
        write_day(day, locale=now.locale) for day in (campaign.first_day, campaign.last_day)
    )
    sample = " · made-up sample" if campaign.is_sample else ""
    st.markdown(f"#### {plain(campaign.name)}")
    st.caption(f"{plain(campaign.brand)} · {first_day} to {last_day}{sample}")
    funnel = funnel_of(
        now.store, now.revision, Scope(campaign_id=campaign.campaign_id), today_in(campaign.zone)
    )
    goal = funnel.figure(campaign.primary.metric) if campaign.primary else None
    st.markdown(plain(goal_sentence(goal, now.locale), longest=300))
    first = next_step(now, campaign)
    query = {"campaign": campaign.code}
    with st.container(horizontal=True):
        way_to("funnel.py", label="Read the funnel", icon=":material/filter_alt:", query_params=query)
        if campaign.first_day <= today_in(campaign.zone) <= campaign.last_day:
            way_to("checkin.py", label="Check in", icon=":material/fact_check:", query_params=query)
        if first is not None:
            link_step(first, campaign)


def goal_sentence(goal: Figure | None, locale: str) -> str:
    """Return how the campaign's goal stands, in words."""
    if goal is None:
        return "No goal is set yet, so nothing can be judged."
    name = goal.metric.label
    if not goal.is_known:
        return f"{name}: nothing is known yet. {goal.why_missing}".strip()
    stands = f"{name}: {goal.written(locale=locale)}"
    if goal.target is None:
        return f"{stands}; no target is set."
    target = write(goal.target, goal.metric.unit, currency=goal.currency, locale=locale)
    return f"{', '.join(part for part in (f'{stands}; target {target}', goal.towards_target) if part)}."


def draw_missing(now: Visit) -> None:
    """Draw whom to ask for which export, with a message ready to copy."""
    if now.campaign is None or sample_is_loading(now.store):
        return
    today = today_in(now.campaign.zone)
    asked = [item for item in kept(now, export_requests, now.campaign.campaign_id, today) if item.message]
    if not asked:
        return
    st.subheader(f"Still missing for {plain(now.campaign.name)}", divider="gray")
    st.markdown("What to ask the creators for. Copy a message and send it.")
    for item in asked[:_ASKED]:
        until = f" · by {write_day(item.lose_by, locale=now.locale)}" if item.lose_by else ""
        names = ", ".join(need.export.value for need in item.needs)
        with st.expander(f"{plain(item.creator)}: {names}{until}"):
            st.code(item.message, language=None, wrap_lines=True)
    if len(asked) > _ASKED:
        way_to(
            "people.py",
            label=f"{counted(len(asked) - _ASKED, 'more creator')} to ask",
            icon=":material/arrow_forward:",
        )
