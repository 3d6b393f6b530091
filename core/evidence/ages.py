"""Videos at equal age: what was counted of each by its first, third, seventh … day.

Exports come when people send them, not on a video's birthday. A count at an age is
therefore read from the snapshot nearest to that age, or, where two snapshots stand
close enough on both sides, from the line between them on a logarithmic clock (views
rise fast first and slowly later). Anything else is unknown and says why.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sqlalchemy import bindparam, text

from core.scope import Traffic

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from sqlalchemy import Connection

    from core.evidence.reading import Totals

AGES = (1, 3, 7, 14, 28)  # days at which videos are compared
FINAL_AGE = 28  # days from which the newest snapshot counts as final
_TOLERANCE = 0.15  # share of the age by which a snapshot may be off
_WIDEST = 4  # the later snapshot may be this many times as old as the earlier one, and two days


class Unread(StrEnum):
    """Why a video has no counts at an age."""

    NO_DAY = "the day it was posted is not known"
    NOT_COUNTED = "no file counts it"
    TOO_YOUNG = "still maturing"
    NO_SNAPSHOT = "no export was made near that age"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgedVideo:
    """A video's counts at an age.

    Attributes:
        video_id, creator_id, handle, campaign_id: whose it is; None where not known.
        posted_day: day number; None where not known.
        duration_seconds: None where not known.
        newest_age: age in days at the newest snapshot; None without one.
        counts: cumulative counts by measure; a measure that is not known at that age is None.
        is_between: any of the counts lies between two snapshots, so it is worked out.
        unread: why there are no counts; None where there are some.
    """

    video_id: str
    creator_id: int | None
    handle: str
    campaign_id: int | None
    posted_day: int | None
    duration_seconds: int | None
    newest_age: int | None
    counts: Totals
    is_between: bool
    unread: Unread | None


def tolerance(age: int) -> int:
    """Return by how many days a snapshot may be off: 0 at 1 to 3 days, 1 at 7, 2 at 14, 4 at 28."""
    return math.floor(_TOLERANCE * age + 0.5)


def read_histories(
    connection: Connection,
    names: Sequence[str],
    *,
    campaign_ids: Iterable[int] | None = None,
    traffic: Traffic = Traffic.TOTAL,
) -> pd.DataFrame:
    """Return every snapshot of every video: its age and its counts up to then.

    Args:
        connection: a reading connection.
        names: additive measures of `video_day`.
        campaign_ids: only videos of these campaigns; None takes all videos.
        traffic: whose counts. A video without ads has no organic rows: its total stands for them.

    Returns:
        One row per video and snapshot day, sorted by both: `video_id`, `creator_id`, `handle`,
        `campaign_id`, `posted_day`, `duration_seconds`, `age` (days; NaN where the posting day is
        not known) and the measures (cumulative; NaN where the snapshot does not state one). A video
        that no file counts has one row without age and counts.
    """
    wanted = None if campaign_ids is None else sorted(set(campaign_ids))
    where = "" if wanted is None else " WHERE v.campaign_id IN :campaigns"
    counts = "".join(f", d.{name}" for name in names)
    statement = text(
        "SELECT v.video_id, v.creator_id, v.handle, v.campaign_id, v.posted_day, v.duration_seconds,"
        f" d.day, d.traffic{counts} FROM video v LEFT JOIN video_day d ON d.video_id = v.video_id"
        f" AND d.traffic IN :traffic{where} ORDER BY v.video_id, d.day"
    ).bindparams(bindparam("traffic", expanding=True))
    kinds = [traffic.value, *([Traffic.TOTAL.value] if traffic is Traffic.ORGANIC else [])]
    values: dict[str, object] = {"traffic": kinds}
    if wanted is not None:
        statement = statement.bindparams(bindparam("campaigns", expanding=True))
        values["campaigns"] = wanted
    result = connection.execute(statement, values)
    frame = pd.DataFrame.from_records(list(map(tuple, result)), columns=list(result.keys()))
    for name in ("creator_id", "campaign_id", "posted_day", "duration_seconds", "day", *names):
        frame[name] = pd.to_numeric(frame[name])  # all-NULL columns arrive as objects
    half_known = _half_known(frame, names) if traffic is Traffic.ORGANIC else None
    if traffic is Traffic.ORGANIC:
        frame = _organic_or_total(frame)
    summed = frame.groupby("video_id", sort=False)[list(names)].cumsum()
    frame[list(names)] = summed.where(frame[list(names)].notna())
    if half_known is not None:
        frame[list(names)] = frame[list(names)].mask(half_known.loc[frame["row"]].to_numpy())
        frame = frame.drop(columns="row")
    frame["age"] = frame["day"] - frame["posted_day"]
    return frame.drop(columns=["day", "traffic"])


def _half_known(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return where an organic count is no snapshot, and number the rows of the frame.

    Where organic is total less paid, a day on which only the paid views are known takes them off
    a total that is not known yet: such a day says nothing about organic views.
    """
    frame["row"] = np.arange(len(frame))
    is_total = frame["traffic"] == Traffic.TOTAL.value
    known = frame[list(names)].notna()
    stated = known.where(is_total, other=False)
    same_day = stated.groupby([frame["video_id"], frame["day"]]).transform("any")
    ever = stated.groupby(frame["video_id"]).transform("any")
    is_half = ever & ~same_day
    return is_half.mask(is_total, other=False)


