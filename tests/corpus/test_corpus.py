"""Every nasty upload ends in its one right outcome: exact values, rows set aside, a question, or a refusal."""

from __future__ import annotations

import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from sqlalchemy import text

from core.imports.catalogue import asks_of
from core.imports.commit import commit
from core.imports.formats import FORMATS
from core.imports.frames import table_of
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
    shops,
    sources,
    structure,
    tongues,
    webs,
    words,
)
from tests.corpus.cases import Accepted, AlreadyImported, Asked, Case, Nothing, Outcome, Refused, Unknown
from tests.corpus.making import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

GROUPS = (
    encodings,
    structure,
    localised,
    figures,
    identifiers,
    dates,
    words,
    injection,
    excel,
    archives,
    sources,
    tongues,
    shops,
    webs,
)
CASES = {f"{group.__name__.rpartition('.')[2]}-{case.name}": case for group in GROUPS for case in group.CASES}
FACTS = (
    "stat", "video_fact", "audience_share", "follower_hour", "shop_order", "order_line", "order_claim", "touch",
    "comment", "app_event", "search_interest",
)  # fmt: skip
NEEDS_STORE = [
    name for name, case in CASES.items() if case.never or case.before or "import_batch" in str(case.outcome)
]
COMMITTED = sorted(
    {*NEEDS_STORE, *list(CASES)[::6]}, key=list(CASES).index
)  # the others end with their review
SHARED = [name for name in CASES if name not in COMMITTED]
KEPT = (*FACTS, "import_batch", "quarantine_row", "source_answer", "audit_entry", "video")
CODE_WORDS = (  # what no sentence for people holds
    "Traceback",
    "Error:",
    "Exception",
    "NaN",
    "None",
    "pandas",
    "calamine",
    "dtype",
    "/home/",
    "site-packages",
)


class Ahead:
    """Reviews several cases at once: most of a review is waiting for the process that reads the file."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._done: dict[str, tuple[FileReview, ...]] = {}

    def reviews(self, name: str) -> tuple[FileReview, ...]:
        if name not in self._done:
            at = SHARED.index(name)
            names = SHARED[at : at + 12]
            with ThreadPoolExecutor(max_workers=3) as threads:
                found = threads.map(
                    lambda one: offer(self._store, CASES[one], CASES[one].file, CASES[one].bytes), names
                )
                self._done |= dict(zip(names, found, strict=True))
        return self._done.pop(name)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store file that was set up once."""
    path = tmp_path_factory.mktemp("corpus") / "template.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="module")
def ahead(template: Path) -> Iterator[Ahead]:
    """Return reviews against one empty store: a review writes nothing, so no case sees another."""
    store = open_store(f"sqlite:///{template}")
    yield Ahead(store)
    store.close()


@pytest.fixture
def fresh(template: Path, tmp_path: Path) -> Iterator[Store]:
    """Return an empty store of its own."""
    path = tmp_path / "plumbline.db"
    shutil.copyfile(template, path)
    opened = open_store(f"sqlite:///{path}")
    yield opened
    opened.close()


def test_the_corpus_is_big_and_every_case_has_a_name_of_its_own() -> None:
    assert len(CASES) == sum(len(group.CASES) for group in GROUPS) >= 520


@pytest.mark.parametrize("name", SHARED)
def test_every_upload_ends_in_its_one_right_outcome(ahead: Ahead, name: str) -> None:
    case = CASES[name]
    for review, outcome in paired(ahead.reviews(name), case):
        settled = arrive(review, outcome)
        facts = expected_facts(outcome)
        if facts is not None and settled.reading is not None:
            check_rows(facts, partial(rows_of, settled.reading.frames))


