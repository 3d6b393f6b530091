"""Mapper target: figures of single videos, from any platform's list."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.imports.cells.ids import posted_from_id, video_id_of
from core.imports.formats.context import (
    per_text,
    problems_at,
)
from core.imports.formats.export_time import export_time
from core.imports.formats.mapped_estimates import estimates
from core.imports.formats.stat_rows import column_at, sound_rows, texts_at
from core.imports.formats.stat_sums import one_row_per_key
from core.imports.model import Column, ExportFormat, Facts, Kind, TypedTable
from core.keys import handle_key
from core.units import day_number, instant_of

_SPLIT = ("views", "likes", "comments", "shares", "saves")
_WHOLE = ("reach", "impressions", "follows", "link_clicks", "profile_views", "watch_seconds", "completions")
_MEASURES = (*_SPLIT, *_WHOLE, "watched_views", "completion_views")
_SECONDS_A_DAY = 86_400


def build(typed: TypedTable) -> Facts:
    """Return the figures of each video: as of a day where rows name one, else as of the export."""
    good, problems = sound_rows(typed)
    ids = _ids(typed, good)
    problems += problems_at(
        good[ids == ""], column=typed.headers.get("video", ""), code="link-without-video",
        what="The row names no TikTok video.", fix="Use the full video link or the 19-digit id; short links hold no id.",
    )  # fmt: skip
    rows, videos = good[ids != ""], ids[ids != ""]
    exported = export_time(typed.known)
    days = _days(typed, rows, exported.at)
    parts = [_statements(typed, rows, videos, days, traffic) for traffic in ("total", "organic", "paid")]
    filled = [part for part in parts if len(part)]
    stat = one_row_per_key(pd.concat(filled, ignore_index=True), _MEASURES) if filled else pd.DataFrame()
    return Facts(
        tables={"stat": stat, "video_fact": _facts(typed, rows, videos)},
        problems=problems,
        issues=estimates(typed),
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=int(days.min()) if len(days) else None,
        last_day=int(days.max()) if len(days) else None,
        rows=len(rows),
    )


def _ids(typed: TypedTable, rows: np.ndarray) -> np.ndarray:
    """Return the video id of each row, from its id or its link; '' where neither names one."""
    stated = per_text(pd.Series(texts_at(typed, "video_id", rows), dtype="str"), video_id_of)
    linked = per_text(pd.Series(texts_at(typed, "video", rows), dtype="str"), video_id_of)
    return np.where(stated != "", stated, linked)


def _days(typed: TypedTable, rows: np.ndarray, as_of: int) -> pd.Series:
    """Return the day on which each row's figures were true."""
    exported = as_of // _SECONDS_A_DAY
    return column_at(typed, "counted_day", rows).astype("Int64").fillna(exported)


def _statements(
    typed: TypedTable, rows: np.ndarray, videos: np.ndarray, days: pd.Series, traffic: str
) -> pd.DataFrame:
    """Return one statement per row for one kind of traffic, none where the file has no such columns."""
    prefix = "" if traffic == "total" else f"{traffic}_"
    found = {
        name: column_at(typed, prefix + name, rows).astype("Int64")
        for name in _SPLIT
        if typed.has(prefix + name)
    }
    if traffic == "total":
        found |= {
            name: column_at(typed, name, rows).astype("Float64").round().astype("Int64")
            for name in _WHOLE
            if typed.has(name)
        }
        found |= _from_averages(typed, rows, found.get("views"))
    if not found:
        return pd.DataFrame()
    frame = pd.DataFrame(found)
    frame["subject_kind"], frame["subject"], frame["video_id"] = "video", videos, videos
    frame["kind"], frame["first_day"], frame["last_day"] = "lifetime", days, days
    frame["traffic"], frame["breakdown"] = traffic, ""
    frame["handle"] = per_text(pd.Series(texts_at(typed, "handle", rows), dtype="str"), handle_key)
    frame["is_rounded"] = any(
        typed.columns[prefix + name].is_rounded for name in found if typed.has(prefix + name)
    )
    return frame[frame[list(found)].notna().any(axis=1)]


def _from_averages(typed: TypedTable, rows: np.ndarray, views: pd.Series | None) -> dict[str, pd.Series]:
    """Return totals made of stated averages and shares, together with the views they were stated for."""
    found: dict[str, pd.Series] = {}
    if views is None:
        return found
    if typed.has("view_seconds") and not typed.has("watch_seconds"):
        average = column_at(typed, "view_seconds", rows).astype("Float64")
        found["watch_seconds"] = (average * views).round().astype("Int64")
    if typed.has("completion_share") and not typed.has("completions"):
        share = column_at(typed, "completion_share", rows).astype("Float64")
        found["completions"] = (share * views).round().astype("Int64")
    watched = found.get("watch_seconds", column_at(typed, "watch_seconds", rows))
    completed = found.get("completions", column_at(typed, "completions", rows))
    return {
        **found,
        "watched_views": views.mask(watched.isna()),
        "completion_views": views.mask(completed.isna()),
    }


