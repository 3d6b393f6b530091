"""TikTok Studio, tab Content: the lifetime counts of up to some fifteen videos of an account."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import Issue, Severity
from core.imports.cells import posted_from_id
from core.imports.formats.export_time import ExportTime, export_time, is_close
from core.imports.formats.stat_rows import column_at, ids_or_gaps, sound_rows, texts_at
from core.imports.formats.studio_account import HOW_TO_EXPORT, SYSTEM, account_of
from core.imports.formats.studio_days import USUAL_LAG, newest_days
from core.imports.formats.video_rows import handle_in, no_video, one_row_per_video, video_of
from core.imports.model import Ask, Column, ExportFormat, Facts, Kind, Question
from core.units import day_number, instant_of

if TYPE_CHECKING:
    from core.imports.model import TypedTable

_MEASURES = ("views", "likes", "comments", "shares")
LONGEST_WAIT = 180  # days a draft may lie between upload and posting; twenty were seen
SAME_DAY = 1  # the exporter's day may be one off the UTC day of the id's clock


def build(typed: TypedTable) -> Facts:
    """Return what the file says about each video, and its lifetime counts on the day of the export."""
    rows, problems = sound_rows(typed, _MEASURES, since_posting=_MEASURES)
    urls = texts_at(typed, "url", rows)
    videos = [video_of(url) for url in urls]
    named = np.array([bool(video) for video in videos], dtype=bool)
    header = typed.headers.get("url", "")
    problems += tuple(no_video(int(rows[index]), urls[index], header) for index in np.flatnonzero(~named))
    clocks = [posted_from_id(video, now=typed.known.now) for video in videos]
    exported, asked = _exported(typed, [clock for clock in clocks if clock])
    day = day_number(exported.day)
    said = pd.DataFrame(
        {
            "video_id": videos,
            "handle": [handle_in(url) for url in urls],
            "url": urls,
            "caption": texts_at(typed, "caption", rows),
            "label": texts_at(typed, "posted", rows),
            **{name: column_at(typed, name, rows).astype("Int64") for name in _MEASURES},
        }
    )[named]
    videos_once = one_row_per_video(said, typed.table.place())
    frame = videos_once.frame
    handles = sorted({handle for handle in frame["handle"] if handle})
    account, questions = account_of(typed, handles[0] if len(handles) == 1 else "")
    if len(handles) > 1:
        account, questions = "", ()
    frame["handle"] = frame["handle"].where(frame["handle"] != "", account)
    return Facts(
        tables={"video_fact": _videos(frame, exported.day), "stat": _counts(frame, day)},
        problems=problems,
        issues=(*videos_once.issues, *_is_list(len(frame))),
        questions=(*questions, *asked),
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=day,
        last_day=day,
        account=account,
        rows=len(frame),
        ignored=videos_once.ignored,
    )


def _exported(typed: TypedTable, clocks: list[int]) -> tuple[ExportTime, tuple[Question, ...]]:
    """Return when the file was exported: its `Time` cells say the day, the ids and the clock the year.

    No export is older than the newest video in it.
    """
    fallback = export_time(typed.known)
    labels = [text for text in texts_at(typed, "exported", typed.kept) if text]
    label = max(set(labels), key=labels.count) if labels else ""
    first = instant_of(max(clocks)).date() - timedelta(days=SAME_DAY) if clocks else date.min
    days = (
        [day for day in newest_days(label, instant_of(typed.known.now).date()) if day >= first]
        if label
        else []
    )
    if fallback.known_from == "stated":
        return fallback, ()
    if not days:
        return fallback, () if fallback.is_stated else (_ask(label, days, fallback),)
    chosen = next((day for day in days if is_close(day, fallback.day, days=SAME_DAY)), days[0])
    told = export_time(typed.known, file_day=chosen)
    if len(days) == 1 or is_close(chosen, fallback.day, days=USUAL_LAG):
        return told, ()
    return told, (_ask(label, days, fallback),)


def _ask(label: str, days: list[date], fallback: ExportTime) -> Question:
    shown = f"It says “{label}” without a year." if label else "It does not say so itself."
    return Question(
        ask=Ask.EXPORT_DAY,
        sentence=f"On which day was this file downloaded? {shown}",
        evidence=("Its counts are those of that day.",),
        choices={day.isoformat(): f"{day.year}" for day in days},
        suggestion=(days[0] if days else fallback.day).isoformat(),
    )


def posted_day(label: str, clock: int | None, exported: date) -> date | None:
    """Return the day a video was posted, from its label and the clock in its id; None if not known.

    Args:
        label: day and month without a year, as TikTok writes it.
        clock: upload time in the id, Unix seconds UTC; None if the id has none.
        exported: the day of the export.
    """
    if clock is None:
        return None  # the label alone leaves the year open
    uploaded = instant_of(clock).date()
    latest = min(exported, uploaded + timedelta(days=LONGEST_WAIT))
    days = newest_days(label, latest) if label else []
    return min(days, key=lambda day: abs((day - uploaded).days)) if days else uploaded


def _videos(frame: pd.DataFrame, exported: date) -> pd.DataFrame:
    """Return one `video_fact` row per video.

    The clock of the id is the moment of posting only where both name the same day: a
    scheduled video is uploaded earlier than it is posted.
    """
    clocks = [posted_from_id(video) for video in frame["video_id"]]
    days = [posted_day(label, clock, exported) for label, clock in zip(frame["label"], clocks, strict=True)]
    agrees = [
        clock is not None and day is not None and abs((day - instant_of(clock).date()).days) <= SAME_DAY
        for clock, day in zip(clocks, days, strict=True)
    ]
    return pd.DataFrame(
        {
            "video_id": frame["video_id"],
            "handle": frame["handle"],
            "url": frame["url"],
            "caption": frame["caption"],
            "posted_at": ids_or_gaps(
                clock if fits else None for clock, fits in zip(clocks, agrees, strict=True)
            ),
            "posted_day": ids_or_gaps(None if day is None else day_number(day) for day in days),
            "posted_from": ["file" if label else "id" for label in frame["label"]],
        }
    )


def _counts(frame: pd.DataFrame, day: int) -> pd.DataFrame:
    return frame[["video_id", "handle", *_MEASURES]].assign(
        subject_kind="video",
        subject=frame["video_id"],
        kind="lifetime",
        first_day=day,
        last_day=day,
        traffic="total",
    )


def _is_list(count: int) -> tuple[Issue, ...]:
    return (
        Issue(
            code="top-list-only",
            severity=Severity.NOTE,
            what=(
                f"TikTok puts only some of an account's videos into this file ({count} here); "
                "the number of videos cannot be counted from it."
            ),
        ),
    )


_POSTS = (
    "Post time",
    "Posted on",
    "Hora da publicação",
    "Hora de publicación",
    "Heure de publication",
    "Waktu posting",
)
FORMAT = ExportFormat(
    name="studio_content",
    label="TikTok Studio content",
    system=SYSTEM,
    grain="one video, its counts since it was posted",
    how_to_export=HOW_TO_EXPORT.format(tab="Content"),
    columns=(
        Column(field="exported", headers=("Time", "Hora", "Tempo", "Heure", "Waktu"), kind=Kind.TEXT, words="day of the export"),
        Column(
            field="caption",
            headers=("Video title", "Título do vídeo", "Título del vídeo", "Título del video", "Titre de la vidéo", "Judul video"),
            kind=Kind.TEXT, required=True, words="caption",
        ),
        Column(
            field="url",
            headers=("Video link", "Link do vídeo", "Enlace del vídeo", "Enlace del video", "Lien de la vidéo", "Tautan video"),
            kind=Kind.URL, required=True, words="link of the video",
        ),
        Column(field="posted", headers=_POSTS, kind=Kind.TEXT, required=True, words="day of posting, without a year"),
        Column(
            field="likes",
            headers=("Total likes", "Total de curtidas", "Total de Me gusta", "Total de likes", "Total suka"),
            kind=Kind.COUNT, words="likes since posting",
        ),
        Column(
            field="comments",
            headers=("Total comments", "Total de comentários", "Total de comentarios", "Total de commentaires", "Total komentar"),
            kind=Kind.COUNT, words="comments since posting",
        ),
        Column(
            field="shares",
            headers=("Total shares", "Total de compartilhamentos", "Total de veces compartido", "Total de partages", "Total dibagikan"),
            kind=Kind.COUNT, words="shares since posting",
        ),
        Column(
            field="views",
            headers=("Total views", "Video views", "Total de visualizações", "Total de visualizaciones", "Total de vues", "Total tayangan"),
            kind=Kind.COUNT, required=True, words="views since posting",
        ),
    ),
    build=build,
)  # fmt: skip
