"""Comments on videos, their authors pseudonymised: stored for later mining.

What is kept: the text, when, how many likes and replies, which comment it answers, and a
pseudonym that tells whether two comments are of one person. What is never kept: handles,
names, pictures, addresses of profiles. A text may call other people by `@name`: there the
name is replaced by `@` and the first characters of its pseudonym, so that a thread can
still be followed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.imports.cells import handle_of, video_id_of
from core.imports.formats.clocked_times import QUARTER, clocked_times
from core.imports.formats.comment_columns import COLUMNS, ROOT_PARENTS, is_about_comments
from core.imports.formats.export_time import export_time
from core.imports.formats.stat_rows import add_counts, column_at, sound_rows, texts_at
from core.imports.model import Ask, ExportFormat, Facts, Known, Question, RowProblem
from core.imports.privacy import without_people
from core.units import day_number, instant_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.imports.model import TypedTable

MENTION_SIGNS = 6  # enough to tell people of one thread apart
MESSAGE = "status message instead of a comment"
REPEATED = "same comment twice"
_MENTION = re.compile(r"(?<![\w.@/])@([\w.]{2,24})")
_REAL_ID = re.compile(r"\d{15,20}\Z")


def build(typed: TypedTable) -> Facts:
    """Return one row per comment; what the scraper says about itself is not one."""
    rows, problems = sound_rows(typed, ("likes", "replies"))
    rows, messages = _without_messages(typed, rows)
    videos, asked = _videos(typed, rows)
    frame = pd.DataFrame({"position": rows, "video_id": videos})
    times, time_problems, asked_zone = clocked_times(
        typed, rows, "created", texts_at(typed, "comment_id", rows)
    )
    frame["created_at"] = times
    frame["author"] = _authors(typed, rows)
    frame["text"] = [without_names(text, typed.known) for text in texts_at(typed, "text", rows)]
    frame["likes"] = column_at(typed, "likes", rows).astype("Int64")
    frame["replies"] = column_at(typed, "replies", rows).astype("Int64")
    frame["parent_id"] = _parents(typed, rows)
    frame["is_creator"] = _by_creator(typed, rows, frame["video_id"].tolist())
    frame["author_key"] = [typed.known.person_key(author) for author in frame["author"]]
    written = [text.strip() for text in texts_at(typed, "comment_id", rows)]
    frame["comment_id"] = comment_keys(frame, written)
    ours = {text: key for text, key in zip(written, frame["comment_id"], strict=True) if text}
    frame["parent_id"] = [ours.get(text, text) for text in frame["parent_id"]]
    set_aside = {problem.position for problem in time_problems}
    if not asked:
        nameless = frame[(frame["video_id"] == "") & ~frame["position"].isin(set_aside)]
        time_problems += tuple(_no_video(typed, int(position)) for position in nameless["position"])
        set_aside |= set(nameless["position"].tolist())
    sound = frame[~frame["position"].isin(set_aside)].drop(columns=["position", "author"])
    kept = sound.drop_duplicates("comment_id", keep="last").reset_index(drop=True)
    exported = export_time(typed.known)
    days = kept["created_at"].dropna()
    return Facts(
        tables={"comment": kept},
        problems=(*problems, *time_problems),
        questions=(*asked, *asked_zone),
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=day_number(instant_of(int(days.min())).date()) if len(days) else None,
        last_day=day_number(instant_of(int(days.max())).date()) if len(days) else None,
        rows=len(kept),
        ignored=add_counts({MESSAGE: messages, REPEATED: len(sound) - len(kept)}),
    )


def without_names(text: str, known: Known) -> str:
    """Return the text with each `@name` replaced by `@` and the beginning of the name's pseudonym.

    E-mail addresses and phone numbers are taken out as well; everything else stays as written.
    """
    text = without_people(text)
    if "@" not in text:
        return text
    return _MENTION.sub(lambda found: f"@{known.person_key(found[1].casefold())[:MENTION_SIGNS]}", text)


def _without_messages(typed: TypedTable, rows: np.ndarray) -> tuple[np.ndarray, int]:
    """Return the rows that are comments, and how many are not.

    A comment may have no text (a sticker), but then it has an id, a time or an author.
    """
    filled = np.zeros(len(rows), dtype=bool)
    for name in ("text", "comment_id", "created", "author"):
        filled |= np.array([bool(text.strip()) for text in texts_at(typed, name, rows)], dtype=bool)
    return rows[filled], int((~filled).sum())


def _videos(typed: TypedTable, rows: np.ndarray) -> tuple[list[str], tuple[Question, ...]]:
    """Return the video of each row, and the question for it where no row names one."""
    columns = [texts_at(typed, name, rows) for name in ("url", "video_id")]
    found = [
        next((video for text in texts if (video := video_id_of(text))), "")
        for texts in zip(*columns, strict=True)
    ]
    distinct = {video for video in found if video}
    if len(distinct) == 1 and not typed.has("video_id") and not all(found):
        found = [next(iter(distinct))] * len(rows)  # replies of a thread carry no link of their own
    if distinct or not len(rows):
        return found, ()
    answer = video_id_of(typed.known.answers.get((Ask.VIDEO, ""), ""))
    if answer:
        return [answer] * len(rows), ()
    return found, (_ask_video(typed, rows),)


def _ask_video(typed: TypedTable, rows: np.ndarray) -> Question:
    texts = [without_names(text, typed.known) for text in texts_at(typed, "text", rows[:3])]
    return Question(
        ask=Ask.VIDEO,
        sentence="Which video are these comments about? Paste its link or its id; the file does not say.",
        evidence=tuple(f"“{text[:80]}”" for text in texts if text),
    )


def _authors(typed: TypedTable, rows: np.ndarray) -> list[str]:
    """Return what tells the author of each comment best: the handle, else the id of the account."""
    handles, numbers = texts_at(typed, "author", rows), texts_at(typed, "author_id", rows)
    return [
        (handle_of(handle) or handle.strip().casefold()) or number.strip()
        for handle, number in zip(handles, numbers, strict=True)
    ]


def _by_creator(typed: TypedTable, rows: np.ndarray, videos: Sequence[str]) -> list[bool]:
    """Return which comments are by the account that posted the video."""
    stated = typed.known.video_handles(sorted({video for video in videos if video}))
    links = texts_at(typed, "url", rows)
    owners = [
        (handle_of(link) if "/@" in link else "") or stated.get(video, "")
        for link, video in zip(links, videos, strict=True)
    ]
    handles = [handle_of(handle) for handle in texts_at(typed, "author", rows)]
    return [bool(owner) and owner == handle for owner, handle in zip(owners, handles, strict=True)]


def comment_keys(frame: pd.DataFrame, written: Sequence[str]) -> list[str]:
    """Return what tells each comment from every other, the same whichever tool collected it.

    Tools number comments in their own ways, so a comment is known by its video, author, words and
    moment. Of the moment only the place within a quarter of an hour counts at first: a time zone that
    was told wrongly does not make another comment of it. Where author or moment are not known, the id
    of the file is taken, and a digest of what is there where the file has none: a bare row number is
    none, the next file numbers other comments so.

    Args:
        frame: video_id, parent_id, author_key, created_at and text of each comment.
        written: ids as the file states them, '' where it states none.
    """
    is_count = all(not text or (text.isdigit() and not _REAL_ID.match(text)) for text in written)
    texts = [" ".join(unicodedata.normalize("NFC", text).split()) for text in frame["text"]]
    moments = [None if pd.isna(at) else int(at) for at in frame["created_at"]]
    said = list(zip(frame["video_id"], frame["author_key"], texts, moments, strict=True))
    places: dict[tuple[str, ...], list[int]] = {}
    for video, author, text, at in said:
        if at is not None:
            places.setdefault((video, author, text, str(at % QUARTER)), []).append(at)
    keys = []
    for (video, author, text, at), own, parent in zip(said, written, frame["parent_id"], strict=True):
        if author and at is not None:
            alike = (video, author, text, str(at % QUARTER))
            rank = sorted(set(places[alike])).index(at)  # the same words again, a quarter of an hour later
            keys.append(_digest(*alike, str(rank)))
        else:
            keys.append(own if own and not is_count else _digest(video, parent, author, str(at), text))
    return keys


def _digest(*parts: str) -> str:
    return "h" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def _parents(typed: TypedTable, rows: np.ndarray) -> list[str]:
    """Return the id of the comment that each row answers, '' for comments on the video itself."""
    written = texts_at(typed, "comment_id", rows)
    by_row = dict(zip(texts_at(typed, "row", rows), written, strict=True))
    stated = [
        "" if text.casefold() in ROOT_PARENTS else text.strip() for text in texts_at(typed, "parent_id", rows)
    ]
    return [
        text or (by_row.get(above, "") if above else "")
        for text, above in zip(stated, texts_at(typed, "parent_row", rows), strict=True)
    ]


def _no_video(typed: TypedTable, position: int) -> RowProblem:
    return RowProblem(
        position=position,
        column=typed.headers.get("url") or typed.headers.get("video_id", ""),
        code="no-video-id",
        what="The row does not say which video the comment is about.",
        fix="Put the full link of the video into this row and hand the file in again.",
    )


FORMAT = ExportFormat(
    name="comments",
    label="Comments",
    system="TikTok (public pages)",
    grain="one comment or reply",
    how_to_export=(
        "Comments come from whoever collects them for you: a scraping service or a browser tool (JSON, CSV or XLSX as it "
        "comes), or TikTok's Research API. Handles and names are replaced by pseudonyms while the file is read."
    ),
    columns=COLUMNS,
    recognise=is_about_comments,
    build=build,
)
