"""The default rule: an order is credited once, by code or affiliate name, else by the last tagged click.

Nothing ambiguous is guessed: what cannot be decided is left out, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.rollups.amounts import net_amounts
from core.rollups.newest import COUNTED_STATUSES
from core.rollups.offers import last_clicks, proven_offers

if TYPE_CHECKING:
    from core.rollups.plans import Plans

Mask = npt.NDArray[np.bool_]


class LeftOut(StrEnum):
    """Why an order that points to a campaign is credited to nobody."""

    CANCELLED = "cancelled"
    VOIDED = "voided"
    TEST = "test"
    PENDING = "pending"
    AUTHORIZED = "authorized"
    NOT_PAID = "not_paid"  # any status that a shop invents
    SEVERAL_CREATORS = "several_creators"  # one code stands for several creators
    SEVERAL_CAMPAIGNS = "several_campaigns"
    AMOUNT_UNKNOWN = "amount_unknown"
    CURRENCY = "currency"  # no rate stated into the campaign's currency


_STATUS_REASONS = frozenset(
    {LeftOut.CANCELLED, LeftOut.VOIDED, LeftOut.TEST, LeftOut.PENDING, LeftOut.AUTHORIZED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the rule says of some sales.

    Attributes:
        credits: one row per sale and creator: sale, position, campaign_id, creator_id, video_id,
            evidence, key, share, has_conflict, day, revenue, refunds, currency.
        left_out: one row per sale and campaign: sale, campaign_id, reason, day, amount.
    """

    credits: pd.DataFrame
    left_out: pd.DataFrame


def decide(sales: pd.DataFrame, claims: pd.DataFrame, clicks: pd.DataFrame, plans: Plans) -> Decision:
    """Return who is credited with each sale.

    Args:
        sales: one row per sale, index 0..n-1: created_at, shop_day, status, cancelled_at, currency,
            subtotal, shipping, tax, tax_included, total, refunded.
        claims: sale, position, kind, key, video_id.
        clicks: sale, key, at.
        plans: what people wrote.
    """
    times = sales[["created_at", "shop_day"]]
    proven = proven_offers(claims.join(times, on="sale"), plans)
    linked = last_clicks(clicks.join(times["created_at"], on="sale"), plans)
    only_link = linked[~linked["sale"].isin(proven["sale"])]
    offers = pd.concat([part for part in (proven, only_link) if len(part)] or [proven], ignore_index=True)
    if offers.empty:
        return Decision(credits=offers, left_out=pd.DataFrame(columns=["sale", "campaign_id", "reason"]))
    net, refunds = net_amounts(sales)
    reasons = _reasons(sales, offers, net)
    offers, reasons = _one_per_creator(offers, reasons)
    good = offers[pd.isna(reasons[offers["sale"].to_numpy(dtype=np.int64)])]
    shared = _share(_with_conflicts(good, proven, linked), net, refunds, sales, plans)
    dear = shared["revenue"].isna()
    reasons_of_offer = pd.Series(reasons[offers["sale"].to_numpy(dtype=np.int64)], index=offers.index)
    reasons_of_offer[shared.index[dear]] = LeftOut.CURRENCY.value
    left = offers.assign(reason=reasons_of_offer)[reasons_of_offer.notna()]
    left = left.drop_duplicates(["sale", "campaign_id"])[["sale", "campaign_id", "reason", "day"]]
    left["amount"] = net[left["sale"].to_numpy(dtype=np.int64)]
    return Decision(credits=shared[~dear], left_out=left)


def _reasons(
    sales: pd.DataFrame, offers: pd.DataFrame, net: npt.NDArray[np.float64]
) -> npt.NDArray[np.object_]:
    """Return per sale why it is left out, None where nothing speaks against it."""
    reasons = np.full(len(sales), None, dtype=object)
    reasons[np.isnan(net)] = LeftOut.AMOUNT_UNKNOWN.value
    creators = offers.groupby(["sale", "key"])["creator_id"].nunique()
    torn = creators[creators > 1].index.get_level_values("sale").to_numpy(dtype=np.int64)
    reasons[torn] = LeftOut.SEVERAL_CREATORS.value
    status = sales["status"].to_numpy(dtype=object)
    for word in pd.unique(status):
        if word not in COUNTED_STATUSES:
            reasons[status == word] = word if word in _STATUS_REASONS else LeftOut.NOT_PAID.value
    reasons[sales["cancelled_at"].notna().to_numpy()] = LeftOut.CANCELLED.value
    return reasons


