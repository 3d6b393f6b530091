"""Unknown tables: which kind they may be and which column may be what, suggested and never taken unasked."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from core.errors import refusal
from core.imports.model import Ask, Column, ExportFormat, Kind, Question, SheetTable
from core.imports.privacy import has_people, is_personal, without_people
from core.imports.profiles import column_labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SURE = 100.0  # the header is a known spelling
SAME_WORDS = 99.0  # the same words, written otherwise
SIMILAR = 82.0  # below this a resemblance is chance: `Reach` and `Search` score 73
LEAVE_OUT = "leave-out"  # answer to what a row is: nothing that is of use
_SAMPLES = 3
_SHORT = 4  # letters of a word that must be spelt exactly
_IN_BRACKETS = re.compile(r"[(\[](?![^)\]]*(?:paid|organic))[^)\]]*[)\]]", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_WORD = re.compile(r"[\W_]+")
_FIGURES = frozenset({Kind.COUNT, Kind.MONEY, Kind.NUMBER, Kind.SHARE, Kind.SECONDS})
_WHOLE = frozenset({Kind.COUNT, Kind.MONEY})
_SHARE_WORDS = frozenset({"rate", "share", "percent", "percentage"})
_COUNT_WORDS = frozenset({"count", "number", "num", "total", "sum"})
_LITTLE_WORDS = frozenset(
    {"of", "the", "a", "an", "in", "on", "by", "tik", "tok", "tiktok", "usd", "eur", "gbp", "utc"}
)
_SHOP_TOTALS = frozenset({
    "orders", "total orders", "new orders", "revenue", "total revenue", "sales", "total sales", "gross sales",
    "net sales", "new customers", "returning customers", "gross profit", "profit", "cogs",
    "cost of goods sold",
    "refunds", "discounts", "average order value", "aov", "units sold", "items sold",
})  # fmt: skip
_FIGURE = re.compile(r"[-+]?[^\w\s]?\d[\d.,\s]*%?")


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
            (_score(header, column), -index, -place, column.field)
            for index, header in enumerate(table.header)
            for place, column in enumerate(candidate.columns)
        ),
        reverse=True,
    )
    taken: dict[str, tuple[int, float]] = {}
    used: set[int] = set()
    for score, minus_index, _place, field in scored:
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
    is_share = "%" in header or bool(_SHARE_WORDS & set(plain.split()))
    if is_share and column.kind in _WHOLE:
        return 0.0
    known = {same_words(text) for text in column.headers} | {column.field.replace("_", " ")}
    if plain in known:
        return SAME_WORDS
    likeness = (_likeness(_words_of(plain, column.kind), text, column.kind) for text in known if text)
    return min(SAME_WORDS - 1, max(likeness, default=0.0))


def _likeness(left: Sequence[str], known: str, kind: Kind) -> float:
    """Return how alike the words of a header and a known spelling are, in any order, 0 to 100.

    Every word needs a partner of nearly its length: `new customers` holds `cost`, and `reviews`
    holds `views`, yet neither means it. Plural is forgiven for figures only, since `orders` is a
    number and `order` a name.
    """
    rest = [word for word in known.split() if word not in _LITTLE_WORDS]
    if not left or len(left) != len(rest):
        return 0.0
    scores = []
    for word in left:
        best, score = max(((each, float(ratio(word, each))) for each in rest), key=lambda pair: pair[1])
        is_plural = word.rstrip("s") == best.rstrip("s")
        is_near = (
            word[0] == best[0] and abs(len(word) - len(best)) <= 1 and min(len(word), len(best)) > _SHORT
        )
        may_differ = kind in _FIGURES if is_plural else is_near and score >= SIMILAR
        if word != best and not may_differ:
            return 0.0
        scores.append(score)
        rest.remove(best)
    return sum(scores) / len(scores)


def _words_of(text: str, kind: Kind) -> list[str]:
    """Return the words of a header that say what it is; a count of orders is not an order."""
    dropped = _LITTLE_WORDS | (_COUNT_WORDS if kind is Kind.COUNT else frozenset())
    words = text.split()
    return [word for word in words if word not in dropped] or words


def is_totals_of_shop(table: SheetTable) -> bool:
    """Return whether the rows are days of a whole shop: a date and figures, nothing that names an order."""
    plain = [same_words(header) for header in table.header]
    others = [index for index, words in enumerate(plain) if words not in {"date", "day", "week", "month"}]
    if len(others) != len(plain) - 1 or sum(plain[index] in _SHOP_TOTALS for index in others) < 2:
        return False
    cells = [
        str(cell) for index in others for cell in table.columns[index].head(_SAMPLES) if str(cell).strip()
    ]
    return bool(cells) and all(_FIGURE.fullmatch(cell.strip()) for cell in cells)


_GRAIN_OF_TOTALS = (
    "One row seems to be a day of the whole shop. Such totals are not used yet: only single orders can be "
    "credited to a creator, so export the orders themselves if you can. What shall be done with this file?"
)


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
    is_totals = is_totals_of_shop(table)
    asked = Question(
        ask=Ask.GRAIN,
        sentence=_GRAIN_OF_TOTALS if is_totals else "This kind of file is new here. What is one row of it?",
        evidence=(f"Its columns: {', '.join(column_labels(table.header)[:12])}",),
        choices={
            **{one.format.name: f"{one.format.label}: {one.format.grain}" for one in offered},
            LEAVE_OUT: "None of these: leave this file out, store nothing of it",
        },
        suggestion=LEAVE_OUT if is_totals and not grain else chosen.format.name,
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
