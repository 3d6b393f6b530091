"""Figures that hang on no video of a campaign but belong to it: ads, web analytics, links, shop reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.rollups.ad_grain import repeated_ads
from core.rollups.columns import IMPORTED_NAMES, MONEY
from core.rollups.newest import add_age
from core.rollups.plans import read_plans
from core.rollups.reading import is_any, read_frame
from core.rollups.series import day_values
from core.rollups.ties import UNTIED_KINDS, tie
from core.rollups.traffic import complete, line_of
from core.rollups.video_days import unit_codes
from core.rollups.web_grain import Shapes, link_shapes, repeated_visits

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from core.rollups.plans import Plans

_KINDS = ", ".join(f"'{kind}'" for kind in UNTIED_KINDS)
_SOURCE = (
    "FROM stat s JOIN import_batch b ON b.id = s.batch_id"
    " LEFT JOIN video v ON v.video_id = s.video_id"
    f" WHERE s.subject_kind IN ({_KINDS}) AND s.breakdown = '' AND (s.video_id = '' OR v.campaign_id IS NULL)"
)
_FIELDS = (
    "s.id, s.batch_id, s.subject_kind, s.subject, s.kind, s.first_day, s.last_day, s.traffic, s.currency,"
    " s.is_rounded, s.handle, s.campaign_hint, b.campaign_id AS chosen"
)


def untied_days(connection: Connection, plans: Plans, campaigns: Collection[int]) -> pd.DataFrame:
    """Return one row per campaign_id, creator_id (0: none), day and traffic, with the measures known.

    Args:
        connection: open.
        plans: what people wrote.
        campaigns: only these.
    """
    frame, measures, shapes = standing_rows(connection, plans, campaigns)
    if frame.empty:
        return pd.DataFrame()
    for found in (
        repeated_visits(connection, frame, measures, shapes),
        repeated_ads(connection, frame, measures),
    ):
        for name, places in found.items():
            frame.loc[places, name] = np.nan
    return _days(frame, plans, measures)


def repeated_rows(connection: Connection, campaign_id: int, measures: Collection[str]) -> dict[int, int]:
    """Return how many rows of each import a finer file repeats, so that they are not added: batch -> rows.

    Args:
        connection: open.
        campaign_id: the campaign that the rows belong to.
        measures: a row is named where it is left out of any of them.
    """
    frame, known, shapes = standing_rows(connection, read_plans(connection), {campaign_id})
    if frame.empty:
        return {}
    wanted = [name for name in known if name in measures]
    visits = repeated_visits(connection, frame, wanted, shapes).values()
    ads = repeated_ads(connection, frame, wanted).values()
    places = np.unique(np.concatenate([*visits, *ads, np.array([], dtype=np.int64)]))
    counts = frame["batch_id"].iloc[places].value_counts()
    return {int(batch): int(count) for batch, count in counts.items()}  # type: ignore[call-overload]


def standing_rows(
    connection: Connection, plans: Plans, campaigns: Collection[int]
) -> tuple[pd.DataFrame, list[str], Shapes]:
    """Return the rows that belong to some campaigns, with their age; the measures known; the shapes.

    Args:
        connection: open.
        plans: what people wrote.
        campaigns: only these.
    """
    if not is_any(connection, f"SELECT 1 FROM stat s WHERE s.subject_kind IN ({_KINDS})"):
        return pd.DataFrame(), [], {}
    counts = ", ".join(f"COUNT(s.{name}) AS {name}" for name in IMPORTED_NAMES)
    seen = read_frame(connection, f"SELECT {counts} {_SOURCE}").iloc[0]
    measures = [name for name in IMPORTED_NAMES if seen[name]]
    if not measures:
        return pd.DataFrame(), [], {}
    names = "".join(f", s.{name}" for name in measures)
    frame = read_frame(connection, f"SELECT {_FIELDS}{names} {_SOURCE}", numbers=(*measures, "chosen"))
    shapes = link_shapes(frame, measures)
    frame["campaign_id"], frame["creator_id"] = tie(frame, plans)
    frame = frame[frame["campaign_id"].isin(campaigns)].reset_index(drop=True)
    return (frame if frame.empty else add_age(connection, frame)), measures, shapes


def _days(frame: pd.DataFrame, plans: Plans, measures: list[str]) -> pd.DataFrame:
    pairs = frame.groupby(["campaign_id", "creator_id"], sort=True)
    owners = pairs.ngroup().to_numpy()
    keys = pd.DataFrame(list(pairs.groups), columns=["campaign_id", "creator_id"])
    frame["traffic"] = frame["traffic"].where(frame["subject_kind"] != "ad", "paid")
    frame["line"] = line_of(owners, frame["traffic"])
    frame["unit"] = unit_codes(frame)
    frame["is_video"] = False
    # A shop's list of creators says the same as closer sources where those speak.
    frame["level"] = (frame["subject_kind"] == "shop_creator").astype("int64")
    money = [name for name in measures if name in MONEY]
    if money:
        into = frame["campaign_id"].map(plans.currency_of).to_numpy()
        factor = plans.rates.factors(frame["currency"].to_numpy(), into, frame["last_day"].to_numpy())
        frame[money] = (frame[money].mul(factor, axis=0)).round()
    found = day_values(frame, measures)
    if not found:
        return pd.DataFrame()
    days = complete(found)
    owner = days.pop("owner").to_numpy()
    for name in keys.columns:
        days[name] = np.asarray(keys[name])[owner]
    return days
