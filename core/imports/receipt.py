"""The receipt of an import: it adds up, and says in one sentence what happened."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from core.imports.differences import Differences

if TYPE_CHECKING:
    from collections.abc import Mapping


class Outcome(StrEnum):
    """What became of a file."""

    STORED = "stored"
    SAME_FILE = "same file"  # byte for byte an import that stands: nothing changes
    SAME_ROWS = "same rows"  # the rows of an import that stands: kept on record, stored once
    UNDONE = "undone"
    ALREADY_UNDONE = "already undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Where the rows of a file go.

    Attributes:
        rows_in: data rows of the file, whatever became of them.
        stored: rows that become facts.
        aside: rows set aside with a reason each.
        ignored: reason -> rows left out on purpose.
    """

    rows_in: int = 0
    stored: int = 0
    aside: int = 0
    ignored: Mapping[str, int] = field(default_factory=dict)

    @property
    def ignored_rows(self) -> int:
        """Return how many rows were left out on purpose."""
        return sum(self.ignored.values())

    @property
    def adds_up(self) -> bool:
        """Return whether every row of the file is accounted for."""
        return self.rows_in == self.stored + self.aside + self.ignored_rows

    @property
    def words(self) -> str:
        """Return the sum in words, for instance `61 rows = 60 stored + 1 set aside`."""
        parts = [f"{self.stored:,} stored"]
        parts += [f"{self.aside:,} set aside"] if self.aside else []
        parts += [f"{count:,} left out ({reason})" for reason, count in self.ignored.items() if count]
        return f"{self.rows_in:,} {'row' if self.rows_in == 1 else 'rows'} = {' + '.join(parts)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an import or its undoing did.

    Attributes:
        batch_id: the import that the receipt is about.
        file: display name.
        label: what kind of export it is, in words.
        outcome: what became of it.
        counts: where its rows went.
        differences: its rows against what was known before.
        checks: control sums: label -> (stated in the file, computed from its rows).
        issues: warnings, as sentences.
        as_of: Unix seconds of the export as the file, its name or a person states it.
        parts: formats that the file holds; an import has one of them.
        other: name of the file that an equal one was imported from, '' where it does not apply.
    """

    batch_id: int
    file: str
    label: str
    outcome: Outcome
    counts: Counts = field(default_factory=Counts)
    differences: Differences = field(default_factory=Differences)
    checks: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    issues: tuple[str, ...] = ()
    as_of: int = 0
    parts: tuple[str, ...] = ()
    other: str = ""

    @property
    def adds_up(self) -> bool:
        """Return whether every row of the file is accounted for."""
        return self.counts.adds_up

    @property
    def sentence(self) -> str:
        """Return what happened, in one plain sentence or two."""
        if self.outcome is Outcome.STORED:
            return f"{self.file}: {self.counts.words}; {self.differences.words}."
        if self.outcome is Outcome.SAME_FILE:
            return f"{self.file} is the very file imported before as {self.other}: nothing was changed."
        if self.outcome is Outcome.SAME_ROWS:
            return f"{self.file} holds the very rows of {self.other}: they count once. {self.counts.words}."
        if self.outcome is Outcome.UNDONE:
            return f"The import of {self.file} was undone: everything is as if it had never been imported."
        return f"The import of {self.file} had been undone already: nothing was changed."

    def for_batch(self, batch_id: int) -> Receipt:
        """Return the receipt with the number of the import it is about."""
        return replace(self, batch_id=batch_id)

    def to_json(self) -> str:
        """Return what the store keeps beside the batch."""
        return json.dumps(
            {
                "outcome": self.outcome.value,
                "counts": {
                    "rows_in": self.counts.rows_in,
                    "stored": self.counts.stored,
                    "aside": self.counts.aside,
                    "ignored": dict(self.counts.ignored),
                },
                "differences": {
                    "new": self.differences.new,
                    "changed": self.differences.changed,
                    "unchanged": self.differences.unchanged,
                    "older": self.differences.older,
                },
                "checks": {label: list(pair) for label, pair in self.checks.items()},
                "issues": list(self.issues),
                "as_of": self.as_of,
                "parts": list(self.parts),
                "other": self.other,
            },
            ensure_ascii=False,
        )


def receipt_from_json(text: str, *, batch_id: int, file: str, label: str) -> Receipt:
    """Return the receipt that was kept beside a batch."""
    kept = json.loads(text)
    return Receipt(
        batch_id=batch_id,
        file=file,
        label=label,
        outcome=Outcome(kept["outcome"]),
        counts=Counts(**kept["counts"]),
        differences=Differences(**kept["differences"]),
        checks={label: (pair[0], pair[1]) for label, pair in kept["checks"].items()},
        issues=tuple(kept["issues"]),
        as_of=kept["as_of"],
        parts=tuple(kept["parts"]),
        other=kept["other"],
    )
