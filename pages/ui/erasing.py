"""Erasing on the page: what will go is said first, the name is typed, and it cannot be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.creators import list_creators
from core.erasing import (
    Erasure,
    erase_campaign,
    erase_creator,
    erase_customer,
    foresee_campaign,
    foresee_creator,
    foresee_customer,
)
from core.store.shelf import list_backups, remove_backups
from core.units import instant_of
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import keep

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.store.engine import Store
    from pages.ui.context import Visit

_CAMPAIGN, _CREATOR, _PERSON = "A campaign", "A creator", "A customer or commenter"
_WHAT_GOES = {
    _CAMPAIGN: "Its plan, goals and notes, its videos with all their figures, its codes and links, its "
    "check-ins, experiments, decisions and shared links go. Its creators stay, and so do the shop's orders, "
    "credited to nobody.",
    _CREATOR: "Their accounts, videos and figures, fees, codes, links, ratings and decisions go, in every "
    "campaign; their name is struck out of notes and texts. The shop's orders stay, credited to nobody.",
    _PERSON: "Orders, comments and app events of this person go. They are found by the address they write "
    "from; the address itself was never stored and is not kept now.",
}


def draw_erasing(now: Visit) -> None:
    """Offer to erase a campaign, a creator or a person."""
    st.markdown("What is erased leaves no trace here, and cannot be brought back except from a backup.")
    kind = st.segmented_control(
        "What to erase", list(_WHAT_GOES), default=_CAMPAIGN, required=True, key="erase_kind"
    )
    st.markdown(f":material/info: {_WHAT_GOES[str(kind)]}")
    if kind == _PERSON:
        _offer_person(now)
    elif kind == _CREATOR:
        names = {one.creator_id: one.name for one in kept(now, list_creators)}
        _offer(now, names, (foresee_creator, erase_creator), "creator")
    else:
        names = {one.campaign_id: one.name for one in now.campaigns}
        _offer(now, names, (foresee_campaign, erase_campaign), "campaign")
    _offer_old_copies(now)


def _offer(
    now: Visit,
    names: dict[int, str],
    ways: tuple[Callable[[Store, int], str], Callable[[Store, int], Erasure]],
    word: str,
) -> None:
    foresee, erase = ways
    if not names:
        st.caption(f"There is no {word} here.")
        return
    number = st.selectbox(
        f"Which {word}",
        list(names),
        index=None,
        placeholder="Choose one",
        format_func=names.__getitem__,
        key=f"erase_{word}",
    )
    if number is not None:
        st.markdown(plain(kept(now, foresee, number), longest=400))
    typed = st.text_input("Type its name to be sure", key=f"erase_{word}_name")
    is_sure = number is not None and typed.strip() == names[number].strip()
    if st.button(
        "Erase for good", icon=":material/delete_forever:", disabled=not is_sure, key=f"erase_{word}_go"
    ):
        keep(lambda: erase(now.store, int(number or 0)).sentence)


def _offer_person(now: Visit) -> None:
    address = st.text_input("E-mail address or account name", key="erase_person", autocomplete="off")
    is_typed = bool(address and address.strip())
    if is_typed:
        st.markdown(plain(foresee_customer(now.store, address or ""), longest=400))
    if st.button(
        "Erase for good", icon=":material/delete_forever:", disabled=not is_typed, key="erase_person_go"
    ):
        keep(lambda: erase_customer(now.store, address or "").sentence)


def _offer_old_copies(now: Visit) -> None:
    """Say that copies made before still hold what was erased, and offer to remove them."""
    copies = list_backups(now.store)
    if not copies:
        return
    st.caption("Copies made before may still hold what you erase; each goes within a month.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        newest = max(instant_of(one.at).date() for one in copies)
        last = st.date_input("Copies made up to", value=newest, max_value=newest, key="copies_until")
        names = [one.name for one in copies if instant_of(one.at).date() <= last]
        if st.button(
            f"Remove {counted_copies(len(names))}",
            icon=":material/delete_sweep:",
            disabled=not names,
            key="drop_copies",
        ):
            keep(lambda: _remove(now.store, names))


def counted_copies(count: int) -> str:
    """Return a number of copies in words."""
    return "1 copy" if count == 1 else f"{count} copies"


def _remove(store: Store, names: list[str]) -> str:
    removed = remove_backups(store, names)
    return f"Removed: {counted_copies(removed)}. Make a new backup now."
