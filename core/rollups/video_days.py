"""What became known of each video on each day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from core.rollups.columns import IMPORTED_NAMES, MONEY
from core.rollups.newest import add_age
from core.rollups.reading import fill_keys, key_table, read_frame, run
from core.rollups.series import day_values
from core.rollups.traffic import complete, line_of
from core.store.bulk import insert_frame

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.rollups.plans import Plans

ROWS_AT_ONCE = 200_000  # bounds memory
_FIELDS = (
    "s.id, s.batch_id, s.subject_kind, s.subject, s.kind, s.first_day, s.last_day, s.traffic, s.currency,"
    " s.is_rounded"
)
_LEVELS = {"ad": 0, "video": 1}  # whatever else (shop rows of a product) counts where these say nothing
# CROSS JOIN keeps SQLite from walking through all of `stat` in search of a few videos.
_OWN = "CROSS JOIN stat s WHERE s.subject_kind = 'video' AND s.subject = t.video_id"
_OTHER = "CROSS JOIN stat s WHERE s.video_id = t.video_id AND s.video_id <> '' AND s.subject_kind <> 'video'"


def rebuild_video_days(connection: Connection, plans: Plans) -> None:
    """Rebuild `video_day` of the videos in `touched_video`, whose rows in `video` are up to date."""
    run(connection, "DELETE FROM video_day WHERE video_id IN (SELECT video_id FROM touched_video)")
    with key_table(connection, "plain_video", {"video_id": "TEXT"}):
        _copy_plain(connection)
        for block in _blocks(connection):
            with key_table(connection, "some_video", {"video_id": "TEXT"}):
                fill_keys(connection, "some_video", ("video_id",), block)
                _rebuild_some(connection, plans)


def _copy_plain(connection: Connection) -> None:
    """Copy videos whose only facts are daily totals, one per day: nothing to choose, nothing to subtract."""
    nothing_else = " AND ".join(f"COUNT(s.{name}) = 0" for name in (*MONEY, "reach"))
    run(
        connection,
        "INSERT INTO plain_video (video_id)"
        f" SELECT t.video_id FROM touched_video t {_OWN} GROUP BY t.video_id"
        " HAVING COUNT(*) = COUNT(DISTINCT s.last_day) AND MIN(s.kind) = 'daily' AND MAX(s.kind) = 'daily'"
        " AND MAX(s.breakdown) = '' AND MIN(s.traffic) = 'total' AND MAX(s.traffic) = 'total'"
        f" AND {nothing_else}",
    )
    run(
        connection,
        "DELETE FROM plain_video WHERE EXISTS (SELECT 1 FROM stat s WHERE s.video_id = plain_video.video_id"
        " AND s.video_id <> '' AND s.subject_kind <> 'video')",
    )
    names = ", ".join(IMPORTED_NAMES)
    known = ", ".join(f"s.{name}" for name in IMPORTED_NAMES)
    run(
        connection,
        f"INSERT INTO video_day (video_id, day, traffic, {names})"
        f" SELECT t.video_id, s.last_day, 'total', {known} FROM plain_video t {_OWN}",
    )


def _blocks(connection: Connection) -> Iterator[list[tuple[str]]]:
    """Give the other touched videos in blocks of about `ROWS_AT_ONCE` facts."""
    counts = connection.execute(
        text(
            "SELECT video_id, SUM(facts) FROM ("
            f"SELECT t.video_id, COUNT(*) AS facts FROM touched_video t {_OWN} GROUP BY t.video_id"
            f" UNION ALL SELECT t.video_id, COUNT(*) FROM touched_video t {_OTHER} GROUP BY t.video_id"
            ") AS counted WHERE video_id NOT IN (SELECT video_id FROM plain_video) GROUP BY video_id"
        )
    ).fetchall()
    block: list[tuple[str]] = []
    facts = 0
    for video_id, count in counts:
        block.append((video_id,))
        facts += int(count)
        if facts >= ROWS_AT_ONCE:
            yield block
            block, facts = [], 0
    if block:
        yield block


def _rebuild_some(connection: Connection, plans: Plans) -> None:
    source = "some_video t {join} AND s.breakdown = ''"
    measures = _known_measures(connection, source)
    if not measures:
        return
    names = "".join(f", s.{name}" for name in measures)
    frame = read_frame(
        connection,
        " UNION ALL ".join(
            f"SELECT t.video_id, {_FIELDS}{names} FROM {source.format(join=join)}" for join in (_OWN, _OTHER)
        ),
        numbers=measures,
    )
    frame = add_age(connection, frame)
    owners, ids = pd.factorize(frame["video_id"])
    is_ad = frame["subject_kind"] == "ad"
    frame["traffic"] = frame["traffic"].where(~is_ad, "paid")
    frame["line"] = line_of(owners, frame["traffic"])
    frame["unit"] = unit_codes(frame)
    frame["is_video"] = frame["subject_kind"] == "video"
    frame["level"] = frame["subject_kind"].map(_LEVELS).fillna(2).astype("int64")
    _convert(connection, frame, plans, measures)
    found = day_values(frame, measures)
    if not found:
        return
    days = complete(found)
    days["video_id"] = np.asarray(ids, dtype=object)[days.pop("owner").to_numpy()]
    insert_frame(connection, "video_day", whole(days))


def unit_codes(frame: pd.DataFrame) -> np.ndarray:
    """Return one small number per line and subject."""
    codes: np.ndarray = frame.groupby(["line", "subject_kind", "subject"], sort=False).ngroup().to_numpy()
    return codes


def whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its measures rounded to whole numbers, which the store keeps."""
    names = [name for name in (*IMPORTED_NAMES, "reach_most") if name in frame.columns]
    return frame.assign(**{name: frame[name].round() for name in names})


def _known_measures(connection: Connection, source: str) -> list[str]:
    """Return the measures of which any fact says anything."""
    counts = ", ".join(f"COUNT(s.{name})" for name in IMPORTED_NAMES)
    seen = np.zeros(len(IMPORTED_NAMES), dtype=np.int64)
    for join in (_OWN, _OTHER):
        row = connection.execute(text(f"SELECT {counts} FROM {source.format(join=join)}")).one()
        seen += np.array(row, dtype=np.int64)
    return [name for name, count in zip(IMPORTED_NAMES, seen, strict=True) if count]


def _convert(connection: Connection, frame: pd.DataFrame, plans: Plans, measures: Sequence[str]) -> None:
    """Turn money into the currency of the video's campaign; without it, or without a rate, it is unknown."""
    money = [name for name in measures if name in MONEY]
    if not money:
        return
    homes = read_frame(
        connection,
        "SELECT v.video_id, v.campaign_id FROM some_video t JOIN video v ON v.video_id = t.video_id"
        " WHERE v.campaign_id IS NOT NULL",
    )
    currency_of = plans.currency_of
    currency = dict(
        zip(homes["video_id"], [currency_of[number] for number in homes["campaign_id"]], strict=True)
    )
    into = np.array([currency.get(video, "") for video in frame["video_id"]], dtype=object)
    has_money = frame[money].notna().any(axis=1).to_numpy()
    factor = np.full(len(frame), np.nan)
    factor[has_money] = plans.rates.factors(
        frame["currency"].to_numpy()[has_money],
        into[has_money],
        frame["last_day"].to_numpy()[has_money],
    )
    for name in money:
        frame[name] = (frame[name] * factor).round()