def _organic_or_total(frame: pd.DataFrame) -> pd.DataFrame:
    is_organic = frame["traffic"] == Traffic.ORGANIC.value
    has_own = is_organic.groupby(frame["video_id"]).transform("any")
    return frame[is_organic | ~has_own].reset_index(drop=True)


def videos_at_age(
    connection: Connection,
    names: Sequence[str],
    age: int | None,
    *,
    campaign_ids: Iterable[int] | None = None,
    traffic: Traffic = Traffic.TOTAL,
) -> tuple[AgedVideo, ...]:
    """Return every video with its counts at an age, by video id.

    Args:
        connection: a reading connection.
        names: additive measures of `video_day`.
        age: days since posting; None takes the newest snapshot, whatever its age.
        campaign_ids: only videos of these campaigns; None takes all videos.
        traffic: whose counts.
    """
    histories = read_histories(connection, names, campaign_ids=campaign_ids, traffic=traffic)
    return videos_of_histories(histories, names, age)


def videos_of_histories(
    histories: pd.DataFrame, names: Sequence[str], age: int | None
) -> tuple[AgedVideo, ...]:
    """Return the videos of `read_histories` with their counts at an age, by video id."""
    if histories.empty:
        return ()
    columns = {name: histories[name].to_numpy(dtype=float) for name in names}
    ages = histories["age"].to_numpy(dtype=float)
    starts = np.flatnonzero(histories["video_id"].ne(histories["video_id"].shift()).to_numpy())
    ends = [*starts[1:], len(histories)]
    notes = histories.iloc[starts].to_dict("records")
    return tuple(
        _aged(note, ages[a:b], {name: values[a:b] for name, values in columns.items()}, age)
        for note, a, b in zip(notes, starts, ends, strict=True)
    )


def counts_at_age(histories: pd.DataFrame, names: Sequence[str], age: int | None) -> pd.DataFrame:
    """Return the counts of `videos_of_histories` as a table, for when there are many thousand videos.

    Args:
        histories: of `read_histories`.
        names: the measures wanted.
        age: days since posting; None takes the newest snapshot, whatever its age.

    Returns:
        One row per video: `video_id`, `creator_id`, `campaign_id`, `duration_seconds`, and the
        measures, NaN where one is not known at that age.
    """
    notes = ["video_id", "creator_id", "campaign_id", "duration_seconds"]
    if histories.empty:
        return pd.DataFrame(columns=[*notes, *names])
    is_first = histories["video_id"].ne(histories["video_id"].shift()).to_numpy()
    number = np.cumsum(is_first) - 1
    found = histories.loc[is_first, notes].reset_index(drop=True)
    ages = histories["age"].to_numpy(dtype=float)
    for name in names:
        values = histories[name].to_numpy(dtype=float)
        is_known = ~np.isnan(values)
        if age is not None:
            is_known &= ~np.isnan(ages)
        column = np.full(len(found), np.nan)
        _fill(column, number[is_known], ages[is_known], values[is_known], age)
        found[name] = column
    return found


