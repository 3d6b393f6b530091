"""Decisions and remarks on the stages of a campaign, and exchange rates that somebody stated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from core.access import Action, require
from core.campaigns.model import NoteForm, RateForm
from core.entry.forms import read_form
from core.errors import refusal
from core.metrics.model import Stage
from core.rollups import rebuild_campaign
from core.store.written import add_row, row_of, table
from core.units import day_of, instant_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from core.store.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A decision or remark.

    Attributes:
        stage: the stage it is about; None for the whole campaign.
        kind: decision, remark or goal change.
        at: when it was written, UTC.
    """

    note_id: int
    campaign_id: int
    stage: Stage | None
    kind: str
    text: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRate:
    """One unit of `currency` is `rate` units of `into`, from a day on."""

    currency: str
    into: str
    day: date
    rate: float
    stated_by: str


def add_note(store: Store, campaign_id: int, values: Mapping[str, object], *, now: int) -> int:
    """Return the id of a new note.

    Args:
        store: where to write.
        campaign_id: the campaign.
        values: `text`, and `stage` and `kind` where they apply.
        now: Unix seconds.
    """
    require(store.principal, Action.DECIDE, campaign_id)
    form = read_form(NoteForm, values)
    with store.writing(f"{form.kind} noted", "", {"campaign": campaign_id}) as connection:
        row_of(connection, "campaign", campaign_id, "campaign")
        stage = form.stage.value if form.stage else ""
        row = {"campaign_id": campaign_id, "stage": stage, "kind": form.kind, "text": form.text}
        return add_row(connection, "note", row | {"who": store.principal.name, "at": now})


def list_notes(store: Store, campaign_id: int, *, stage: Stage | None = None) -> tuple[Note, ...]:
    """Return the notes of a campaign, newest first; with a stage only its own."""
    require(store.principal, Action.READ, campaign_id)
    notes = table("note")
    query = (
        select(notes).where(notes.c.campaign_id == campaign_id).order_by(notes.c.at.desc(), notes.c.id.desc())
    )
    if stage is not None:
        query = query.where(notes.c.stage == stage.value)
    with store.reading() as connection:
        return tuple(
            Note(
                note_id=row["id"],
                stage=Stage(row["stage"]) if row["stage"] else None,
                at=instant_of(row["at"]),
                **{name: row[name] for name in ("campaign_id", "kind", "text", "who")},
            )
            for row in connection.execute(query).mappings()
        )


# ------------------------------------------------------------- exchange rates


def state_rate(store: Store, values: Mapping[str, object]) -> None:
    """Keep an exchange rate; one stated before for the same day is replaced.

    Campaigns in the target currency are counted again with it.

    Raises:
        EntryError: what the form finds.
    """
    require(store.principal, Action.PLAN)
    form = read_form(RateForm, values)
    rates = table("exchange_rate")
    subject = f"{form.currency} into {form.into}"
    detail = {"day": str(day_of(form.day)), "rate": form.rate}
    with store.writing("exchange rate stated", subject, detail) as connection:
        connection.execute(delete(rates).where(_same_rate(form.currency, form.into, form.day)))
        connection.execute(insert(rates).values(form.model_dump() | {"stated_by": store.principal.name}))
        _recount(connection, form.into)


def list_rates(store: Store) -> tuple[ExchangeRate, ...]:
    """Return every stated rate, by currencies and then newest first."""
    require(store.principal, Action.READ)
    rates = table("exchange_rate")
    query = select(rates).order_by(rates.c.currency, rates.c.into, rates.c.day.desc())
    with store.reading() as connection:
        return tuple(
            ExchangeRate(**{**row, "day": day_of(row["day"])}) for row in connection.execute(query).mappings()
        )


def remove_rate(store: Store, currency: str, into: str, day: int) -> None:
    """Take a stated rate back; what it converted is then shown as not converted.

    Raises:
        PlumblineError: `not-found`.
    """
    require(store.principal, Action.PLAN)
    rates = table("exchange_rate")
    with store.writing(
        "exchange rate removed", f"{currency} into {into}", {"day": str(day_of(day))}
    ) as connection:
        if connection.execute(delete(rates).where(_same_rate(currency, into, day))).rowcount == 0:
            raise refusal("not-found", "This rate is not there any more.", "Reload the page.")
        _recount(connection, into)


def _same_rate(currency: str, into: str, day: int) -> ColumnElement[bool]:
    rates = table("exchange_rate")
    return (rates.c.currency == currency) & (rates.c.into == into) & (rates.c.day == day)


def _recount(connection: Connection, into: str) -> None:
    """Rebuild the campaigns whose money is in a currency."""
    plans = table("campaign")
    for number in connection.execute(select(plans.c.id).where(plans.c.currency == into)).scalars().all():
        rebuild_campaign(connection, number)
