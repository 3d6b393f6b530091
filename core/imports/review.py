"""What would happen to each file that was handed in; nothing is written here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from core.access import Action, require
from core.errors import Issue, PlumblineError, refusal
from core.imports.encoding_choice import GUESSED
from core.imports.file_review import FileReview, Offered, ReviewState
from core.imports.formats import FORMATS
from core.imports.materials import Materials, materials_of
from core.imports.model import Answers, Ask, ExportFormat, FileText
from core.imports.portions import Material, rows_of
from core.imports.questions import REMEMBERED, Answered, volunteered
from core.imports.reading import read_file
from core.imports.receipt import Counts
from core.imports.settling import Said, settle
from core.imports.siblings import inform_siblings, without_repeats
from core.imports.standing import Standing, standing_of_file
from core.imports.surroundings import Surroundings, surroundings
from core.units import instant_of, write_day

if TYPE_CHECKING:
    from core.imports.portions import Material
    from core.store.engine import Store

__all__ = [
    "FileReview",
    "Offered",
    "ReviewState",
    "answer",
    "answer_alike",
    "answer_everywhere",
    "import_cancelled",
    "review_files",
]

Progress = Callable[[int, int, str], None]


def review_files(
    store: Store,
    files: Sequence[Offered],
    *,
    answers: Mapping[str, Answers] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    formats: Sequence[ExportFormat] = FORMATS,
    now: int | None = None,
) -> tuple[FileReview, ...]:
    """Return what would happen to each file, in the order given; a ZIP gives one review per member.

    Args:
        store: who asks must be allowed to import.
        files: as handed in.
        answers: file name -> what is known already, for instance from a script.
        progress: called with files done, files in all, name of the next.
        cancelled: asked between files.
        formats: kinds of export that are recognised.
        now: Unix seconds; None means the clock.

    Raises:
        PlumblineError: `not-allowed`, `import-cancelled`. A bad file is a review of its own, not an error.
    """
    require(store.principal, Action.IMPORT)
    world = surroundings(store, now=now)
    reviews: list[FileReview] = []
    for position, offered in enumerate(files):
        if cancelled():
            raise import_cancelled()
        if progress is not None:
            progress(position, len(files), offered.name)
        reviews += _review_offered(world, offered, formats, answers or {}, cancelled)
    return inform_siblings(without_repeats(reviews))


def import_cancelled() -> PlumblineError:
    """Return the error that ends a cancelled import."""
    return refusal(
        "import-cancelled",
        "The import was cancelled; nothing of it was stored.",
        "Start it again when you like.",
    )


def answer(review: FileReview, answers: Answers) -> FileReview:
    """Return the review under more answers, without reading the file again.

    Args:
        review: as it stands.
        answers: (ask, key) -> answer; an answer given before may be changed. For an unknown table
            `Ask.GRAIN` chooses what a row is, `Ask.MAPPING` with a column label says what the column
            is; an empty grain maps a remembered shape anew.
    """
    material = review.material
    if material is None:
        return review
    if not answers and review.state is ReviewState.READY and material.surroundings.is_current():
        return review
    encoding = answers.get((Ask.ENCODING, ""), "")
    if encoding and review.offered is not None:
        review = _decoded_again(review, review.offered, material, encoding)
        material = review.material
        if material is None:
            return review
    asked = {
        (one.ask, one.key): one for one in (*review.questions, *(said.question for said in review.answered))
    }
    said = {(one.question.ask, one.question.key): one for one in review.answered}
    for (ask, key), value in answers.items():
        question = asked.get((ask, key)) or volunteered(ask, key)
        said[ask, key] = Answered(
            question=replace(question, remembered=False), value=value, origin="answered now"
        )
    return replace(settle(review.key, material, said), offered=review.offered)


def answer_alike(reviews: Sequence[FileReview], key: str, answers: Answers) -> tuple[FileReview, ...]:
    """Return the reviews with one answered, and files of its source that ask the same answered alike."""
    chosen = next(review for review in reviews if review.key == key)
    lasting = {one: value for one, value in answers.items() if one[0] in REMEMBERED}

    def after(review: FileReview) -> FileReview:
        if review.key == key:
            return answer(review, answers)
        open_questions = {(one.ask, one.key) for one in review.questions}
        alike = {one: value for one, value in lasting.items() if one in open_questions}
        return answer(review, alike) if alike and review.source == chosen.source else review

    return inform_siblings([after(review) for review in reviews])


def answer_everywhere(reviews: Sequence[FileReview], answers: Answers) -> tuple[FileReview, ...]:
    """Return the reviews with every file answered that asks one of these questions."""

    def after(review: FileReview) -> FileReview:
        asked = {(one.ask, one.key) for one in review.questions}
        meant = {one: value for one, value in answers.items() if one in asked}
        return answer(review, meant) if meant else review

    return inform_siblings([after(review) for review in reviews])


def _review_offered(
    world: Surroundings,
    offered: Offered,
    formats: Sequence[ExportFormat],
    answers: Mapping[str, Answers],
    cancelled: Callable[[], bool],
) -> list[FileReview]:
    digest = hashlib.sha256(offered.data).hexdigest()
    standing = standing_of_file(world.store, digest)
    if standing and standing.is_anyones:
        return [_already(digest, offered.name, len(offered.data), standing)]
    encoding = answers.get(offered.name, {}).get((Ask.ENCODING, ""), "")
    try:
        texts = read_file(
            offered.name,
            offered.data,
            modified_at=offered.modified_at,
            encoding=encoding,
            cancelled=cancelled,
        )
    except PlumblineError as error:
        if cancelled():
            raise
        return [_refused(digest, offered.name, len(offered.data), error.issue)]
    reviews = []
    for text in texts:
        kept = offered if any(issue.code == GUESSED for issue in text.issues) else None
        said = {
            (ask, key): Answered(question=volunteered(ask, key), value=value, origin="given")
            for (ask, key), value in answers.get(text.file, {}).items()
        }
        reviews += [replace(one, offered=kept) for one in _review_text(world, text, formats, said)]
    return reviews


def _review_text(
    world: Surroundings, text: FileText, formats: Sequence[ExportFormat], said: Said
) -> list[FileReview]:
    standing = standing_of_file(world.store, text.sha256)
    if standing and standing.is_anyones:
        return [_already(text.sha256, text.file, text.size, standing)]
    found = materials_of(world, text, formats)
    if not found.materials:
        return [_not_recognised(text, found, said)]
    reviews = []
    for material in found.materials:
        name = material.format.name if material.format else "unknown"
        key = f"{text.sha256}:{name}"
        settled = settle(key, material, said)
        account = settled.reading.account if settled.reading else ""
        day = settled.reading.snapshot_day if settled.reading else None
        if standing and standing.holds(name, account, day):
            reviews.append(replace(_already(text.sha256, text.file, text.size, standing), key=key))
        else:
            reviews.append(settled)
    return reviews


def _decoded_again(review: FileReview, offered: Offered, material: Material, encoding: str) -> FileReview:
    """Return the review of a file whose text is read in another encoding than was guessed."""
    try:
        texts = read_file(offered.name, offered.data, modified_at=offered.modified_at, encoding=encoding)
    except PlumblineError as error:
        return replace(review, issues=(*review.issues, error.issue))
    text = next(one for one in texts if one.file == review.file)
    said = {(one.question.ask, one.question.key): one for one in review.answered}
    again = _review_text(material.surroundings, text, material.formats, said)
    return replace(again[0], key=review.key, offered=offered)


def _not_recognised(text: FileText, found: Materials, said: Said) -> FileReview:
    """Return the review of a file of which no table is known."""
    base = FileReview(
        key=f"{text.sha256}:unknown",
        file=text.file,
        sha256=text.sha256,
        size=text.size,
        issues=text.issues,
        sentence=f"{text.file} holds no rows to import.",
        state=ReviewState.NOTHING,
        counts=Counts(rows_in=sum(rows_of(table) for table in text.tables)),
    )
    return settle(base.key, found.unknown, said) if found.unknown else base


def _already(digest: str, name: str, size: int, standing: Standing) -> FileReview:
    day = write_day(instant_of(standing.at).date())
    other = "" if standing.file_name == name else f" as {standing.file_name}"
    return FileReview(
        key=f"{digest}:standing",
        file=name,
        sha256=digest,
        size=size,
        format=standing.formats[0],
        label=standing.label,
        state=ReviewState.ALREADY_IMPORTED,
        standing=standing,
        sentence=f"{standing.label}: this very file was imported on {day}{other}. Nothing will change. "
        "To read it in another way, undo that import first.",
    )


def _refused(digest: str, name: str, size: int, issue: Issue) -> FileReview:
    return FileReview(
        key=f"{digest}:refused",
        file=name,
        sha256=digest,
        size=size,
        state=ReviewState.REFUSED,
        sentence=str(issue),
        issues=(issue,),
    )
