"""Which campaign a video belongs to: by hand, else by the rules of the campaigns.

A video that two campaigns claim belongs to neither until a person decides.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.rollups.zones import days_in_zone

if TYPE_CHECKING:
    from core.rollups.plans import Plans

BY_HAND = "by hand"
BY_DATES = "creator and dates"
BY_HASHTAG = "hashtag"
BY_LINK = "link"
CONFLICT = "conflict: "
_WORDS = {"creator_dates": BY_DATES, "hashtag": BY_HASHTAG, "link": BY_LINK}
_NEVER = 1 << 40  # a day that no rule contains

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.object_]


def assign_campaigns(videos: pd.DataFrame, plans: Plans) -> pd.DataFrame:
    """Return the videos with `campaign_id` (NaN: none), `membership` (how, '' for none) and `posted_day`.

    The day is that of the campaign's zone; without a campaign that of UTC.

    Args:
        videos: as `read_videos` returns them.
        plans: what people wrote.
    """
    count = len(videos)
    claims = [(int(row.campaign_id), _claim(videos, row, plans)) for row in _campaigns(plans)]
    owner = np.full(count, np.nan)
    how = np.full(count, "", dtype=object)
    _settle(claims, plans, owner, how, by_hand=True)
    _settle(claims, plans, owner, how, by_hand=False)
    return videos.assign(campaign_id=owner, membership=how, posted_day=_home_days(videos, owner, plans))


def _home_days(videos: pd.DataFrame, owner: Floats, plans: Plans) -> Floats:
    zone_of = plans.zone_of
    zones = np.array([zone_of.get(number, "UTC") for number in owner.tolist()], dtype=object)
    days = np.full(len(videos), np.nan)
    for zone in pd.unique(zones):
        here = zones == zone
        days[here] = posted_days(videos[here], str(zone))
    return np.where(days >= _NEVER, np.nan, days)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Campaign:
    """What membership needs of a campaign."""

    campaign_id: int
    first_day: int
    last_day: int
    zone: str


def _campaigns(plans: Plans) -> list[_Campaign]:
    names = ["campaign_id", "first_day", "last_day"]
    numbers = plans.campaigns[names].to_numpy(dtype=np.int64).tolist()
    return [
        _Campaign(campaign_id=number, first_day=first, last_day=last, zone=str(zone))
        for (number, first, last), zone in zip(numbers, plans.campaigns["zone"], strict=True)
    ]


def _settle(
    claims: list[tuple[int, Words]],
    plans: Plans,
    owner: Floats,
    how: Words,
    *,
    by_hand: bool,
) -> None:
    """Give the videos still open to the one campaign that claims them; note where several do."""
    open_still = how == ""
    holds = [(number, (words == BY_HAND) if by_hand else (words != "")) for number, words in claims]
    many = np.sum([mask for _, mask in holds], axis=0) if holds else np.zeros(len(how))
    for (number, mask), (_, words) in zip(holds, claims, strict=True):
        mine = mask & open_still & (many == 1)
        owner[mine] = number
        how[mine] = words[mine]
    codes = dict(zip(plans.campaigns["campaign_id"], plans.campaigns["code"], strict=True))
    for place in np.flatnonzero(open_still & (many > 1)):
        named = sorted(str(codes[number]) for number, mask in holds if mask[place])
        how[place] = CONFLICT + ", ".join(named)


def _claim(videos: pd.DataFrame, campaign: _Campaign, plans: Plans) -> Words:
    """Return for each video by what the campaign claims it, '' where it does not."""
    number = campaign.campaign_id
    days = posted_days(videos, campaign.zone)
    rules = plans.rules[plans.rules["campaign_id"] == number].to_dict("records")
    if not rules:
        rules = [{"kind": "creator_dates", "value": "", "first_day": None, "last_day": None}]
    creators = set(plans.collaborations.loc[plans.collaborations["campaign_id"] == number, "creator_id"])
    words = np.full(len(videos), "", dtype=object)
    for kind, word in reversed(_WORDS.items()):
        for rule in rules:
            if rule["kind"] == kind:
                first = campaign.first_day if _is_empty(rule["first_day"]) else rule["first_day"]
                last = campaign.last_day if _is_empty(rule["last_day"]) else rule["last_day"]
                inside = (days >= first) & (days <= last)
                words[inside & _matches(videos, kind, str(rule["value"] or ""), creators)] = word
    choices = plans.choices[plans.choices["campaign_id"] == number]
    chosen = dict(zip(choices["video_id"], choices["belongs"], strict=True))
    if chosen:
        belongs = videos["video_id"].map(chosen)
        words[(belongs == True).to_numpy()] = BY_HAND  # noqa: E712  (three states: yes, no, not said)
        words[(belongs == False).to_numpy()] = ""  # noqa: E712
    return words


def _is_empty(value: object) -> bool:
    return value is None or value != value  # noqa: PLR0124  (NaN)


def _matches(videos: pd.DataFrame, kind: str, value: str, creators: set[int]) -> Mask:
    if kind == "creator_dates":
        wanted = (
            {int(value)} & creators if value.strip().isdigit() else creators if not value.strip() else set()
        )
        return videos["creator_id"].isin(wanted).to_numpy()
    text = unicodedata.normalize("NFKC", value).strip().casefold()
    if kind == "hashtag":
        text = text.lstrip("#")
        return _contains(videos["hashtags"], f" #{text} ") if text else np.zeros(len(videos), dtype=bool)
    return _contains(videos["url"], text) | _contains(videos["caption"], text)


def _contains(texts: pd.Series[str], part: str) -> Mask:
    """Return which texts hold the part, whatever the case; nothing holds ''."""
    found = [bool(part) and part in unicodedata.normalize("NFKC", text).casefold() for text in texts]
    return np.array(found, dtype=bool)


def posted_days(videos: pd.DataFrame, zone: str) -> npt.NDArray[np.int64]:
    """Return the day each video was posted in a zone; far in the future where it is not known.

    A day that a file states without a time stands as it is.
    """
    stated = videos["posted_day"].to_numpy(dtype=np.float64)
    days = np.where(np.isnan(stated), _NEVER, np.nan_to_num(stated)).astype(np.int64)
    moments = videos["posted_at"].to_numpy(dtype=np.float64)
    known = ~np.isnan(moments)
    days[known] = days_in_zone(moments[known].astype(np.int64), zone)
    return days
