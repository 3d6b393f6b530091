"""Public data of videos, as scrapers, research interfaces and hand-made lists give them.

Anyone can see these counts on TikTok. Its web pages round counts of 10,000 and more,
so such rows carry a flag: the rise between two of them is noise near the rounding step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.imports.cells import posted_from_id
from core.imports.formats.clocked_times import clocked_times
from core.imports.formats.export_time import ExportTime, ask_export_day, export_time
from core.imports.formats.stat_rows import add_counts, column_at, ids_or_gaps, sound_rows, texts_at
from core.imports.formats.video_columns import COLUMNS, names_videos
from core.imports.formats.video_rows import handle_in, no_video, one_row_per_video, video_of
from core.imports.model import ExportFormat, Facts, Question, RowProblem
from core.imports.typing_columns import not_above
from core.units import day_number, day_of

if TYPE_CHECKING:
    from core.imports.model import TypedTable

_MEASURES = ("views", "likes", "comments", "shares", "saves")
ROUNDED_FROM = 10_000  # below it, TikTok's web pages show exact counts
ROUNDING_STEP = 100
NO_VIDEO = "status message instead of a video"


def build(typed: TypedTable) -> Facts:
    """Return what is said about each video, its counts on the day they were seen, and followers."""
    counts = (*_MEASURES, "followers", "duration")
    rows, problems = sound_rows(typed, counts, since_posting=counts)
    rows, messages = _without_messages(typed, rows)
    urls, ids = texts_at(typed, "url", rows), texts_at(typed, "video_id", rows)
    videos = [video_of(written, url) for written, url in zip(ids, urls, strict=True)]
    named = np.array([bool(video) for video in videos], dtype=bool)
    problems += tuple(
        _nameless(typed, int(rows[index]), urls[index] or ids[index]) for index in np.flatnonzero(~named)
    )
    exported, questions = _seen_on(typed, rows)
    said = _said(typed, rows, videos, urls)[named]
    once = one_row_per_video(said, typed.table.place())
    frame = once.frame.assign(day=lambda one: one["seen"].fillna(day_number(exported.day)))
    days = frame["day"]
    return Facts(
        tables={
            "video_fact": _videos(frame),
            "stat": pd.concat([_counts(frame), _followers(frame)], ignore_index=True),
        },
        problems=problems,
        issues=(*once.issues, *not_above(typed, "likes", "views")),
        questions=questions,
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=None if frame.empty else int(days.min()),
        last_day=None if frame.empty else int(days.max()),
        rows=len(frame),
        ignored=add_counts(once.ignored, {NO_VIDEO: messages}),
    )


def _without_messages(typed: TypedTable, rows: np.ndarray) -> tuple[np.ndarray, int]:
    """Return the rows that have any figure or link, and how many have none: scrapers report failures so."""
    fields = [name for name in ("video_id", "url", *_MEASURES) if typed.has(name)]
    filled = np.zeros(len(rows), dtype=bool)
    for name in fields:
        cells = column_at(typed, name, rows)
        filled |= (cells.notna() & (cells.astype("str") != "")).to_numpy(dtype=bool)
    return rows[filled], int((~filled).sum())


def _nameless(typed: TypedTable, position: int, written: str) -> RowProblem:
    """Return why a row names no video: its id has lost digits, or there is none."""
    damaged = typed.columns["video_id"].problems if typed.has("video_id") else ()
    header = typed.headers.get("url") or typed.headers.get("video_id", "")
    return next((one for one in damaged if one.position == position), no_video(position, written, header))


def _seen_on(typed: TypedTable, rows: np.ndarray) -> tuple[ExportTime, tuple[Question, ...]]:
    """Return when the counts were seen: as the rows say, else as the file's own time says, else to be asked."""
    days = column_at(typed, "seen", rows if len(rows) else typed.kept).dropna()
    if len(days):
        return export_time(typed.known, file_day=day_of(int(days.max()))), ()
    exported = export_time(typed.known)
    if exported.known_from != "upload":
        return exported, ()
    return exported, (ask_export_day(typed.known, about="these counts"),)


