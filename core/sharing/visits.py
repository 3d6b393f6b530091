"""Visits of shared links: how often on which day, nothing about who."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from core.errors import PlumblineError
from core.sharing.model import DAY
from core.store.written import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.store.engine import Store

LOG = logging.getLogger("plumbline")
WAIT = 2.0  # seconds until visits are written; a kill loses no more than these
_PATIENCE = 15.0  # seconds to wait for an import that is being kept; then they are tried again


def count_visits(store: Store, visits: Sequence[tuple[int, int]]) -> None:
    """Count that links were opened, in one transaction; links that are gone are passed over.

    Args:
        store: where the links are.
        visits: link id and Unix seconds of each visit.

    Raises:
        PlumblineError: `store-busy` and others of the store; then none was counted.
    """
    links, days = table("shared_link"), table("shared_link_visit")
    newest: dict[int, int] = {}
    for link_id, at in visits:
        newest[link_id] = max(at, newest.get(link_id, 0))
    with store.tracking(patience=_PATIENCE) as connection:
        known = set(connection.execute(select(links.c.id).where(links.c.id.in_(newest))).scalars())
        for (link_id, day), more in Counter((one, at // DAY) for one, at in visits if one in known).items():
            of_day = (days.c.link_id == link_id) & (days.c.day == day)
            counted = connection.execute(update(days).where(of_day).values(visits=days.c.visits + more))
            if counted.rowcount == 0:
                connection.execute(insert(days).values(link_id=link_id, day=day, visits=more))
        for link_id in known:
            at = newest[link_id]
            is_older = links.c.last_visit_at.is_(None) | (links.c.last_visit_at < at)
            connection.execute(update(links).where(links.c.id == link_id, is_older).values(last_visit_at=at))


class VisitBook:
    """Takes visits down at once and writes them together a moment later.

    A visitor's answer never waits for a write, and many visitors at once are one write.
    """

    def __init__(self, *, wait: float = WAIT) -> None:
        """Write at most so many seconds after a visit, unless the store is busy."""
        self._wait = wait
        self._lock = threading.Lock()
        self._writing = threading.Lock()  # visits are written by one thread at a time
        self._taken: list[tuple[Store, int, int]] = []
        self._is_due = False

    def add(self, store: Store, link_id: int, *, now: int) -> None:
        """Take a visit down."""
        with self._lock:
            self._taken.append((store, link_id, now))
            self._plan()

    def write(self) -> None:
        """Write what was taken down; what cannot be written now stays for the next time."""
        with self._writing:
            with self._lock:
                taken, self._taken, self._is_due = self._taken, [], False
            homes = {id(store.home): store for store, _, _ in taken}
            for home, store in homes.items():
                mine = [one for one in taken if id(one[0].home) == home]
                try:
                    count_visits(store, [(link_id, at) for _, link_id, at in mine])
                except PlumblineError as problem:
                    LOG.warning(
                        "%s visits of shared links wait to be counted: %s", len(mine), problem.issue.code
                    )
                    with self._lock:
                        self._taken += mine
                        self._plan()

    def _plan(self) -> None:
        if not self._is_due:
            self._is_due = True
            timer = threading.Timer(self._wait, self.write)
            timer.daemon = True
            timer.start()