@pytest.mark.parametrize("name", COMMITTED)
def test_what_is_stored_is_right_and_nothing_else_is(fresh: Store, name: str) -> None:
    case = CASES[name]
    for file, data in case.before:
        for first in offer(fresh, case, file, data):
            commit(fresh, first, upload="before", now=NOW)
    pairs = paired(offer(fresh, case, case.file, case.bytes), case)
    for review, outcome in pairs:
        settled = arrive(review, outcome)
        if settled.state is ReviewState.READY:
            commit(fresh, settled, upload="corpus", now=NOW)
    if len(pairs) == 1 and (facts := expected_facts(pairs[0][1])) is not None:
        check_rows(facts, partial(stored_rows, fresh))
    everything = stored_text(fresh).casefold()
    assert not [hidden for hidden in case.never if hidden.casefold() in everything]


def paired(reviews: tuple[FileReview, ...], case: Case) -> list[tuple[FileReview, Outcome]]:
    assert len(reviews) == len(case.outcomes), [(one.file, one.state.value, one.sentence) for one in reviews]
    return list(zip(reviews, case.outcomes, strict=True))


def offer(store: Store, case: Case, file: str, data: bytes) -> tuple[FileReview, ...]:
    answers = {file: case.answers} if case.answers else None
    return review_files(
        store, [Offered(name=file, data=data, modified_at=case.modified_at)], answers=answers, now=NOW
    )


def arrive(review: FileReview, outcome: Outcome) -> FileReview:
    """Check a review against an outcome and return it, answered where it asked."""
    about = (
        f"{review.state.value}: {review.sentence} {[(one.ask.value, one.key) for one in review.questions]}"
    )
    no_jargon(review)
    match outcome:
        case Accepted():
            check_accepted(review, outcome, about)
        case Asked():
            assert review.state is ReviewState.ASKS, about
            assert Counter(one.ask for one in review.questions) == Counter(outcome.asks), about
            if review.format:
                assert {one.ask for one in review.questions} <= set(
                    asks_of(next(one for one in FORMATS if one.name == review.format))
                )
            offered = {choice for one in review.questions for choice in one.choices}
            assert set(outcome.offers) <= offered, offered
            if outcome.then is not None:
                review = answer(review, outcome.answers)
                no_jargon(review)
                check_accepted(
                    review,
                    outcome.then,
                    f"answered: {review.state.value}: {review.sentence} {review.questions}",
                )
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
    said = [
        review.sentence,
        *(str(issue) for issue in review.issues),
        *(one.sentence for one in review.questions),
    ]
    said += [f"{row.what} {row.fix}" for row in review.reading.aside] if review.reading else []
    assert not [word for word in CODE_WORDS for sentence in said if word in sentence], said


def expected_facts(outcome: Outcome) -> Accepted | None:
    return outcome if isinstance(outcome, Accepted) else outcome.then if isinstance(outcome, Asked) else None


def check_rows(outcome: Accepted, rows_in: Callable[[str, list[str]], list[tuple[object, ...]]]) -> None:
    """Check the rows of each table against the expected ones, all of them and no other."""
    for asked, rows in dict(outcome.values).items():
        table, *columns = asked.split()
        found = rows_in(table, columns)
        assert Counter(found) == Counter(rows), f"{asked}: {found} instead of {list(rows)}"


def rows_of(frames: Mapping[str, pd.DataFrame], table: str, columns: list[str]) -> list[tuple[object, ...]]:
    """Return columns of the rows to be stored; a column that the import does not fill has its default."""
    frame = frames.get(table)
    if frame is None:
        return []
    default = {
        column.name: column.default.arg if column.default is not None else None
        for column in table_of(table).columns
    }
    cells = [frame[name] if name in frame else [default[name]] * len(frame) for name in columns]
    return [tuple(plain(value) for value in row) for row in zip(*cells, strict=True)]


def plain(value: object) -> object:
    return None if pd.isna(value) else value.item() if hasattr(value, "item") else value  # type: ignore[call-overload]


def stored_rows(store: Store, table: str, columns: list[str]) -> list[tuple[object, ...]]:
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(text(f"SELECT {', '.join(columns)} FROM {table}"))]


def stored_text(store: Store) -> str:
    """Return every cell of the store in one text."""
    with store.reading() as connection:
        rows = [row for table in KEPT for row in connection.execute(text(f"SELECT * FROM {table}"))]
    return "\n".join(str(cell) for row in rows for cell in row)
