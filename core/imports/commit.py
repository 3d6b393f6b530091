"""From a settled review to stored facts: one transaction, all of it or nothing."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from core.access import Action, require
from core.errors import refusal
from core.imports.differences import Differences, compare
from core.imports.file_review import ReviewState
from core.imports.frames import table_of
from core.imports.memory import give_back
from core.imports.model import Ask
from core.imports.privacy import without_people
from core.imports.profiles import save_profile
from core.imports.quarantine import store_set_aside
from core.imports.questions import remember, source_of
from core.imports.receipt import Outcome, Receipt
from core.imports.review import import_cancelled
from core.imports.standing import Standing, standing_file, standing_of_file
from core.imports.twins import owner_of_rows, renew
from core.rollups import rebuild, touched_by
from core.store.bulk import insert_frame, many_rows
from core.store.space import require_space

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from sqlalchemy import Connection

    from core.imports.file_review import FileReview
    from core.imports.portions import Material, Reading
    from core.store.engine import Store

_ROOM = 3  # times the size of the file: rows, indexes and the journal
_BLOCK = 50_000  # rows between two looks at the cancel button


@dataclass(frozen=True, slots=True, kw_only=True)
class _Import:
    """Everything the transaction needs, worked out before it begins."""

    review: FileReview
    material: Material
    reading: Reading
    upload: str
    campaign_id: int | None
    who: str
    at: int
    cancelled: Callable[[], bool]


class _SameFileError(Exception):
    """Leaves the transaction without a trace: somebody else imported the file meanwhile."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing


def commit(
    store: Store,
    review: FileReview,
    *,
    upload: str,
    cancelled: Callable[[], bool] = lambda: False,
    within: Callable[[Connection], None] | None = None,
    now: int | None = None,
) -> Receipt:
    """Return the receipt of an import that is stored when this returns, and not at all when it raises.

    Args:
        store: who asks must be allowed to import.
        review: ready, or already imported, which changes nothing.
        upload: groups the files of one drop.
        cancelled: asked until right before everything becomes lasting.
        within: called at the end of the transaction, for what must become true together with it.
        now: Unix seconds; None means the clock.

    Raises:
        PlumblineError: `not-allowed`, `not-ready`, `review-again`, `import-cancelled`,
            `disk-too-small` and those of the store; nothing was stored.
    """
    require(store.principal, Action.IMPORT)
    if review.state is ReviewState.ALREADY_IMPORTED:
        standing = review.standing or standing_of_file(store, review.sha256)
        return _same_file(review, standing)
    prepared = _prepare(store, review, upload, cancelled, int(time.time()) if now is None else now)
    standing = standing_of_file(store, review.sha256)
    reading = prepared.reading
    if standing and standing.holds(review.format, reading.account, reading.snapshot_day):
        return _same_file(review, standing)
    detail: dict[str, Any] = {"format": review.format, "upload": upload}
    try:
        with store.writing("import", review.file, detail) as connection:
            receipt = _write(connection, prepared)
            detail |= {
                "batch": receipt.batch_id,
                "rows": receipt.counts.stored,
                "outcome": receipt.outcome.value,
            }
            if within is not None:
                within(connection)
            if cancelled():
                raise import_cancelled()
    except _SameFileError as same:
        return _same_file(review, same.standing)
    give_back()
    return receipt


def _prepare(
    store: Store, review: FileReview, upload: str, cancelled: Callable[[], bool], now: int
) -> _Import:
    """Return what the transaction needs, so that it holds the store as briefly as possible."""
    material, reading = review.material, review.reading
    if review.state is not ReviewState.READY or material is None or reading is None:
        raise refusal(
            "not-ready",
            f"{review.file} cannot be imported yet: {review.sentence}",
            "Answer what is asked, or leave the file out.",
        )
    if cancelled():
        raise import_cancelled()
    if not material.surroundings.is_current():
        raise refusal(
            "review-again",
            f"While {review.file} waited, its account was imported by others, or older orders were closed.",
            "Look at it once more: it may have to be read in another way now.",
        )
    require_space(store, _ROOM * review.size)
    campaign = _answer(review, Ask.CAMPAIGN)
    return _Import(
        review=review,
        material=material,
        reading=reading,
        upload=upload,
        campaign_id=int(campaign) if campaign.isdigit() else None,
        who=store.principal.name,
        at=now,
        cancelled=cancelled,
    )


