"""What the store can tell a format before anything is written."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd
from sqlalchemy import select

from core.access import Action, require
from core.imports.frames import table_of
from core.imports.model import Answers, Known
from core.rollups.closed import read_closed_before
from core.store.workspace import install_key, pseudonym

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.store.engine import Store

_ACCOUNT_COLUMNS = ("day", "views", "likes", "comments", "shares", "followers", "viewers")
_AT_ONCE = 500  # values in one query, below SQLite's limit of variables


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The store as formats may ask it, read lazily and once per question.

    Attributes:
        store: where earlier imports are.
        now: Unix seconds, injected.
        key: the secret that pseudonyms are made with.
    """

    store: Store
    now: int
    key: bytes = field(repr=False)
    _accounts: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    _closed: list[int | None] = field(default_factory=list, repr=False)

    def known(self, file: str, modified_at: int | None, answers: Answers) -> Known:
        """Return what a format may know about one file."""
        return Known(
            now=self.now,
            file=file,
            modified_at=modified_at,
            answers=answers,
            customer_key=self.person_key,
            person_key=self.person_key,
            account_days=self.account_days,
            video_handles=self.video_handles,
            closed_before=self.closed_before(),
        )

    def person_key(self, person: str) -> str:
        """Return the pseudonym of an e-mail address or another id of a person, '' for an empty one.

        Orders and clicks of one person meet because both are made the same way.
        """
        return pseudonym(self.key, person)

    def closed_before(self) -> int | None:
        """Return the instant before which orders are closed, None where none are."""
        if not self._closed:
            with self.store.reading() as connection:
                self._closed.append(read_closed_before(connection))
        return self._closed[0]

    def account_days(self, handle: str) -> pd.DataFrame:
        """Return what is known of an account, one row per day: day, views, likes, … (Int64)."""
        if handle not in self._accounts:
            table = table_of("account_day")
            wanted = select(*(table.c[name] for name in _ACCOUNT_COLUMNS)).where(table.c.handle == handle)
            with self.store.reading() as connection:
                rows = connection.execute(wanted.order_by(table.c.day)).fetchall()
            frame = pd.DataFrame([tuple(row) for row in rows], columns=list(_ACCOUNT_COLUMNS), dtype="object")
            self._accounts[handle] = frame.astype("Int64")
        return self._accounts[handle]

    def is_current(self) -> bool:
        """Return whether what formats asked about is still as they were told."""
        fresh = self.renewed()
        return fresh.closed_before() == self.closed_before() and all(
            fresh.account_days(handle).equals(seen) for handle, seen in self._accounts.items()
        )

    def renewed(self) -> Surroundings:
        """Return the surroundings as the store tells them now."""
        return replace(self, _accounts={}, _closed=[])

    def video_handles(self, videos: Sequence[str]) -> Mapping[str, str]:
        """Return video id -> handle for the videos whose account is known."""
        table = table_of("video")
        wanted = sorted({video for video in videos if video})
        found: dict[str, str] = {}
        with self.store.reading() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                query = select(table.c.video_id, table.c.handle).where(table.c.video_id.in_(some))
                found.update((video, handle) for video, handle in connection.execute(query) if handle)
        return found


def surroundings(store: Store, *, now: int | None = None) -> Surroundings:
    """Return the surroundings of an import into this store.

    Args:
        store: who asks must be allowed to import.
        now: Unix seconds; None means the clock.
    """
    require(store.principal, Action.IMPORT)
    return Surroundings(store=store, now=int(time.time()) if now is None else now, key=install_key(store))
