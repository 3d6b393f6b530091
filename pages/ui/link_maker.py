"""Tagged links: made for creators and assets, listed, handed out, checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.campaigns import Campaign, list_collaborations
from core.entry.words import counted
from core.tracking import (
    TrackingLink,
    add_links,
    check_naming,
    links_csv,
    list_links,
    remove_link,
    set_short_url,
)
from core.units import Unit, write
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import FieldNotes, keep
from pages.ui.ways import way_to

if TYPE_CHECKING:
    from pages.ui.context import Visit

_MOST_PROBLEMS = 10


def draw_maker(now: Visit, campaign: Campaign) -> None:
    """Draw the form that makes one link for each creator and asset."""
    names = {item.creator_id: item.creator for item in kept(now, list_collaborations, campaign.campaign_id)}
    if not names:
        way_to("people.py", label="Add the creators first", icon=":material/arrow_forward:")
        return
    notes = FieldNotes()
    with st.form("links", border=True):
        page = st.text_input(
            "Landing page", placeholder="https://shop.example/spring", type="url", key="link_page"
        )
        notes.under("landing_page")
        with st.grid(2, min_column_width=240):
            with st.container():
                assets = st.text_input(
                    "Assets",
                    "v1",
                    key="link_assets",
                    help="What each link is for, such as v1, v2, bio; parted by commas.",
                )
                notes.under("asset")
                notes.under("assets")
            whose = st.multiselect(
                "Creators",
                list(names),
                format_func=names.__getitem__,
                placeholder="All of the campaign",
                key=f"link_creators_{campaign.campaign_id}",
            )
        done = st.form_submit_button("Make the links", icon=":material/add_link:")
    if done:
        wanted = [part for part in re.split(r"[,;\s]+", assets or "") if part]
        keep(lambda: _make(now, campaign, page or "", wanted, whose), refuse=notes.say)


def _make(now: Visit, campaign: Campaign, page: str, assets: list[str], creator_ids: list[int]) -> str:
    return add_links(
        now.store, campaign.campaign_id, landing_page=page, assets=assets, creator_ids=creator_ids
    ).sentence


def draw_links(now: Visit, campaign: Campaign) -> None:
    """Draw the links with a download, and what can be done with one of them."""
    links = kept(now, list_links, campaign.campaign_id)
    if not links:
        st.markdown(
            "There is no link yet. With a link for each creator, visits and clicks can be told apart."
        )
        return
    st.dataframe(
        pd.DataFrame(
            {
                "Creator": [link.creator for link in links],
                "Asset": [link.asset for link in links],
                "Link": [link.url for link in links],
                "Short link": [link.short_url or None for link in links],
            }
        ),
        hide_index=True,
        placeholder="",
        column_config={name: st.column_config.LinkColumn(name) for name in ("Link", "Short link")},
        alt=f"{counted(len(links), 'tagged link')} by creator and asset",
    )
    with st.container(horizontal=True):
        st.download_button(
            "Download as CSV",
            data=lambda: links_csv(links),
            file_name=f"links-{campaign.code}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        if st.button("Change one …", icon=":material/edit:", key="change_link"):
            _link_dialog(now, campaign, links)


@st.dialog("Change a link")
def _link_dialog(now: Visit, campaign: Campaign, links: tuple[TrackingLink, ...]) -> None:
    by_id = {link.link_id: link for link in links}
    number = st.selectbox(
        "Link",
        list(by_id),
        format_func=lambda each: f"{by_id[each].creator} · {by_id[each].asset}",
        key="one_link",
    )
    if number is None:
        return
    st.code(by_id[number].url, language=None, wrap_lines=True)
    short = st.text_input(
        "Short address it is given out under", by_id[number].short_url, key=f"short_{number}"
    )
    with st.container(horizontal=True):
        if st.button("Keep the short address", type="primary", key="keep_short"):
            keep(lambda: _shorten(now, campaign, number, short or ""))
        if st.button("Remove the link", key="remove_link", icon=":material/delete:"):
            keep(lambda: _remove(now, campaign, number))


def _shorten(now: Visit, campaign: Campaign, number: int, short: str) -> str:
    set_short_url(now.store, campaign.campaign_id, number, short)
    return "The short address is kept." if short else "The short address is taken away."


def _remove(now: Visit, campaign: Campaign, number: int) -> str:
    remove_link(now.store, campaign.campaign_id, number)
    return "The link is removed; orders that came by it are no longer credited for it."


def draw_naming(now: Visit, campaign: Campaign) -> None:
    """Draw how many names follow the pattern, and those that do not."""
    check = kept(now, check_naming, campaign.campaign_id)
    score = "" if check.hygiene is None else f" ({write(check.hygiene, Unit.SHARE, locale=now.locale)})"
    st.markdown(f"**{plain(check.sentence)}**{score}")
    for problem in check.problems[:_MOST_PROBLEMS]:
        better = f" Better: `{problem.suggestion.replace('`', '')}`" if problem.suggestion else ""
        st.markdown(f"- {plain(problem.what, longest=300)}{better}")
    if len(check.problems) > _MOST_PROBLEMS:
        st.caption(f"{len(check.problems) - _MOST_PROBLEMS} more like these.")
