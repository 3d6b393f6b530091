"""How big a file may be. Every limit can be set by an environment variable named in the refusal."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "PLUMBLINE_MAX_{name}"
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes above which a file is refused, and how long reading may take.

    Attributes:
        file_mb: megabytes of a file as uploaded.
        unpacked_mb: megabytes of an archive or workbook once unpacked.
        rows: data rows of all tables of a file.
        columns: columns of a table.
        cell_kb: kilobytes of one cell.
        members: files in an archive that hold data.
        parts: parts of a workbook.
        sheets: sheets of a workbook.
        ratio: how many times bigger an archive above 10 MB may become.
        cpu_seconds, wall_seconds: time for reading a small file; big files get more in proportion.
    """

    file_mb: int = 200
    unpacked_mb: int = 400
    rows: int = 2_000_000
    columns: int = 500
    cell_kb: int = 100
    members: int = 20
    parts: int = 500
    sheets: int = 50
    ratio: int = 200
    cpu_seconds: int = 60
    wall_seconds: int = 90


def limits_from(environment: Mapping[str, str] = os.environ) -> Limits:
    """Return the limits, with those that the environment sets to a positive whole number."""
    chosen = {}
    for field in fields(Limits):
        text = environment.get(VARIABLE.format(name=field.name.upper()), "")
        if text.isascii() and text.isdigit() and int(text):
            chosen[field.name] = int(text)
    return Limits(**chosen)


def setting(name: str) -> str:
    """Return the advice that names the variable behind a limit."""
    return f"Whoever runs Plumbline can raise this limit with {VARIABLE.format(name=name.upper())}."
