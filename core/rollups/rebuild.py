"""Rebuilding derived tables: for touched keys, for one campaign, or all of them.

Everything runs in the caller's transaction, so that facts and what is derived from
them change together or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from core.rollups.account_days import rebuild_account_days
from core.rollups.campaign_days import rebuild_campaign_days
from core.rollups.closed import closed_pairs
from core.rollups.columns import ADDITIVE, MONEY, TWO_SIDED
from core.rollups.credit import rebuild_campaign_credit, rebuild_credit
from core.rollups.membership import assign_campaigns
from core.rollups.plans import Pairs, Plans, read_plans
from core.rollups.reading import fill_keys, key_table, read_frame, run
from core.rollups.ties import hinted_campaigns
from core.rollups.touched import EVERYTHING, Touched
from core.rollups.video_days import rebuild_video_days
from core.rollups.videos import read_videos, touch_videos
from core.store.bulk import insert_frame

if TYPE_CHECKING:
    import pandas as pd

_VIDEO_KEY = {"video_id": "TEXT"}


def rebuild(connection: Connection, touched: Touched) -> None:
    """Rebuild what hangs on the touched keys, and nothing else."""
    if touched.everything:
        rebuild_all(connection)
        return
    plans = read_plans(connection)
    pairs: Pairs = set(touched.pairs)
    if touched.videos:
        with key_table(connection, "touched_video", _VIDEO_KEY):
            fill_keys(
                connection, "touched_video", ("video_id",), ((video,) for video in sorted(touched.videos))
            )
            pairs |= _rebuild_videos(connection, plans)
    if touched.handles:
        with key_table(connection, "touched_handle", {"handle": "TEXT"}):
            fill_keys(
                connection, "touched_handle", ("handle",), ((handle,) for handle in sorted(touched.handles))
            )
            rebuild_account_days(connection)
        pairs |= _pairs_of_handles(plans, touched.handles)
    if touched.orders is None or touched.orders:
        pairs |= rebuild_credit(connection, plans, touched.orders)
    for campaign_id in touched.campaigns:
        pairs |= _untied_pairs(connection, plans, campaign_id)
    if touched.campaigns:
        # A link or name that is gone here may leave its figures to another campaign.
        pairs |= {(campaign_id, 0) for campaign_id in plans.currency_of}
    rebuild_campaign_days(connection, plans, pairs)


def rebuild_all(connection: Connection) -> None:
    """Rebuild every derived table from the facts that stand and what people wrote."""
    plans = read_plans(connection)
    for table in ("video", "video_day", "account_day", "credit", "left_out_order"):
        run(connection, f"DELETE FROM {table}")
    for table in ("campaign_day", "day_total", "creator_total", "video_total"):
        run(connection, f"DELETE FROM {table}")
    with key_table(connection, "touched_video", _VIDEO_KEY):
        touch_videos(connection)
        _rebuild_videos(connection, plans)
    with key_table(connection, "touched_handle", {"handle": "TEXT"}):
        run(
            connection,
            "INSERT INTO touched_handle (handle)"
            " SELECT DISTINCT subject FROM stat WHERE subject_kind = 'account'",
        )
        rebuild_account_days(connection)
    rebuild_credit(connection, plans, EVERYTHING.orders)
    rebuild_campaign_days(connection, plans, _every_pair(connection, plans))


def rebuild_campaign(connection: Connection, campaign_id: int) -> None:
    """Rebuild what a change of a campaign, its creators, codes, links or rules can move.

    Videos and orders may pass from or to other campaigns; their sums are rebuilt as well.
    """
    plans = read_plans(connection)
    pairs = _pairs_of_campaign(connection, plans, campaign_id)
    with key_table(connection, "touched_video", _VIDEO_KEY):
        _touch_moved(connection, plans, campaign_id)
        pairs |= _rebuild_videos(connection, plans)
    pairs |= rebuild_campaign_credit(connection, plans, campaign_id)
    pairs |= _pairs_of_campaign(connection, plans, campaign_id)
    # A name that two campaigns share ties figures to neither, so that a new name here moves figures there.
    listed = {0, *_shop_creators(connection, plans)}
    pairs |= {(other, creator) for other in plans.currency_of for creator in listed}
    pairs |= set(zip(map(int, plans.links["campaign_id"]), map(int, plans.links["creator_id"]), strict=True))
    rebuild_campaign_days(connection, plans, pairs)


def _rebuild_videos(connection: Connection, plans: Plans) -> Pairs:
    """Rebuild `video` and `video_day` of touched videos; return the sums that this can change."""
    pairs = _pairs_of_videos(connection)
    known = assign_campaigns(read_videos(connection, plans), plans)
    run(connection, "DELETE FROM video WHERE video_id IN (SELECT video_id FROM touched_video)")
    insert_frame(connection, "video", known)
    rebuild_video_days(connection, plans)
    hinted = hinted_campaigns(
        connection, "s.video_id <> '' AND s.video_id IN (SELECT video_id FROM touched_video)", {}
    )
    pairs |= _pairs_of_videos(connection)
    # Ads of a video can take the place of figures of their ad campaign, which hang on nobody.
    return pairs | {(campaign, 0) for campaign in (*hinted, *(campaign for campaign, _ in pairs))}


def _touch_moved(connection: Connection, plans: Plans, campaign_id: int) -> None:
    """Put the videos into `touched_video` whose creator or campaign changes, and those with money.

    Daily figures of the others stay as they are: only money depends on the campaign.
    """
    now = read_frame(
        connection,
        "SELECT video_id, handle, url, caption, hashtags, posted_at, posted_day, campaign_id, membership,"
        " creator_id AS creator_before FROM video ORDER BY video_id",
        numbers=("posted_at", "posted_day", "campaign_id", "creator_before"),
    )
    # A day stands beside a moment only for show; alone it is what a file stated.
    now["posted_day"] = now["posted_day"].where(now["posted_at"].isna())
    now["creator_id"] = now["handle"].map(plans.creator_of).astype("float64")
    then = assign_campaigns(now, plans)
    moved = (
        _differs(now["campaign_id"], then["campaign_id"])
        | _differs(now["creator_before"], now["creator_id"])
        | (now["membership"] != then["membership"])
    )
    fill_keys(connection, "touched_video", ("video_id",), ((video,) for video in now.loc[moved, "video_id"]))
    any_money = " OR ".join(f"s.{name} IS NOT NULL" for name in MONEY)
    for join in (
        "s.subject_kind = 'video' AND s.subject = v.video_id",
        "s.video_id = v.video_id AND s.video_id <> ''",
    ):
        run(
            connection,
            "INSERT INTO touched_video (video_id)"
            f" SELECT v.video_id FROM video v WHERE v.campaign_id = :campaign AND EXISTS"
            f" (SELECT 1 FROM stat s WHERE {join} AND ({any_money})) ON CONFLICT DO NOTHING",
            {"campaign": campaign_id},
        )


def _differs(one: pd.Series[float], other: pd.Series[float]) -> pd.Series[bool]:
    return (one != other) & ~(one.isna() & other.isna())


def _pairs_of_videos(connection: Connection) -> Pairs:
    rows = connection.execute(
        text(
            "SELECT DISTINCT v.campaign_id, COALESCE(v.creator_id, 0) FROM touched_video t"
            " JOIN video v ON v.video_id = t.video_id WHERE v.campaign_id IS NOT NULL"
        )
    )
    return {(campaign, creator) for campaign, creator in rows}


def _pairs_of_handles(plans: Plans, handles: frozenset[str]) -> Pairs:
    creators = {plans.creator_of[handle] for handle in handles if handle in plans.creator_of}
    # A shop's list may name creators in a campaign with which they have no collaboration.
    return {(campaign, creator) for campaign in plans.currency_of for creator in creators}


def _untied_pairs(connection: Connection, plans: Plans, campaign_id: int) -> Pairs:
    """Return the creators on whom figures beside videos hang: links, and whoever has such figures now."""
    beside = " OR ".join(f"{name} IS NOT NULL" for name in ADDITIVE if name not in TWO_SIDED)
    rows = connection.execute(
        text(f"SELECT creator_id FROM creator_total WHERE campaign_id = :campaign AND ({beside})"),
        {"campaign": campaign_id},
    ).scalars()
    links = plans.links.loc[plans.links["campaign_id"] == campaign_id, "creator_id"]
    return {(campaign_id, int(creator)) for creator in (0, *rows, *links)}


def _pairs_of_campaign(connection: Connection, plans: Plans, campaign_id: int) -> Pairs:
    """Return the campaign's creators: those with sums, collaborations, links or shop rows."""
    rows = connection.execute(
        text("SELECT DISTINCT creator_id FROM campaign_day WHERE campaign_id = :campaign"),
        {"campaign": campaign_id},
    ).scalars()
    if campaign_id not in plans.currency_of:
        return {(campaign_id, creator) for creator in rows}
    here = plans.collaborations[plans.collaborations["campaign_id"] == campaign_id]
    creators = {*rows, *map(int, here["creator_id"]), *_shop_creators(connection, plans), 0}
    creators |= {creator for _, creator in _untied_pairs(connection, plans, campaign_id)}
    creators |= {creator for _, creator in closed_pairs(connection, "campaign_id = :one", one=campaign_id)}
    members = connection.execute(
        text("SELECT DISTINCT COALESCE(creator_id, 0) FROM video WHERE campaign_id = :campaign"),
        {"campaign": campaign_id},
    ).scalars()
    return {(campaign_id, creator) for creator in creators | set(members)}


def _shop_creators(connection: Connection, plans: Plans) -> set[int]:
    handles = connection.execute(text("SELECT DISTINCT handle FROM stat WHERE subject_kind = 'shop_creator'"))
    return {plans.creator_of[handle] for (handle,) in handles if handle in plans.creator_of}


def _every_pair(connection: Connection, plans: Plans) -> Pairs:
    pairs: Pairs = set()
    for campaign_id in plans.currency_of:
        pairs |= _pairs_of_campaign(connection, plans, campaign_id)
    credited = connection.execute(text("SELECT DISTINCT campaign_id, creator_id FROM credit"))
    pairs |= {(campaign, creator) for campaign, creator in credited}
    return pairs | {pair for pair in closed_pairs(connection) if pair[0] in plans.currency_of}
