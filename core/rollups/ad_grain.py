"""Ads that two reports state at different levels: each cost counts once.

A report by campaign holds the same delivery as one by ad group or by ad. Where both speak of the
same ad campaign on common days, the report of the finer level counts, because only it can lead to
videos; what the coarser one says of those days is left out and named, never added. Measures are
looked at one by one. Reports of one level need nothing of this: their rows have equal keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from core.keys import link_part
from core.rollups.reading import read_frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from sqlalchemy import Connection

Ints = npt.NDArray[np.int64]
_ACCOUNT = 3
# 0 one ad, 1 an ad group, 2 a campaign, 3 the whole account, as the key of a row tells.
_LEVEL = (
    "CASE WHEN s.label <> '' OR s.video_id <> '' THEN 0 WHEN s.subject LIKE 'group:%' THEN 1"
    " WHEN s.subject LIKE 'campaign:%' THEN 2 WHEN s.subject = 'account' THEN 3"
    " WHEN s.subject LIKE 'name:%|%' THEN 1 WHEN s.subject LIKE 'name:%' THEN 2 ELSE 0 END"
)


def repeated_ads(connection: Connection, frame: pd.DataFrame, measures: Sequence[str]) -> dict[str, Ints]:
    """Return for each measure the rows of ads that repeat what a report of a finer level says.

    Args:
        connection: open.
        frame: subject_kind, batch_id, campaign_hint, first_day, last_day and the measures of the
            rows that hang on no video; index 0..n-1.
        measures: which measures to look at.
    """
    ads = np.flatnonzero((frame["subject_kind"] == "ad").to_numpy())
    if not len(ads) or not measures:
        return {}
    reports = _reports(connection, measures)
    if reports["level"].nunique() < 2:
        return {}
    found: dict[str, list[int]] = {}
    columns = ["batch_id", "campaign_hint", "first_day", "last_day"]
    level_of = dict(zip(reports["batch_id"], reports["level"], strict=True))
    for place, (batch, hint, first, last) in zip(
        ads.tolist(), frame.iloc[ads][columns].itertuples(index=False, name=None), strict=True
    ):
        level = level_of.get(batch, 0)
        if not level:
            continue
        finer = reports[
            (reports["level"] < level)
            & (reports["first"] <= last)
            & (reports["last"] >= first)
            & ((level == _ACCOUNT) | ((reports["hint"] == link_part(hint)) & (reports["hint"] != "")))
        ]
        for name in measures if len(finer) else ():
            if finer[name].any() and not np.isnan(frame[name].iloc[place]):
                found.setdefault(name, []).append(place)
    return {name: np.array(places, dtype=np.int64) for name, places in found.items()}


def _reports(connection: Connection, measures: Sequence[str]) -> pd.DataFrame:
    """Return one row per import and ad campaign: its level, the days it covers, which measures it knows."""
    counts = "".join(f", COUNT(s.{name}) AS {name}" for name in measures)
    rows = read_frame(
        connection,
        f"SELECT s.batch_id, s.campaign_hint, MIN({_LEVEL}) AS level,"
        " MIN(CASE WHEN b.first_day IS NULL OR b.first_day > s.first_day THEN s.first_day"
        " ELSE b.first_day END) AS first,"
        " MAX(CASE WHEN b.last_day IS NULL OR b.last_day < s.last_day THEN s.last_day"
        " ELSE b.last_day END) AS last"
        f"{counts} FROM stat s JOIN import_batch b ON b.id = s.batch_id"
        " WHERE s.subject_kind = 'ad' AND s.breakdown = '' GROUP BY s.batch_id, s.campaign_hint",
    )
    rows["level"] = rows.groupby("batch_id")["level"].transform("min")
    rows["hint"] = [link_part(str(hint)) for hint in rows["campaign_hint"]]
    return rows
