"""Which campaign a figure belongs to that hangs on no video: chosen at import, or named in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from core.keys import link_part
from core.rollups.plans import Plans, read_plans
from core.rollups.reading import is_any, read_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from sqlalchemy import Connection

UNTIED_KINDS = ("ad", "web", "link", "shop_creator")
LINK_KINDS = ("web", "link")
_KINDS = ", ".join(f"'{kind}'" for kind in UNTIED_KINDS)


def campaign_names(plans: Plans) -> dict[str, int | None]:
    """Return what may be written for each campaign, in comparable form; None where two could be meant."""
    found: dict[str, set[int]] = {}
    for table, column in (
        (plans.campaigns, "code"),
        (plans.campaigns, "name"),
        (plans.links, "utm_campaign"),
    ):
        for name, number in zip(table[column], table["campaign_id"].tolist(), strict=True):
            found.setdefault(link_part(str(name)), set()).add(number)
    found.pop("", None)
    return {name: next(iter(ids)) if len(ids) == 1 else None for name, ids in found.items()}


def tie(frame: pd.DataFrame, plans: Plans) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the campaign and the creator of each row, 0 where there is none.

    A tagged link tells both; else the campaign chosen at import; else the name in the file.

    Args:
        frame: subject_kind, subject, handle, campaign_hint, chosen (campaign of the batch, NaN for none).
        plans: what people wrote.
    """
    links = plans.links.set_index("link_key")
    linked = frame["subject_kind"].isin(LINK_KINDS)
    by_link = frame["subject"].where(linked, None)
    campaign = by_link.map(links["campaign_id"].to_dict()).astype("float64")
    creator = by_link.map(links["creator_id"].to_dict()).astype("float64")
    names = campaign_names(plans)
    hints = frame["campaign_hint"].map(
        {hint: names.get(link_part(hint)) for hint in frame["campaign_hint"].unique()}
    )
    campaign = campaign.fillna(frame["chosen"].astype("float64")).fillna(hints.astype("float64"))
    shop = frame["handle"].where(frame["subject_kind"] == "shop_creator", None).map(plans.creator_of)
    creator = creator.fillna(shop.astype("float64"))
    return _whole(campaign), _whole(creator)


def _whole(ids: pd.Series[float]) -> npt.NDArray[np.int64]:
    """Return ids with 0 for nobody, the row of `campaign_day` that hangs on no creator."""
    return np.nan_to_num(ids.to_numpy(dtype=np.float64), nan=0.0).astype(np.int64)


def hinted_campaigns(connection: Connection, where: str, values: Mapping[str, Any]) -> frozenset[int]:
    """Return the campaigns that ads, web and shop rows name, whether or not a video stands between.

    Args:
        connection: open.
        where: which rows of `stat`, called s.
        values: what is bound in it.
    """
    condition = f"FROM stat s WHERE ({where}) AND (s.subject_kind || '') IN ({_KINDS})"
    if not is_any(connection, f"SELECT 1 {condition}", values):
        return frozenset()
    frame = read_frame(
        connection,
        "SELECT DISTINCT s.subject_kind, s.subject, s.handle, s.campaign_hint, b.campaign_id AS chosen"
        f" {condition.replace('FROM stat s', 'FROM stat s JOIN import_batch b ON b.id = s.batch_id')}",
        values,
        numbers=("chosen",),
    )
    campaigns, _ = tie(frame, read_plans(connection))
    return frozenset(int(campaign) for campaign in np.unique(campaigns) if campaign)
