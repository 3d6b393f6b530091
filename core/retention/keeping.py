"""How long order rows are kept: for ever, until an admin says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from core.access import Action, require
from core.errors import refusal
from core.store.written import table

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from core.store.engine import Store

CHOICES = (12, 18, 24, 36, 60)  # months
SUGGESTED = 24
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long order rows are kept here.

    Attributes:
        months: order rows are closed in the month after they became this old; None: never.
        closed_before: Unix seconds; orders made before it are closed already. None: none are.
    """

    months: int | None
    closed_before: int | None


def read_retention(store: Store) -> Retention:
    """Return what is set, and how far it has been carried out.

    Raises:
        PlumblineError: `not-allowed`.
    """
    require(store.principal, Action.ADMINISTER)
    with store.reading() as connection:
        return retention_of(connection)


def retention_of(connection: Connection) -> Retention:
    """Return the same within a transaction."""
    rows = table("workspace")
    found = connection.execute(select(rows.c.retention_months, rows.c.closed_before)).one()
    return Retention(months=found.retention_months, closed_before=found.closed_before)


def set_retention(store: Store, months: int | None) -> None:
    """Set how long order rows are kept; nothing is closed by this alone.

    Args:
        store: of an admin.
        months: one of `CHOICES`; None keeps them for ever.

    Raises:
        PlumblineError: `not-allowed`; `retention-unknown` for other months.
    """
    require(store.principal, Action.ADMINISTER)
    if months is not None and months not in CHOICES:
        raise refusal(
            "retention-unknown",
            f"Order rows cannot be kept for {months} months.",
            f"Choose {', '.join(map(str, CHOICES))} months, or for ever.",
        )
    words = f"{months} months" if months else "for ever"
    with store.writing("retention set", words) as connection:
        connection.execute(update(table("workspace")).values(retention_months=months))


def limit_of(months: int, today: date) -> int:
    """Return the instant before which orders are closed: the beginning of a month, in UTC.

    Whole months, so that closing happens once a month and what is left can be told in words.

    Args:
        months: how long order rows are kept.
        today: the current day.
    """
    year, month = divmod(today.year * MONTHS + today.month - 1 - months, MONTHS)
    return int(datetime(year, month + 1, 1, tzinfo=UTC).timestamp())
