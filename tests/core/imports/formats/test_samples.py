"""Every sample under tests/exports goes the whole way and is compared with what is expected of it.

A folder is named like the format its files belong to. Beside `x.csv` lie `x.csv.expected.json` (rewritten
with UPDATE_GOLDEN=1) and, where the file alone is not enough, `x.csv.given.json`: `answers` (`ask|key`),
`modified` (day), `file` (display name), `now` (day), `days` and `handles` (what the store knows).
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from core.errors import PlumblineError
from core.imports.formats import FORMATS
from core.imports.frames import as_stored
from core.imports.model import Ask, Facts, Known, SheetTable, TypedTable
from core.imports.reading import read_file
from core.imports.recognise import recognise
from core.imports.typing_columns import type_table
from core.units import day_of

EXPORTS = Path(__file__).parents[3] / "exports"
BESIDE = (".expected.json", ".given.json")
SAMPLES = sorted(
    path
    for path in EXPORTS.glob("*/*")
    if path.is_file() and not path.name.endswith(BESIDE) and not path.name.startswith(".")
)
NOW = "2026-11-22"
ACCOUNT_DAYS = ("day", "views", "likes", "comments", "shares", "followers", "viewers")


def noon(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC).timestamp())


def pseudonym(text: str) -> str:
    return hashlib.sha256(f"sample:{text}".encode()).hexdigest()[:32] if text else ""


def given_for(path: Path) -> dict:
    beside = path.with_name(f"{path.name}.given.json")
    return json.loads(beside.read_text()) if beside.exists() else {}


def known_for(file: str, modified_at: int | None, given: dict) -> Known:
    answers = {}
    for name, value in given.get("answers", {}).items():
        ask, _, key = name.partition("|")
        answers[Ask(ask), key] = value
    days = pd.DataFrame(given.get("days", []), columns=list(ACCOUNT_DAYS)).astype("Int64")
    return Known(
        now=noon(given.get("now", NOW)),
        file=file,
        modified_at=noon(given["modified"]) if "modified" in given else modified_at,
        answers=answers,
        customer_key=lambda email: pseudonym(email.strip().lower()),
        person_key=lambda person: pseudonym(person.strip()),
        account_days=lambda _handle: days,
        video_handles=lambda videos: {
            one: given.get("handles", {})[one] for one in videos if one in given.get("handles", {})
        },
    )


def read_sample(path: Path) -> list[dict]:
    """Return what becomes of each table of a sample: recognised, typed, built."""
    given = given_for(path)
    texts = read_file(given.get("file", path.name), path.read_bytes())
    read = []
    for text in texts:
        known = known_for(given.get("file", text.file), text.modified_at, given)
        for table in text.tables:
            found = recognise(table, [one for one in FORMATS if not one.is_mapped])
            read.append({"table": table, "format": found.format if found else None})
            if found:
                read[-1] |= built(table, found, known)
    return read


def built(table: SheetTable, found, known: Known) -> dict:
    try:
        typed, questions, issues = type_table(table, found.format, found.matched, known)
        return {"typed": typed, "questions": questions, "issues": issues, "facts": found.format.build(typed)}
    except PlumblineError as error:
        return {"refused": error.issue}


def plain(value: object) -> object:
    if pd.isna(value):
        return None
    if hasattr(value, "item"):
        return value.item()
    return value


def records(name: str, frame: pd.DataFrame) -> list[dict]:
    """Return the rows as stored, without what a row says nothing about."""
    stored = as_stored(name, frame)
    rows = [{column: plain(value) for column, value in row.items()} for row in stored.to_dict("records")]
    return [{column: value for column, value in row.items() if value not in (None, "")} for row in rows]


def day_text(number: int | None) -> str | None:
    return None if number is None else day_of(number).isoformat()


def summary(one: dict) -> dict:
    """Return all that matters of one table, in words that a reviewer can check against the file."""
    if one["format"] is None:
        return {"format": None, "header": list(one["table"].header)}
    if "refused" in one:
        issue = one["refused"]
        return {"format": one["format"].name, "refused": f"{issue.code}: {issue}"}
    facts: Facts = one["facts"]
    return {
        "format": one["format"].name,
        "rows": facts.rows,
        "ignored": {**one["typed"].ignored, **facts.ignored},
        "problems": [
            f"row {int(one['table'].row_numbers[each.position])}, {each.column}: {each.code}: {each.what}"
            for each in facts.problems
        ],
        "questions": [
            f"{each.ask}|{each.key}: {each.sentence}" for each in (*one["questions"], *facts.questions)
        ],
        "issues": [f"{each.severity} {each.code}: {each}" for each in (*one["issues"], *facts.issues)],
        "as_of": [datetime.fromtimestamp(facts.as_of, tz=UTC).isoformat(), facts.as_of_from],
        "days": [day_text(facts.first_day), day_text(facts.last_day)],
        "account": facts.account,
        "currency": facts.currency,
        "zone": facts.zone,
        "checks": {label: list(pair) for label, pair in facts.checks.items()},
        "tables": {name: records(name, frame) for name, frame in facts.tables.items() if len(frame)},
    }


def ids(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", SAMPLES, ids=ids)
def test_a_sample_becomes_the_expected_facts(path: Path) -> None:
    read = [one for one in read_sample(path) if one["format"] or one["table"].row_count]
    got = json.loads(json.dumps([summary(one) for one in read], ensure_ascii=False))
    beside = path.with_name(f"{path.name}.expected.json")
    if os.environ.get("UPDATE_GOLDEN") == "1":
        beside.write_text(json.dumps(got, indent=1, ensure_ascii=False) + "\n")
    assert beside.exists(), f"write {beside.name} with UPDATE_GOLDEN=1 and check it by hand"
    assert got == json.loads(beside.read_text())


@pytest.mark.parametrize("path", SAMPLES, ids=ids)
def test_a_sample_is_recognised_as_the_format_of_its_folder(path: Path) -> None:
    assert path.parent.name in {one["format"].name for one in read_sample(path) if one["format"]}


@pytest.mark.parametrize("path", SAMPLES, ids=ids)
def test_every_row_of_a_sample_is_stored_set_aside_or_ignored(path: Path) -> None:
    for one in read_sample(path):
        if "facts" not in one or one["questions"] or one["facts"].questions:
            continue
        typed: TypedTable = one["typed"]
        facts: Facts = one["facts"]
        aside = {each.position for each in facts.problems}
        assert facts.rows + len(aside) + sum(facts.ignored.values()) == len(typed.kept)
        assert len(typed.kept) + sum(typed.ignored.values()) == one["table"].row_count


@pytest.mark.parametrize("path", SAMPLES, ids=ids)
def test_a_later_day_of_the_upload_changes_no_fact_of_a_complete_sample(path: Path) -> None:
    given = given_for(path)
    later = {**given, "now": "2027-02-03"}
    texts = read_file(given.get("file", path.name), path.read_bytes())
    for text in texts:
        for table in text.tables:
            found = recognise(table, [one for one in FORMATS if not one.is_mapped])
            if found is None:
                continue
            name = given.get("file", text.file)
            now, then = (
                built(table, found, known_for(name, text.modified_at, some)) for some in (given, later)
            )
            if "refused" in now or now["facts"].questions or now["facts"].as_of_from == "upload":
                continue
            assert {k: records(k, f) for k, f in now["facts"].tables.items()} == {
                k: records(k, f) for k, f in then["facts"].tables.items()
            }


def test_every_recognised_format_has_a_sample() -> None:
    folders = {path.parent.name for path in SAMPLES}
    assert {one.name for one in FORMATS if not one.is_mapped} <= folders


def test_format_names_and_fields_are_unique() -> None:
    names = [one.name for one in FORMATS]
    assert len(names) == len(set(names))
    for one in FORMATS:
        fields = [column.field for column in one.columns]
        assert len(fields) == len(set(fields)), one.name
