"""One problem, said in three parts: what happened, where, what to do.

This module imports nothing of Plumbline, so that every other one may use it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters to the person who reads it."""

    NOTE = "note"  # worth knowing, nothing to do
    WARNING = "warning"  # the rest was taken, this part needs a look
    ERROR = "error"  # nothing was taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a file a problem sits, counted as a spreadsheet counts."""

    file: str = ""
    sheet: str = ""
    row: int | None = None  # 1 is the first line of the file or sheet
    column: str = ""  # the header as written

    def __str__(self) -> str:
        """Return the place in words, for instance `orders.csv, row 3, column "Total"`."""
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(f'sheet "{self.sheet}"')
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f'column "{self.column}"')
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One kind of problem, however often it occurs.

    Attributes:
        code: stable kebab-case name, for tests and documentation.
        severity: whether the rest was taken.
        what: one plain sentence that quotes the value as written.
        fix: one plain sentence that says what to do.
        places: up to three places, the first ones met.
        count: how often it occurs; at least 1.
    """

    code: str
    severity: Severity
    what: str
    fix: str = ""
    places: tuple[Place, ...] = field(default=())
    count: int = 1

    def __str__(self) -> str:
        """Return the whole message: what, where, what to do."""
        where = f" ({'; '.join(str(place) for place in self.places)})" if self.places else ""
        return f"{self.what}{where}{' ' + self.fix if self.fix else ''}"


class PlumblineError(Exception):
    """A problem that stops what was asked; its message may be shown to anyone."""

    def __init__(self, issue: Issue) -> None:
        """Keep the issue and use its sentence as the message."""
        super().__init__(str(issue))
        self.issue = issue


def refusal(code: str, what: str, fix: str, place: Place | None = None) -> PlumblineError:
    """Return an error that says what was refused and what to do instead."""
    places = (place,) if place else ()
    return PlumblineError(Issue(code=code, severity=Severity.ERROR, what=what, fix=fix, places=places))
