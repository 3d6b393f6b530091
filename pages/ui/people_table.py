"""The creators of a campaign as a table to type into, and rows pasted from a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.entry.edits import TableEdits, edits_of_table
from core.entry.words import counted
from core.people import PastedPeople, Person, apply_people_edits, list_people, read_pasted_people
from core.units import minor_digits
from pages.ui.editing import draw_afresh, edit_table, rows_on_screen
from pages.ui.kept import kept
from pages.ui.plain import plain
from pages.ui.saying import keep, say_problems

if TYPE_CHECKING:
    from core.campaigns import Campaign
    from pages.ui.context import Visit

_PASTE_EXAMPLE = (
    "handle\tname\tfollowers\tniche\tcountry\tfee\tdeliverables\n@ada.brews\tAda\t48.2k\tcoffee\tDE\t1,200\t3"
)


def draw_table(now: Visit, campaign: Campaign) -> None:
    """Draw the table and its Save button."""
    key = _key(campaign)
    people = rows_on_screen(key, now.revision, kept(now, list_people, campaign.campaign_id))
    state = edit_table(
        key,
        [_row(person) for person in people],
        _columns(campaign.currency),
        locked=("tier", "videos"),
        alt=f"{counted(len(people), 'creator')} of the campaign with handle, fee, deliverables and followers",
    )
    st.caption(
        "Type into the table, add a row at its end, or select rows to take them out; then save. "
        "A creator who is taken out stays in the list of creators."
    )
    if st.button("Save creators", type="primary", icon=":material/check:", key="save_people"):
        edits = edits_of_table(state, [person.agreed.collaboration_id for person in people])
        names = {person.agreed.collaboration_id: person.creator.name for person in people}
        keep(
            lambda: (
                apply_people_edits(now.store, campaign.campaign_id, edits, people, today=now.today).sentence
            ),
            refuse=lambda problem: say_problems(problem, names),
            then=lambda: draw_afresh(key),
        )


def _key(campaign: Campaign) -> str:
    """Return the name of the table, each campaign its own, so that what was typed stays with it."""
    return f"people_{campaign.campaign_id}"


def _row(person: Person) -> dict[str, object]:
    creator, agreed = person.creator, person.agreed
    return {
        "handle": creator.handle,
        "name": creator.name,
        "fee": float(agreed.fee_text) if agreed.fee_text else None,
        "deliverables": agreed.deliverables,
        "due_day": agreed.due_day,
        "followers": creator.followers,
        "tier": person.tier.tier or None,
        "niche": creator.niche,
        "country": creator.country,
        "videos": agreed.videos,
    }


def _columns(currency: str) -> dict[str, tuple[str, object]]:
    kinds = st.column_config
    step = 1.0 if minor_digits(currency) == 0 else 0.01
    return {
        "handle": (
            "object",
            kinds.TextColumn("Handle", help="As on TikTok, with or without @.", required=True),
        ),
        "name": ("object", kinds.TextColumn("Name")),
        "fee": (
            "float64",
            kinds.NumberColumn(f"Fee ({currency})", min_value=0, step=step, format="localized"),
        ),
        "deliverables": ("Int64", kinds.NumberColumn("Videos agreed", min_value=0, step=1)),
        "due_day": ("datetime64[s]", kinds.DateColumn("Due", format="YYYY-MM-DD")),
        "followers": (
            "Int64",
            kinds.NumberColumn(
                "Followers", min_value=0, step=1, format="localized", help="Kept with today's date."
            ),
        ),
        "tier": (
            "object",
            kinds.TextColumn("Tier", help="By followers on the campaign's first day; not typed."),
        ),
        "niche": ("object", kinds.TextColumn("Niche")),
        "country": ("object", kinds.TextColumn("Country", help="Two letters, or the English name.")),
        "videos": ("Int64", kinds.NumberColumn("Videos found", help="Videos that count in the campaign.")),
    }


def draw_paste(now: Visit, campaign: Campaign, *, is_open: bool) -> None:
    """Draw the box for rows from a spreadsheet: read first, added after a look."""
    with st.expander("Paste from a spreadsheet", icon=":material/content_paste:", expanded=is_open):
        turn = st.session_state.setdefault("paste_people_turn", 0)
        text = st.text_area(
            "Rows, with or without headings",
            key=f"paste_people_{turn}",
            placeholder=_PASTE_EXAMPLE,
            height=130,
            help="Without headings: handle, name, followers, followers day, niche, country, fee.",
        )
        read = read_pasted_people(text or "")
        st.markdown(f"**{plain(read.sentence)}**")
        for issue in read.issues[:10]:
            st.markdown(f":orange[:material/error:] {plain(issue, longest=400)}")
        if read.rows:
            st.dataframe(
                list(read.rows),
                hide_index=True,
                height=min(36 * len(read.rows) + 38, 300),
                alt="The rows read",
            )
        if st.button(
            f"Add {counted(len(read.rows), 'creator')}",
            icon=":material/group_add:",
            disabled=not read.rows,
            key="add_pasted_people",
        ):
            keep(lambda: _add(now, campaign, read), then=lambda: _new_paste(campaign))


def _add(now: Visit, campaign: Campaign, read: PastedPeople) -> str:
    people = list_people(now.store, campaign.campaign_id)
    edits = TableEdits(added=read.rows)
    return apply_people_edits(now.store, campaign.campaign_id, edits, people, today=now.today).sentence


def _new_paste(campaign: Campaign) -> None:
    st.session_state["paste_people_turn"] += 1
    draw_afresh(_key(campaign))
