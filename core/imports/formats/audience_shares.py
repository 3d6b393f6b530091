"""Shares of an account's followers on the day of the export: what gender and territories have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.errors import Issue, Severity
from core.imports.formats.export_time import ask_export_day, export_time
from core.imports.formats.stat_rows import add_counts, column_at, sound_rows, texts_at
from core.imports.formats.studio_account import account_of
from core.imports.formats.studio_days import UNKNOWN
from core.imports.model import Column, Facts, Kind
from core.units import day_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.imports.model import TypedTable

ROUNDING = 0.02  # how far shares written with few digits may be from a whole
SHARE = Column(
    field="share",
    headers=(
        "Distribution",
        "Distribuição",
        "Distribución",
        "Répartition",
        "Verteilung",
        "Κατανομή",
        "Distribusi",
        "Phân bố",
        "Distribuzione",
    ),
    kind=Kind.SHARE,
    required=True,
    words="share of the followers, as 0.56 or 56%",
)


def share_facts(typed: TypedTable, dimension: str, plain: Callable[[str], str]) -> Facts:
    """Return one `audience_share` row per value of the dimension.

    Args:
        typed: the typed table with the fields `value` and `share`.
        dimension: gender | territory.
        plain: the value as stored, from the value as written.
    """
    handle, questions = account_of(typed)
    exported = export_time(typed.known)
    if exported.known_from == "upload":
        questions = (*questions, ask_export_day(typed.known, about="these shares"))
    rows, problems = sound_rows(typed)
    shares = column_at(typed, "share", rows).astype("Float64")
    frame = pd.DataFrame({"value": [plain(text) for text in texts_at(typed, "value", rows)], "share": shares})
    known = frame[frame["share"].notna() & (frame["value"] != "")].reset_index(drop=True)
    day = day_number(exported.day)
    return Facts(
        tables={
            "audience_share": known.assign(
                subject_kind="account", subject=handle, day=day, dimension=dimension
            )
        },
        problems=problems,
        issues=_sum_check(float(known["share"].sum()) if len(known) else 1.0),
        questions=questions,
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=day,
        last_day=day,
        account=handle,
        rows=len(known),
        ignored=add_counts({UNKNOWN: len(frame) - len(known)}),
    )


def _sum_check(whole: float) -> tuple[Issue, ...]:
    if abs(whole - 1) <= ROUNDING:
        return ()
    return (
        Issue(
            code="shares-not-a-whole",
            severity=Severity.WARNING,
            what=f"The shares of this file add up to {whole:.2f}, not to 1.",
            fix="Check that no row of the file is missing.",
        ),
    )
