"""The store: opening it, reading a snapshot, writing all or nothing."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from core.access import LOCAL_OWNER
from core.store import audit, postgres_home, sqlite_home, workspace
from core.store.addresses import find_address
from core.store.problems import in_words, is_busy, store_busy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import Connection

    from core.access import Principal
    from core.store.home import Home

PATIENCE = 60.0  # seconds that a writer waits for others, long enough for a large import
WRITER_KEY = 0x504C4D42  # the advisory lock of writers on PostgreSQL


def open_store(url: str | None = None, *, principal: Principal = LOCAL_OWNER) -> Store:
    """Return the store, set up or brought up to date if needed.

    Args:
        url: where it is; None takes DATABASE_URL, else a file under the data folder.
        principal: who asks, for rights and the audit trail.

    Raises:
        PlumblineError: `store-address`, `store-missing`, `store-damaged`, `store-newer`,
            `store-in-use`, `store-on-network`, `store-foreign`, `store-upgrade-failed`
            or one of those of `Store.writing`.
    """
    address = find_address(url)
    try:
        home = sqlite_home.open_home(address) if address.path else postgres_home.open_home(address)
    except (DBAPIError, PoolTimeoutError) as error:
        raise in_words(error, str(address), address.path) from error
    return Store(home=home, principal=principal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open store, as one person uses it. Safe to share between threads."""

    home: Home
    principal: Principal

    @property
    def dialect(self) -> str:
        """Return sqlite or postgresql."""
        return self.home.dialect

    @property
    def path(self) -> Path | None:
        """Return the SQLite file; None for a server."""
        return self.home.address.path

    @property
    def folder(self) -> Path:
        """Return the folder where the store's own files lie."""
        return self.home.address.folder

    @property
    def notice(self) -> str:
        """Return a sentence for whoever looks after the app; '' if there is none."""
        return self.home.notice

    def acting_as(self, principal: Principal) -> Store:
        """Return the same open store as somebody else uses it."""
        return replace(self, principal=principal)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a read-only connection that sees one moment of the store."""
        with self._plain_words():
            with self.home.gate:  # nobody opens the file while another takes its place
                connection = self.home.read.connect()
            try:
                connection.begin()
                yield connection
            finally:
                connection.close()

    @contextmanager
    def writing(
        self,
        action: str,
        subject: str = "",
        detail: Mapping[str, Any] | None = None,
        *,
        patience: float = PATIENCE,
    ) -> Iterator[Connection]:
        """Give a connection whose changes are kept whole, or not at all if the block fails.

        The data revision grows by one and the audit trail by one entry.

        Args:
            action: what is done, for the audit trail.
            subject: what it is done to; never personal data.
            detail: more about it, as JSON allows; never personal data. It is read when
                the block ends, so that the block may still fill it.
            patience: seconds to wait for other writers.

        Raises:
            PlumblineError: `store-busy`, `disk-full`, `store-read-only`, `store-damaged`,
                `store-unreachable` or `store-trouble`; nothing was changed.
        """
        with self._transaction(patience) as connection:
            yield connection
            workspace.bump_revision(connection)
            audit.add(connection, self._entry(action, subject, detail))

    def note(self, action: str, subject: str = "", detail: Mapping[str, Any] | None = None) -> None:
        """Add an entry to the audit trail about something that changed no figure.

        Args:
            action: what happened, for instance a sign-in or a refusal.
            subject: what it was about; never personal data.
            detail: more about it, as JSON allows; never personal data.
        """
        with self._transaction(PATIENCE) as connection:
            audit.add(connection, self._entry(action, subject, detail))

    def _entry(self, action: str, subject: str, detail: Mapping[str, Any] | None) -> audit.AuditLine:
        return audit.AuditLine(
            at=int(time.time()),
            who=self.principal.name,
            action=action,
            subject=subject,
            detail=json.dumps(dict(detail), ensure_ascii=False, default=str) if detail else "",
        )

    @contextmanager
    def tracking(self, *, patience: float = 1.0) -> Iterator[Connection]:
        """Give a connection for the progress of a job: no revision, no audit entry.

        Only for tables that no figure is read from, and for what follows from the data and can be made again.

        Raises:
            PlumblineError: as `writing`; `store-busy` while a large import is being kept.
        """
        with self._transaction(patience) as connection:
            yield connection

    def revision(self) -> int:
        """Return how often the contents changed; caches key on it."""
        with self.reading() as connection:
            return workspace.revision(connection)

    def close(self) -> None:
        """Let go of all connections; the store cannot be used afterwards."""
        self.home.close()

    @contextmanager
    def _transaction(self, patience: float) -> Iterator[Connection]:
        if getattr(self.home.here, "is_writing", False):
            msg = "a write transaction is already open in this thread"
            raise RuntimeError(msg)
        if not self.home.writer.acquire(timeout=patience):
            raise store_busy()
        try:
            self.home.here.is_writing = True
            with self._plain_words(), self._begun(patience) as connection:
                yield connection
                connection.commit()
        finally:
            self.home.here.is_writing = False
            self.home.writer.release()

    @contextmanager
    def _begun(self, patience: float) -> Iterator[Connection]:
        """Give a connection in a write transaction; what is not committed is rolled back."""
        connection = self._begin(patience)
        try:
            yield connection
        finally:
            connection.close()

    def _begin(self, patience: float) -> Connection:
        deadline = time.monotonic() + patience
        while True:
            connection = self.home.write.connect()
            try:
                if self.dialect == "sqlite":
                    left = max(0, min(15_000, int((deadline - time.monotonic()) * 1000)))
                    _raw(connection).execute(f"PRAGMA busy_timeout={left}").close()
                connection.begin()
                if self.dialect == "postgresql":
                    self._queue(connection, patience)
            except OperationalError as error:
                connection.close()
                if not is_busy(error) or time.monotonic() >= deadline:
                    raise
            except BaseException:
                connection.close()
                raise
            else:
                return connection

    @staticmethod
    def _queue(connection: Connection, patience: float) -> None:
        """Wait for other writers: one at a time, as on SQLite, so that what was read stays true."""
        limit = max(1, int(patience * 1000))
        connection.execute(text(f"SET LOCAL lock_timeout = {limit}"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_KEY})

    @contextmanager
    def _plain_words(self) -> Iterator[None]:
        if self.home.check is not None and self.home.check.problem is not None:
            raise self.home.check.problem
        try:
            yield
        except (DBAPIError, PoolTimeoutError) as error:
            raised = in_words(error, str(self.home.address), self.path)
            if raised is error:
                raise
            raise raised from error


def _raw(connection: Connection) -> Any:  # driver connections have no shared type
    return connection.connection.driver_connection
