"""Whom a campaign is for, and how much of a creator's audience that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, text

from core.access import Action, require
from core.entry.forms import EntryError, Remark, entry_error, remark
from core.scorecards.model import AudienceFit
from core.store.written import row_of, table
from core.units import Unit, day_of, write, write_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from core.store.engine import Store

Shares = dict[str, dict[str, float]]  # dimension -> value -> share
DIMENSIONS: Mapping[str, str] = {"gender": "Gender", "age": "Age", "territory": "Country"}
_MOST = 1.005  # of shares added up: exports round


def state_target(store: Store, campaign_id: int, rows: Sequence[tuple[str, str, float]]) -> None:
    """Keep whom a campaign is for; no rows take the target away.

    Shares of a dimension may add up to less than all: the rest may be anybody.

    Args:
        store: where to write.
        campaign_id: the campaign.
        rows: dimension (gender, age, territory), value as exports write it, share from 0 to 1.

    Raises:
        EntryError: `not-a-choice`, `out-of-range`, `too-much` where shares add up to over 100 %.
    """
    require(store.principal, Action.PLAN, campaign_id)
    wanted = _checked(rows)
    target = table("target_audience")
    with store.writing("target audience stated", "", {"campaign": campaign_id}) as connection:
        row_of(connection, "campaign", campaign_id, "campaign")
        connection.execute(delete(target).where(target.c.campaign_id == campaign_id))
        values = [
            {"campaign_id": campaign_id, "dimension": dimension, "value": value, "share": share}
            for dimension, shares in wanted.items()
            for value, share in shares.items()
        ]
        if values:
            connection.execute(insert(target), values)


def _checked(rows: Sequence[tuple[str, str, float]]) -> Shares:
    problems: list[Remark] = []
    wanted: Shares = {}
    for position, (dimension, value, share) in enumerate(rows):
        name = value.strip()
        if dimension not in DIMENSIONS or not name:
            problems.append(
                remark(
                    "value",
                    "not-a-choice",
                    "A row has no audience.",
                    "Name one, like female or GB.",
                    row=position,
                )
            )
        elif not 0 < share <= 1:
            problems.append(
                remark(
                    "share",
                    "out-of-range",
                    f'"{name}" has no share between 0 and 100%.',
                    "Write one.",
                    row=position,
                )
            )
        else:
            wanted.setdefault(dimension, {})[_value_key(dimension, name)] = share
    if problems:
        raise EntryError(problems)
    for dimension, shares in wanted.items():
        if sum(shares.values()) > _MOST:
            label = DIMENSIONS[dimension]
            raise entry_error(
                "share", "too-much", f"{label} adds up to over 100%.", "Make the shares smaller."
            )
    return wanted


def _value_key(dimension: str, value: str) -> str:
    return value.upper() if dimension == "territory" and len(value) == 2 else value.casefold()


def get_target(store: Store, campaign_id: int) -> Shares:
    """Return whom a campaign is for; empty where nobody said."""
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        return target_of(connection, campaign_id)


def target_of(connection: Connection, campaign_id: int) -> Shares:
    """Return whom a campaign is for, within a transaction."""
    query = text(
        "SELECT dimension, value, share FROM target_audience WHERE campaign_id = :campaign ORDER BY 1, 2"
    )
    found: Shares = {}
    for dimension, value, share in connection.execute(query, {"campaign": campaign_id}):
        found.setdefault(dimension, {})[value] = float(share)
    return found


def audience_fit(connection: Connection, campaign_id: int, handles: Sequence[str]) -> AudienceFit:
    """Return how much of a creator's followers fit the target of a campaign.

    The overlap of a dimension is the sum of the smaller of wished and actual share over the wished
    values, divided by the wished total; all dimensions weigh the same.

    Args:
        connection: a reading connection.
        campaign_id: whose target.
        handles: the creator's accounts, the main one first.
    """
    target = target_of(connection, campaign_id)
    if not target:
        return _nothing(
            "No target audience is stated for this campaign. "
            "State it once and every creator is held against it."
        )
    actual, day = _shares_of(connection, handles)
    known = {dimension: wished for dimension, wished in target.items() if dimension in actual}
    if not known or day is None:
        return _nothing(
            "No export of this creator says who follows. Ask for the Followers export of TikTok Studio."
        )
    by_dimension = {
        dimension: sum(min(share, actual[dimension].get(value, 0.0)) for value, share in wished.items())
        / sum(wished.values())
        for dimension, wished in known.items()
    }
    overlap = sum(by_dimension.values()) / len(by_dimension)
    parts = ", ".join(
        f"{DIMENSIONS[name].lower()} {write(one, Unit.SHARE)}" for name, one in by_dimension.items()
    )
    missing = [DIMENSIONS[name].lower() for name in target if name not in known]
    more = f" Not known: {', '.join(missing)}." if missing else ""
    when = write_day(day_of(day))
    said = f"{write(overlap, Unit.SHARE)} of the wished audience is there ({parts}; export of {when})."
    return AudienceFit(overlap=overlap, by_dimension=by_dimension, day=day_of(day), sentence=said + more)


def _nothing(sentence: str) -> AudienceFit:
    return AudienceFit(overlap=None, by_dimension={}, day=None, sentence=sentence)


def _shares_of(connection: Connection, handles: Sequence[str]) -> tuple[Shares, int | None]:
    """Return the newest shares of the first account that has any, and their day."""
    if not handles:
        return {}, None
    query = text(
        "SELECT a.subject, a.day, a.dimension, a.value, a.share FROM audience_share a"
        " WHERE a.subject_kind = 'account' AND a.subject IN :handles ORDER BY a.day, a.batch_id, a.id"
    ).bindparams(bindparam("handles", expanding=True))
    found: dict[str, dict[int, Shares]] = {}
    for subject, day, dimension, value, share in connection.execute(query, {"handles": list(handles)}):
        shares = found.setdefault(subject, {}).setdefault(int(day), {})
        shares.setdefault(dimension, {})[_value_key(dimension, value)] = float(share)
    for handle in handles:
        if handle in found:
            newest = max(found[handle])
            return found[handle][newest], newest
    return {}, None
