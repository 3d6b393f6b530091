"""What is known about one file before it is imported."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from core.imports.questions import Answered, source_of
from core.imports.receipt import Counts

if TYPE_CHECKING:
    from core.errors import Issue
    from core.imports.differences import Differences
    from core.imports.mapper import Suggestion
    from core.imports.model import Question
    from core.imports.portions import Material, Reading
    from core.imports.standing import Standing


class ReviewState(StrEnum):
    """What a file waits for."""

    READY = "ready"
    ASKS = "asks"  # a person must answer something
    NEEDS_MAPPING = "needs mapping"  # an unknown table: a person says which column is what
    REFUSED = "refused"
    ALREADY_IMPORTED = "already imported"
    NOTHING = "nothing to read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A file as it was handed in.

    Attributes:
        name: as its owner calls it; never used as a path.
        data: its bytes.
        modified_at: Unix seconds, where the browser says so.
    """

    name: str
    data: bytes = field(repr=False)
    modified_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReview:
    """One future import: a file, or the part of it that is one kind of export.

    Attributes:
        key: tells it from the others of the drop and stays the same when answered.
        file: display name.
        sha256: of the bytes.
        size: in bytes.
        format: name of the kind of export, '' while not known.
        label: the kind of export in words.
        sentence: what will happen, in plain words.
        state: what it waits for.
        questions: what a person must answer, suggestions beside them.
        answered: what was answered, now or for an earlier file of the source; may be changed.
        issues: warnings, and the reason of a refusal.
        counts: where its rows go; complete only when ready.
        differences: its rows against what is known; None until ready.
        digest: of the rows that would be stored, by which equal imports are known.
        revision: of the store when the differences were worked out.
        standing: the import that holds the very file already.
        suggestions: what an unknown table may be, best first.
        material: what it is made from, kept in memory for the import.
        reading: what would be stored.
        offered: the bytes, kept only while a person may have to choose their encoding.
    """

    key: str
    file: str
    sha256: str
    size: int
    format: str = ""
    label: str = ""
    sentence: str
    state: ReviewState
    questions: tuple[Question, ...] = ()
    answered: tuple[Answered, ...] = ()
    issues: tuple[Issue, ...] = ()
    counts: Counts = field(default_factory=Counts)
    differences: Differences | None = None
    digest: str = ""
    revision: int = -1
    standing: Standing | None = None
    suggestions: tuple[Suggestion, ...] = ()
    material: Material | None = field(default=None, repr=False, compare=False)
    reading: Reading | None = field(default=None, repr=False, compare=False)
    offered: Offered | None = field(default=None, repr=False, compare=False)

    @property
    def source(self) -> str:
        """Return the name under which answers are remembered, '' while the kind is not known."""
        if self.material is None or not self.format:
            return ""
        account = self.reading.account if self.reading else ""
        return source_of(self.format, self.material.fingerprint, account)
