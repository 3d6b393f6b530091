"""What an open store holds on to: engines, lock, the check of the file."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from core.store.problems import store_damaged
from core.store.sqlite import driver

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from core.errors import PlumblineError
    from core.store.addresses import Address

AT_ONCE = 24_000_000  # bytes; a larger file is checked while the app already runs


class FileCheck:
    """The check of an SQLite file: at once for a small file, in the background for a large one."""

    def __init__(self, path: Path) -> None:
        """Start checking; `problem` tells what was found."""
        self.problem: PlumblineError | None = None
        self._path = path
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="store-check", daemon=True)
        if path.stat().st_size <= AT_ONCE:
            self._run()
        else:
            self._thread.start()

    def finish(self) -> PlumblineError | None:
        """Wait for the end of the check; return what was found."""
        if self._thread.is_alive():
            self._thread.join()
        return self.problem

    def stop(self) -> None:
        """End a check that still runs."""
        self._stop.set()
        self.finish()

    def _run(self) -> None:
        module = driver()
        connection = module.connect(
            f"{self._path.as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=15
        )
        try:
            connection.set_progress_handler(self._stop.is_set, 10_000)
            finding = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
            if finding != "ok":
                self.problem = store_damaged(str(self._path), finding)
        except module.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (11, 26):  # corrupt, not a database
                self.problem = store_damaged(str(self._path), str(error))
        finally:
            connection.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """One open store, shared by everybody who uses it in this process.

    Attributes:
        address: where it is.
        dialect: sqlite or postgresql.
        read: engine of read-only snapshots.
        write: engine of write transactions.
        notice: a sentence for whoever looks after the app; '' if there is none.
        writer: held during a write, so that writers of this process queue fairly.
        gate: held while a reader opens a connection, and while the file is put in another's place.
        copying: held while the file is copied or replaced as a whole, so that one waits for the other.
        here: tells whether the running thread is writing already.
        check: the check of an SQLite file; None for a server.
        in_use: lock file that tells upgrades of other processes that we are here.
    """

    address: Address
    dialect: str
    read: Engine
    write: Engine
    notice: str = ""
    writer: threading.Lock = field(default_factory=threading.Lock)
    gate: threading.Lock = field(default_factory=threading.Lock)
    copying: threading.Lock = field(default_factory=threading.Lock)
    here: threading.local = field(default_factory=threading.local)
    check: FileCheck | None = None
    in_use: IO[bytes] | None = None

    def close(self) -> None:
        """Let go of everything."""
        if self.check is not None:
            self.check.stop()
        self.read.dispose()
        self.write.dispose()
        if self.in_use is not None:
            self.in_use.close()
