"""The filter that every question shares.

A scope is frozen and hashable: evidence functions take it, caches are keyed by it
(together with the data revision) and links encode it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Traffic(StrEnum):
    """Which views count: earned by the video, bought, or both together."""

    TOTAL = "total"
    ORGANIC = "organic"
    PAID = "paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One campaign seen through a filter.

    Attributes:
        campaign_id: the campaign.
        creator_ids: only these creators; empty means all.
        video_ids: only these videos (TikTok's ids, as text); empty means all.
        first_day: first day counted; None means from the beginning.
        last_day: last day counted; None means to the end.
        traffic: organic, paid, or both together.
    """

    campaign_id: int
    creator_ids: tuple[int, ...] = ()
    video_ids: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    traffic: Traffic = Traffic.TOTAL

    def only(self, **changes: object) -> Scope:
        """Return the same scope with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # field names are checked by replace

    @property
    def is_part(self) -> bool:
        """Return whether it is only some creators, videos or days of the campaign."""
        return bool(self.creator_ids or self.video_ids or self.first_day or self.last_day)

    def to_query(self) -> dict[str, list[str]]:
        """Return the filter as query fields; the campaign is named by its own field."""
        fields: dict[str, list[str]] = {}
        if self.creator_ids:
            fields["creator"] = [str(number) for number in self.creator_ids]
        if self.video_ids:
            fields["video"] = list(self.video_ids)
        if self.first_day:
            fields["from"] = [self.first_day.isoformat()]
        if self.last_day:
            fields["to"] = [self.last_day.isoformat()]
        if self.traffic is not Traffic.TOTAL:
            fields["traffic"] = [self.traffic.value]
        return fields


def scope_from_query(campaign_id: int, fields: Mapping[str, Sequence[str]]) -> tuple[Scope, tuple[str, ...]]:
    """Return the scope that query fields ask for, and the fields that were not understood.

    Nothing of a link is trusted: a value of the wrong form is left out and named.
    """
    bad: list[str] = []

    def day(name: str) -> date | None:
        for text in fields.get(name, ())[:1]:
            try:
                return date.fromisoformat(text)
            except ValueError:
                bad.append(name)
        return None

    creators = [
        text for text in fields.get("creator", ()) if text.isascii() and text.isdigit() and len(text) < 10
    ]
    videos = [
        text for text in fields.get("video", ()) if text.isascii() and text.isdigit() and len(text) < 25
    ]
    bad += ["creator"] * (len(creators) < len(fields.get("creator", ())))
    bad += ["video"] * (len(videos) < len(fields.get("video", ())))
    wanted = next(iter(fields.get("traffic", ())), Traffic.TOTAL.value)
    if wanted not in set(Traffic):
        bad.append("traffic")
        wanted = Traffic.TOTAL.value
    scope = Scope(
        campaign_id=campaign_id,
        creator_ids=tuple(sorted({int(text) for text in creators})),
        video_ids=tuple(sorted(set(videos))),
        first_day=day("from"),
        last_day=day("to"),
        traffic=Traffic(wanted),
    )
    return scope, tuple(bad)
