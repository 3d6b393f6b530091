"""Unknown tables: which kind they may be and which column may be what, suggested and never taken unasked."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import WRatio

from core.errors import refusal
from core.imports.model import Ask, Column, ExportFormat, Question, SheetTable
from core.imports.privacy import has_people, is_personal, without_people
from core.imports.profiles import column_labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SURE = 100.0  # the header is a known spelling
SAME_WORDS = 99.0  # the same words, written otherwise
SIMILAR = 82.0  # below this a resemblance is chance: `Reach` and `Search` score 73
_SAMPLES = 3
_IN_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A column that may be what a field needs.

    Attributes:
        column: what the format knows.
        label: label of the column in the file, '' when none fits.
        score: 100 known spelling, 99 same words, else how similar; 0 when none fits.
        samples: up to three values as written.
    """

    column: Column
    label: str = ""
    score: float = 0.0
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One kind of table that an unknown one may be, with a column for each field where one fits."""

    format: ExportFormat
    matches: tuple[Match, ...]

    @property
    def fit(self) -> float:
        """Return how well it fits, 0 to 1: required columns count three times."""
        weights = [3.0 if match.column.required else 1.0 for match in self.matches]
        found = [weight * match.score / SURE for weight, match in zip(weights, self.matches, strict=True)]
        return sum(found) / sum(weights) if weights else 0.0

    @property
    def sure(self) -> int:
        """Return how many columns carry the very words of the format."""
        return sum(match.score >= SAME_WORDS for match in self.matches)

    @property
    def missing(self) -> tuple[Column, ...]:
        """Return the required columns for which nothing was found."""
        return tuple(match.column for match in self.matches if match.column.required and not match.label)


def same_words(header: str) -> str:
    """Return the words of a header without case, punctuation, camel case and units in brackets."""
    plain = unicodedata.normalize("NFKC", header)
    spaced = _CAMEL.sub(" ", _IN_BRACKETS.sub(" ", plain))
    return _NO_WORD.sub(" ", spaced).casefold().strip()


def samples(table: SheetTable, index: int) -> tuple[str, ...]:
    """Return up to three different values of a column as written, nobody's details."""
    cells = table.columns[index].head(200)
    some = [without_people(cell)[:80] for cell in cells[cells != ""].drop_duplicates().head(_SAMPLES)]
    return () if has_people((table.header[index],)) else tuple(some)


def suggest(table: SheetTable, formats: Sequence[ExportFormat]) -> tuple[Suggestion, ...]:
    """Return what the table may be, best first; each column of the file is suggested once."""
    offered = [_suggestion(table, candidate) for candidate in formats if candidate.is_mapped]
    return tuple(sorted(offered, key=lambda one: (bool(one.missing), -one.sure, -one.fit)))


def _suggestion(table: SheetTable, candidate: ExportFormat) -> Suggestion:
    labels = column_labels(table.header)
    scored = sorted(
        (
            (_score(header, column), -index, column.field)
            for index, header in enumerate(table.header)
            for column in candidate.columns
        ),
        reverse=True,
    )
    taken: dict[str, tuple[int, float]] = {}
    used: set[int] = set()
    for score, minus_index, field in scored:
        if score >= SIMILAR and field not in taken and -minus_index not in used:
            taken[field] = (-minus_index, score)
            used.add(-minus_index)
    return Suggestion(
        format=candidate,
        matches=tuple(
            Match(
                column=column,
                label=labels[taken[column.field][0]],
                score=taken[column.field][1],
                samples=samples(table, taken[column.field][0]),
            )
            if column.field in taken
            else Match(column=column)
            for column in candidate.columns
        ),
    )


def _score(header: str, column: Column) -> float:
    """Return how sure it is that a header means the column, 0 to 100."""
    plain = same_words(header)
    if not plain:
        return 0.0
    if header.strip().casefold() in {known.casefold() for known in column.headers}:
        return SURE
    known = {same_words(text) for text in column.headers} | {column.field.replace("_", " ")}
    if plain in known:
        return SAME_WORDS
    return min(SAME_WORDS - 1, max((float(WRatio(plain, text)) for text in known if text), default=0.0))


def mapping_questions(table: SheetTable, formats: Sequence[ExportFormat], grain: str) -> tuple[Question, ...]:
    """Return what to ask about an unknown table: what a row is, then what each column is.

    Args:
        table: the unknown table.
        formats: all formats; the mapped ones are offered.
        grain: name of the format that a person chose, '' when none was chosen yet.
    """
    offered = suggest(table, formats)
    chosen = next((one for one in offered if one.format.name == grain), offered[0] if offered else None)
    if chosen is None:
        return ()
    asked = Question(
        ask=Ask.GRAIN,
        sentence="Plumbline does not know this kind of file. What is one row of it?",
        evidence=(f"Its columns: {', '.join(column_labels(table.header)[:12])}",),
        choices={one.format.name: f"{one.format.label}: {one.format.grain}" for one in offered},
        suggestion=chosen.format.name,
    )
    fields = {match.label: match.column.field for match in chosen.matches if match.label}
    words = {column.field: column.words or column.headers[0] for column in chosen.format.columns}
    return (
        asked,
        *(
            Question(
                ask=Ask.MAPPING,
                key=label,
                sentence=f"What is the column “{label}”?",
                evidence=samples(table, index),
                choices={"": "not needed", **words},
                suggestion=fields.get(label, ""),
            )
            for index, label in enumerate(column_labels(table.header))
        ),
    )


def confirmed(table: SheetTable, chosen: ExportFormat, fields: Mapping[str, str]) -> Mapping[str, str]:
    """Return field -> column label of a mapping that a person confirmed.

    Args:
        table: the unknown table.
        chosen: the mapped format.
        fields: column label -> field, '' for columns that are not needed.

    Raises:
        PlumblineError: `mapping-unknown`, `mapping-twice`, `mapping-incomplete`.
    """
    labels, known = set(column_labels(table.header)), {column.field: column for column in chosen.columns}
    mapping: dict[str, str] = {}
    for label, field in fields.items():
        if not field:
            continue
        if label not in labels or field not in known:
            raise refusal(
                "mapping-unknown",
                f"“{label}” cannot be read as “{field}” here.",
                "Choose the column and its meaning from the lists.",
                table.place(column=label),
            )
        if field in mapping:
            raise refusal(
                "mapping-twice",
                f"The columns “{mapping[field]}” and “{label}” were both chosen as {_words(known[field])}.",
                "Keep one of them and set the other to “not needed”.",
                table.place(column=label),
            )
        mapping[field] = label
    lacking = [_words(column) for column in chosen.columns if column.required and column.field not in mapping]
    if lacking:
        raise refusal(
            "mapping-incomplete",
            f"For {chosen.label} a column is still missing: {', '.join(lacking)}.",
            "Choose which column of the file holds it; without it the rows cannot be read.",
            table.place(),
        )
    return mapping


def _words(column: Column) -> str:
    return f"“{column.words or column.headers[0]}”"


def matched(table: SheetTable, mapping: Mapping[str, str]) -> Mapping[str, int] | None:
    """Return field -> column index of a remembered mapping, None when the table lacks one of its columns."""
    labels = column_labels(table.header)
    if not set(mapping.values()) <= set(labels):
        return None
    return {field: labels.index(label) for field, label in mapping.items()}


def template_csv(chosen: ExportFormat) -> bytes:
    """Return an empty file with the headers that a mapped format understands (UTF-8 with BOM)."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(
        [column.headers[0] for column in chosen.columns if not is_personal(column)]
    )
    return text.getvalue().encode("utf-8-sig")
