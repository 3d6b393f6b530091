"""Imports in the background: they survive a click, a change of page and a closed tab.

A thread of the server process does the work; the table `import_job` tells every tab
how far it is. Files wait in memory only, so a server that stops loses what was not
stored yet, and says so.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
import traceback
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from core.access import Action, require
from core.errors import PlumblineError, refusal
from core.imports.commit import commit
from core.imports.drops import DROPS, PROCESS, Drop
from core.imports.file_review import FileReview, Offered, ReviewState
from core.imports.frames import table_of
from core.imports.job_records import Job, JobState, close_orphans, how_it_ended, job, list_jobs, tell
from core.imports.review import answer, answer_alike, answer_everywhere, review_files
from core.imports.sentences import count_of
from core.imports.sharing import SharedQuestion, shared_questions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection

    from core.imports.model import Answers, Ask
    from core.imports.receipt import Receipt
    from core.store.engine import Store

__all__ = [
    "Job",
    "JobState",
    "SharedQuestion",
    "answer_file",
    "answer_shared",
    "cancel",
    "close_orphans",
    "failures",
    "job",
    "list_jobs",
    "receipts",
    "reviews",
    "shared_questions",
    "start_commit",
    "start_review",
]

_log = logging.getLogger(__name__)
BEAT = 5.0  # seconds between two signs of life


def start_review(
    store: Store, files: Sequence[Offered], *, answers: Mapping[str, Answers] | None = None
) -> int:
    """Return the number of a job that looks at the files in the background."""
    require(store.principal, Action.IMPORT)
    label = files[0].name if len(files) == 1 else count_of(len(files), "file", "files")
    now = int(time.time())
    with store.tracking(patience=15) as connection:
        written = connection.execute(
            insert(table_of("import_job")).values(
                upload=secrets.token_hex(8),
                label=label,
                state=JobState.WAITING.value,
                done=0,
                total=len(files),
                sentence="Waiting to be read.",
                wants_cancel=False,
                process=PROCESS,
                heartbeat=now,
                who=store.principal.name,
                at=now,
            )
        )
        job_id = int(written.inserted_primary_key[0])  # type: ignore[index]  # an inserted row has a key
    drop = Drop(total=len(files), is_running=True)
    DROPS.add(store, job_id, drop)
    kept = tuple(files)
    _work(store, job_id, drop, lambda: _look(store, job_id, drop, kept, answers or {}))
    return job_id


def reviews(store: Store, job_id: int) -> tuple[FileReview, ...]:
    """Return the files of a job as they stand; none when this process does not hold them any more."""
    require(store.principal, Action.IMPORT)
    drop = DROPS.get(store, job_id)
    return drop.reviews if drop else ()


def answer_file(store: Store, job_id: int, key: str, answers: Answers) -> tuple[FileReview, ...]:
    """Return the files of a job after one was answered; others of the same source follow.

    Raises:
        PlumblineError: `not-allowed`, `job-gone`.
    """
    drop = _held(store, job_id)
    drop.reviews = answer_alike(drop.reviews, key, answers)
    return drop.reviews


def answer_shared(store: Store, job_id: int, ask: Ask, key: str, value: str) -> tuple[FileReview, ...]:
    """Return the files of a job after a question that several of them ask was answered for all of them.

    Raises:
        PlumblineError: `not-allowed`, `job-gone`.
    """
    drop = _held(store, job_id)
    drop.reviews = answer_everywhere(drop.reviews, {(ask, key): value})
    return drop.reviews


def start_commit(store: Store, job_id: int, *, keys: Sequence[str] | None = None) -> None:
    """Begin to import the files of a job in the background.

    Args:
        store: who asks must be allowed to import.
        job_id: a job whose files were looked at.
        keys: which files; None means all that are ready. Others are let go of.

    Raises:
        PlumblineError: `not-allowed`, `job-gone`, `job-busy`, `nothing-ready`.
    """
    drop = _held(store, job_id)
    if drop.is_running:
        raise refusal("job-busy", "This import is already running.", "Wait until it has finished.")
    wanted = (ReviewState.READY, ReviewState.ALREADY_IMPORTED)
    chosen = [one for one in drop.reviews if one.state in wanted and (keys is None or one.key in keys)]
    if not any(one.state is ReviewState.READY for one in chosen):
        raise refusal(
            "nothing-ready",
            "No file of this drop can be imported yet.",
            "Answer the questions beside the files first.",
        )
    drop.is_running, drop.done, drop.total = True, 0, len(chosen)
    tell(store, job_id, patience=15, state=JobState.STORING, done=0, total=len(chosen), sentence="Importing.")
    _work(store, job_id, drop, lambda: _store(store, job_id, drop, chosen))


def receipts(store: Store, job_id: int) -> tuple[Receipt, ...]:
    """Return the receipts of a job while this process remembers them; the history keeps them."""
    require(store.principal, Action.IMPORT)
    drop = DROPS.get(store, job_id)
    return tuple(drop.receipts) if drop else ()


def failures(store: Store, job_id: int) -> Mapping[str, str]:
    """Return file -> why it was not imported."""
    require(store.principal, Action.IMPORT)
    drop = DROPS.get(store, job_id)
    return dict(drop.failures) if drop else {}


def cancel(store: Store, job_id: int) -> None:
    """Stop a job; what is not stored yet never will be. A job that has ended stays as it is."""
    if job(store, job_id).has_ended:
        return
    drop = DROPS.get(store, job_id)
    if drop is not None:
        drop.stop.set()
    if drop is None or drop.is_running:
        tell(store, job_id, patience=15, wants_cancel=True)
        return
    tell(store, job_id, patience=15, state=JobState.CANCELLED, wants_cancel=True, sentence=_CANCELLED)
    DROPS.remove(store, job_id)


_CANCELLED = "Cancelled; nothing was stored."


def _held(store: Store, job_id: int) -> Drop:
    require(store.principal, Action.IMPORT)
    drop = DROPS.get(store, job_id)
    if drop is None:
        raise refusal(
            "job-gone",
            "These files are not waiting here any more.",
            "Hand them in again; nothing of them was stored.",
        )
    return drop


def _work(store: Store, job_id: int, drop: Drop, step: Callable[[], None]) -> None:
    """Run one step of a job in a thread of its own, with signs of life beside it."""

    def run() -> None:
        ended = threading.Event()
        threading.Thread(
            target=_beat, args=(store, job_id, drop, ended), name=f"import-{job_id}-beat", daemon=True
        ).start()
        try:
            with DROPS.slots:
                step()
        except PlumblineError as error:
            _end(store, job_id, drop, error)
        except Exception as error:  # noqa: BLE001  (the last resort of a thread: nobody else would see it)
            trace = "".join(traceback.format_tb(error.__traceback__))
            _log.error(
                "import job %s failed with %s\n%s", job_id, type(error).__name__, trace
            )  # only its kind: a message may quote a cell
            _end(
                store,
                job_id,
                drop,
                refusal(
                    "import-failed",
                    "The import stopped for a reason of its own.",
                    "Try again; if it happens again, tell whoever looks after Plumbline.",
                ),
            )
        finally:
            ended.set()

    threading.Thread(target=run, name=f"import-{job_id}", daemon=True).start()


def _look(
    store: Store, job_id: int, drop: Drop, files: Sequence[Offered], answers: Mapping[str, Answers]
) -> None:
    tell(store, job_id, patience=15, state=JobState.READING, sentence="Reading the files.")
    drop.reviews = review_files(
        store, files, answers=answers, cancelled=drop.stop.is_set, progress=_progress(drop)
    )
    for gone in DROPS.make_room(store, job_id):
        sentence = (
            "Let go of because newer files needed the memory; nothing was stored. Hand the files in again."
        )
        tell(store, gone, patience=15, state=JobState.CANCELLED, sentence=sentence)
    drop.is_running = False
    ready = sum(one.state is ReviewState.READY for one in drop.reviews)
    sentence = f"{ready:,} of {count_of(len(drop.reviews), 'file is', 'files are')} ready to import."
    tell(
        store, job_id, patience=15, state=JobState.ASKING, done=0, total=len(drop.reviews), sentence=sentence
    )


def _store(store: Store, job_id: int, drop: Drop, chosen: Sequence[FileReview]) -> None:
    upload = job(store, job_id).upload
    waiting: list[FileReview] = []
    stored = 0
    for position, review in enumerate(chosen):
        _progress(drop)(position, len(chosen), review.file)
        fresh = _fresh(review)
        if fresh.state not in (ReviewState.READY, ReviewState.ALREADY_IMPORTED):
            waiting.append(fresh)
            continue

        def count_it(connection: Connection, number: int = stored + 1) -> None:
            table = table_of("import_job")
            values = {"done": number, "heartbeat": int(time.time())}
            connection.execute(update(table).where(table.c.id == job_id).values(**values))

        try:
            drop.receipts.append(
                commit(store, fresh, upload=upload, cancelled=drop.stop.is_set, within=count_it)
            )
            stored += 1
        except PlumblineError as error:
            if error.issue.code == "import-cancelled":
                raise
            drop.failures[review.file] = str(error)
        drop.reviews = tuple(one for one in drop.reviews if one.key != review.key)
    _finish(store, job_id, drop, waiting, len(chosen))


def _fresh(review: FileReview) -> FileReview:
    """Return the review as it stands now: an import just before may have changed what must be asked."""
    is_stale = review.material is not None and not review.material.surroundings.is_current()
    return answer(review, {}) if is_stale else review


def _finish(store: Store, job_id: int, drop: Drop, waiting: Sequence[FileReview], total: int) -> None:
    done = len(drop.receipts)
    drop.done = total
    if waiting:
        drop.reviews, drop.is_running = tuple(waiting), False
        asking = count_of(len(waiting), "asks something first", "ask something first")
        sentence = f"{done:,} of {count_of(total, 'file', 'files')} imported; {asking}."
        tell(store, job_id, patience=15, state=JobState.ASKING, done=0, total=len(waiting), sentence=sentence)
        return
    drop.reviews, drop.is_running = (), False
    state = JobState.DONE if drop.receipts else JobState.FAILED
    sentence = (
        drop.receipts[0].sentence
        if total == 1 and done
        else f"{done:,} of {count_of(total, 'file', 'files')} imported."
    )
    if drop.failures:
        sentence += " " + " ".join(drop.failures.values())
    tell(store, job_id, patience=60, state=state, done=done, total=total, sentence=sentence)


def _end(store: Store, job_id: int, drop: Drop, error: PlumblineError) -> None:
    """Close a job that stopped, saying how much of it is stored."""
    drop.reviews, drop.is_running = (), False
    is_cancelled = error.issue.code == "import-cancelled"
    begun = "Cancelled" if is_cancelled else error.issue.what.rstrip(".")
    sentence = how_it_ended(begun, len(drop.receipts), drop.total)
    sentence += "" if is_cancelled or not error.issue.fix else f" {error.issue.fix}"
    state = JobState.CANCELLED if is_cancelled else JobState.FAILED
    try:
        tell(store, job_id, patience=60, state=state, sentence=sentence)
    except PlumblineError:
        _log.warning("job %s ended, which could not be written down: %s", job_id, error.issue.code)
        DROPS.remove(store, job_id)  # so that it is closed as an orphan once the store can be written


def _progress(drop: Drop) -> Callable[[int, int, str], None]:
    def note(done: int, total: int, name: str) -> None:
        drop.done, drop.total, drop.name = done, total, name

    return note


def _beat(store: Store, job_id: int, drop: Drop, ended: threading.Event) -> None:
    """Show signs of life and look for a cancel that came through another process."""
    table = table_of("import_job")
    while not ended.wait(BEAT):
        try:
            with store.tracking(patience=0.5) as connection:
                query = select(table.c.wants_cancel).where(table.c.id == job_id)
                if connection.execute(query).scalar_one():
                    drop.stop.set()
                connection.execute(
                    update(table).where(table.c.id == job_id).values(heartbeat=int(time.time()))
                )
        except PlumblineError:
            continue  # somebody is storing; the next beat will do
