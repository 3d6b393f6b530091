"""What is currently known of a video: per field the newest fact that says something."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.rollups.newest import add_age, newest_first
from core.rollups.reading import read_frame, run

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from core.rollups.plans import Plans

_HASHTAG = re.compile(r"#(\w+)")
_FIRST_VIDEO = 1_400_000_000  # 2014; TikTok ids of the present form are younger
_LAST_VIDEO = 4_102_444_800  # 2100
FIELDS = ("handle", "url", "caption", "posted_at", "posted_day", "duration_seconds")


def touch_videos(connection: Connection) -> None:
    """Put every video that any fact names into `touched_video`."""
    for query in (
        "SELECT DISTINCT video_id FROM video_fact WHERE video_id <> ''",
        "SELECT DISTINCT subject FROM stat WHERE subject_kind = 'video' AND subject <> ''",
        "SELECT DISTINCT video_id FROM stat WHERE video_id <> ''",
        "SELECT video_id FROM video",
    ):
        # The WHERE keeps PostgreSQL and SQLite from reading ON as part of a join.
        run(
            connection,
            f"INSERT INTO touched_video (video_id) SELECT * FROM ({query}) AS found WHERE 1 = 1"
            " ON CONFLICT DO NOTHING",
        )


def read_videos(connection: Connection, plans: Plans) -> pd.DataFrame:
    """Return one row per touched video that a standing fact names, sorted by video_id.

    Columns: video_id, handle, creator_id (NaN: not known), url, caption, hashtags, posted_at
    (NaN where files state only a day), posted_day (only where they do), duration_seconds;
    unknown is '' for texts and NaN for numbers.
    """
    facts = newest_first(add_age(connection, _facts(connection)))
    facts["stated_at"] = facts["posted_at"].where(facts["posted_from"] != "id")
    for column in ("handle", "url"):
        facts[column] = facts[column].where(facts[column] != "", None)
    known = facts.groupby("video_id", sort=True)[[*FIELDS, "stated_at"]].first().reset_index()
    clock = id_clock(known["video_id"])
    stated_at, stated_day = known["stated_at"].astype("float64"), known["posted_day"].astype("float64")
    # An exact moment beats a day, and both beat the id, which tells the upload, not the publication.
    from_id = known["posted_at"].astype("float64").fillna(pd.Series(clock))
    known["posted_at"] = stated_at.fillna(from_id.where(stated_day.isna()))
    known["posted_day"] = stated_day.where(stated_at.isna())
    known["duration_seconds"] = known["duration_seconds"].astype("float64")
    for column in ("handle", "url", "caption"):
        known[column] = known[column].astype(object).where(known[column].notna(), "")
    known["creator_id"] = known["handle"].map(plans.creator_of).astype("float64")
    known["hashtags"] = [hashtags(caption) for caption in known["caption"]]
    return known.drop(columns=["stated_at"])


def _facts(connection: Connection) -> pd.DataFrame:
    """Return what files say of touched videos; figures alone still prove that a video exists."""
    stated = read_frame(
        connection,
        "SELECT f.id, f.batch_id, f.video_id, f.handle, f.url, f.caption, f.posted_at, f.posted_day,"
        " f.posted_from, f.duration_seconds FROM touched_video t CROSS JOIN video_fact f"
        " WHERE f.video_id = t.video_id",
        numbers=("posted_at", "posted_day", "duration_seconds"),
    )
    counted = read_frame(
        connection,
        "SELECT MAX(s.id) AS id, s.batch_id, t.video_id, MAX(s.handle) AS handle"
        " FROM touched_video t CROSS JOIN stat s WHERE s.subject_kind = 'video' AND s.subject = t.video_id"
        " GROUP BY t.video_id, s.batch_id"
        " UNION ALL SELECT MAX(s.id), s.batch_id, t.video_id, MAX(s.handle)"
        " FROM touched_video t CROSS JOIN stat s WHERE s.video_id = t.video_id"
        " AND s.video_id <> '' AND s.subject_kind <> 'video' GROUP BY t.video_id, s.batch_id",
    ).reindex(columns=stated.columns)
    counted["url"], counted["posted_from"] = "", ""
    numbers = ["posted_at", "posted_day", "duration_seconds"]
    counted[numbers] = counted[numbers].astype("float64")
    parts = [part for part in (stated, counted) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else stated


def id_clock(video_ids: pd.Series[str]) -> npt.NDArray[np.float64]:
    """Return the upload time that each id carries (Unix seconds), NaN where it is no such id."""
    times = [
        int(text) >> 32 if text.isascii() and text.isdigit() and len(text) < 21 else 0 for text in video_ids
    ]
    seconds = np.array(times, dtype=np.float64)
    return np.where((seconds >= _FIRST_VIDEO) & (seconds < _LAST_VIDEO), seconds, np.nan)


def hashtags(caption: str) -> str:
    """Return the hashtags of a caption as ` #one #two `, lower case, each once; '' without any."""
    if "#" not in caption and "＃" not in caption:
        return ""
    words = dict.fromkeys(_HASHTAG.findall(unicodedata.normalize("NFKC", caption).casefold()))
    return f" {' '.join(f'#{word}' for word in words)} " if words else ""
