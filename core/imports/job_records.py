"""The record of background imports, as every tab sees it: how far they are, and which died."""

from __future__ import annotations

import os
import socket
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from core.access import Action, require
from core.errors import refusal
from core.imports.drops import DROPS, PROCESS
from core.imports.frames import table_of
from core.imports.sentences import count_of

if TYPE_CHECKING:
    from sqlalchemy import Row

    from core.store.engine import Store

SILENT = 60  # seconds without a sign of life after which a job counts as dead


class JobState(StrEnum):
    """How far an import is."""

    WAITING = "waiting"
    READING = "reading"
    ASKING = "asking"  # the files are looked at; a person decides
    STORING = "storing"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A background import as every tab sees it.

    Attributes:
        job_id: its number.
        upload: groups the imports that come of it.
        label: the files in words.
        state: how far it is.
        done: files finished in the present step.
        total: files of the present step.
        sentence: what is happening or has happened.
        who: who handed the files in.
        at: Unix seconds when they came in.
    """

    job_id: int
    upload: str
    label: str
    state: JobState
    done: int
    total: int
    sentence: str
    who: str
    at: int

    @property
    def has_ended(self) -> bool:
        """Return whether nothing more will happen."""
        return self.state in ENDED

    @property
    def is_working(self) -> bool:
        """Return whether it goes on without anybody doing anything."""
        return self.state in (JobState.WAITING, JobState.READING, JobState.STORING)


def job(store: Store, job_id: int) -> Job:
    """Return how far a job is.

    Raises:
        PlumblineError: `not-allowed`, `job-unknown`.
    """
    require(store.principal, Action.IMPORT)
    table = table_of("import_job")
    with store.reading() as connection:
        row = connection.execute(select(table).where(table.c.id == job_id)).first()
    if row is None:
        raise refusal("job-unknown", "There is no such import.", "Hand the files in again.")
    return _job(store, row)


def list_jobs(store: Store, *, only_open: bool = True, limit: int = 20) -> tuple[Job, ...]:
    """Return the jobs, newest first.

    Args:
        store: who asks must be allowed to import.
        only_open: leave out those that ended.
        limit: how many at most.
    """
    require(store.principal, Action.IMPORT)
    table = table_of("import_job")
    query = select(table).order_by(table.c.id.desc()).limit(limit)
    if only_open:
        query = query.where(table.c.state.not_in([state.value for state in ENDED]))
    with store.reading() as connection:
        return tuple(_job(store, row) for row in connection.execute(query))


def close_orphans(store: Store, *, now: int | None = None) -> int:
    """Return how many jobs were closed because the process that ran them is gone."""
    moment = int(time.time()) if now is None else now
    table = table_of("import_job")
    query = select(table).where(table.c.state.not_in([state.value for state in ENDED]))
    with store.reading() as connection:
        lost = [row for row in connection.execute(query) if _is_lost(store, row, moment)]
    for row in lost:
        stored = row.done if row.state == JobState.STORING.value else 0
        sentence = how_it_ended("Stopped when the app closed", stored, row.total)
        tell(store, row.id, patience=15, state=JobState.FAILED, sentence=sentence)
    return len(lost)


def _is_lost(store: Store, row: Row[Any], now: int) -> bool:
    if row.process == PROCESS:
        return DROPS.get(store, row.id) is None
    host, _, rest = row.process.partition(":")
    pid = rest.partition(":")[0]
    if host == socket.gethostname() and os.name == "posix" and pid.isdigit() and not _lives(int(pid)):
        return True
    return bool(now - row.heartbeat > SILENT)


def _lives(pid: int) -> bool:
    """Return whether a process of another life runs under this number; our own number is taken by us."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def how_it_ended(begun: str, stored: int, total: int) -> str:
    """Return how a job ended and how much of it is stored, in words."""
    if not stored:
        return f"{begun}; nothing was stored."
    return (
        f"{begun}; {stored:,} of {count_of(total, 'file', 'files')} had been stored, nothing of the others."
    )


def tell(store: Store, job_id: int, *, patience: float, **values: Any) -> None:  # the columns of one table
    """Write down how far a job is, and that it lives.

    Args:
        store: where.
        job_id: which.
        patience: seconds to wait for an import that is being stored.
        values: columns of `import_job`.
    """
    table = table_of("import_job")
    plain = {name: value.value if isinstance(value, StrEnum) else value for name, value in values.items()}
    with store.tracking(patience=patience) as connection:
        connection.execute(
            update(table).where(table.c.id == job_id).values(**plain, heartbeat=int(time.time()))
        )


def _job(store: Store, row: Row[Any]) -> Job:
    drop = DROPS.get(store, row.id)
    state = JobState(row.state)
    is_live = drop is not None and drop.is_running
    sentence = row.sentence
    if is_live and drop is not None and drop.name:
        verb = "Reading" if state is JobState.READING else "Importing"
        sentence = f"{verb} {drop.name} ({drop.done + 1} of {drop.total})."
    return Job(
        job_id=row.id,
        upload=row.upload,
        label=row.label,
        state=state,
        done=drop.done if is_live and drop else row.done,
        total=drop.total if is_live and drop else row.total,
        sentence=sentence,
        who=row.who,
        at=row.at,
    )
