"""Two entries for one person become one, and can become two again exactly as they were.

Everything that moved is written into the audit entry of the merge; taking it back
reads that entry. Nothing else has to be remembered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from core.access import Action, require
from core.creators.roster import follow_handles
from core.errors import refusal
from core.rollups import rebuild_campaign
from core.store.written import add_row, change_row, row_of, table
from core.units import instant_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.store.engine import Store

MERGED = "creators merged"
SPLIT = "creators split"
_OWNED = (
    "promo_code",
    "tracking_link",
    "creator_rating",
    "creator_decision",
    "shared_link",
    "experiment_slot",
    "closed_credit",
)
Detail = Mapping[str, Any]  # what a merge moved, as its audit entry keeps it in JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A merge that can be taken back.

    Attributes:
        merge_id: what `split_creators` asks for.
        kept: name of the creator that stayed.
        gone: name of the one that went into it.
    """

    merge_id: int
    kept: str
    gone: str
    who: str
    at: datetime


def merge_creators(store: Store, keep_id: int, gone_id: int, *, keep_version: int, gone_version: int) -> None:
    """Make one creator of two: handles, follower counts, collaborations, codes and links move.

    Args:
        store: where to write.
        keep_id: the creator that stays, with its name.
        gone_id: the one that goes into it.
        keep_version: the version that was on screen.
        gone_version: the version that was on screen.

    Raises:
        PlumblineError: `same-creator`, `both-in-campaign`, `changed-meanwhile`, `not-found`.
    """
    require(store.principal, Action.PLAN)
    if keep_id == gone_id:
        raise refusal("same-creator", "Both are the same creator.", "Choose two different ones.")
    detail: dict[str, Any] = {}
    with store.writing(MERGED, "", detail) as connection:
        kept = row_of(connection, "creator", keep_id, "creator")
        gone = row_of(connection, "creator", gone_id, "creator")
        change_row(connection, "creator", keep_id, keep_version, {}, thing="creator")
        change_row(connection, "creator", gone_id, gone_version, {}, thing="creator")
        detail |= {"keep": keep_id, "kept_name": kept["name"], "gone": dict(gone)}
        detail |= _move(connection, keep_id, gone_id)
        connection.execute(delete(table("creator")).where(table("creator").c.id == gone_id))
        _follow(connection, detail, (keep_id, gone_id))


def _move(connection: Connection, keep_id: int, gone_id: int) -> dict[str, object]:
    """Move what the one has to the other, and return what was moved."""
    return {
        "handles": _move_handles(connection, keep_id, gone_id),
        "followers": _move_followers(connection, keep_id, gone_id),
        **_move_collaborations(connection, keep_id, gone_id),
        **{name: _move_owned(connection, table(name), keep_id, gone_id) for name in _OWNED},
        "rules": _move_rules(connection, keep_id, gone_id),
    }


def _move_handles(connection: Connection, keep_id: int, gone_id: int) -> list[dict[str, object]]:
    rows = table("creator_handle")
    moved = [
        dict(row) for row in connection.execute(select(rows).where(rows.c.creator_id == gone_id)).mappings()
    ]
    has_main = connection.execute(
        select(rows.c.handle).where(rows.c.creator_id == keep_id, rows.c.is_main)
    ).first()
    values = {"creator_id": keep_id} | ({"is_main": False} if has_main else {})
    connection.execute(update(rows).where(rows.c.creator_id == gone_id).values(values))
    return moved


def _move_followers(connection: Connection, keep_id: int, gone_id: int) -> dict[str, object]:
    """Move follower counts; where both have one for a day, the kept creator's stays."""
    rows = table("creator_followers")
    query = select(rows.c.day, rows.c.followers).where(rows.c.creator_id == gone_id)
    all_of_gone = [[row.day, row.followers] for row in connection.execute(query)]
    kept_days = set(connection.execute(select(rows.c.day).where(rows.c.creator_id == keep_id)).scalars())
    connection.execute(delete(rows).where(rows.c.creator_id == gone_id, rows.c.day.in_(kept_days)))
    connection.execute(update(rows).where(rows.c.creator_id == gone_id).values(creator_id=keep_id))
    return {"had": all_of_gone, "moved": [day for day, _ in all_of_gone if day not in kept_days]}


def _move_collaborations(connection: Connection, keep_id: int, gone_id: int) -> dict[str, object]:
    """Move collaborations; an empty one beside the kept creator's own is dropped."""
    rows = table("collaboration")
    own = set(connection.execute(select(rows.c.campaign_id).where(rows.c.creator_id == keep_id)).scalars())
    found = [
        dict(row) for row in connection.execute(select(rows).where(rows.c.creator_id == gone_id)).mappings()
    ]
    double = [row for row in found if row["campaign_id"] in own]
    filled = [row for row in double if any(row[name] for name in ("fee", "deliverables", "due_day", "notes"))]
    if filled:
        plan = row_of(connection, "campaign", int(filled[0]["campaign_id"]), "campaign")
        raise refusal(
            "both-in-campaign",
            f'Both creators have a collaboration in "{plan["name"]}", with a fee or deliverables.',
            "Put them together in one of the two rows and remove the other, then merge.",
        )
    connection.execute(delete(rows).where(rows.c.id.in_([row["id"] for row in double])))
    connection.execute(update(rows).where(rows.c.creator_id == gone_id).values(creator_id=keep_id))
    moved = [row["id"] for row in found if row["campaign_id"] not in own]
    return {"collaborations": moved, "dropped_collaborations": double}


def _move_owned(connection: Connection, rows: Table, keep_id: int, gone_id: int) -> list[int]:
    moved = list(connection.execute(select(rows.c.id).where(rows.c.creator_id == gone_id)).scalars())
    connection.execute(update(rows).where(rows.c.creator_id == gone_id).values(creator_id=keep_id))
    return moved


