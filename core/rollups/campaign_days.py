"""A campaign's days by creator and traffic, and the smaller sums that pages read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sqlalchemy import text

from core.rollups.columns import ADDITIVE, LEDGER, TWO_SIDED, ledger_sum, whole_sum
from core.rollups.ledger_days import ledger_days, whole_ledger
from core.rollups.reading import fill_keys, key_table, read_frame, run
from core.rollups.untied import untied_days
from core.rollups.video_days import whole
from core.store.bulk import insert_frame

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from core.rollups.plans import Pairs, Plans

_DAY = ["campaign_id", "creator_id", "day", "traffic"]
_VIDEO = ["campaign_id", "creator_id", "video_id", "traffic"]
_PAIR_TABLES = ("campaign_day", "creator_total", "video_total")


def rebuild_campaign_days(connection: Connection, plans: Plans, pairs: Pairs) -> None:
    """Rebuild the sums of some campaigns and creators; (campaign, 0) is what hangs on no creator."""
    if not pairs:
        return
    with (
        key_table(connection, "touched_pair", {"campaign_id": "INTEGER", "creator_id": "INTEGER"}),
        key_table(connection, "touched_day", {"campaign_id": "INTEGER", "day": "INTEGER"}),
    ):
        fill_keys(connection, "touched_pair", ("campaign_id", "creator_id"), sorted(pairs))
        _note_days(connection)
        for table in _PAIR_TABLES:
            run(
                connection,
                f"DELETE FROM {table} WHERE (campaign_id, creator_id) IN"
                " (SELECT campaign_id, creator_id FROM touched_pair)",
            )
        _rebuild_pairs(connection, plans, pairs)
        _note_days(connection)
        _rebuild_day_totals(connection)


def _note_days(connection: Connection) -> None:
    run(
        connection,
        "INSERT INTO touched_day (campaign_id, day) SELECT DISTINCT d.campaign_id, d.day FROM touched_pair p"
        " CROSS JOIN campaign_day d WHERE d.campaign_id = p.campaign_id AND d.creator_id = p.creator_id"
        " ON CONFLICT DO NOTHING",
    )


def _rebuild_pairs(connection: Connection, plans: Plans, pairs: Pairs) -> None:
    videos, days = _video_sums(connection)
    untied = untied_days(connection, plans, {campaign for campaign, _ in pairs})
    if len(untied):
        touched = pd.MultiIndex.from_frame(untied[["campaign_id", "creator_id"]]).isin(list(pairs))
        untied = _without_repeated_shop(untied[touched], videos)
    ledger = ledger_days(connection, plans)
    if len(ledger):
        ledger["traffic"] = "total"
    rows = _add_up(
        [*days, untied, _profile_visits(connection), ledger.drop(columns="video_id", errors="ignore")], _DAY
    )
    insert_frame(connection, "campaign_day", rows)
    insert_frame(connection, "creator_total", _add_up([rows], ["campaign_id", "creator_id", "traffic"]))
    named = ledger[ledger["video_id"] != ""].drop(columns="day") if len(ledger) else ledger
    insert_frame(connection, "video_total", _add_up([*videos, named], _VIDEO, stated=("reach", "reach_most")))


def _add_up(parts: Iterable[pd.DataFrame], key: list[str], stated: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return the sums by key of what may be added; a sum of nothing known is not known."""
    filled = [part.dropna(axis=1, how="all") for part in parts if len(part)]
    if not filled:
        return pd.DataFrame()
    frame = pd.concat(filled, ignore_index=True)
    names = [name for name in frame.columns if name in ADDITIVE or name in LEDGER or name in stated]
    sums = frame.groupby(key, sort=True)[names].sum(min_count=1)
    known = sums.notna().any(axis=1)
    return whole_ledger(whole(sums[known].reset_index()))


def _video_sums(connection: Connection) -> tuple[list[pd.DataFrame], list[pd.DataFrame]]:
    """Return the sums of the touched pairs' videos by video and by day."""
    members = {"video_id": "TEXT", "campaign_id": "INTEGER", "creator_id": "INTEGER"}
    with (
        key_table(connection, "touched_member", members),
        key_table(connection, "split_video", {"video_id": "TEXT"}),
    ):
        run(
            connection,
            "INSERT INTO touched_member (video_id, campaign_id, creator_id)"
            " SELECT v.video_id, v.campaign_id, COALESCE(v.creator_id, 0) FROM video v JOIN touched_pair p"
            " ON p.campaign_id = v.campaign_id AND p.creator_id = COALESCE(v.creator_id, 0)",
        )
        sums = ", ".join(whole_sum(name, "d") for name in ADDITIVE)
        videos = read_frame(
            connection,
            f"SELECT m.campaign_id, m.creator_id, m.video_id, d.traffic, COUNT(d.reach) AS reaches, {sums}"
            " FROM touched_member m CROSS JOIN video_day d WHERE d.video_id = m.video_id"
            " GROUP BY m.campaign_id, m.creator_id, m.video_id, d.traffic",
            numbers=ADDITIVE,
        )
        if videos.empty:
            return [], []
        split = videos.loc[videos["traffic"] == "organic", "video_id"].unique()
        fill_keys(connection, "split_video", ("video_id",), ((video,) for video in split))
        days = _read_days(connection, [name for name in ADDITIVE if videos[name].notna().any()])
        reach = _latest_reach(connection) if videos.pop("reaches").sum() else pd.DataFrame()
    copies = _as_organic(videos[~videos["video_id"].isin(split)])
    return [videos, copies, reach], [days, _as_organic(days[days["is_split"] == 0])]


