"""From the tables of a file to facts: which tables are one kind of export, typed, built and counted."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from core.errors import Issue, PlumblineError, Severity, refusal
from core.imports.frames import as_stored
from core.imports.memory import give_back
from core.imports.quarantine import SetAside, set_aside
from core.imports.receipt import Counts
from core.imports.recognise import type_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.imports.model import Answers, ExportFormat, Facts, FileText, Question, SheetTable, TypedTable
    from core.imports.profiles import Profile
    from core.imports.surroundings import Surroundings

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """One table and what it is read as.

    Attributes:
        table: the text.
        format: the kind of export.
        matched: field -> column index.
        rivals: other kinds of export that the header fits just as well.
    """

    table: SheetTable
    format: ExportFormat
    matched: Mapping[str, int]
    rivals: tuple[ExportFormat, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What one import is made from: the tables of one file that are one kind of export.

    Attributes:
        text: the file; its tables are those of the portions and those not read.
        portions: what is read.
        unread: tables that are not read; their rows are counted by the first import of the file.
        parts: names of all kinds of export found in the file.
        fingerprint: of the header of the first portion, or of the unknown table.
        mapping: the confirmed columns, where the format is a mapped one.
        formats: every kind of export that was looked for.
        surroundings: what the store can tell.
    """

    text: FileText
    portions: tuple[Portion, ...] = ()
    unread: tuple[SheetTable, ...] = ()
    parts: tuple[str, ...] = ()
    fingerprint: str = ""
    mapping: Profile | None = None
    formats: tuple[ExportFormat, ...] = ()
    surroundings: Surroundings

    @property
    def format(self) -> ExportFormat | None:
        """Return the kind of export; None while it is not known."""
        return self.portions[0].format if self.portions else None

    @property
    def rivals(self) -> tuple[ExportFormat, ...]:
        """Return the other kinds of export that it may be as well."""
        return tuple(dict.fromkeys(rival for portion in self.portions for rival in portion.rivals))

    @property
    def rows_in(self) -> int:
        """Return how many data rows there are, those of tables that are not read included."""
        return sum(map(rows_of, (*(portion.table for portion in self.portions), *self.unread)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything an import would store, and everything there is to say about it.

    Attributes:
        facts: one per portion.
        frames: table of the store -> rows as stored, of all portions.
        aside: rows set aside.
        counts: where the rows go.
        questions: what must be answered first.
        issues: warnings.
        refused: why nothing can be stored, None when it can.
    """

    facts: tuple[Facts, ...] = ()
    frames: Mapping[str, pd.DataFrame]
    aside: tuple[SetAside, ...] = ()
    counts: Counts
    questions: tuple[Question, ...] = ()
    issues: tuple[Issue, ...] = ()
    refused: Issue | None = None

    @property
    def account(self) -> str:
        """Return the account that all portions agree on, else ''."""
        return _one(fact.account for fact in self.facts)

    @property
    def currency(self) -> str:
        """Return the currency that all portions agree on, else ''."""
        return _one(fact.currency for fact in self.facts)

    @property
    def zone(self) -> str:
        """Return the time zone that all portions agree on, else ''."""
        return _one(fact.zone for fact in self.facts)

    @property
    def newest(self) -> Facts:
        """Return the facts with the latest export time, which is the file's."""
        return max(self.facts, key=lambda fact: fact.as_of)

    @property
    def first_day(self) -> int | None:
        """Return the first day covered, None where the file has none."""
        return min((fact.first_day for fact in self.facts if fact.first_day is not None), default=None)

    @property
    def last_day(self) -> int | None:
        """Return the last day covered, None where the file has none."""
        return max((fact.last_day for fact in self.facts if fact.last_day is not None), default=None)

    @property
    def snapshot_day(self) -> int | None:
        """Return the day that dateless figures are a picture of; None where the rows name their days."""
        tables = {name for fact in self.facts for name, frame in fact.tables.items() if len(frame)}
        return self.last_day if tables == {"audience_share"} else None

    @property
    def checks(self) -> Mapping[str, tuple[str, str]]:
        """Return the control sums of all portions."""
        return {label: pair for fact in self.facts for label, pair in fact.checks.items()}


def rows_of(table: SheetTable) -> int:
    """Return how many data rows a table has, those of other width included."""
    return table.row_count + len(table.ragged)


def read_material(material: Material, answers: Answers) -> Reading:
    """Return what the material says under these answers; nothing is written."""
    known = material.surroundings.known(material.text.file, material.text.modified_at, answers)
    typed: list[TypedTable] = []
    questions: list[Question] = []
    issues: list[Issue] = list(material.text.issues)
    facts: list[Facts] = []
    refused: Issue | None = None
    hopeless: Issue | None = None  # no answer would help
    for portion in material.portions:
        try:
            table, asked, noticed = type_table(portion.table, portion.format, portion.matched, known)
            give_back()
            questions += asked
            issues += noticed
            hopeless = hopeless or next((one for one in noticed if one.severity is Severity.ERROR), None)
            built = _build(portion.format, table)
        except PlumblineError as error:
            refused = refused or error.issue
            continue
        typed.append(table)
        facts.append(built)
        give_back()
        questions += built.questions
        issues += (*built.issues, *_cells_left_out(table, built))
    if hopeless:
        questions, refused = [], hopeless
    if questions or refused:
        counts = Counts(rows_in=material.rows_in)
        return Reading(
            facts=tuple(facts),
            frames={},
            counts=counts,
            questions=_once(questions),
            issues=tuple(issues),
            refused=None if questions else refused,
        )
    facts = [_kept(fact) for fact in facts]
    give_back()
    return Reading(
        facts=tuple(facts),
        frames=_frames(facts),
        aside=_aside(material, typed, facts),
        counts=_counts(material, typed, facts),
        issues=tuple(issues),
    )


def _build(chosen: ExportFormat, table: TypedTable) -> Facts:
    """Return the facts of a table; a reader that breaks refuses the file instead of the app.

    The message of an unknown error may quote a cell, so only its place in the code is logged.
    """
    try:
        return chosen.build(table)
    except PlumblineError:
        raise
    except Exception as error:  # noqa: BLE001  (one reader that breaks must not take the others along)
        trace = "".join(traceback.format_tb(error.__traceback__))
        _log.error("reading %s failed with %s\n%s", chosen.name, type(error).__name__, trace)
        raise refusal(
            "reader-failed",
            f"This looks like {chosen.label}, but its rows could not be understood.",
            "Nothing was stored. Export it again unchanged, or tell whoever looks after Plumbline.",
            table.table.place(),
        ) from None


def _kept(fact: Facts) -> Facts:
    """Return the facts with their rows as the store keeps them, so that no second copy of them waits."""
    tables = {name: as_stored(name, frame) for name, frame in fact.tables.items() if len(frame)}
    return replace(fact, tables=tables)


def _frames(facts: Sequence[Facts]) -> dict[str, pd.DataFrame]:
    """Return the rows of all portions, table by table."""
    frames: dict[str, list[pd.DataFrame]] = {}
    for fact in facts:
        for name, frame in fact.tables.items():
            frames.setdefault(name, []).append(frame)
    return {
        name: some[0] if len(some) == 1 else pd.concat(some, ignore_index=True)
        for name, some in frames.items()
    }


def _aside(material: Material, typed: Sequence[TypedTable], facts: Sequence[Facts]) -> tuple[SetAside, ...]:
    rows: list[SetAside] = []
    for portion, table, fact in zip(material.portions, typed, facts, strict=True):
        columns = {column.field: column for column in portion.format.columns}
        by_index = {index: columns[field] for field, index in portion.matched.items() if field in columns}
        rows += set_aside(portion.table, by_index, fact.problems, beside=table.beside)
    return tuple(rows)


def _counts(material: Material, typed: Sequence[TypedTable], facts: Sequence[Facts]) -> Counts:
    """Return where every row goes. A row that the reader lost sight of is shown as such, never hidden."""
    ignored: dict[str, int] = {}
    stored = aside = 0
    for table, fact in zip(typed, facts, strict=True):
        set_apart = len({problem.position for problem in fact.problems})
        left_out = {
            reason: count for part in (table.ignored, fact.ignored) for reason, count in part.items() if count
        }
        both = {reason: table.ignored.get(reason, 0) + fact.ignored.get(reason, 0) for reason in left_out}
        for reason, count in both.items():
            ignored[reason] = ignored.get(reason, 0) + count
        remainder = table.table.row_count - sum(both.values()) - set_apart - fact.rows
        if remainder > 0:
            ignored["not accounted for"] = ignored.get("not accounted for", 0) + remainder
        for reason in table.beside.values():
            ignored[reason] = ignored.get(reason, 0) + 1
        stored += fact.rows + min(0, remainder)
        aside += set_apart + len(table.table.ragged) - len(table.beside)
    for unread in material.unread:
        if rows_of(unread):
            reason = f"not read: {title_of(unread)}"
            ignored[reason] = ignored.get(reason, 0) + rows_of(unread)
    return Counts(rows_in=material.rows_in, stored=stored, aside=aside, ignored=ignored)


def title_of(table: SheetTable) -> str:
    """Return a table's name in words, for instance `sheet "Notes"`."""
    if table.sheet and not table.part:
        return f'sheet "{table.sheet}"'
    header = ", ".join(cell.strip() for cell in table.header if cell.strip())
    return f"the table with the header {header[:60]}" if header else f"table {table.part + 1}"


def _cells_left_out(table: TypedTable, fact: Facts) -> tuple[Issue, ...]:
    """Return one warning per column whose cells could not be read although their rows are stored."""
    if not fact.rows:
        return ()  # a table of which nothing is used needs no mending
    set_apart = {problem.position for problem in fact.problems}
    kept = set(table.kept.tolist())
    issues: list[Issue] = []
    for name, column in table.columns.items():
        unread = [one for one in column.problems if one.position in kept and one.position not in set_apart]
        if unread:
            places = tuple(table.table.place(one.position, table.headers.get(name, "")) for one in unread[:3])
            issues.append(
                Issue(
                    code="cells-left-empty",
                    severity=Severity.WARNING,
                    what=f"{unread[0].what} The cell is taken as unknown; the rest of the row is stored.",
                    fix=unread[0].fix,
                    places=places,
                    count=len(unread),
                )
            )
    return tuple(issues)


def _once(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return each question once, evidence of all tables together."""
    found: dict[tuple[str, str], Question] = {}
    for question in questions:
        key = (question.ask.value, question.key)
        if key in found:
            evidence = tuple(dict.fromkeys((*found[key].evidence, *question.evidence)))
            found[key] = replace(found[key], evidence=evidence)
        else:
            found[key] = question
    return tuple(found.values())


def _one(values: Iterable[str]) -> str:
    distinct = set(values) - {""}
    return distinct.pop() if len(distinct) == 1 else ""
