"""Estimates among mapped columns: `Est. reach` and media value are not measurements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.errors import Issue, Severity

if TYPE_CHECKING:
    from core.imports.model import TypedTable

_ESTIMATE = re.compile(
    r"\best(?:\.|imated?\b)|\bemv\b|\bimv\b|media value|\bpredicted\b|\bprojected\b", re.IGNORECASE
)


def is_estimate(header: str) -> bool:
    """Return whether a header says that its figures are estimated."""
    return bool(_ESTIMATE.search(header))


def estimates(typed: TypedTable) -> tuple[Issue, ...]:
    """Return a warning for each mapped column whose header says that it is an estimate."""
    return tuple(
        Issue(
            code="column-is-estimate",
            severity=Severity.WARNING,
            what=f'"{header}" is an estimate of the tool, not a count of the platform.',
            fix="Leave the column out, or keep it and read the figure as an estimate.",
            places=(typed.table.place(column=header),),
        )
        for header in typed.headers.values()
        if is_estimate(header)
    )
