"""Links that exist: who can see the campaign, the link just made, renewing and revoking."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from core.reports import KINDS
from core.sharing import (
    USUAL_DAYS,
    LinkState,
    MadeLink,
    Mode,
    SharedLink,
    list_links,
    renew_link,
    replace_address,
    revoke_link,
    who_can_see,
)
from core.units import write_day
from pages.ui.plain import plain
from pages.ui.saying import keep
from pages.ui.serving import Serving, serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages.ui.context import Visit

_MADE = "share_made"
_TITLES = {one.kind.value: one.title for one in KINDS}
_STATES = {
    LinkState.OPEN: ":green-badge[Open]",
    LinkState.EXPIRED: ":orange-badge[Ended]",
    LinkState.REVOKED: ":gray-badge[Revoked]",
}


def remember_made(made: MadeLink) -> None:
    """Keep a new link for the next runs of this session, where it is shown once."""
    st.session_state[_MADE] = made


def draw_reach(now: Visit) -> None:
    """Say who can see the campaign, with names."""
    reach = who_can_see(now.store, now.chosen.campaign_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(reach.sentence)
        if reach.readers:
            with st.popover("Who", icon=":material/group:", type="tertiary"):
                for reader in reach.readers:
                    st.markdown(f"{plain(reader.name)}, {reader.role.value}")
    if serving() is Serving.LOCAL:
        st.info(
            "This Plumbline serves only the computer it runs on, so a link opens here and nowhere else. "
            "To send links to others, run it on a server: docs/hosting.md says how.",
            icon=":material/computer:",
        )
    elif serving() is Serving.EVERYBODY:
        st.warning(
            "No sign-in is set up: whoever gets a link can also open the whole workspace at this server's "
            "address.",
            icon=":material/lock_open:",
        )


def draw_made(now: Visit) -> None:
    """Draw the address of a link just made: the only time that it is shown."""
    made = st.session_state.get(_MADE)
    if not isinstance(made, MadeLink):
        return
    links = {link.link_id: link for link in list_links(now.store, now.chosen.campaign_id)}
    if made.link_id not in links:
        return
    with st.container(border=True):
        st.markdown(f"**{plain(links[made.link_id].name)}** is ready. Copy its address now: it is not kept.")
        st.code(f"{_origin()}{made.path}", language=None, wrap_lines=True)
        if st.button("I have copied it", icon=":material/check:", key="share_copied"):
            del st.session_state[_MADE]
            st.rerun()


def _origin() -> str:
    address = urlsplit(st.context.url or "http://localhost:8501")
    return f"{address.scheme}://{address.netloc}"


def draw_links(now: Visit) -> None:
    """Draw the links of the campaign: those that open with what can be done, the others below."""
    links = list_links(now.store, now.chosen.campaign_id)
    st.subheader("Links of this campaign", divider="gray")
    if not links:
        st.markdown("None yet. A link made above is listed here, with how often it was opened.")
        return
    for link in links:
        if link.state is not LinkState.REVOKED:
            _draw_link(now, link)
    gone = [link for link in links if link.state is LinkState.REVOKED]
    if gone:
        with st.expander(f"Revoked ({len(gone)})"):
            for link in gone:
                revoked = write_day(link.revoked_at.date() if link.revoked_at else None, locale=now.locale)
                who = plain(link.revoked_by)
                st.markdown(f"**{plain(link.name)}**, revoked {revoked} by {who}. {_opened(now, link)}.")


def _draw_link(now: Visit, link: SharedLink) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(link.name)}** {_STATES[link.state]}")
        st.markdown(_what(link))
        st.caption(f"{_until(now, link)} {_opened(now, link)}. Made by {plain(link.created_by)}.")
        with st.container(horizontal=True):
            if st.button(
                f"Open for {USUAL_DAYS} more days", key=f"renew_{link.link_id}", icon=":material/update:"
            ):
                keep(lambda: _renew(now, link))
            _confirmed(
                "New address",
                "The address sent so far stops working at once. Settings and visits stay.",
                f"fresh_{link.link_id}",
                lambda: _replace(now, link),
            )
            _confirmed(
                "Revoke",
                "Whoever has the link sees nothing from the next click on. This cannot be taken back.",
                f"revoke_{link.link_id}",
                lambda: _revoke(now, link),
            )


def _confirmed(label: str, warning: str, key: str, work: Callable[[], str]) -> None:
    with st.popover(label):
        st.markdown(warning)
        if st.button(f"{label} now", key=key, type="primary"):
            keep(work)


def _what(link: SharedLink) -> str:
    parts = [
        _TITLES.get(link.kind, link.kind),
        "frozen" if link.mode is Mode.FROZEN else "live",
        "with money" if link.with_money else "without money",
    ]
    if link.sections:
        parts.append(f"{len(link.sections)} of its parts")
    if link.has_password:
        parts.append("with a password")
    if link.allow_downloads:
        parts.append("can be downloaded")
    return plain(", ".join(parts) + ".")


def _until(now: Visit, link: SharedLink) -> str:
    day = write_day(link.expires_at.date(), locale=now.locale)
    return f"Opens until {day}." if link.state is LinkState.OPEN else f"Ended {day}."


def _opened(now: Visit, link: SharedLink) -> str:
    if link.last_visit_at is None:
        return "Not opened yet"
    times = "once" if link.visits == 1 else f"{link.visits} times"
    return f"Opened {times}, last on {write_day(link.last_visit_at.date(), locale=now.locale)}"


def _renew(now: Visit, link: SharedLink) -> str:
    renew_link(now.store, link.link_id, days=USUAL_DAYS, now=int(time.time()))
    return f"{link.name} opens for {USUAL_DAYS} days from today."


def _replace(now: Visit, link: SharedLink) -> str:
    remember_made(replace_address(now.store, link.link_id))
    return f"{link.name} has a new address; the old one is dead."


def _revoke(now: Visit, link: SharedLink) -> str:
    revoke_link(now.store, link.link_id, now=int(time.time()))
    return f"{link.name} is revoked."
