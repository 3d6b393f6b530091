"""From a file's material and the answers so far to its review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from core.errors import Issue, PlumblineError
from core.imports.differences import Differences, compare
from core.imports.encoding_choice import encoding_question
from core.imports.file_review import FileReview, ReviewState
from core.imports.frames import NATURAL_KEYS, main_table, rows_digest
from core.imports.mapper import LEAVE_OUT, confirmed, mapping_questions, suggest
from core.imports.materials import read_as, remapped, unmapped
from core.imports.model import Ask, Question
from core.imports.portions import Material, Reading, read_material
from core.imports.profiles import Profile
from core.imports.questions import Answered, complete, given, remembered, source_of
from core.imports.receipt import Counts
from core.imports.sentences import asks_sentence, count_of, ready_sentence
from core.imports.twins import owner_of_rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

Said = Mapping[tuple[Ask, str], Answered]


def settle(key: str, material: Material, said: Said) -> FileReview:
    """Return the review of a material under answers; remembered ones join where nothing newer was said."""
    if not material.surroundings.is_current():  # an import just before changed what the store tells
        material = replace(material, surroundings=material.surroundings.renewed())
    if material.rivals:
        return _between_rivals(key, material, said)
    material, said, problem = _mapped(material, said)
    if material.format is None:
        return _to_be_mapped(key, material, said, problem)
    name = material.format.name
    account = ""
    while True:
        everything = {**_remembered(material, source_of(name, material.fingerprint, account)), **said}
        reading = read_material(material, given(everything))
        if reading.account == account or not reading.account or not reading.questions:
            break
        account = reading.account
    return _settled(key, material, reading, everything)


def _between_rivals(key: str, material: Material, said: Said) -> FileReview:
    """Return the review of a file whose header fits several kinds of export: a person says which it is."""
    offered = {one.name: one for one in (material.portions[0].format, *material.rivals)}
    grain = said.get((Ask.GRAIN, ""))
    if grain is not None and grain.value in offered:
        rest = {asked: one for asked, one in said.items() if asked != (Ask.GRAIN, "")}
        settled = settle(key, read_as(material, offered[grain.value]), rest)
        return replace(settled, answered=(*settled.answered, grain))
    question = Question(
        ask=Ask.GRAIN,
        sentence=f"{material.text.file} may be several things. Which is it?",
        choices={name: f"{one.label}: {one.grain}" for name, one in offered.items()},
        suggestion=material.portions[0].format.name,
    )
    return FileReview(
        key=key,
        file=material.text.file,
        sha256=material.text.sha256,
        size=material.text.size,
        sentence=asks_sentence(material.text.file, material.rows_in, 1),
        state=ReviewState.ASKS,
        questions=(question,),
        issues=material.text.issues,
        answered=tuple(said.values()),
        counts=Counts(rows_in=material.rows_in),
        material=material,
    )


def _remembered(material: Material, source: str) -> dict[tuple[Ask, str], Answered]:
    with material.surroundings.store.reading() as connection:
        return remembered(connection, source)


def _mapped(material: Material, said: Said) -> tuple[Material, Said, Issue | None]:
    """Return the material under the columns that a person chose, where they chose any."""
    grain = said.get((Ask.GRAIN, ""))
    if grain is None:
        return material, said, None
    blank = unmapped(material)
    table = blank.unread[0]
    chosen = next((one for one in material.formats if one.name == grain.value), None)
    fields = {key: one.value for (ask, key), one in said.items() if ask is Ask.MAPPING}
    if chosen is None or not any(fields.values()):
        return blank, said, None
    try:
        mapping = confirmed(table, chosen, fields)
    except PlumblineError as error:
        return blank, said, error.issue
    profile = Profile(
        fingerprint=material.fingerprint, name=material.text.file, grain=chosen.name, mapping=mapping
    )
    return remapped(blank, chosen, profile), said, None


def _settled(key: str, material: Material, reading: Reading, said: Said) -> FileReview:
    chosen = material.format
    if chosen is None:
        msg = "a material without a format cannot be settled"
        raise ValueError(msg)
    base = FileReview(
        key=key,
        file=material.text.file,
        sha256=material.text.sha256,
        size=material.text.size,
        format=chosen.name,
        label=chosen.label,
        sentence="",
        state=ReviewState.READY,
        issues=reading.issues,
        answered=tuple(said.values()),
        counts=reading.counts,
        material=material,
        reading=reading,
    )
    chosen_before = said.get((Ask.ENCODING, ""))
    letters = encoding_question(material.text, chosen_before.value if chosen_before else "")
    if letters or reading.questions:
        with material.surroundings.store.reading() as connection:
            questions = (*letters, *(complete(connection, question) for question in reading.questions))
        sentence = asks_sentence(chosen.label, material.rows_in, len(questions))
        return replace(base, state=ReviewState.ASKS, questions=questions, sentence=sentence)
    if reading.refused:
        return replace(
            base, state=ReviewState.REFUSED, issues=(reading.refused,), sentence=str(reading.refused)
        )
    if not main_table(reading.frames):
        state = ReviewState.REFUSED if reading.aside else ReviewState.NOTHING
        return replace(base, state=state, sentence=_nothing_stored(chosen.label, reading))
    campaign = said.get((Ask.CAMPAIGN, ""))
    digest = rows_digest(reading.frames, chosen.name, reading.account, campaign.value if campaign else "")
    with material.surroundings.store.reading() as connection:
        revision = int(connection.exec_driver_sql("SELECT revision FROM workspace").scalar_one())
        differences = _against_known(connection, reading, chosen.name, digest)
    known = differences.words if differences.total > differences.new else ""
    sentence = ready_sentence(material, reading, known)
    return replace(base, differences=differences, revision=revision, digest=digest, sentence=sentence)


def _against_known(connection: Connection, reading: Reading, format_name: str, digest: str) -> Differences:
    """Return how the rows compare with what is known; the very rows of an import need no comparing."""
    if owner_of_rows(connection, digest) is None:
        return compare(connection, reading.frames, format_name=format_name, as_of=reading.newest.as_of)
    name = main_table(reading.frames)
    keys = reading.frames[name][list(NATURAL_KEYS[name])].drop_duplicates()
    return Differences(unchanged=len(keys))


def _nothing_stored(label: str, reading: Reading) -> str:
    """Return what to say of a recognised file none of whose rows can be stored."""
    if not reading.aside and not reading.counts.ignored_rows:
        return f"{label}: the file holds no rows to import."
    if not reading.aside:
        reasons = "; ".join(
            f"{count:,} × {reason}" for reason, count in reading.counts.ignored.items() if count
        )
        rows = count_of(reading.counts.rows_in, "row", "rows")
        return f"{label}: nothing of its {rows} can be used ({reasons})."
    first = reading.aside[0]
    rows = count_of(len(reading.aside), "row", "rows")
    example = f"{first.what} {first.fix}".strip()
    return f"{label}: none of its {rows} can be stored. For instance row {first.row}: {example}"


def _to_be_mapped(key: str, material: Material, said: Said, problem: Issue | None) -> FileReview:
    table = material.unread[0]
    grain = said.get((Ask.GRAIN, ""))
    formats = material.formats
    rows = count_of(material.rows_in, "row", "rows")
    if grain is not None and grain.value == LEAVE_OUT:
        return FileReview(
            key=key,
            file=material.text.file,
            sha256=material.text.sha256,
            size=material.text.size,
            state=ReviewState.NOTHING,
            counts=Counts(rows_in=material.rows_in, ignored={"left out by choice": material.rows_in}),
            material=material,
            sentence=f"{material.text.file}, {rows}: left out as you chose. Nothing of it is stored.",
            answered=tuple(one for (ask, _key), one in said.items() if ask is not Ask.MAPPING),
        )
    return FileReview(
        key=key,
        file=material.text.file,
        sha256=material.text.sha256,
        size=material.text.size,
        state=ReviewState.NEEDS_MAPPING,
        counts=Counts(rows_in=material.rows_in),
        material=material,
        sentence=str(problem)
        if problem
        else f"{material.text.file}, {rows}: this kind of file is new here. Say once which column is what.",
        issues=(*material.text.issues, *((problem,) if problem else ())),
        questions=mapping_questions(table, formats, grain.value if grain else ""),
        answered=tuple(said.values()),
        suggestions=suggest(table, formats),
    )