def _write(connection: Connection, job: _Import) -> Receipt:
    """Write one import and return its receipt."""
    review = job.review
    standing = standing_file(connection, review.sha256)
    if standing and standing.holds(review.format, job.reading.account, job.reading.snapshot_day):
        raise _SameFileError(standing)
    owner = owner_of_rows(connection, job.review.digest)
    as_of = job.reading.newest.as_of
    receipt = Receipt(
        batch_id=0,
        file=review.file,
        label=review.label,
        outcome=Outcome.SAME_ROWS if owner else Outcome.STORED,
        counts=review.counts,
        differences=_differences(connection, job, is_twin=owner is not None),
        checks=job.reading.checks,
        issues=tuple(without_people(str(issue)) for issue in review.issues),
        as_of=as_of,
        parts=job.material.parts,
        other=owner[1] if owner else "",
    )
    batch_id = _insert_header(connection, job, receipt, owner[0] if owner else None)
    if owner is None:
        for name, frame in job.reading.frames.items():
            _insert_facts(connection, name, frame, batch_id, job.cancelled)
        rebuild(connection, touched_by(connection, batch_id))
    elif renew(connection, owner[0]):
        rebuild(connection, touched_by(connection, owner[0]))
    store_set_aside(connection, batch_id, job.reading.aside)
    _keep_answers(connection, job)
    return receipt.for_batch(batch_id)


def _differences(connection: Connection, job: _Import, *, is_twin: bool) -> Differences:
    """Return how the rows compare with what is known at this moment, not when the file was reviewed."""
    before = job.review.differences or Differences()
    if is_twin:
        return Differences(unchanged=before.total)
    revision = connection.exec_driver_sql("SELECT revision FROM workspace").scalar_one()
    if revision == job.review.revision:
        return before
    as_of = job.reading.newest.as_of
    return compare(connection, job.reading.frames, format_name=job.review.format, as_of=as_of)


def _insert_header(connection: Connection, job: _Import, receipt: Receipt, twin_of: int | None) -> int:
    review, reading, newest = job.review, job.reading, job.reading.newest
    chosen = job.material.portions[0].format
    answers = {f"{one.question.ask.value}|{one.question.key}": one.value for one in review.answered}
    written = connection.execute(
        insert(table_of("import_batch")).values(
            upload=job.upload,
            file_name=review.file,
            sha256=review.sha256,
            size=review.size,
            format=chosen.name,
            label=chosen.label,
            provenance=chosen.provenance,
            campaign_id=job.campaign_id,
            account=reading.account,
            currency=reading.currency,
            zone=reading.zone,
            first_day=reading.first_day,
            last_day=reading.last_day,
            as_of=newest.as_of,
            as_of_from=newest.as_of_from,
            answers=json.dumps(answers, ensure_ascii=False),
            importer_version=chosen.version,
            rows_digest=job.review.digest,
            twin_of=twin_of,
            rows_in=receipt.counts.rows_in,
            rows_stored=receipt.counts.stored,
            rows_aside=receipt.counts.aside,
            rows_ignored=receipt.counts.ignored_rows,
            receipt=receipt.to_json(),
            who=job.who,
            at=job.at,
            undone_by="",
        )
    )
    key = written.inserted_primary_key
    if key is None:
        msg = "the database gave no id for the import"
        raise RuntimeError(msg)
    return int(key[0])


def _insert_facts(
    connection: Connection, name: str, frame: pd.DataFrame, batch_id: int, cancelled: Callable[[], bool]
) -> None:
    with many_rows(connection, name, len(frame)):
        for start in range(0, len(frame), _BLOCK):
            if cancelled():
                raise import_cancelled()
            insert_frame(connection, name, frame.iloc[start : start + _BLOCK], batch_id=batch_id)


def _keep_answers(connection: Connection, job: _Import) -> None:
    """Remember what people answered, so that the next file of the source asks less."""
    said = {(one.question.ask, one.question.key): one for one in job.review.answered}
    source = source_of(job.review.format, job.material.fingerprint, job.reading.account)
    remember(connection, source, said, job.who)
    if job.material.mapping is not None:
        save_profile(connection, job.material.mapping, job.who)


def _same_file(review: FileReview, standing: Standing | None) -> Receipt:
    """Return the receipt of a file that is known: nothing was done."""
    return Receipt(
        batch_id=standing.batch_ids[0] if standing else 0,
        file=review.file,
        label=review.label,
        outcome=Outcome.SAME_FILE,
        other=standing.file_name if standing else review.file,
    )


def _answer(review: FileReview, ask: Ask) -> str:
    return next((one.value for one in review.answered if one.question.ask is ask), "")