def _move_rules(connection: Connection, keep_id: int, gone_id: int) -> list[int]:
    rows = table("membership_rule")
    of_gone = (rows.c.kind == "creator_dates") & (rows.c.value == str(gone_id))
    moved = list(connection.execute(select(rows.c.id).where(of_gone)).scalars())
    connection.execute(update(rows).where(of_gone).values(value=str(keep_id)))
    return moved


# ------------------------------------------------------------- taking it back


def list_merges(store: Store) -> tuple[Merge, ...]:
    """Return the merges that can be taken back, newest first."""
    require(store.principal, Action.READ)
    with store.reading() as connection:
        return tuple(
            Merge(
                merge_id=number,
                kept=str(detail["kept_name"]),
                gone=str(detail["gone"]["name"]),
                who=who,
                at=instant_of(at),
            )
            for number, (who, at, detail) in sorted(_standing(connection).items(), reverse=True)
        )


def _standing(connection: Connection) -> dict[int, tuple[str, int, Detail]]:
    """Return who, when and detail of the merges not taken back, by audit id."""
    rows = table("audit_entry")
    query = select(rows).where(rows.c.action.in_([MERGED, SPLIT])).order_by(rows.c.id)
    found: dict[int, tuple[str, int, Detail]] = {}
    for row in connection.execute(query).mappings():
        detail = json.loads(row["detail"])
        if row["action"] == MERGED:
            found[row["id"]] = (row["who"], row["at"], detail)
        else:
            found.pop(detail["merge"], None)
    return found


def split_creators(store: Store, merge_id: int) -> int:
    """Return the id of the creator that is back, with all that the merge took and that is still there.

    Raises:
        PlumblineError: `not-found`, or `merged-again` when the kept creator went into another since.
    """
    require(store.principal, Action.PLAN)
    with store.reading() as connection:
        standing = _standing(connection)
    if merge_id not in standing:
        raise refusal("not-found", "This merge was taken back already.", "Reload the page.")
    detail = standing[merge_id][2]
    with store.writing(SPLIT, "", {"merge": merge_id}) as connection:
        if merge_id not in _standing(connection):
            raise refusal("not-found", "This merge was taken back already.", "Reload the page.")
        keep_id = int(detail["keep"])
        if (
            connection.execute(select(table("creator").c.id).where(table("creator").c.id == keep_id)).first()
            is None
        ):
            raise refusal(
                "merged-again",
                f'"{detail["kept_name"]}" has gone into another creator since.',
                "Take that merge back first.",
            )
        number = _bring_back(connection, detail["gone"])
        _give_back(connection, keep_id, number, detail)
        _follow(connection, detail, (keep_id, number))
    return number


def _bring_back(connection: Connection, gone: Detail) -> int:
    """Return the id of the creator restored: its own, unless somebody else has it by now."""
    rows = table("creator")
    taken = connection.execute(select(rows.c.id).where(rows.c.id == gone["id"])).first() is not None
    values = {name: value for name, value in gone.items() if name != "id" or not taken}
    return add_row(connection, "creator", values)


def _give_back(connection: Connection, keep_id: int, number: int, detail: Detail) -> None:
    """Move back what the merge moved, as far as the kept creator still has it."""
    handles, followers, collaborations = (
        table(name) for name in ("creator_handle", "creator_followers", "collaboration")
    )
    for row in detail["handles"]:
        own = (handles.c.handle == row["handle"]) & (handles.c.creator_id == keep_id)
        connection.execute(update(handles).where(own).values(creator_id=number, is_main=row["is_main"]))
    counts = detail["followers"]
    moved = (followers.c.creator_id == keep_id) & followers.c.day.in_(counts["moved"])
    connection.execute(delete(followers).where(moved))
    values = [{"creator_id": number, "day": day, "followers": count} for day, count in counts["had"]]
    if values:
        connection.execute(insert(followers), values)
    for name, ids in (
        ("collaboration", detail["collaborations"]),
        *((name, detail.get(name, [])) for name in _OWNED),
    ):
        rows = table(name)
        own = rows.c.id.in_(ids) & (rows.c.creator_id == keep_id)
        connection.execute(update(rows).where(own).values(creator_id=number))
    for row in detail["dropped_collaborations"]:
        connection.execute(insert(collaborations).values({**row, "creator_id": number}))
    rules = table("membership_rule")
    own_rules = rules.c.id.in_(detail["rules"]) & (rules.c.value == str(keep_id))
    connection.execute(update(rules).where(own_rules).values(value=str(number)))


def _follow(connection: Connection, detail: Detail, numbers: Iterable[int]) -> None:
    """Rebuild what depends on whose handles, codes, links and collaborations these are."""
    campaigns = {row["campaign_id"] for row in detail["dropped_collaborations"]}
    sums = table("campaign_day")
    queries = [select(sums.c.campaign_id).where(sums.c.creator_id.in_(list(numbers)))]
    for name, ids in _moved_rows(detail):
        rows = table(name)
        if "campaign_id" in rows.c:  # what has none of its own changes no sum of a campaign
            moved = rows.c.id.in_(ids) & rows.c.campaign_id.is_not(None)
            queries.append(select(rows.c.campaign_id).where(moved))
    for query in queries:
        campaigns.update(connection.execute(query.distinct()).scalars())
    follow_handles(connection, {row["handle"] for row in detail["handles"]})
    for campaign_id in sorted(campaigns):
        rebuild_campaign(connection, campaign_id)


def _moved_rows(detail: Detail) -> list[tuple[str, list[int]]]:
    """Return table and ids of what was moved by its creator's id."""
    return [("collaboration", detail["collaborations"]), *((name, detail.get(name, [])) for name in _OWNED)]
