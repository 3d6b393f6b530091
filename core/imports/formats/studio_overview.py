"""TikTok Studio, tab Overview: an account's views, profile views, likes, comments and shares by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.imports.formats import studio_words
from core.imports.formats.studio_account import HOW_TO_EXPORT, SYSTEM
from core.imports.formats.studio_days import DATE, daily_facts
from core.imports.model import Column, ExportFormat, Kind

if TYPE_CHECKING:
    from core.imports.model import Facts, TypedTable

_MEASURES = ("views", "profile_views", "likes", "comments", "shares")


def build(typed: TypedTable) -> Facts:
    """Return the account's days; counts may fall below zero where comments were deleted."""
    return daily_facts(typed, _MEASURES, total="views")


FORMAT = ExportFormat(
    name="studio_overview",
    label="TikTok Studio overview",
    system=SYSTEM,
    grain="one day of one account",
    how_to_export=HOW_TO_EXPORT.format(tab="Overview"),
    columns=(
        DATE,
        Column(
            field="views",
            headers=(
                "Video Views", "Visualizações de vídeo", "Visualizaciones de vídeo", "Visualizaciones de video",
                "Vues de vidéo", "Vues de la vidéo", "Videoaufrufe", "Προβολές βίντεο", "Tayangan video", "Lượt xem video",
                "Visualizzazioni video", *studio_words.VIEWS,
            ),
            kind=Kind.COUNT, required=True, words="video views of the day",
        ),
        Column(
            field="profile_views",
            headers=(
                "Profile Views", "Visualizações do perfil", "Visualizações de perfil", "Visualizaciones del perfil",
                "Visualizaciones de perfil", "Vues du profil", "Vues de profil", "Profilaufrufe", "Προβολές προφίλ",
                "Tayangan profil", "Lượt xem hồ sơ", "Visualizzazioni profilo", *studio_words.PROFILE_VIEWS,
            ),
            kind=Kind.COUNT, required=True, words="visits to the profile",
        ),
        Column(
            field="likes",
            headers=("Likes", "Curtidas", "Me gusta", "J’aime", "J'aime", "Mentions J’aime", "Gefällt mir", "Suka", "Lượt thích", "Mi piace", *studio_words.LIKES),
            kind=Kind.COUNT, words="likes",
        ),
        Column(
            field="comments",
            headers=("Comments", "Comentários", "Comentarios", "Commentaires", "Kommentare", "Σχόλια", "Komentar", "Bình luận", "Commenti", *studio_words.COMMENTS),
            kind=Kind.COUNT, words="comments",
        ),
        Column(
            field="shares",
            headers=("Shares", "Compartilhamentos", "Veces compartido", "Compartidos", "Partages", "Geteilt", "Κοινοποιήσεις", "Dibagikan", "Lượt chia sẻ", "Condivisioni", *studio_words.SHARES),
            kind=Kind.COUNT, words="shares",
        ),
    ),
    build=build,
)  # fmt: skip
