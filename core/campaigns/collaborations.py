"""Creators in a campaign: fee, deliverables, due day; one by one or as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationInfo, field_validator
from sqlalchemy import Connection, RowMapping, delete, func, select

from core.access import Action, require
from core.campaigns.model import read_currency
from core.entry.edits import Applied, Row, TableEdits, apply_each, merged, version_of
from core.entry.fields import amount_text, day_from, read_amount
from core.entry.forms import Form, entry_error, read_form
from core.keys import handle_key
from core.rollups import rebuild_campaign
from core.store.written import add_row, change_row, row_of, table
from core.units import day_of

if TYPE_CHECKING:
    from datetime import date

    from core.store.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration:
    """A creator in a campaign.

    Attributes:
        handle: the main one, '' where none is known.
        fee: minor units of the currency; None where not stated.
        deliverables: videos agreed; None where not stated.
        videos: videos of the creator that belong to the campaign.
        version: what an edit must name.
    """

    collaboration_id: int
    campaign_id: int
    creator_id: int
    creator: str
    handle: str
    fee: int | None
    currency: str
    deliverables: int | None
    due_day: date | None
    notes: str
    videos: int
    version: int

    @property
    def fee_text(self) -> str:
        """Return the fee as it would be typed, '' for none."""
        return amount_text(self.fee, self.currency)


class CollaborationForm(Form):
    """A collaboration as typed; the fee is read in its currency."""

    currency: Annotated[str, Field(title="Currency", min_length=1)]
    fee: Annotated[int | None, Field(title="Fee")] = None
    deliverables: Annotated[int | None, Field(title="Deliverables", ge=0, le=10_000)] = None
    due_day: Annotated[int | None, Field(title="Due day")] = None
    notes: Annotated[str, Field(title="Notes", max_length=4000)] = ""

    @field_validator("currency")
    @classmethod
    def _currency(cls, value: str) -> str:
        return read_currency(value)

    @field_validator("fee", mode="before")
    @classmethod
    def _fee(cls, value: object, info: ValidationInfo) -> int | None:
        text = str(value).strip()
        currency = info.data.get("currency")
        return read_amount(text, currency) if text and currency else None

    @field_validator("due_day", mode="before")
    @classmethod
    def _day(cls, value: object) -> int | None:
        return day_from(value)


def list_collaborations(store: Store, campaign_id: int) -> tuple[Collaboration, ...]:
    """Return the creators of a campaign by name."""
    require(store.principal, Action.READ, campaign_id)
    rows, creators, handles, videos = (
        table(name) for name in ("collaboration", "creator", "creator_handle", "video")
    )
    main = select(func.max(handles.c.handle)).where(
        handles.c.creator_id == rows.c.creator_id, handles.c.is_main
    )
    count = select(func.count()).where(
        videos.c.creator_id == rows.c.creator_id, videos.c.campaign_id == rows.c.campaign_id
    )
    query = (
        select(
            rows,
            creators.c.name.label("creator"),
            main.scalar_subquery().label("handle"),
            count.scalar_subquery().label("videos"),
        )
        .join(creators, creators.c.id == rows.c.creator_id)
        .where(rows.c.campaign_id == campaign_id)
    )
    same = (
        "campaign_id",
        "creator_id",
        "creator",
        "fee",
        "currency",
        "deliverables",
        "notes",
        "videos",
        "version",
    )
    with store.reading() as connection:
        found = [
            Collaboration(
                collaboration_id=row["id"],
                handle=row["handle"] or "",
                due_day=None if row["due_day"] is None else day_of(row["due_day"]),
                **{name: row[name] for name in same},
            )
            for row in connection.execute(query).mappings()
        ]
    return tuple(sorted(found, key=lambda item: (item.creator.casefold(), item.collaboration_id)))


def add_collaboration(store: Store, campaign_id: int, creator_id: int, values: Row) -> int:
    """Return the id of a new collaboration; the creator's videos of these days now belong to the campaign.

    Raises:
        EntryError: `already-in-campaign`, `unknown-creator`, and what the form finds.
    """
    edits = TableEdits(added=[{"creator_id": creator_id, **values}])
    return apply_collaboration_edits(store, campaign_id, edits).added[0]


def edit_collaboration(
    store: Store, campaign_id: int, collaboration_id: int, values: Row, *, version: int
) -> None:
    """Change the given fields of a collaboration.

    Raises:
        EntryError: what the form finds.
        PlumblineError: `changed-meanwhile`, `not-found`.
    """
    edits = TableEdits(changed={collaboration_id: values}, versions={collaboration_id: version})
    apply_collaboration_edits(store, campaign_id, edits)


def remove_collaboration(store: Store, campaign_id: int, collaboration_id: int, *, version: int) -> None:
    """Take a creator out of a campaign; codes and links stay and still count.

    Raises:
        PlumblineError: `changed-meanwhile`, `not-found`.
    """
    edits = TableEdits(deleted=[collaboration_id], versions={collaboration_id: version})
    apply_collaboration_edits(store, campaign_id, edits)


def apply_collaboration_edits(store: Store, campaign_id: int, edits: TableEdits) -> Applied:
    """Return what was done; all edits are applied, or none.

    A new row names its creator by `creator_id` or by `handle`.

    Raises:
        EntryError: with a remark for each row that cannot be kept: `already-in-campaign`,
            `unknown-creator`, `changed-meanwhile`, and what the form finds.
    """
    require(store.principal, Action.PLAN, campaign_id)
    detail: dict[str, object] = {"campaign": campaign_id}
    with store.writing("collaborations changed", "", detail) as connection:
        plan = row_of(connection, "campaign", campaign_id, "campaign")
        done = apply_each(
            edits,
            remove=lambda number: _remove(connection, campaign_id, number, version_of(edits, number)),
            change=lambda number, values: _change(
                connection, campaign_id, number, version_of(edits, number), values
            ),
            add=lambda values: _add(connection, campaign_id, str(plan["currency"]), values),
        )
        if edits.added or edits.deleted:
            rebuild_campaign(connection, campaign_id)
        detail["done"] = done.sentence
    return done


def _remove(connection: Connection, campaign_id: int, number: int, version: int) -> None:
    _own(connection, campaign_id, number)
    change_row(connection, "collaboration", number, version, {}, thing="collaboration")
    rows = table("collaboration")
    connection.execute(delete(rows).where(rows.c.id == number))


def _change(connection: Connection, campaign_id: int, number: int, version: int, values: Row) -> None:
    before = _own(connection, campaign_id, number)
    typed = {name: before[name] for name in ("currency", "deliverables", "due_day", "notes")}
    typed["fee"] = amount_text(before["fee"], before["currency"])
    form = read_form(CollaborationForm, merged(typed, values))
    change_row(connection, "collaboration", number, version, form.model_dump(), thing="collaboration")


def _add(connection: Connection, campaign_id: int, currency: str, values: Row) -> int:
    creator_id = _creator_of(connection, values)
    rows = table("collaboration")
    same = (rows.c.campaign_id == campaign_id) & (rows.c.creator_id == creator_id)
    if connection.execute(select(rows.c.id).where(same)).first() is not None:
        raise entry_error(
            "handle",
            "already-in-campaign",
            "This creator is already in the campaign.",
            "Edit the row that is there.",
        )
    typed = {name: value for name, value in values.items() if name not in {"creator_id", "handle"}}
    form = read_form(CollaborationForm, {**typed, "currency": typed.get("currency") or currency})
    owner = {"campaign_id": campaign_id, "creator_id": creator_id, "version": 1}
    return add_row(connection, "collaboration", form.model_dump() | owner)


def _own(connection: Connection, campaign_id: int, number: int) -> RowMapping:
    """Return a collaboration of this campaign; one of another campaign is not found."""
    row = row_of(connection, "collaboration", number, "collaboration")
    return (
        row if row["campaign_id"] == campaign_id else row_of(connection, "collaboration", -1, "collaboration")
    )


def _creator_of(connection: Connection, values: Row) -> int:
    """Return the creator that a new row names by id or by handle."""
    named = values.get("creator_id")
    if isinstance(named, int):
        return int(row_of(connection, "creator", named, "creator")["id"])
    written = str(values.get("handle") or "")
    handles = table("creator_handle")
    query = select(handles.c.creator_id).where(handles.c.handle == handle_key(written))
    found = connection.execute(query).scalar()
    if found is None:
        what = f'No creator has the handle "{written}".' if written else "The row names no creator."
        raise entry_error(
            "handle", "unknown-creator", what, "Add the creator first, then paste the row again."
        )
    return int(found)
