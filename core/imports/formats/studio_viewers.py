"""TikTok Studio, tab Viewers: how many people watched an account's videos, by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import Issue, Severity
from core.imports.formats.studio_account import HOW_TO_EXPORT, SYSTEM
from core.imports.formats.studio_days import DATE, daily_facts
from core.imports.model import Column, ExportFormat, Kind

if TYPE_CHECKING:
    from core.imports.model import Facts, TypedTable

_MEASURES = ("viewers", "new_viewers", "returning_viewers")


def build(typed: TypedTable) -> Facts:
    """Return the account's days under the labels of this file.

    A day whose total is not known is left out: the zeros beside it are not known either.
    """
    return daily_facts(typed, _MEASURES, total="viewers", notes=_one_day_behind)


def _one_day_behind() -> tuple[Issue, ...]:
    # Measured on three exports of two accounts: with the labels as they stand, some days
    # have more viewers than views; moved by a day they fit.
    return (
        Issue(
            code="viewers-a-day-behind",
            severity=Severity.NOTE,
            what=(
                "TikTok labels the viewers of a day one day later than its views. "
                "They are kept under their own label and never divided by each other."
            ),
        ),
    )


FORMAT = ExportFormat(
    name="studio_viewers",
    label="TikTok Studio viewers",
    system=SYSTEM,
    grain="one day of one account",
    how_to_export=HOW_TO_EXPORT.format(tab="Viewers"),
    columns=(
        DATE,
        Column(
            field="viewers",
            headers=("Total Viewers", "Total de espectadores", "Espectadores totales", "Total des spectateurs", "Zuschauer gesamt", "Total penonton", "Tổng số người xem"),
            kind=Kind.COUNT, required=True, words="people who watched",
        ),
        Column(
            field="new_viewers",
            headers=("New Viewers", "Novos espectadores", "Nuevos espectadores", "Espectadores nuevos", "Nouveaux spectateurs", "Neue Zuschauer", "Penonton baru", "Người xem mới"),
            kind=Kind.COUNT, required=True, words="people who had not watched before",
        ),
        Column(
            field="returning_viewers",
            headers=("Returning Viewers", "Espectadores recorrentes", "Espectadores recurrentes", "Spectateurs récurrents", "Wiederkehrende Zuschauer", "Penonton lama", "Người xem quay lại"),
            kind=Kind.COUNT, words="people who had watched before",
        ),
    ),
    build=build,
)  # fmt: skip
