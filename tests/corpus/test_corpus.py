"""Every nasty upload ends in its one right outcome: exact values, rows set aside, a question, or a refusal."""

from __future__ import annotations

import shutil
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from core.imports.commit import commit
from core.imports.review import FileReview, Offered, ReviewState, answer, review_files
from core.store.engine import Store, open_store
from tests.corpus import (
    archives,
    dates,
    encodings,
    excel,
    figures,
    identifiers,
    injection,
    localised,
    sources,
    structure,
    words,
)
from tests.corpus.cases import Accepted, AlreadyImported, Asked, Case, Nothing, Outcome, Refused, Unknown
from tests.corpus.making import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GROUPS = (encodings, structure, localised, figures, identifiers, dates, words, injection, excel, archives, sources)
CASES = {f"{group.__name__.rpartition('.')[2]}-{case.name}": case for group in GROUPS for case in group.CASES}
FACTS = (
    "stat", "video_fact", "audience_share", "follower_hour", "shop_order", "order_line", "order_claim", "touch",
    "comment", "app_event", "search_interest",
)  # fmt: skip
KEPT = (*FACTS, "import_batch", "quarantine_row", "source_answer", "audit_entry", "video")
CODE_WORDS = ("Traceback", "Error:", "Exception", "NaN", "None", "pandas", "calamine", "dtype", "/home/", "/tmp/")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store file that was set up once: no case may see what another has stored."""
    path = tmp_path_factory.mktemp("corpus") / "template.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def fresh(template: Path, tmp_path: Path) -> Iterator[Store]:
    """Return an empty store."""
    path = tmp_path / "plumbline.db"
    shutil.copyfile(template, path)
    opened = open_store(f"sqlite:///{path}")
    yield opened
    opened.close()


def test_the_corpus_is_big_and_every_case_has_a_name_of_its_own() -> None:
    assert len(CASES) == sum(len(group.CASES) for group in GROUPS) >= 150


@pytest.mark.parametrize("name", CASES)
def test_every_upload_ends_in_its_one_right_outcome(fresh: Store, name: str) -> None:
    case = CASES[name]
    for file, data in case.before:
        for first in offer(fresh, case, file, data):
            commit(fresh, first, upload="before", now=NOW)
    reviews = offer(fresh, case, case.file, case.bytes)
    assert len(reviews) == len(case.outcomes), [(one.file, one.state.value, one.sentence) for one in reviews]
    settled = [arrive(review, outcome) for review, outcome in zip(reviews, case.outcomes, strict=True)]
    expected = [expected_facts(outcome) for outcome in case.outcomes]
    for review in settled:
        if review.state is ReviewState.READY:
            commit(fresh, review, upload="corpus", now=NOW)
    if not case.before:
        for position, facts in enumerate(expected, start=1):
            if facts is not None:
                check_stored(fresh, facts, position if len(expected) > 1 else None)
    everything = stored_text(fresh).casefold()
    for hidden in case.never:
        assert hidden.casefold() not in everything, f"{hidden!r} was stored"


def offer(store: Store, case: Case, file: str, data: bytes) -> tuple[FileReview, ...]:
    answers = {file: case.answers} if case.answers else None
    return review_files(store, [Offered(name=file, data=data, modified_at=case.modified_at)], answers=answers, now=NOW)


def arrive(review: FileReview, outcome: Outcome) -> FileReview:
    """Check a review against an outcome and return it, answered where it asked."""
    about = f"{review.state.value}: {review.sentence} {[(one.ask.value, one.key) for one in review.questions]}"
    no_jargon(review)
    match outcome:
        case Accepted():
            check_accepted(review, outcome, about)
        case Asked():
            assert review.state is ReviewState.ASKS, about
            assert Counter(one.ask for one in review.questions) == Counter(outcome.asks), about
            offered = {choice for one in review.questions for choice in one.choices}
            assert set(outcome.offers) <= offered, offered
            if outcome.then is not None:
                review = answer(review, outcome.answers)
                no_jargon(review)
                check_accepted(review, outcome.then, f"answered: {review.state.value}: {review.sentence} {review.questions}")
        case Refused():
            assert review.state is ReviewState.REFUSED, about
            codes = {issue.code for issue in review.issues}
            codes |= {row.code for row in review.reading.aside} if review.reading else set()
            assert outcome.code in codes, (codes, about)
            assert outcome.word.casefold() in review.sentence.casefold(), about
        case Unknown():
            assert review.state is ReviewState.NEEDS_MAPPING, about
            assert not outcome.likely or review.suggestions[0].format.name == outcome.likely, about
        case Nothing():
            assert review.state is ReviewState.NOTHING, about
            assert dict(review.counts.ignored) == dict(outcome.ignored), review.counts
        case AlreadyImported():
            assert review.state is ReviewState.ALREADY_IMPORTED, about
    return review


def check_accepted(review: FileReview, outcome: Accepted, about: str) -> None:
    assert review.state is ReviewState.READY, about
    assert review.format == outcome.format, about
    assert review.reading is not None
    assert Counter(row.code for row in review.reading.aside) == Counter(outcome.aside), review.reading.aside
    assert dict(review.counts.ignored) == dict(outcome.ignored), review.counts
    assert review.counts.adds_up, review.counts
    told = {issue.code for issue in review.issues}
    assert set(outcome.warns) <= told, told
    assert not set(outcome.quiet) & told, told
    assert not any(issue.severity == "error" for issue in review.issues), review.issues


def no_jargon(review: FileReview) -> None:
    said = [review.sentence, *(str(issue) for issue in review.issues), *(one.sentence for one in review.questions)]
    said += [f"{row.what} {row.fix}" for row in review.reading.aside] if review.reading else []
    assert not [word for word in CODE_WORDS for sentence in said if word in sentence], said


def expected_facts(outcome: Outcome) -> Accepted | None:
    return outcome if isinstance(outcome, Accepted) else outcome.then if isinstance(outcome, Asked) else None


def check_stored(store: Store, outcome: Accepted, place: int | None) -> None:
    """Check the rows in the store against the expected ones, all of them and no other."""
    for asked, rows in outcome.values.items():
        table, *columns = asked.split()
        chosen = ", ".join(columns)
        only = f" JOIN import_batch b ON b.id = batch_id WHERE b.format = '{outcome.format}'" if place else ""
        quoted = ", ".join(f"{table}.{column}" for column in columns)
        with store.reading() as connection:
            found = [tuple(row) for row in connection.execute(text(f"SELECT {quoted} FROM {table}{only}"))]
        assert Counter(found) == Counter(rows), f"{table} ({chosen}): {found} instead of {list(rows)}"


def stored_text(store: Store) -> str:
    """Return every cell of the store in one text."""
    with store.reading() as connection:
        rows = [row for table in KEPT for row in connection.execute(text(f"SELECT * FROM {table}"))]
    return "\n".join(str(cell) for row in rows for cell in row)
