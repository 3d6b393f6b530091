"""TikTok Studio, tab Followers: how many followers an account had, by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.imports.formats import studio_words
from core.imports.formats.studio_account import HOW_TO_EXPORT, SYSTEM
from core.imports.formats.studio_days import DATE, daily_facts
from core.imports.model import Column, ExportFormat, Kind

if TYPE_CHECKING:
    from core.imports.model import Facts, TypedTable


def build(typed: TypedTable) -> Facts:
    """Return the followers of each day.

    The column of differences is not read: in some exports it holds the difference to the
    next day instead of the previous one.
    """
    return daily_facts(typed, ("followers",), total="followers")


FORMAT = ExportFormat(
    name="studio_follower_history",
    label="TikTok Studio followers by day",
    system=SYSTEM,
    grain="one day of one account",
    how_to_export=HOW_TO_EXPORT.format(tab="Followers"),
    columns=(
        DATE,
        Column(
            field="followers",
            headers=("Followers", "Seguidores", "Abonnés", "Follower", "Ακόλουθοι", "Pengikut", "Người theo dõi", *studio_words.FOLLOWERS),
            kind=Kind.COUNT, required=True, words="followers on the day",
        ),
        Column(
            field="difference",
            headers=(
                "Difference in followers from previous day",
                "Diferença de seguidores em relação ao dia anterior",
                "Diferencia de seguidores con respecto al día anterior",
                "Différence d’abonnés par rapport au jour précédent",
            ),
            kind=Kind.TEXT, required=True, words="not read: it is not reliable",
        ),
    ),
    build=build,
)  # fmt: skip
