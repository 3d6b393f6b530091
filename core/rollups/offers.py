"""Whom the evidence on an order points to: codes and affiliates, or tagged clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.rollups.zones import days_in_zones

if TYPE_CHECKING:
    from core.rollups.plans import Plans

OFFER = ["sale", "position", "evidence", "key", "creator_id", "campaign_id", "video_id"]
_SECONDS_A_DAY = 86_400


def proven_offers(claims: pd.DataFrame, plans: Plans) -> pd.DataFrame:
    """Return what codes and affiliate names point to: one row per sale, key, creator and campaign.

    A code counts on the days it holds. What names no campaign belongs to the campaigns whose
    collaborators include the creator and whose dates contain the day.

    Args:
        claims: sale (number), position, kind, key, video_id, created_at, shop_day.
        plans: what people wrote.
    """
    codes = plans.codes[(plans.codes["kind"] == "creator") & plans.codes["creator_id"].notna()]
    by_code = claims[claims["kind"] == "code"].merge(
        codes.drop(columns=["id", "kind"]), left_on="key", right_on="code_key", suffixes=("", "_of_code")
    )
    by_code["video_id"] = by_code["video_id_of_code"].where(
        by_code["video_id_of_code"] != "", by_code["video_id"]
    )
    affiliates = claims[claims["kind"] == "affiliate"].merge(
        plans.handles[["handle", "creator_id"]], left_on="key", right_on="handle"
    )
    affiliates = affiliates.assign(campaign_id=np.nan, first_day=np.nan, last_day=np.nan)
    columns = [*claims.columns, "creator_id", "campaign_id", "first_day", "last_day"]
    parts = [part[columns] for part in (by_code, affiliates) if len(part)]
    if not parts:
        return pd.DataFrame(columns=[*OFFER, "day", "is_inside"])
    offers = pd.concat(parts, ignore_index=True).rename(columns={"kind": "evidence"})
    placed = pd.concat([_named(offers, plans), _by_dates(offers, plans)], ignore_index=True)
    placed["creator_id"] = placed["creator_id"].astype("int64")
    return placed[[*OFFER, "day", "is_inside"]].drop_duplicates(["sale", "key", "creator_id", "campaign_id"])


def _named(offers: pd.DataFrame, plans: Plans) -> pd.DataFrame:
    """Return the offers that name their campaign, with the day there and whether it is in its dates."""
    named = offers[offers["campaign_id"].notna()].astype({"campaign_id": "int64"})
    named = with_campaign_day(named, plans)
    return named[_holds(named, named["day"])]


def _by_dates(offers: pd.DataFrame, plans: Plans) -> pd.DataFrame:
    open_ones = offers[offers["campaign_id"].isna()].drop(columns="campaign_id")
    open_ones = open_ones[_holds(open_ones, open_ones["shop_day"])].astype({"creator_id": "int64"})
    found = with_campaign_day(open_ones.merge(plans.collaborations, on="creator_id"), plans)
    return found[found["is_inside"]]


def _holds(offers: pd.DataFrame, day: pd.Series[int]) -> pd.Series[bool]:
    """Return whether the code of each offer holds on the day; an open end holds for ever."""
    first, last = offers["first_day"].astype("float64"), offers["last_day"].astype("float64")
    return ~(day < first) & ~(day > last)


def with_campaign_day(offers: pd.DataFrame, plans: Plans) -> pd.DataFrame:
    """Return the offers with `day` in the campaign's zone and `is_inside`, whether its dates contain it."""
    wanted = ["campaign_id", "zone", "first_day", "last_day"]
    placed = offers.merge(plans.campaigns[wanted], on="campaign_id", suffixes=("", "_of_campaign"))
    first = placed["first_day_of_campaign"] if "first_day_of_campaign" in placed else placed["first_day"]
    last = placed["last_day_of_campaign"] if "last_day_of_campaign" in placed else placed["last_day"]
    zones = placed["zone"].to_numpy(dtype=object)
    placed["day"] = days_in_zones(placed["created_at"].to_numpy(dtype=np.int64), zones)
    placed["is_inside"] = (placed["day"] >= first) & (placed["day"] <= last)
    return placed


def last_clicks(clicks: pd.DataFrame, plans: Plans) -> pd.DataFrame:
    """Return the last tagged click of each sale within the window of its campaign.

    Args:
        clicks: sale, key (link key), at (NaN: not stated, taken as the moment of the order), created_at.
        plans: what people wrote.
    """
    links = plans.links[["link_key", "campaign_id", "creator_id", "video_id"]]
    known = clicks.drop(columns="video_id", errors="ignore").merge(links, left_on="key", right_on="link_key")
    known = with_campaign_day(
        known.merge(plans.campaigns[["campaign_id", "click_window_days"]], on="campaign_id"), plans
    )
    at = known["at"].astype("float64").fillna(known["created_at"].astype("float64"))
    age = known["created_at"] - at
    known = known.assign(at=at, evidence="link", position=0)
    inside = known[(age >= 0) & (age <= known["click_window_days"] * _SECONDS_A_DAY)]
    last = inside.sort_values(["sale", "at", "key"], kind="stable").drop_duplicates("sale", keep="last")
    return last[[*OFFER, "day", "is_inside"]]
