"""Questions that several files of one drop ask alike: answered once, for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.imports.model import Ask, Question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.imports.file_review import FileReview

SHARED = (Ask.ACCOUNT, Ask.EXPORT_DAY, Ask.CURRENCY, Ask.ZONE, Ask.CAMPAIGN)
_FEWEST = 2  # files
_USUAL_LAG = timedelta(days=4)  # from the last row of a Studio file to its download
_WHY = {
    Ask.ACCOUNT: "Whose TikTok account are these files about? TikTok does not write the handle into them.",
    Ask.EXPORT_DAY: "On which day were these files downloaded? They do not say it in full.",
    Ask.CURRENCY: "Which currency are the amounts of these files in?",
    Ask.ZONE: "In which time zone are the times of these files?",
    Ask.CAMPAIGN: "Which campaign do these files belong to?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedQuestion:
    """One thing that several files ask alike.

    Attributes:
        ask: what is asked.
        key: which column or table it is about, '' for the whole files.
        sentence: the question in plain words.
        evidence: facts of the files that help to answer.
        choices: value -> words; empty means free text, for the export day a calendar day.
        suggestion: the value to preselect, '' for none.
        files: display names of the files that ask it.
    """

    ask: Ask
    key: str = ""
    sentence: str
    evidence: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    suggestion: str = ""
    files: tuple[str, ...]


def shared_questions(reviews: Sequence[FileReview]) -> tuple[SharedQuestion, ...]:
    """Return what two files or more ask alike, in the order of `SHARED`."""
    groups: dict[tuple[Ask, str], list[tuple[str, Question]]] = {}
    for review in reviews:
        for question in review.questions:
            if question.ask in SHARED:
                groups.setdefault((question.ask, question.key), []).append((review.file, question))
    ordered = sorted(groups.items(), key=lambda one: SHARED.index(one[0][0]))
    found = [_shared(asked) for _, asked in ordered if len(asked) >= _FEWEST]
    return tuple(one for one in found if one is not None)


def _shared(asked: Sequence[tuple[str, Question]]) -> SharedQuestion | None:
    """Return the one question of several files, None where no answer fits them all."""
    files, questions = tuple(file for file, _ in asked), [question for _, question in asked]
    first = questions[0]
    if first.ask is Ask.EXPORT_DAY:
        choices = _days_for_all(questions)
        if choices is None:
            return None
    elif any(one.choices != first.choices for one in questions):
        return None
    else:
        choices = first.choices
    suggested = {one.suggestion for one in questions} - {""}
    agreed = suggested.pop() if len(suggested) == 1 else ""
    if first.ask is Ask.EXPORT_DAY and choices:
        agreed = agreed if agreed in choices else next(iter(choices))
    return SharedQuestion(
        ask=first.ask,
        key=first.key,
        sentence=first.sentence
        if len({one.sentence for one in questions}) == 1 and first.key
        else _WHY[first.ask],
        evidence=_evidence(asked),
        choices=choices,
        suggestion=agreed,
        files=files,
    )


def _evidence(asked: Sequence[tuple[str, Question]]) -> tuple[str, ...]:
    """Return a line of each file's evidence, equal lines once."""
    common = [
        line for line in asked[0][1].evidence if all(line in question.evidence for _, question in asked)
    ]
    own = [
        f"{file}: {line}"
        for file, question in asked
        if (
            line := next(
                (one for one in question.evidence[1:] + question.evidence[:1] if one not in common), ""
            )
        )
    ]
    return (*common, *own)


def _days_for_all(questions: Sequence[Question]) -> Mapping[str, str] | None:
    """Return the export days that fit every file, {} where any day does, None where none fits all.

    A file whose days carry no year offers one day per year, the one after its last row; a download
    some days later shows the same rows.
    """
    limited = [[date.fromisoformat(value) for value in one.choices] for one in questions if one.choices]
    if not limited:
        return {}
    days = sorted({day for some in limited for day in some}, reverse=True)
    fitting = [day for day in days if all(any(fits(day, own) for own in some) for some in limited)]
    if not fitting:
        return None
    return {day.isoformat(): f"{day.day} {day:%B %Y}" for day in fitting}


def fits(day: date, offered: date) -> bool:
    """Return whether a file that offers one export day may have been downloaded on another."""
    return timedelta(0) <= day - offered <= _USUAL_LAG