def _one_per_creator(
    offers: pd.DataFrame, reasons: npt.NDArray[np.object_]
) -> tuple[pd.DataFrame, npt.NDArray[np.object_]]:
    """Return one offer per sale and creator, and the reasons with those added where campaigns differ.

    Of several campaigns the one whose dates contain the day counts; without such a one, none.
    """
    pair = ["sale", "creator_id"]
    many = offers.groupby(pair)["campaign_id"].transform("nunique") > 1
    inside = offers["is_inside"].astype(bool)
    fitting = offers[inside].groupby(pair)["campaign_id"].nunique().rename("fitting")
    fits = offers.join(fitting, on=pair)["fitting"].fillna(0).to_numpy() == 1
    torn = offers.loc[many & ~fits, "sale"].to_numpy(dtype=np.int64)
    reasons = reasons.copy()
    open_still = np.array([reasons[sale] is None for sale in torn], dtype=bool)
    reasons[torn[open_still]] = LeftOut.SEVERAL_CAMPAIGNS.value
    offers = offers[~many | inside | ~fits]
    left_out = pd.notna(reasons[offers["sale"].to_numpy(dtype=np.int64)])
    ordered = offers.sort_values(["sale", "position", "key", "campaign_id"], kind="stable")
    repeated = ordered.duplicated(pair).reindex(offers.index).to_numpy()
    return offers[left_out | ~repeated], reasons


def _with_conflicts(good: pd.DataFrame, proven: pd.DataFrame, linked: pd.DataFrame) -> pd.DataFrame:
    """Return the offers with `share` and `has_conflict`: several creators, or a click of another one."""
    count = good.groupby("sale")["creator_id"].transform("size")
    clicked = good["sale"].map(linked.set_index("sale")["creator_id"])
    known = proven[["sale", "creator_id"]].drop_duplicates()
    agreed = linked.merge(known, on=["sale", "creator_id"])["sale"]
    by_another = clicked.notna() & ~good["sale"].isin(agreed) & (good["evidence"] != "link")
    return good.assign(count=count, share=1.0 / count, has_conflict=(count > 1) | by_another)


def _share(
    offers: pd.DataFrame,
    net: npt.NDArray[np.float64],
    refunds: npt.NDArray[np.float64],
    sales: pd.DataFrame,
    plans: Plans,
) -> pd.DataFrame:
    """Return the offers with position, revenue and refunds in the campaign's currency, NaN without a rate.

    Minor units are whole: the first creators get what an equal split leaves over.
    """
    offers = offers.sort_values(["sale", "position", "key", "creator_id"], kind="stable")
    place = offers.groupby("sale").cumcount()
    sale = offers["sale"].to_numpy(dtype=np.int64)
    into = offers["campaign_id"].map(plans.currency_of).to_numpy()
    factor = plans.rates.factors(sales["currency"].to_numpy()[sale], into, offers["day"].to_numpy())
    amounts = {
        name: _portion(
            values[sale] * factor,
            offers["count"].to_numpy().astype(np.int64),
            place.to_numpy().astype(np.int64),
        )
        for name, values in (("revenue", net), ("refunds", refunds))
    }
    return offers.assign(position=place, currency=into, **amounts)


def _portion(
    amount: npt.NDArray[np.float64], count: npt.NDArray[np.int64], place: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    # Down, not to the nearest: the credited sum must never exceed what the shop took.
    whole = np.floor(amount + 1e-6)
    portion: npt.NDArray[np.float64] = np.floor_divide(whole, count) + (place < np.mod(whole, count))
    return portion
