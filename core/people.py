"""The creators of a campaign as one table: who they are, how large, and what was agreed.

A person's row is kept in two places, the list of creators and the collaboration;
people type it as one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.access import Action, require
from core.campaigns import Collaboration, apply_collaboration_edits, list_collaborations
from core.campaigns.collaborations import CollaborationForm
from core.creators import Creator, CreatorTier, apply_creator_edits, campaign_tiers, list_creators
from core.creators.model import CreatorForm
from core.entry.edits import Applied, Row, TableEdits
from core.entry.forms import EntryError, read_form, remark
from core.entry.pasting import PasteKind, parse_pasted
from core.keys import handle_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from core.entry.forms import Remark
    from core.store.engine import Store

CREATOR_FIELDS = frozenset({"handle", "name", "followers", "followers_day", "niche", "country"})
_ANY_CURRENCY = "XXX"  # no currency: enough to check the writing; the campaign's own is filled in when kept
_AGREED_FIELDS = ("fee", "currency", "deliverables", "due_day", "notes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A creator of a campaign with what was agreed.

    Attributes:
        creator: who it is.
        agreed: fee and deliverables.
        tier: how large they were on the campaign's first day.
    """

    creator: Creator
    agreed: Collaboration
    tier: CreatorTier


def list_people(store: Store, campaign_id: int) -> tuple[Person, ...]:
    """Return the creators of a campaign by name.

    Raises:
        PlumblineError: `not-allowed`, `not-found`.
    """
    creators = {item.creator_id: item for item in list_creators(store, campaign_id=campaign_id)}
    tiers = campaign_tiers(store, campaign_id)
    return tuple(
        Person(creator=creators[item.creator_id], agreed=item, tier=tiers[item.creator_id])
        for item in list_collaborations(store, campaign_id)
        if item.creator_id in creators and item.creator_id in tiers
    )


def apply_people_edits(
    store: Store, campaign_id: int, edits: TableEdits, people: Sequence[Person], *, today: date
) -> Applied:
    """Return what was done; a row taken out leaves the campaign, its creator stays.

    Who people are is kept first, then what was agreed. If the second is refused the first
    stands; the same edits can be applied again.

    Args:
        store: where to write.
        campaign_id: the campaign.
        edits: rows by collaboration id, fields of creators and collaborations mixed.
        people: as they were on screen.
        today: the day of a follower count typed without one.

    Raises:
        EntryError: with a remark for each row that cannot be kept.
    """
    require(store.principal, Action.PLAN, campaign_id)
    by_row = {person.agreed.collaboration_id: person for person in people}
    _check_terms(edits, by_row)
    who = {
        by_row[number].creator.creator_id: row
        for number, values in edits.changed.items()
        if (row := _part(values, CREATOR_FIELDS))
    }
    roster = list_creators(store) if edits.added else ()
    known = {handle for creator in roster for handle in creator.handles}
    new, positions = _new_creators(edits.added, known)
    if who or new:
        versions = {person.creator.creator_id: person.creator.version for person in people}
        creators = TableEdits(added=new, changed=who, versions=versions)
        try:
            apply_creator_edits(store, creators, today=today)
        except EntryError as error:
            rows = {person.creator.creator_id: number for number, person in by_row.items()}
            raise EntryError([_moved(item, positions, rows) for item in error.remarks]) from None
    agreed = TableEdits(
        added=[{"handle": row.get("handle", ""), **_part(row, _AGREED_FIELDS)} for row in edits.added],
        changed={n: row for n, values in edits.changed.items() if (row := _part(values, _AGREED_FIELDS))},
        deleted=edits.deleted,
        versions={number: person.agreed.version for number, person in by_row.items()},
    )
    if agreed.added or agreed.changed or agreed.deleted:
        apply_collaboration_edits(store, campaign_id, agreed)
    return Applied(
        added=tuple(range(len(edits.added))), changed=len(edits.changed), deleted=len(edits.deleted)
    )


