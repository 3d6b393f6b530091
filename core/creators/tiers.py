"""How large a creator was when a campaign began, by cut-offs that the team can edit."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select, update

from core.access import Action, require
from core.entry.fields import UnreadableError, read_count
from core.entry.forms import EntryError, Remark, entry_error, remark
from core.store.written import row_of, table
from core.units import day_number, day_of, write_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from core.store.engine import Store

BELOW = "below the first tier"


@dataclass(frozen=True, slots=True, kw_only=True)
class TierCutoff:
    """A tier begins at so many followers."""

    name: str
    followers: int


# IAB UK, creator tiers: iabuk.com/jargon-buster/creator-tiers
DEFAULT_CUTOFFS: tuple[TierCutoff, ...] = (
    TierCutoff(name="nano", followers=1_000),
    TierCutoff(name="micro", followers=10_000),
    TierCutoff(name="mid", followers=50_000),
    TierCutoff(name="macro", followers=500_000),
    TierCutoff(name="mega", followers=1_000_000),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatorTier:
    """A creator's tier on the first day of a campaign.

    Attributes:
        tier: name of the tier; '' where no follower count was known by then.
        followers: the count it rests on; None where none was known.
        day: the day of that count.
        provenance: `typed` by a person or `platform` from an export; '' where none.
        sentence: all of it in words.
    """

    creator_id: int
    tier: str
    followers: int | None
    day: date | None
    provenance: str
    sentence: str


def tier_of(followers: int, cutoffs: Sequence[TierCutoff]) -> str:
    """Return the name of the tier; `BELOW` for fewer followers than the first tier has."""
    reached = [cutoff.name for cutoff in cutoffs if followers >= cutoff.followers]
    return reached[-1] if reached else BELOW


def get_cutoffs(store: Store) -> tuple[TierCutoff, ...]:
    """Return the cut-offs in use, smallest first."""
    with store.reading() as connection:
        return _cutoffs(connection)


def _cutoffs(connection: Connection) -> tuple[TierCutoff, ...]:
    text = connection.execute(select(table("workspace").c.tier_cutoffs)).scalar()
    if not text:
        return DEFAULT_CUTOFFS
    return tuple(TierCutoff(name=str(name), followers=int(followers)) for name, followers in json.loads(text))


def set_cutoffs(store: Store, rows: Sequence[tuple[str, str]]) -> None:
    """Keep other cut-offs; every tier shown from now on follows. No rows brings the default back.

    Args:
        store: where to write.
        rows: name and followers as typed, smallest tier first.

    Raises:
        EntryError: `tiers-not-in-order`, `missing-field`, `name-taken`, unreadable counts.
    """
    require(store.principal, Action.PLAN)
    cutoffs = _read_cutoffs(rows)
    text = json.dumps([[cutoff.name, cutoff.followers] for cutoff in cutoffs]) if cutoffs else ""
    with store.writing("tier cut-offs changed", "", {"cutoffs": text or "default"}) as connection:
        connection.execute(update(table("workspace")).values(tier_cutoffs=text))


def _read_cutoffs(rows: Sequence[tuple[str, str]]) -> tuple[TierCutoff, ...]:
    remarks: list[Remark] = []
    cutoffs: list[TierCutoff] = []
    for position, (name, typed) in enumerate(rows):
        if not name.strip():
            remarks.append(remark("name", "missing-field", "A tier has no name.", "Name it.", row=position))
            continue
        try:
            cutoffs.append(TierCutoff(name=name.strip()[:30], followers=read_count(typed)))
        except UnreadableError as error:
            remarks.append(remark("followers", error.code, f"{name}: {error.what}", error.fix, row=position))
    if remarks:
        raise EntryError(remarks)
    if len({cutoff.name.casefold() for cutoff in cutoffs}) < len(cutoffs):
        raise entry_error("name", "name-taken", "Two tiers have the same name.", "Give each its own name.")
    for smaller, larger in pairwise(cutoffs):
        if larger.followers <= smaller.followers:
            what = f'"{larger.name}" does not begin above "{smaller.name}".'
            raise entry_error("followers", "tiers-not-in-order", what, "Order the tiers from small to large.")
    return tuple(cutoffs)


def campaign_tiers(store: Store, campaign_id: int) -> Mapping[int, CreatorTier]:
    """Return the tier of each creator of a campaign on its first day, by creator id.

    It rests on the newest follower count known on or before that day, typed or from an
    export; an export wins over a typed count of the same day.
    """
    require(store.principal, Action.READ, campaign_id)
    rows = table("collaboration")
    with store.reading() as connection:
        first = int(row_of(connection, "campaign", campaign_id, "campaign")["first_day"])
        creators = (
            connection.execute(select(rows.c.creator_id).where(rows.c.campaign_id == campaign_id))
            .scalars()
            .all()
        )
        return tiers_on(connection, creators, day_of(first))


def tiers_on(connection: Connection, creator_ids: Sequence[int], day: date) -> dict[int, CreatorTier]:
    """Return the tier of each creator on a day, by creator id."""
    cutoffs = _cutoffs(connection)
    known = _followers_until(connection, day_number(day))
    return {number: _tier(number, known.get(number), cutoffs, day) for number in creator_ids}


def _tier(
    creator_id: int, known: tuple[int, str, int] | None, cutoffs: Sequence[TierCutoff], day: date
) -> CreatorTier:
    if known is None:
        sentence = f"No follower count is known on or before {write_day(day)}, so there is no tier."
        return CreatorTier(
            creator_id=creator_id, tier="", followers=None, day=None, provenance="", sentence=sentence
        )
    number, provenance, followers = known
    tier, written = tier_of(followers, cutoffs), write_day(day_of(number))
    source = "an export" if provenance == "platform" else "a typed figure"
    return CreatorTier(
        creator_id=creator_id,
        tier=tier,
        followers=followers,
        day=day_of(number),
        provenance=provenance,
        sentence=f"{tier.capitalize()}: {followers:,} followers on {written}, from {source}.",
    )


def _followers_until(connection: Connection, last: int) -> dict[int, tuple[int, str, int]]:
    """Return day, provenance and followers of the newest count on or before a day, by creator.

    Of a creator with several accounts, the main one's export counts before the others'.
    """
    typed, handles, days = table("creator_followers"), table("creator_handle"), table("account_day")
    query = select(typed.c.creator_id, typed.c.day, typed.c.followers).where(typed.c.day <= last)
    exported = (
        select(handles.c.creator_id, handles.c.is_main, days.c.day, days.c.followers)
        .join(days, days.c.handle == handles.c.handle)
        .where(days.c.day <= last, days.c.followers.is_not(None))
    )
    # day, then export before typed, then main account before others
    counts = [(row.creator_id, (row.day, 0, 0), row.followers) for row in connection.execute(query)]
    counts += [
        (row.creator_id, (row.day, 1, int(row.is_main)), row.followers)
        for row in connection.execute(exported)
    ]
    best: dict[int, tuple[tuple[int, int, int], int]] = {}
    for number, rank, followers in counts:
        if number not in best or rank > best[number][0]:
            best[number] = (rank, followers)
    return {
        number: (rank[0], "platform" if rank[1] else "typed", followers)
        for number, (rank, followers) in best.items()
    }
