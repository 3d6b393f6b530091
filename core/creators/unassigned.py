"""Handles that imported files name and that belong to no creator yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, func, select

from core.access import Action, require
from core.creators.roster import apply_creator_edits
from core.entry.edits import Applied, TableEdits
from core.entry.words import counted
from core.store.written import table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.store.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHandle:
    """A handle that files name.

    Attributes:
        videos: videos known under it.
        days: days of account figures known under it.
        orders: orders that a shop ties to it.
    """

    handle: str
    videos: int
    days: int
    orders: int

    @property
    def sentence(self) -> str:
        """Return where it was found, in words."""
        parts = (
            counted(self.videos, "video") if self.videos else "",
            f"{counted(self.days, 'day')} of account figures" if self.days else "",
            counted(self.orders, "order") if self.orders else "",
        )
        return ", ".join(part for part in parts if part)


def found_handles(store: Store) -> tuple[FoundHandle, ...]:
    """Return the handles in imported files that belong to no creator, most videos and orders first."""
    require(store.principal, Action.READ)
    claims = table("order_claim")
    with store.reading() as connection:
        videos = _count(connection, "video", "handle", func.count())
        days = _count(connection, "account_day", "handle", func.count())
        one = func.count(func.distinct(claims.c.system + "/" + claims.c.order_id))
        orders = _count(connection, "order_claim", "key", one, kind="affiliate")
    found = [
        FoundHandle(
            handle=handle,
            videos=videos.get(handle, 0),
            days=days.get(handle, 0),
            orders=orders.get(handle, 0),
        )
        for handle in {*videos, *days, *orders}
    ]
    return tuple(sorted(found, key=lambda item: (-item.orders, -item.videos, -item.days, item.handle)))


def _count(
    connection: Connection, name: str, column: str, count: ColumnElement[int], kind: str = ""
) -> dict[str, int]:
    """Return how often each handle without a creator occurs in a table."""
    rows, handles = table(name), table("creator_handle")
    handle = rows.c[column]
    query = (
        select(handle, count).where(handle != "", handle.not_in(select(handles.c.handle))).group_by(handle)
    )
    if kind:
        query = query.where(rows.c.kind == kind)
    return {row[0]: row[1] for row in connection.execute(query)}


def create_from_handles(store: Store, handles: Sequence[str], *, today: date) -> Applied:
    """Return what was done: one new creator for each handle, named like it.

    Raises:
        EntryError: `handle-taken`, `not-a-handle`, by position.
    """
    return apply_creator_edits(
        store, TableEdits(added=[{"handle": handle} for handle in handles]), today=today
    )
