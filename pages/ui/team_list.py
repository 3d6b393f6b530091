"""People who may sign in: their rights, adding and removing them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from core.access import Role
from core.campaigns import list_brands
from core.team import Member, Right, add_member, give_right, list_members, remove_member, take_right
from core.units import write_day
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import FieldNotes, keep, say_problems
from pages.ui.serving import Serving, serving

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.ui.context import Visit

_ROLES = {
    Role.VIEWER: "Viewer: reads",
    Role.EDITOR: "Editor: also imports, plans, decides and shares",
    Role.ADMIN: "Admin: also people, backups and erasing",
}
_EVERYTHING = "everything"
Scope = tuple[str, int]  # everything, brand or campaign, and the id of the brand or campaign


def draw_set_up() -> None:
    """Say whether the list is in force."""
    how = serving()
    if how in (Serving.SIGN_IN, Serving.PROXY):
        st.markdown(
            "Only the people listed here can sign in. What you change holds from their next click on."
        )
        return
    st.info(
        "No sign-in is set up, so nobody is asked who they are and this list is not in force yet. You can "
        "prepare it: docs/hosting.md says how to switch sign-in on.",
        icon=":material/lock_open:",
    )


def draw_members(now: Visit) -> None:
    """Draw everybody on the list with their rights."""
    members = list_members(now.store)
    if not members:
        st.markdown("Nobody is listed yet. The admin named in the configuration can always sign in.")
    scopes = _scopes(now)
    for member in members:
        _draw_member(now, member, scopes)


def _draw_member(now: Visit, member: Member, scopes: Mapping[Scope, str]) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(member.name)}** · {plain(member.email)}")
        seen = (
            f"last signed in {write_day(member.seen_at.date(), locale=now.locale)}"
            if member.seen_at
            else "has not signed in yet"
        )
        if member.is_named_in_configuration:
            seen += " · admin of everything by the configuration"
        st.caption(seen)
        for right in member.rights:
            _draw_right(now, right)
        if not member.rights and not member.is_named_in_configuration:
            st.markdown("No right yet: nothing can be seen.")
        with st.container(horizontal=True):
            with st.popover("Give a right", icon=":material/add:"):
                _draw_give(now, member, scopes)
            with st.popover("Remove"):
                st.markdown(
                    "They are signed out at their next click. What they wrote stays, with their name."
                )
                if st.button("Remove now", key=f"remove_{member.member_id}", type="primary"):
                    keep(lambda: _remove(now, member))


def _draw_right(now: Visit, right: Right) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{right.role.value.capitalize()} of {plain(right.covers)}")
        if st.button("Take away", type="tertiary", key=f"take_{right.right_id}"):
            keep(lambda: _take(now, right))


def _draw_give(now: Visit, member: Member, scopes: Mapping[Scope, str]) -> None:
    role, scope = _pick_right(f"give_{member.member_id}", scopes)
    if st.button("Give this right", key=f"give_{member.member_id}", type="primary"):
        keep(lambda: _give(now, member, role, scope), refuse=say_problems)


def draw_add(now: Visit) -> None:
    """Draw the form that puts somebody on the list."""
    st.subheader("Add a person", divider="gray")
    notes = FieldNotes()
    with st.form("add_person", clear_on_submit=False, border=False):
        with st.grid(2, min_column_width=260):
            with st.container():
                email = st.text_input(
                    "E-mail address",
                    key="add_email",
                    help="The one they sign in with. Only admins see it.",
                )
                notes.under("email")
            with st.container():
                name = st.text_input(
                    "Name", key="add_name", help="Others see it, and the record of who did what."
                )
                notes.under("name")
        role, scope = _pick_right("add", _scopes(now))
        notes.under("role")
        is_wanted = st.form_submit_button("Add this person", type="primary", icon=":material/person_add:")
    if is_wanted:
        values = {"email": email, "name": name, **_right_values(role, scope)}
        keep(lambda: _add(now, values), refuse=notes.say, then=_empty_form)


def _pick_right(key: str, scopes: Mapping[Scope, str]) -> tuple[Role, Scope]:
    with st.grid(2, min_column_width=260):
        role = st.selectbox("Role", list(Role), format_func=_ROLES.__getitem__, key=f"{key}_role")
        scope = st.selectbox("Of what", list(scopes), format_func=scopes.__getitem__, key=f"{key}_scope")
    return role or Role.VIEWER, scope or (_EVERYTHING, 0)


def _scopes(now: Visit) -> dict[Scope, str]:
    """Return what a right can cover, in words."""
    brands = {("brand", brand.brand_id): f"All of {brand.name}" for brand in kept(now, list_brands)}
    plans = {("campaign", plan.campaign_id): f"{plan.name} ({plan.brand})" for plan in now.campaigns}
    return {(_EVERYTHING, 0): "Everything", **brands, **plans}


def _right_values(role: Role, scope: Scope) -> dict[str, object]:
    kind, number = scope
    covered = {} if kind == _EVERYTHING else {f"{kind}_id": number}
    return {"role": role.value, **covered}


def _add(now: Visit, values: Mapping[str, object]) -> str:
    add_member(now.store, values, now=int(time.time()))
    return f"{values['name']} can sign in from now on."


def _empty_form() -> None:
    for field in ("add_email", "add_name"):
        st.session_state.pop(field, None)


def _give(now: Visit, member: Member, role: Role, scope: Scope) -> str:
    give_right(now.store, member.member_id, _right_values(role, scope))
    return f"{member.name} has the right from now on."


def _take(now: Visit, right: Right) -> str:
    take_right(now.store, right.right_id)
    return "The right is taken away."


def _remove(now: Visit, member: Member) -> str:
    remove_member(now.store, member.member_id)
    return f"{member.name} is removed."
