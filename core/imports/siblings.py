"""What the files of one drop say about each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from core.imports.file_review import FileReview, ReviewState
from core.imports.formats import studio_content
from core.imports.model import Ask
from core.imports.questions import Answered
from core.imports.settling import settle
from core.imports.sharing import fits
from core.units import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_DAY_SECONDS = 86_400


def without_repeats(reviews: Sequence[FileReview]) -> list[FileReview]:
    """Return the reviews, a file that was handed in twice marked as such the second time."""
    first: dict[tuple[str, str, int | None], str] = {}
    keys: set[str] = set()
    result = []
    for position, review in enumerate(reviews):
        own = replace(review, key=f"{review.key}:{position}") if review.key in keys else review
        keys.add(own.key)
        what = (review.key, _account(review), review.reading.snapshot_day if review.reading else None)
        is_open = any(question.ask is Ask.ACCOUNT for question in review.questions) or (
            what[2] is not None and any(question.ask is Ask.EXPORT_DAY for question in review.questions)
        )
        if what in first and not is_open and review.state is not ReviewState.REFUSED:
            own = _repeat(own, first[what])
        first.setdefault(what, review.file)
        result.append(own)
    return result


def _account(review: FileReview) -> str:
    """Return whose a file is known to be, by itself or by the import that holds it already."""
    if review.standing is not None:
        return next((whose for whose in review.standing.accounts if whose), "")
    return review.reading.account if review.reading else ""


def _repeat(review: FileReview, first: str) -> FileReview:
    return replace(
        review,
        state=ReviewState.ALREADY_IMPORTED,
        sentence=f"{review.file} is the same file as {first} in this drop; it counts once.",
        questions=(),
        material=None,
    )


def inform_siblings(reviews: Sequence[FileReview]) -> tuple[FileReview, ...]:
    """Return the reviews, files of one archive told whose account their sibling proves.

    Elsewhere the account of another file of the drop is only suggested.
    """
    everyone = {_account(review) for review in reviews} - {""}
    by_folder: dict[str, list[FileReview]] = {}
    for review in reviews:
        by_folder.setdefault(_folder(review.file), []).append(review)
    proven = {folder: _one_account(some) for folder, some in by_folder.items() if _is_archive(folder)}
    suggested = everyone.pop() if len(everyone) == 1 else ""
    told = [_told(review, proven.get(_folder(review.file), ""), suggested) for review in reviews]
    days = {folder: _one_day(some) for folder, some in by_folder.items()}
    return tuple(_day_suggested(review, days[_folder(review.file)]) for review in told)


def _one_day(reviews: Sequence[FileReview]) -> date | None:
    """Return the one export day that files of a folder state themselves, None without or with several."""
    days = {
        review.reading.newest.as_of // _DAY_SECONDS
        for review in reviews
        if review.format == studio_content.FORMAT.name and review.reading and not review.questions
    }
    return day_of(days.pop()) if len(days) == 1 else None


def _day_suggested(review: FileReview, proven: date | None) -> FileReview:
    """Return the review with the export day of its sibling preselected where it fits."""
    asked = next((one for one in review.questions if one.ask is Ask.EXPORT_DAY), None)
    if asked is None or proven is None:
        return review
    day = proven.isoformat()
    if asked.choices and not any(fits(proven, date.fromisoformat(value)) for value in asked.choices):
        return review
    why = f"The list of videos in the same drop was downloaded on {day}."
    choices = asked.choices
    if choices and day not in choices:
        choices = {day: f"{day}, like the list of videos", **choices}
    better = replace(
        asked, choices=choices, suggestion=day, evidence=tuple(dict.fromkeys((*asked.evidence, why)))
    )
    questions = tuple(better if one is asked else one for one in review.questions)
    return replace(review, questions=questions)


def _told(review: FileReview, proven: str, suggested: str) -> FileReview:
    """Return the review of a file that asks whose it is, told what its siblings prove or suggest."""
    asked = next((one for one in review.questions if one.ask is Ask.ACCOUNT), None)
    if asked is None or review.material is None:
        return review
    if proven:
        said = {(one.question.ask, one.question.key): one for one in review.answered}
        origin = "shown by another file of the same archive"
        said[asked.ask, asked.key] = Answered(question=asked, value=proven, origin=origin)
        return replace(settle(review.key, review.material, said), offered=review.offered)
    if suggested and not asked.suggestion:
        better = replace(asked, suggestion=suggested)
        questions = tuple(better if one is asked else one for one in review.questions)
        return replace(review, questions=questions)
    return review


def _one_account(reviews: Sequence[FileReview]) -> str:
    """Return the account that the files of a folder prove, '' when they may be of several.

    One export holds each of its tables once: a table that is there twice comes from two.
    """
    kinds = [review.format for review in reviews if review.format]
    accounts = {_account(review) for review in reviews} - {""}
    return accounts.pop() if len(accounts) == 1 and len(kinds) == len(set(kinds)) else ""


def _folder(name: str) -> str:
    return str(PurePosixPath(name).parent)


def _is_archive(folder: str) -> bool:
    return any(part.lower().endswith(".zip") for part in PurePosixPath(folder).parts)
