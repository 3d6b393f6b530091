"""The record of what happened, for admins: who imported, undid, shared, exported, came in, was refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, not_, or_, select

from core.access import Action, require
from core.spreadsheet import csv_bytes
from core.store.written import table
from core.units import day_number, instant_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from core.store.engine import Store

_DAY = 86_400
_MOST_IN_FILE = 100_000
_UNREADABLE: Mapping[str, object] = {}


class Sort(StrEnum):
    """What an entry is about."""

    IMPORTS = "imports"
    SHARING = "shared links"
    EXPORTS = "exports"
    SIGN_INS = "sign-ins"
    REFUSALS = "refusals"
    PEOPLE = "people and rights"
    OTHER = "plans and decisions"


# How the action of an entry begins or ends; what fits none is about plans and decisions.
_BEGINS: Mapping[Sort, tuple[str, ...]] = {
    Sort.IMPORTS: ("import", "undo import", "figures typed"),
    Sort.SHARING: ("shared link", "logo"),
    Sort.EXPORTS: ("export", "report", "backup"),
    Sort.SIGN_INS: ("signed in", "signed out"),
    Sort.REFUSALS: ("refused", "sign-in refused", "shared link refused"),
    Sort.PEOPLE: ("person", "right"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFilter:
    """Which entries are asked for; the default asks for all.

    Attributes:
        sorts: only these; empty means all.
        who: only this name; '' means all.
        first_day: from this day on (UTC); None from the beginning.
        last_day: up to this day (UTC); None up to now.
    """

    sorts: tuple[Sort, ...] = ()
    who: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the record.

    Attributes:
        at: UTC.
        who: the name of who did it.
        sort: what it is about.
        action: what was done.
        subject: what it was done to, with the present name of a person or campaign; '' for none.
        detail: more about it, as words; '' for none.
    """

    at: datetime
    who: str
    sort: Sort
    action: str
    subject: str
    detail: str


def list_record(
    store: Store, wanted: RecordFilter | None = None, *, limit: int = 200, offset: int = 0
) -> tuple[Entry, ...]:
    """Return entries, newest first.

    Args:
        store: who asks must be an admin.
        wanted: which; None means all.
        limit: how many at most.
        offset: how many to pass over.
    """
    require(store.principal, Action.ADMINISTER)
    rows = table("audit_entry")
    query = select(rows).where(_condition(wanted or RecordFilter()))
    query = query.order_by(rows.c.at.desc(), rows.c.id.desc()).limit(limit).offset(offset)
    with store.reading() as connection:
        names = _names(connection)
        return tuple(_entry(row, names) for row in connection.execute(query).mappings())


def list_names(store: Store) -> tuple[str, ...]:
    """Return everybody who is named in the record, by name."""
    require(store.principal, Action.ADMINISTER)
    rows = table("audit_entry")
    with store.reading() as connection:
        found = connection.execute(select(rows.c.who).distinct()).scalars().all()
    return tuple(sorted(found, key=str.casefold))


def record_csv(store: Store, wanted: RecordFilter | None = None) -> bytes:
    """Return the record as CSV, safe to open in a spreadsheet; that it was taken is recorded, too."""
    found = list_record(store, wanted, limit=_MOST_IN_FILE)
    store.note("export of the record", "", {"entries": len(found)})
    header = ("when (UTC)", "who", "about", "what", "on", "details")
    return csv_bytes(
        header,
        (
            (f"{one.at:%Y-%m-%d %H:%M:%S}", one.who, one.sort.value, one.action, one.subject, one.detail)
            for one in found
        ),
    )


def sort_of(action: str) -> Sort:
    """Return what an action is about."""
    fits = [
        (len(start), sort) for sort, starts in _BEGINS.items() for start in starts if action.startswith(start)
    ]
    return max(fits)[1] if fits else Sort.OTHER


def _condition(wanted: RecordFilter) -> ColumnElement[bool]:
    rows = table("audit_entry")
    parts: list[ColumnElement[bool]] = [rows.c.id.is_not(None)]
    if wanted.sorts:
        parts.append(or_(*(_about(sort) for sort in wanted.sorts)))
    if wanted.who:
        parts.append(rows.c.who == wanted.who)
    if wanted.first_day is not None:
        parts.append(rows.c.at >= day_number(wanted.first_day) * _DAY)
    if wanted.last_day is not None:
        parts.append(rows.c.at < (day_number(wanted.last_day) + 1) * _DAY)
    return and_(*parts)


def _about(sort: Sort) -> ColumnElement[bool]:
    action = table("audit_entry").c.action

    def begins(one: Sort) -> ColumnElement[bool]:
        return or_(*(action.startswith(start, autoescape=True) for start in _BEGINS[one]))

    if sort is Sort.OTHER:
        return not_(or_(*(begins(one) for one in _BEGINS)))
    if sort is Sort.SHARING:  # a refusal at a shared link is a refusal first
        return and_(begins(sort), not_(begins(Sort.REFUSALS)))
    return begins(sort)


def _names(connection: Connection) -> Mapping[tuple[str, int], str]:
    """Return what people call the things that entries name by id, as far as they still exist."""
    found: dict[tuple[str, int], str] = {}
    for key, name in (("person", "person"), ("campaign", "campaign"), ("link", "shared_link")):
        rows = table(name)
        for row in connection.execute(select(rows.c.id, rows.c.name)):
            found[key, row.id] = row.name
    return found


def _entry(row: RowMapping, names: Mapping[tuple[str, int], str]) -> Entry:
    detail = _detail(row["detail"])
    ids = [(key, value) for key, value in detail.items() if isinstance(value, int)]
    named = next((names[one] for one in ids if one in names), "")
    return Entry(
        at=instant_of(row["at"]),
        who=row["who"],
        sort=sort_of(row["action"]),
        action=row["action"],
        subject=row["subject"] or named,
        detail=", ".join(
            f"{key} {value}" for key, value in detail.items() if not isinstance(value, dict | list)
        ),
    )


def _detail(text: str) -> Mapping[str, object]:
    """Return the details of an entry; none where they are not the JSON object they should be."""
    try:
        found = json.loads(text) if text else _UNREADABLE
    except ValueError:
        return _UNREADABLE
    return found if isinstance(found, dict) else _UNREADABLE
