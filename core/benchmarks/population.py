"""Whom creators are compared with: every collaboration the reader may see, read once for an age."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sqlalchemy import bindparam, text

from core.benchmarks.scored import FINAL, VIDEO_MEASURES
from core.creators.tiers import tiers_on
from core.evidence.ages import FINAL_AGE, counts_at_age, read_histories
from core.units import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from sqlalchemy import Connection

    from core.access import Principal
    from core.metrics.model import Total
    from core.scope import Traffic

LENGTHS: tuple[tuple[int, str], ...] = ((15, "under 15 s"), (35, "15 to 34 s"), (61, "35 to 60 s"))
_LONGEST = "over a minute"
_TOTALS = ("views", "likes", "comments", "shares", "link_clicks", "sessions", "orders", "new_customers",
           "repeat_customers", "cost", "commission")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaborator:
    """A creator in a campaign, as the comparison sees it.

    Attributes:
        tier: '' where no follower count was known when the campaign began.
        length: the usual length of the videos; '' where it is not known.
        objective: of the campaign, a stage of the funnel.
        currency: in which it was paid.
        fee: minor units in the campaign's currency; None where not stated or in another one.
        could_sell: has a code or link, so that no order means none.
    """

    campaign_id: int
    creator_id: int
    tier: str
    length: str
    objective: str
    currency: str
    fee: float | None
    could_sell: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Population:
    """Everybody of a comparison, with counts.

    Attributes:
        key: names the campaigns it stands on.
        people: the collaborations.
        videos: one row per video: `owner` (number of the collaboration), the measures at the age
            (NaN unknown) and `unread`: '' or why there are none.
        totals: one row per collaboration, in their order: totals of its campaign so far, NaN unknown.
        audit_id: newest entry of the audit trail that all this knows of.
    """

    key: str
    people: tuple[Collaborator, ...]
    videos: pd.DataFrame
    totals: pd.DataFrame
    audit_id: int


def population_of(connection: Connection, principal: Principal, campaign_id: int) -> tuple[str, list[int]]:
    """Return the name of a population and its campaigns: those the reader may see.

    The made-up campaign is compared with made-up ones only, and never the other way round.
    """
    rows = connection.execute(text("SELECT id, is_sample FROM campaign ORDER BY id")).all()
    is_sample = any(row.id == campaign_id and row.is_sample for row in rows)
    own = [row.id for row in rows if bool(row.is_sample) is is_sample]
    if principal.campaign_ids is None:
        return ("sample" if is_sample else "all"), own
    seen = [number for number in own if number in principal.campaign_ids]
    return "of " + hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:24], seen


def read_population(
    connection: Connection, key: str, campaign_ids: Sequence[int], *, age: int, traffic: Traffic
) -> Population:
    """Return everybody of some campaigns, videos read at an age.

    Args:
        connection: a reading connection; everything is read in its snapshot.
        key: the name of the population.
        campaign_ids: its campaigns.
        age: days, or `FINAL`.
        traffic: whose views.
    """
    audit_id = int(connection.execute(text("SELECT COALESCE(MAX(id), 0) FROM audit_entry")).scalar_one())
    histories = read_histories(connection, VIDEO_MEASURES, campaign_ids=campaign_ids, traffic=traffic)
    videos = _at_age(histories, age)
    videos = videos[videos["creator_id"].notna()].reset_index(drop=True)
    agreed = _agreements(connection, campaign_ids)
    pairs = list(zip(videos["campaign_id"].astype(int), videos["creator_id"].astype(int), strict=True))
    numbers = {pair: number for number, pair in enumerate(dict.fromkeys([*sorted(agreed), *pairs]))}
    videos["owner"] = [numbers[pair] for pair in pairs]
    lengths = _lengths(videos, len(numbers))
    tiers = _tiers(connection, campaign_ids, list(numbers))
    people = tuple(
        _collaborator(pair, agreed.get(pair), tiers.get(pair, ""), lengths[number])
        for pair, number in numbers.items()
    )
    totals = _totals(connection, campaign_ids, people)
    return Population(key=key, people=people, videos=videos, totals=totals, audit_id=audit_id)


def _at_age(histories: pd.DataFrame, age: int) -> pd.DataFrame:
    """Return the videos' counts and, where there are none, why."""
    found = counts_at_age(histories, VIDEO_MEASURES, None if age == FINAL else age)
    if found.empty:
        return found.assign(unread=pd.Series(dtype=str))
    groups = histories.groupby("video_id", sort=False)
    newest = groups["age"].max().reindex(found["video_id"]).to_numpy(dtype=float)
    posted = groups["posted_day"].first().reindex(found["video_id"]).to_numpy(dtype=float)
    counted = histories[list(VIDEO_MEASURES)].notna().any(axis=1).groupby(histories["video_id"]).any()
    is_counted = counted.reindex(found["video_id"]).to_numpy(dtype=bool)
    names = list(VIDEO_MEASURES)
    if age == FINAL:
        found.loc[~(newest >= FINAL_AGE), names] = np.nan
    is_young = newest < (FINAL_AGE if age == FINAL else age)
    why = np.select(
        [found[names].notna().any(axis=1).to_numpy(), ~is_counted, np.isnan(posted), is_young],
        ["", "uncounted", "undated", "young"],
        "no snapshot",
    )
    return found.assign(unread=why)


