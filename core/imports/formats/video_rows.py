"""Rows about videos: which video each is, and one row per video where a file repeats some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import Issue, Severity
from core.imports.cells import handle_of, video_id_of
from core.imports.model import RowProblem

if TYPE_CHECKING:
    import pandas as pd

    from core.errors import Place

REPEATED = "same video twice"
REPLACED = "same video twice, with other figures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """What is left of a file that names some videos more than once.

    Attributes:
        frame: one row per video, index 0..n-1.
        ignored: reason -> rows left out.
        issues: a warning where the rows of one video differ.
    """

    frame: pd.DataFrame
    ignored: dict[str, int]
    issues: tuple[Issue, ...]


def video_of(*texts: str) -> str:
    """Return the first video id that one of the texts names, '' where none does."""
    return next((found for found in map(video_id_of, texts) if found), "")


def handle_in(url: str, name: str = "") -> str:
    """Return the handle of the account that a video link or a name column says, '' where neither does."""
    return (handle_of(url) if "/@" in url else "") or (handle_of(name) if name else "")


def no_video(position: int, written: str, column: str) -> RowProblem:
    """Return the problem of a row whose video is not known."""
    shown = written if len(written) <= 80 else f"{written[:79]}…"
    return RowProblem(
        position=position,
        column=column,
        code="no-video-id",
        what=f"“{shown}” does not say which video this is."
        if shown
        else "The row does not say which video it is about.",
        fix="Put the full link of the video there, as TikTok's “Copy link” gives it in a browser.",
    )


def one_row_per_video(frame: pd.DataFrame, place: Place) -> Repeats:
    """Return the frame with one row per video: the last one where they differ.

    Args:
        frame: one row per row of the file, with the column `video_id`; the other columns tell
            whether two rows say the same.
        place: where the file is, for the warning.
    """
    distinct = frame.drop_duplicates(keep="last")
    last = distinct.drop_duplicates(subset="video_id", keep="last").reset_index(drop=True)
    same, other = len(frame) - len(distinct), len(distinct) - len(last)
    issues: tuple[Issue, ...] = ()
    if other:
        issues = (
            Issue(
                code="video-twice",
                severity=Severity.WARNING,
                what=f"{other} rows name a video that a later row names with other figures; the last row counts.",
                fix="If the earlier figures are right, remove the later rows and hand the file in again.",
                places=(place,),
                count=other,
            ),
        )
    ignored = {reason: rows for reason, rows in ((REPEATED, same), (REPLACED, other)) if rows}
    return Repeats(frame=last, ignored=ignored, issues=issues)
