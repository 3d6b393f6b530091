"""What the files of one drop say about each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from core.imports.file_review import FileReview, ReviewState
from core.imports.model import Ask
from core.imports.questions import Answered
from core.imports.settling import settle

if TYPE_CHECKING:
    from collections.abc import Sequence


def without_repeats(reviews: Sequence[FileReview]) -> list[FileReview]:
    """Return the reviews, a file that was handed in twice marked as such the second time."""
    first: dict[tuple[str, str], str] = {}
    keys: set[str] = set()
    result = []
    for position, review in enumerate(reviews):
        own = replace(review, key=f"{review.key}:{position}") if review.key in keys else review
        keys.add(own.key)
        earlier = first.get((review.key, _account(review)))
        asks_whose = any(question.ask is Ask.ACCOUNT for question in review.questions)
        if earlier is not None and not asks_whose and review.state is not ReviewState.REFUSED:
            own = _repeat(own, earlier)
        first.setdefault((review.key, _account(review)), review.file)
        result.append(own)
    return result


def _account(review: FileReview) -> str:
    return review.reading.account if review.reading else ""


def _repeat(review: FileReview, first: str) -> FileReview:
    return replace(
        review,
        state=ReviewState.ALREADY_IMPORTED,
        sentence=f"{review.file} is the same file as {first} in this drop; it counts once.",
        questions=(),
        material=None,
        reading=None,
    )


def inform_siblings(reviews: Sequence[FileReview]) -> tuple[FileReview, ...]:
    """Return the reviews, files of one archive told whose account their sibling proves.

    Elsewhere the account of another file of the drop is only suggested.
    """
    proven: dict[str, set[str]] = {}
    for review in reviews:
        if review.reading and review.reading.account:
            proven.setdefault(_folder(review.file), set()).add(review.reading.account)
    everyone = set().union(*proven.values()) if proven else set()

    def told(review: FileReview) -> FileReview:
        asked = next((one for one in review.questions if one.ask is Ask.ACCOUNT), None)
        if asked is None or review.material is None:
            return review
        accounts = proven.get(_folder(review.file), set())
        if _is_in_archive(review.file) and len(accounts) == 1:
            account = next(iter(accounts))
            said = {(one.question.ask, one.question.key): one for one in review.answered}
            said[asked.ask, asked.key] = Answered(
                question=asked, value=account, origin="shown by another file of the same archive"
            )
            return settle(review.key, review.material, said)
        if len(everyone) == 1 and not asked.suggestion:
            suggested = replace(asked, suggestion=next(iter(everyone)))
            return replace(
                review, questions=tuple(suggested if one is asked else one for one in review.questions)
            )
        return review

    return tuple(told(review) for review in reviews)


def _folder(name: str) -> str:
    return str(PurePosixPath(name).parent)


def _is_in_archive(name: str) -> bool:
    return any(part.lower().endswith(".zip") for part in PurePosixPath(name).parts[:-1])