def _facts(typed: TypedTable, rows: np.ndarray, videos: np.ndarray) -> pd.DataFrame:
    """Return what the list says about the videos themselves, each once."""
    posted = column_at(typed, "posted_day", rows).astype("Int64")
    by_id = [posted_from_id(video, now=typed.known.now) for video in videos]
    guessed = pd.Series(
        pd.array([None if at is None else day_number(instant_of(at).date()) for at in by_id], dtype="Int64")
    )
    captions = pd.Series(texts_at(typed, "caption", rows), dtype="str")
    frame = pd.DataFrame(
        {
            "video_id": videos,
            "handle": per_text(pd.Series(texts_at(typed, "handle", rows), dtype="str"), handle_key),
        }
    )
    links = pd.Series(texts_at(typed, "video", rows), dtype="str")
    named = per_text(links, handle_key)
    frame["handle"] = np.where(frame["handle"] == "", named, frame["handle"])
    frame["url"] = links.where(links.str.contains("/", regex=False), "")
    frame["caption"] = captions.mask(captions == "", None)
    frame["posted_day"] = posted.fillna(guessed)
    frame["posted_at"] = pd.Series(pd.array(by_id, dtype="Int64")).mask(posted.notna())
    frame["posted_from"] = np.where(posted.notna(), "file", np.where(guessed.notna(), "id", ""))
    frame["duration_seconds"] = column_at(typed, "duration", rows).astype("Float64").round().astype("Int64")
    return frame.drop_duplicates("video_id").reset_index(drop=True)


def _split(name: str, *words: str) -> tuple[Column, ...]:
    """Return the total, organic and paid columns of one count."""
    total = tuple(spelling for word in words for spelling in (word, f"Total {word.lower()}"))
    return (
        Column(field=name, headers=total, kind=Kind.COUNT, words=words[0].lower()),
        *(
            Column(
                field=f"{traffic}_{name}", kind=Kind.COUNT, words=f"{traffic} {words[0].lower()}",
                headers=tuple(
                    spelling
                    for word in words
                    for spelling in (f"{traffic.capitalize()} {word.lower()}", f"{word} ({traffic})", f"{word} {traffic.capitalize()}")
                ),
            )
            for traffic in ("organic", "paid")
        ),
    )  # fmt: skip


FORMAT = ExportFormat(
    name="mapped_videos",
    label="Figures of single videos",
    system="any",
    grain="one video, its counts so far",
    how_to_export="TikTok One, Creator Marketplace, GRIN, Aspire, Modash, Later: export the campaign's content list as CSV.",
    provenance="platform",
    is_mapped=True,
    build=build,
    columns=(
        Column(field="video", headers=("Video link", "Video URL", "Post URL", "Post link", "Link", "URL", "Content URL", "Content link", "Permalink", "Live link", "webVideoUrl", "Video", "Video ID or link"), kind=Kind.URL, required=True, words="link of the video"),
        Column(field="video_id", headers=("Video ID", "Post ID", "Item ID", "Content ID", "Media ID", "aweme_id"), kind=Kind.ID, words="id of the video"),
        Column(field="handle", headers=("Creator", "Creator handle", "Creator username", "Username", "Handle", "TikTok handle", "Influencer", "Influencer handle", "Account", "Author", "Profile"), kind=Kind.TEXT, words="creator's user name"),
        Column(field="caption", headers=("Caption", "Description", "Video title", "Title", "Post caption", "Video_title", "Content"), kind=Kind.TEXT, words="caption"),
        Column(field="posted_day", headers=("Post date", "Posted", "Posted at", "Posted on", "Publish date", "Published", "Published at", "Publication date", "Date posted", "Post time", "Create time"), kind=Kind.DAY, words="when it was posted"),
        Column(field="counted_day", headers=("Snapshot date", "Date of data", "Updated at", "Last updated", "Data as of", "Measured on"), kind=Kind.DAY, words="the day the counts were true"),
        Column(field="duration", headers=("Duration", "Video duration", "Length", "Video length"), kind=Kind.SECONDS, words="length"),
        *_split("views", "Views", "Video views", "Plays", "Video plays", "View count", "Views (actual)"),
        *_split("likes", "Likes", "Like count", "Hearts"),
        *_split("comments", "Comments", "Comment count"),
        *_split("shares", "Shares", "Share count"),
        *_split("saves", "Saves", "Favorites", "Favourites", "Bookmarks", "Collects", "Save count"),
        Column(field="reach", headers=("Reach", "Unique viewers", "Reached audience", "Unique reach", "Est. reach"), kind=Kind.COUNT, words="people reached"),
        Column(field="impressions", headers=("Impressions", "Est. impressions"), kind=Kind.COUNT, words="impressions"),
        Column(field="follows", headers=("New followers", "Followers gained", "Follows"), kind=Kind.COUNT, words="new followers"),
        Column(field="link_clicks", headers=("Link clicks", "Clicks", "Story link clicks"), kind=Kind.COUNT, words="clicks on the tagged link"),
        Column(field="profile_views", headers=("Profile visits", "Profile views"), kind=Kind.COUNT, words="profile visits"),
        Column(field="watch_seconds", headers=("Total play time", "Total watch time", "Watch time"), kind=Kind.SECONDS, words="total time watched"),
        Column(field="view_seconds", headers=("Average view time", "Average watch time", "Avg. watch time", "Avg watch time", "Average time watched"), kind=Kind.SECONDS, words="average time watched"),
        Column(field="completions", headers=("Completed views", "Video views at 100%", "Full views"), kind=Kind.COUNT, words="views to the end"),
        Column(field="completion_share", headers=("Completion rate", "Video completion rate", "Watched full video", "Video Completion Rate"), kind=Kind.SHARE, words="share watched to the end"),
    ),
)  # fmt: skip
