"""The way in: signing in, signing out, and what is said to those who are not let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui.context import visit
from pages.ui.plain import plain
from pages.ui.serving import EVERYBODY, Serving, serving

if TYPE_CHECKING:
    from core.errors import PlumblineError


def draw_sign_in(problem: PlumblineError | None) -> None:
    """Draw the way to sign in, and why somebody who is signed in already is not let in."""
    st.title("Plumbline")
    st.markdown("How your TikTok creator campaigns are doing, for the people who run them.")
    if problem is not None:
        st.warning(plain(str(problem.issue.what), longest=400))
        st.markdown(plain(problem.issue.fix, longest=400))
    if serving() is Serving.PROXY:
        if problem is None:
            st.warning("The proxy in front of Plumbline did not say who you are.")
            st.markdown("Open Plumbline by its usual address, where you sign in first.")
        return
    with st.container(horizontal=True):
        if st.button("Sign in", type="primary", icon=":material/login:", key="sign_in"):
            st.login()
        if problem is not None and st.button("Sign out", icon=":material/logout:", key="sign_out"):
            st.logout()
    st.caption("You were given a link to one report? Open that link itself; it needs no account.")


def draw_set_up(problem: str) -> None:
    """Say why this server answers nobody as it is set up."""
    st.title("Plumbline is not set up to answer you")
    st.error(plain(problem, longest=800))


def draw_account() -> None:
    """Draw who is signed in, at the foot of the sidebar, with the way out."""
    how = serving()
    if how is Serving.LOCAL:
        return
    with st.sidebar:
        if how is Serving.EVERYBODY:
            st.caption(
                ":material/lock_open: Everybody who reaches this address can read and change everything "
                f"(PLUMBLINE\\_SERVE\\_WITHOUT\\_SIGN\\_IN={plain(EVERYBODY)})."
            )
            return
        st.caption(f":material/person: {plain(visit().store.principal.name)}")
        if how is Serving.SIGN_IN and st.button(
            "Sign out", type="tertiary", icon=":material/logout:", key="sign_out"
        ):
            st.logout()