def _said(typed: TypedTable, rows: np.ndarray, videos: list[str], urls: list[str]) -> pd.DataFrame:
    """Return one row per row of the file, everything that is stored of it."""
    names = texts_at(typed, "handle", rows)
    counts = {name: column_at(typed, name, rows).astype("Int64") for name in (*_MEASURES, "followers")}
    posted, _unreadable, unclear = clocked_times(typed, rows, "posted", videos)
    return pd.DataFrame(
        {
            "video_id": videos,
            "handle": [handle_in(url, name) for url, name in zip(urls, names, strict=True)],
            "url": [url if "//" in url else "" for url in urls],
            "caption": texts_at(typed, "caption", rows),
            "posted_at": pd.Series(pd.NA, index=range(len(rows)), dtype="Int64") if unclear else posted,
            "duration_seconds": column_at(typed, "duration", rows).astype("Float64").round().astype("Int64"),
            "is_paid_partnership": _partnership(typed, rows),
            "seen": column_at(typed, "seen", rows).astype("Int64"),
            "is_rounded": _rounded(typed, rows, counts),
            **counts,
        }
    )


def _partnership(typed: TypedTable, rows: np.ndarray) -> pd.Series:
    """Return whether a video is marked as advertising or sponsored; missing where nothing is said."""
    is_ad, is_sponsored = (
        column_at(typed, name, rows).astype("boolean") for name in ("is_ad", "is_sponsored")
    )
    return (
        is_ad | is_sponsored
        if typed.has("is_ad") and typed.has("is_sponsored")
        else is_ad.combine_first(is_sponsored)
    )


def _rounded(typed: TypedTable, rows: np.ndarray, counts: dict[str, pd.Series]) -> np.ndarray:
    """Return which rows hold rounded counts.

    Either the cell is written so (`130.2K`), or it is 10,000 or more in a file whose every
    such count is a multiple of 100, which exact counts are not.
    """
    large = pd.DataFrame({name: values.ge(ROUNDED_FROM) for name, values in counts.items()}).fillna(
        value=False
    )
    uneven = pd.DataFrame({name: values.mod(ROUNDING_STEP).ne(0) for name, values in counts.items()}).fillna(
        value=False
    )
    is_web = bool(large.to_numpy(dtype=bool).any()) and not bool((large & uneven).to_numpy(dtype=bool).any())
    rounded = large.any(axis=1).to_numpy(dtype=bool) if is_web else np.zeros(len(rows), dtype=bool)
    for name in counts:
        if typed.has(name) and typed.columns[name].is_rounded:
            cells = typed.table.columns[typed.table.header.index(typed.headers[name])].iloc[rows]
            rounded = rounded | cells.str.contains(r"\d\s*[^\W\d_]", regex=True).to_numpy(dtype=bool)
    return rounded


def _videos(frame: pd.DataFrame) -> pd.DataFrame:
    clocks = [posted_from_id(video) for video in frame["video_id"]]
    stated = frame["posted_at"]
    facts = frame[["video_id", "handle", "url", "caption", "duration_seconds", "is_paid_partnership"]].copy()
    facts["posted_at"] = stated.fillna(ids_or_gaps(clocks))
    facts["posted_from"] = [
        "file" if known else ("id" if clock else "")
        for known, clock in zip(stated.notna(), clocks, strict=True)
    ]
    return facts


def _counts(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[["video_id", "handle", "is_rounded", *_MEASURES]].assign(
        subject_kind="video", subject=frame["video_id"], kind="lifetime",
        first_day=frame["day"], last_day=frame["day"], traffic="total",
    )  # fmt: skip


def _followers(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the followers of each account on the last day they were seen."""
    known = frame[frame["followers"].notna() & (frame["handle"] != "")]
    last = known.sort_values("day", kind="stable").drop_duplicates(["handle", "day"], keep="last")
    return pd.DataFrame(
        {
            "handle": last["handle"],
            "followers": last["followers"],
            "is_rounded": (
                last["followers"].ge(ROUNDED_FROM) & last["followers"].mod(ROUNDING_STEP).eq(0)
            ).astype("boolean"),
            "subject_kind": "account",
            "subject": last["handle"],
            "kind": "daily",
            "first_day": last["day"],
            "last_day": last["day"],
            "traffic": "total",
        }
    )


FORMAT = ExportFormat(
    name="video_metadata",
    label="Public video data",
    system="TikTok (public pages)",
    grain="one video, its public counts on one day",
    how_to_export=(
        "Public counts of videos come from whoever collects them for you: a scraping service (JSON, JSON Lines, CSV or "
        "XLSX as it comes), TikTok's Research API, or a list typed by hand with the link of each video and its views."
    ),
    columns=COLUMNS,
    forbidden=("Post time",),  # TikTok Studio's own list, whose days need its own rules
    recognise=names_videos,
    build=build,
)