def _read_days(connection: Connection, names: list[str]) -> pd.DataFrame:
    sums = "".join(f", {whole_sum(name, 'd')}" for name in names)
    split = "CASE WHEN s.video_id IS NULL THEN 0 ELSE 1 END"
    return read_frame(
        connection,
        f"SELECT m.campaign_id, m.creator_id, d.day, d.traffic, {split} AS is_split{sums}"
        " FROM touched_member m CROSS JOIN video_day d"
        " LEFT JOIN split_video s ON s.video_id = m.video_id WHERE d.video_id = m.video_id"
        f" GROUP BY m.campaign_id, m.creator_id, d.day, d.traffic, {split}",
        numbers=names,
    )


def _as_organic(rows: pd.DataFrame) -> pd.DataFrame:
    """Return total rows of videos without ads once more as organic: it is all that is known of them."""
    totals = rows[rows["traffic"] == "total"].assign(traffic="organic")
    return totals.drop(
        columns=[name for name in ADDITIVE if name in totals.columns and name not in TWO_SIDED]
    )


def _latest_reach(connection: Connection) -> pd.DataFrame:
    """Return the last known reach of each touched video and traffic."""
    frame = read_frame(
        connection,
        "SELECT m.campaign_id, m.creator_id, m.video_id, d.traffic, d.day, d.reach, d.reach_most"
        " FROM touched_member m CROSS JOIN video_day d WHERE d.video_id = m.video_id AND d.reach IS NOT NULL",
        numbers=("reach", "reach_most"),
    )
    return frame.sort_values("day", kind="stable").drop_duplicates(_VIDEO, keep="last").drop(columns="day")


def _without_repeated_shop(untied: pd.DataFrame, videos: list[pd.DataFrame]) -> pd.DataFrame:
    """Blank what a creator's list repeats of the creator's videos; the videos are the closer source."""
    if not videos:
        return untied
    pair = ["campaign_id", "creator_id"]
    counts = videos[0][videos[0]["traffic"] == "total"].groupby(pair)[list(ADDITIVE)].count()
    keys = pd.MultiIndex.from_frame(untied[pair])
    is_listed = ((untied["creator_id"] != 0) & (untied["traffic"] == "total")).to_numpy()
    repeated = counts.reindex(keys).gt(0).to_numpy() & is_listed[:, np.newaxis]
    shop = [name for name in ADDITIVE if name in untied.columns]
    places = [ADDITIVE.index(name) for name in shop]
    kept = untied.copy()
    kept[shop] = untied[shop].mask(repeated[:, places])
    return kept


def _profile_visits(connection: Connection) -> pd.DataFrame:
    """Return visits to the profiles of collaborators on the days of the campaign."""
    frame = read_frame(
        connection,
        "SELECT c.campaign_id, c.creator_id, a.day, CAST(SUM(a.profile_views) AS BIGINT) AS profile_views"
        " FROM touched_pair p"
        " JOIN collaboration c ON c.campaign_id = p.campaign_id AND c.creator_id = p.creator_id"
        " JOIN campaign k ON k.id = c.campaign_id"
        " JOIN creator_handle h ON h.creator_id = c.creator_id"
        " JOIN account_day a ON a.handle = h.handle AND a.day >= k.first_day AND a.day <= k.last_day"
        " WHERE a.profile_views IS NOT NULL GROUP BY c.campaign_id, c.creator_id, a.day",
        numbers=("profile_views",),
    )
    return frame.assign(traffic="total")


def _rebuild_day_totals(connection: Connection) -> None:
    every = (*ADDITIVE, *LEDGER)
    counts = ", ".join(f"COUNT({name})" for name in every)
    known = connection.execute(
        text(
            f"SELECT {counts} FROM creator_total WHERE campaign_id IN (SELECT campaign_id FROM touched_pair)"
        )
    ).one()
    names = [name for name, count in zip(every, known, strict=True) if count]
    sums = "".join(f", {ledger_sum(name, 'd') if name in LEDGER else whole_sum(name, 'd')}" for name in names)
    run(
        connection,
        "DELETE FROM day_total WHERE (campaign_id, day) IN (SELECT campaign_id, day FROM touched_day)",
    )
    run(
        connection,
        f"INSERT INTO day_total (campaign_id, day, traffic{''.join(f', {name}' for name in names)})"
        f" SELECT d.campaign_id, d.day, d.traffic{sums} FROM campaign_day d"
        " JOIN touched_day t ON t.campaign_id = d.campaign_id AND t.day = d.day"
        " GROUP BY d.campaign_id, d.day, d.traffic",
    )
