"""Mapper target: one account's days, from any tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.imports.formats.context import end_of, only_value, per_text, problems_at
from core.imports.formats.export_time import export_time
from core.imports.formats.mapped_estimates import estimates
from core.imports.formats.stat_rows import column_at, sound_rows, texts_at
from core.imports.formats.stat_sums import one_row_per_key
from core.imports.model import Ask, Column, ExportFormat, Facts, Kind, Question, TypedTable
from core.keys import handle_key

if TYPE_CHECKING:
    import numpy as np

_MEASURES = (
    "views",
    "profile_views",
    "likes",
    "comments",
    "shares",
    "saves",
    "followers",
    "viewers",
    "reach",
    "follows",
)


def build(typed: TypedTable) -> Facts:
    """Return the account's counts of each day."""
    good, problems = sound_rows(typed)
    days = column_at(typed, "day", good).astype("Int64")
    undated = days.isna().to_numpy(dtype=bool)
    problems += problems_at(
        good[undated], column=typed.headers["day"], code="day-missing", what="The row has no day.",
        fix="Fill in the day, or delete the row if it is a total, and import again.",
    )  # fmt: skip
    rows = good[~undated]
    handles, questions = _handles(typed, rows)
    found = {name: column_at(typed, name, rows).astype("Int64") for name in _MEASURES if typed.has(name)}
    frame = pd.DataFrame(found, index=pd.RangeIndex(len(rows)))
    frame["subject_kind"], frame["subject"], frame["handle"] = "account", handles, handles
    frame["kind"], frame["traffic"], frame["breakdown"] = "daily", "total", ""
    frame["first_day"] = frame["last_day"] = days[~undated].reset_index(drop=True)
    last = int(frame["last_day"].max()) if len(frame) else None
    exported = export_time(typed.known, newest=end_of(last))
    return Facts(
        tables={"stat": one_row_per_key(frame, found)},
        problems=problems,
        issues=estimates(typed),
        questions=questions,
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=int(frame["first_day"].min()) if len(frame) else None,
        last_day=last,
        account=only_value(handles),
        rows=len(rows),
    )


def _handles(typed: TypedTable, rows: np.ndarray) -> tuple[pd.Series, tuple[Question, ...]]:
    """Return the account of each row, and the question where a row has none."""
    stated = handle_key(typed.known.answers.get((Ask.ACCOUNT, ""), ""))
    named = pd.Series(
        per_text(pd.Series(texts_at(typed, "handle", rows), dtype="str"), handle_key), dtype="str"
    )
    handles = named.mask(named == "", stated)
    if not bool((handles == "").any()):
        return handles, ()
    asked = Question(
        ask=Ask.ACCOUNT, sentence="Which TikTok account are these days about? The file does not say."
    )
    return handles, (asked,)


FORMAT = ExportFormat(
    name="mapped_account_days",
    label="Days of an account",
    system="any",
    grain="one account and day",
    how_to_export="Any analytics tool: export the account's daily figures as CSV.",
    is_mapped=True,
    build=build,
    columns=(
        Column(field="day", headers=("Date", "Day", "Datum", "Fecha"), kind=Kind.DAY, required=True, words="day"),
        Column(field="handle", headers=("Account", "Handle", "Username", "Profile", "Creator", "TikTok account"), kind=Kind.TEXT, words="account"),
        Column(field="views", headers=("Video views", "Views", "Plays"), kind=Kind.COUNT, words="video views of the day"),
        Column(field="profile_views", headers=("Profile views", "Profile visits"), kind=Kind.COUNT, words="profile visits of the day"),
        Column(field="likes", headers=("Likes",), kind=Kind.COUNT, words="likes of the day"),
        Column(field="comments", headers=("Comments",), kind=Kind.COUNT, words="comments of the day"),
        Column(field="shares", headers=("Shares",), kind=Kind.COUNT, words="shares of the day"),
        Column(field="saves", headers=("Saves", "Favorites", "Favourites"), kind=Kind.COUNT, words="saves of the day"),
        Column(field="followers", headers=("Followers", "Total followers", "Follower count"), kind=Kind.COUNT, words="followers on that day"),
        Column(field="follows", headers=("New followers", "Followers gained", "Follower growth"), kind=Kind.COUNT, words="new followers of the day"),
        Column(field="viewers", headers=("Viewers", "Total viewers", "Unique viewers"), kind=Kind.COUNT, words="viewers of the day"),
        Column(field="reach", headers=("Reach", "Reached audience"), kind=Kind.COUNT, words="people reached that day"),
    ),
)  # fmt: skip
