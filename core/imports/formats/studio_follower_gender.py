"""TikTok Studio, tab Followers: the gender of an account's followers on the day of the export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.imports.formats.audience_shares import SHARE, share_facts
from core.imports.formats.studio_account import HOW_TO_EXPORT, SYSTEM
from core.imports.model import Column, ExportFormat, Kind

if TYPE_CHECKING:
    from core.imports.model import Facts, TypedTable

_PLAIN = {
    word: plain
    for plain, words in {
        "female": ("female", "feminino", "femenino", "femmes", "femme", "weiblich", "γυναίκα", "γυναίκες", "perempuan", "nữ", "donne", "femmina"),
        "male": ("male", "masculino", "hommes", "homme", "männlich", "άνδρας", "άνδρες", "laki-laki", "nam", "uomini", "maschio"),
        "other": ("other", "outro", "outros", "otro", "otros", "autre", "autres", "andere", "άλλο", "lainnya", "khác", "altro"),
    }.items()
    for word in words
}  # fmt: skip


def _gender(text: str) -> str:
    plain = text.strip().casefold()
    return _PLAIN.get(plain, plain)


def build(typed: TypedTable) -> Facts:
    """Return one share per gender."""
    return share_facts(typed, "gender", _gender)


FORMAT = ExportFormat(
    name="studio_follower_gender",
    label="TikTok Studio follower gender",
    system=SYSTEM,
    grain="one gender among the followers of one account",
    how_to_export=HOW_TO_EXPORT.format(tab="Followers"),
    columns=(
        Column(
            field="value",
            headers=("Gender", "Gênero", "Género", "Genre", "Sexe", "Geschlecht", "Φύλο", "Jenis kelamin", "Giới tính", "Genere"),
            kind=Kind.LABEL, required=True, words="gender",
        ),
        SHARE,
    ),
    build=build,
)  # fmt: skip