def _fill(
    column: np.ndarray, number: np.ndarray, ages: np.ndarray, values: np.ndarray, age: int | None
) -> None:
    """Fill one measure of all videos; rows are in the order of videos and ages (see `_value_at`)."""
    if not len(number):
        return
    starts = np.flatnonzero(np.diff(number, prepend=-1))
    ends = np.append(starts[1:], len(number))
    if age is None:
        column[number[starts]] = values[ends - 1]
        return
    older = starts + np.add.reduceat((ages < age).astype(np.int64), starts)
    younger = older - 1
    has_younger, has_older = younger >= starts, older < ends
    younger, older = np.maximum(younger, 0), np.minimum(older, len(ages) - 1)
    young_age, old_age = (
        np.where(has_younger, ages[younger], -np.inf),
        np.where(has_older, ages[older], np.inf),
    )
    takes_younger = age - young_age <= old_age - age
    gap = np.where(takes_younger, age - young_age, old_age - age)
    nearest = np.where(takes_younger, values[younger], values[older])
    is_between = has_younger & has_older & (young_age >= 1) & (old_age <= _WIDEST * young_age + 2)
    clock = np.log(np.where(is_between, [young_age, old_age], [[1.0], [2.0]]))
    way = (math.log(age) - clock[0]) / (clock[1] - clock[0])
    between = values[younger] + way * (values[older] - values[younger])
    column[number[starts]] = np.where(gap <= tolerance(age), nearest, np.where(is_between, between, np.nan))


def _aged(
    note: dict[Hashable, object], ages: np.ndarray, columns: dict[str, np.ndarray], age: int | None
) -> AgedVideo:
    found = {name: _value_at(ages, values, age) for name, values in columns.items()}
    known = ages[np.any([~np.isnan(values) for values in columns.values()], axis=0)] if columns else ages[:0]
    newest = known[~np.isnan(known)].max() if np.any(~np.isnan(known)) else None
    has_any = any(value is not None for value, _ in found.values())
    return AgedVideo(
        video_id=str(note["video_id"]),
        creator_id=_whole(note["creator_id"]),
        handle=str(note["handle"] or ""),
        campaign_id=_whole(note["campaign_id"]),
        posted_day=_whole(note["posted_day"]),
        duration_seconds=_whole(note["duration_seconds"]),
        newest_age=None if newest is None else int(newest),
        counts={name: value for name, (value, _) in found.items()},
        is_between=any(is_between for _, is_between in found.values()),
        unread=None if has_any else _why_unread(note, known, newest, age),
    )


def _why_unread(
    note: dict[Hashable, object], known: np.ndarray, newest: float | None, age: int | None
) -> Unread:
    if not len(known):
        return Unread.NOT_COUNTED
    if _whole(note["posted_day"]) is None:
        return Unread.NO_DAY
    if age is not None and newest is not None and newest < age:
        return Unread.TOO_YOUNG
    return Unread.NO_SNAPSHOT


def _value_at(ages: np.ndarray, values: np.ndarray, age: int | None) -> tuple[float | None, bool]:
    """Return one measure at an age, and whether it lies between two snapshots."""
    is_known = ~np.isnan(values)
    if age is None:  # the posting day is not needed for the newest counts
        return (float(values[is_known][-1]), False) if is_known.any() else (None, False)
    is_known &= ~np.isnan(ages)
    at, counts = ages[is_known], values[is_known]
    if not len(at):
        return None, False
    nearest = int(np.argmin(np.abs(at - age)))
    if abs(at[nearest] - age) <= tolerance(age):
        return float(counts[nearest]), False
    after = int(np.searchsorted(at, age))
    if not 0 < after < len(at):
        return None, False
    younger, older = at[after - 1], at[after]
    if younger < 1 or older > _WIDEST * younger + 2:
        return None, False
    way = (math.log(age) - math.log(younger)) / (math.log(older) - math.log(younger))
    return float(counts[after - 1] + way * (counts[after] - counts[after - 1])), True


def _whole(value: object) -> int | None:
    """Return a number of a record as a whole one; None where it is missing."""
    return None if value is None or value != value else int(value)  # type: ignore[call-overload]  # noqa: PLR0124  (NaN)
