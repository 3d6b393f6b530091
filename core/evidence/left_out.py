"""What points to a campaign and is not in its sums, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from core.rollups.closed import LEFT_OUT_ROWS, read_closed_before
from core.rollups.untied import repeated_rows
from core.units import day_number, instant_of, write_day

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection

    from core.scope import Scope

_REASONS = text(
    f"SELECT l.reason, CAST(SUM(l.orders) AS BIGINT) FROM {LEFT_OUT_ROWS} l WHERE l.campaign_id = :campaign"
    " AND l.day BETWEEN :first AND :last GROUP BY l.reason ORDER BY l.reason"
)
_WHY = {
    "cancelled": "cancelled",
    "voided": "voided",
    "test": "only a test",
    "pending": "not paid yet",
    "authorized": "authorised and not paid yet",
    "not_paid": "not paid",
    "several_creators": "the code stands for several creators",
    "several_campaigns": "it could belong to several campaigns",
    "amount_unknown": "the amount is not known",
    "currency": "no exchange rate into the campaign's currency is stated",
}


def orders_left_out(connection: Connection, scope: Scope) -> tuple[str, ...]:
    """Return which orders point to the campaign and were not credited, by reason."""
    first = day_number(scope.first_day) if scope.first_day else -(10**9)
    last = day_number(scope.last_day) if scope.last_day else 10**9
    values = {"campaign": scope.campaign_id, "first": first, "last": last}
    return tuple(
        f"{count:,} {'order was' if count == 1 else 'orders were'} left out: {_WHY.get(reason, reason)}."
        for reason, count in connection.execute(_REASONS, values)
    )


def orders_closed(connection: Connection, scope: Scope) -> tuple[str, ...]:
    """Return that orders of the campaign are kept as sums, where some are."""
    before = read_closed_before(connection)
    count = text("SELECT SUM(sales) FROM closed_credit WHERE campaign_id = :campaign")
    orders = connection.execute(count, {"campaign": scope.campaign_id}).scalar()
    if not orders or before is None:
        return ()
    day = write_day(instant_of(before).date())
    return (f"Orders of this campaign from before {day} are kept as sums by day; their rows are gone.",)


def rows_left_out(
    connection: Connection, scope: Scope, measures: Collection[str], files: Mapping[int, str]
) -> tuple[str, ...]:
    """Return which files state visits or ads that a file of other detail states too.

    Args:
        connection: open.
        scope: what is counted.
        measures: names of the measures in the figure.
        files: import -> name of its file, for the files behind the figure.
    """
    if not files or not measures:
        return ()
    repeated = repeated_rows(connection, scope.campaign_id, measures)
    return tuple(
        f"{repeated[batch]:,} {'row' if repeated[batch] == 1 else 'rows'} of {name} (import {batch}) "
        "are not added: another file states the same, in more detail or for more days."
        for batch, name in files.items()
        if batch in repeated
    )
