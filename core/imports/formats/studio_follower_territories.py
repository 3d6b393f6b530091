"""TikTok Studio, tab Followers: where an account's followers are on the day of the export."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.imports.formats.audience_shares import SHARE, share_facts
from core.imports.formats.studio_account import HOW_TO_EXPORT, SYSTEM
from core.imports.model import Column, ExportFormat, Kind

if TYPE_CHECKING:
    from core.imports.model import Facts, TypedTable

_COUNTRY = re.compile(r"[A-Za-z]{2}\Z")
_OTHERS = frozenset(
    {"others", "other", "outros", "otros", "autres", "andere", "άλλα", "lainnya", "khác", "altri"}
)


def _territory(text: str) -> str:
    plain = text.strip()
    if _COUNTRY.match(plain):
        return plain.upper()
    return "other" if plain.casefold() in _OTHERS else plain


def build(typed: TypedTable) -> Facts:
    """Return one share per territory: two-letter country codes, and `other` for the rest."""
    return share_facts(typed, "territory", _territory)


FORMAT = ExportFormat(
    name="studio_follower_territories",
    label="TikTok Studio follower territories",
    system=SYSTEM,
    grain="one territory among the followers of one account",
    how_to_export=HOW_TO_EXPORT.format(tab="Followers"),
    columns=(
        Column(
            field="value",
            headers=("Top territories", "Principais territórios", "Principales territorios", "Principaux territoires", "Top-Gebiete", "Κορυφαίες περιοχές", "Wilayah teratas", "Lãnh thổ hàng đầu"),
            kind=Kind.TEXT, required=True, words="territory",
        ),
        SHARE,
    ),
    build=build,
)  # fmt: skip