def _agreements(
    connection: Connection, campaign_ids: Sequence[int]
) -> dict[tuple[int, int], Mapping[str, object]]:
    query = text(
        "SELECT k.campaign_id, k.creator_id, k.fee, k.currency, c.currency AS campaign_currency, c.objective,"
        " EXISTS (SELECT 1 FROM promo_code p WHERE p.creator_id = k.creator_id"
        "  AND (p.campaign_id = k.campaign_id OR p.campaign_id IS NULL)) AS has_code,"
        " EXISTS (SELECT 1 FROM tracking_link l WHERE l.creator_id = k.creator_id"
        "  AND l.campaign_id = k.campaign_id) AS has_link"
        " FROM collaboration k JOIN campaign c ON c.id = k.campaign_id WHERE k.campaign_id IN :campaigns"
    ).bindparams(bindparam("campaigns", expanding=True))
    rows = connection.execute(query, {"campaigns": list(campaign_ids)}).mappings()
    return {(row["campaign_id"], row["creator_id"]): dict(row) for row in rows}


def _collaborator(
    pair: tuple[int, int], agreed: Mapping[str, object] | None, tier: str, length: str
) -> Collaborator:
    terms = agreed or {}
    currency = str(terms.get("campaign_currency") or "")
    fee = terms.get("fee")
    is_payable = (terms.get("currency") or currency) == currency
    return Collaborator(
        campaign_id=pair[0],
        creator_id=pair[1],
        tier=tier,
        length=length,
        objective=str(terms.get("objective") or ""),
        currency=currency,
        fee=float(str(fee)) if fee is not None and is_payable else None,
        could_sell=bool(terms.get("has_code") or terms.get("has_link")),
    )


def _tiers(
    connection: Connection, campaign_ids: Sequence[int], pairs: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """Return each collaboration's tier on the first day of its campaign."""
    query = text("SELECT id, first_day FROM campaign WHERE id IN :campaigns").bindparams(
        bindparam("campaigns", expanding=True)
    )
    rows = connection.execute(query, {"campaigns": list(campaign_ids)})
    first_days = {row.id: row.first_day for row in rows}
    found: dict[tuple[int, int], str] = {}
    for day in sorted(set(first_days.values())):
        inside = [pair for pair in pairs if first_days.get(pair[0]) == day]
        tiers = tiers_on(connection, [creator_id for _, creator_id in inside], day_of(day))
        found |= {pair: tiers[pair[1]].tier for pair in inside}
    return found


def _lengths(videos: pd.DataFrame, count: int) -> list[str]:
    """Return the usual length of each collaboration's videos, in words."""
    typical = videos.groupby("owner")["duration_seconds"].median().reindex(range(count))
    return [length_words(seconds) for seconds in typical]


def length_words(seconds: float | None) -> str:
    """Return the band of a video's length; '' where it is not known."""
    if seconds is None or seconds != seconds:  # noqa: PLR0124  (NaN)
        return ""
    return next((words for below, words in LENGTHS if seconds < below), _LONGEST)


def _totals(
    connection: Connection, campaign_ids: Sequence[int], people: Sequence[Collaborator]
) -> pd.DataFrame:
    """Return what each collaboration's campaign brought so far, spend included; NaN is unknown."""
    columns = ", ".join(_TOTALS)
    query = text(
        f"SELECT campaign_id, creator_id, {columns} FROM creator_total"
        " WHERE traffic = 'total' AND campaign_id IN :campaigns"
    ).bindparams(bindparam("campaigns", expanding=True))
    paid = text(
        "SELECT campaign_id, creator_id, cost FROM creator_total"
        " WHERE traffic = 'paid' AND campaign_id IN :campaigns"
    ).bindparams(bindparam("campaigns", expanding=True))
    values = {"campaigns": list(campaign_ids)}
    known = {(row.campaign_id, row.creator_id): row[2:] for row in connection.execute(query, values)}
    boosted = {(row.campaign_id, row.creator_id): row.cost for row in connection.execute(paid, values)}
    sells = {pair[0] for pair, row in known.items() if row[_TOTALS.index("orders")] is not None}
    empty = (None,) * len(_TOTALS)
    pairs = [(one.campaign_id, one.creator_id) for one in people]
    frame = pd.DataFrame([known.get(pair, empty) for pair in pairs], columns=list(_TOTALS), dtype=float)
    cost = pd.Series([boosted.get(pair) for pair in pairs], dtype=float)
    frame["cost"] = frame["cost"].fillna(cost)
    could_sell = np.array([one.could_sell and one.campaign_id in sells for one in people], dtype=bool)
    frame["orders"] = frame["orders"].where(frame["orders"].notna() | ~could_sell, 0.0)
    frame["fees"] = pd.Series([one.fee for one in people], dtype=float)
    frame["spend"] = frame[["fees", "cost", "commission"]].sum(axis=1, min_count=1)
    return frame


def summed(frame: pd.DataFrame, total: Total) -> NDArray[np.float64]:
    """Return a weighted sum of columns: NaN where a part is unknown, or below zero, which no count can be."""
    result = np.zeros(len(frame))
    for measure, weight in total.parts:
        column = frame[measure.name].to_numpy(dtype=float)
        result += weight * np.where(column < 0, np.nan, column)
    return result