def _check_terms(edits: TableEdits, by_row: Mapping[int, Person]) -> None:
    """Do nothing if what was agreed can be read, so that nothing is kept by halves."""
    remarks: list[Remark] = []
    for number, values in edits.changed.items():
        currency = by_row[number].agreed.currency
        found = _term_remarks({"currency": currency, **_part(values, _AGREED_FIELDS)})
        remarks += [replace(item, row_id=number) for item in found]
    present = {handle for person in by_row.values() for handle in person.creator.handles}
    for position, values in enumerate(edits.added):
        found = _term_remarks({"currency": _ANY_CURRENCY, **_part(values, _AGREED_FIELDS)}, row=position)
        remarks += [item for item in found if item.issue.code != "other-currency"]
        if handle_key(str(values.get("handle") or "")) in present:
            what = f'"{values["handle"]}" is already in the campaign.'
            remarks.append(
                remark("handle", "already-in-campaign", what, "Edit the row that is there.", row=position)
            )
    if remarks:
        raise EntryError(remarks)


def _term_remarks(values: Row, row: int | None = None) -> tuple[Remark, ...]:
    try:
        read_form(CollaborationForm, values, row=row)
    except EntryError as error:
        return error.remarks
    return ()


def _part(values: Row, names: Sequence[str] | frozenset[str]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name in names}


def _new_creators(added: Sequence[Row], known: set[str]) -> tuple[list[Row], list[int]]:
    """Return the rows whose creator is not there yet, and their positions among all new rows."""
    found = [
        (position, row)
        for position, row in enumerate(added)
        if handle_key(str(row.get("handle") or "")) not in known
    ]
    return [_part(row, CREATOR_FIELDS) for _, row in found], [position for position, _ in found]


def _moved(item: Remark, positions: Sequence[int], rows: Mapping[int, int]) -> Remark:
    """Return a remark on a creator as one on the row of the table that people see."""
    row = None if item.row is None else positions[item.row]
    row_id = None if item.row_id is None else rows.get(item.row_id)
    places = tuple(
        replace(place, row=row + 1) if row is not None and place.row is not None else place
        for place in item.issue.places
    )
    return replace(item, row=row, row_id=row_id, issue=replace(item.issue, places=places))


# ------------------------------------------------------------- pasted rows


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedPeople:
    """Rows pasted from a spreadsheet, read but not kept.

    Attributes:
        rows: what would be added, field -> text.
        issues: what cannot be used, in words.
        sentence: both in short.
    """

    rows: tuple[Mapping[str, str], ...]
    issues: tuple[str, ...]
    sentence: str


def read_pasted_people(text: str) -> PastedPeople:
    """Return the creators in a paste, with fee and deliverables where it names such columns.

    Args:
        text: tab-, semicolon- or comma-separated, with or without headings; without them the
            columns are handle, name, followers, followers day, niche, country, fee.
    """
    read = parse_pasted(text, PasteKind.PEOPLE)
    issues = [str(item.issue) for item in read.remarks]
    issues += [problem for position, row in enumerate(read.rows) for problem in _problems(row, position)]
    return PastedPeople(
        rows=read.rows, issues=tuple(issues), sentence=_paste_words(len(read.rows), len(issues))
    )


def _problems(row: Row, position: int) -> list[str]:
    """Return what would be refused of a row, in words."""
    try:
        read_form(CreatorForm, _part(row, CREATOR_FIELDS), row=position)
    except EntryError as error:
        return [str(item.issue) for item in error.remarks]
    terms = {"currency": _ANY_CURRENCY, **_part(row, _AGREED_FIELDS)}
    found = _term_remarks(terms, row=position)
    return [str(item.issue) for item in found if item.issue.code != "other-currency"]


def _paste_words(rows: int, issues: int) -> str:
    if not rows and not issues:
        return "Nothing was pasted yet."
    text = f"{rows:,} {'creator' if rows == 1 else 'creators'} found."
    return text + (f" {issues:,} to correct first." if issues else "")
