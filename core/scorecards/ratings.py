"""What people thought of working with a creator: marks and words, kept apart from measured figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field
from sqlalchemy import select

from core.access import Action, require
from core.entry.forms import Form, entry_error, read_form
from core.errors import refusal
from core.scorecards.model import Rating
from core.store.written import add_row, table
from core.units import instant_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from core.store.engine import Store

MARKS: Mapping[str, str] = {
    "ease": "Ease of collaboration",
    "brand_fit": "Brand fit",
    "adherence": "Kept to the brief",
    "quality": "Content quality",
    "timeliness": "On time",
}
_Mark = Annotated[int | None, Field(ge=1, le=5)]


class RatingForm(Form):
    """Marks from 1 to 5, each may be left out, and notes."""

    ease: Annotated[_Mark, Field(title="Ease of collaboration")] = None
    brand_fit: Annotated[_Mark, Field(title="Brand fit")] = None
    adherence: Annotated[_Mark, Field(title="Kept to the brief")] = None
    quality: Annotated[_Mark, Field(title="Content quality")] = None
    timeliness: Annotated[_Mark, Field(title="On time")] = None
    notes: Annotated[str, Field(title="Notes", max_length=4000)] = ""


def rate_creator(
    store: Store, campaign_id: int, creator_id: int, values: Mapping[str, object], *, now: int
) -> int:
    """Return the id of a new rating; of one person the newest counts, earlier ones stay on record.

    Args:
        store: where to write.
        campaign_id: the campaign they worked together in.
        creator_id: the creator.
        values: marks by name, and `notes`.
        now: Unix seconds.

    Raises:
        EntryError: `nothing-typed`, marks out of range.
        PlumblineError: `no-collaboration`, `not-allowed`.
    """
    require(store.principal, Action.DECIDE, campaign_id)
    form = read_form(RatingForm, values)
    if not form.model_dump(exclude_defaults=True):
        raise entry_error("", "nothing-typed", "No mark and no note was given.", "Give at least one of them.")
    row = {"campaign_id": campaign_id, "creator_id": creator_id, **form.model_dump()}
    with store.writing("creator rated", "", {"campaign": campaign_id, "creator": creator_id}) as connection:
        require_collaboration(connection, campaign_id, creator_id)
        return add_row(connection, "creator_rating", row | {"who": store.principal.name, "at": now})


def require_collaboration(connection: Connection, campaign_id: int, creator_id: int) -> None:
    """Do nothing if the creator takes part in the campaign.

    Raises:
        PlumblineError: `no-collaboration`.
    """
    rows = table("collaboration")
    same = (rows.c.campaign_id == campaign_id) & (rows.c.creator_id == creator_id)
    if connection.execute(select(rows.c.id).where(same)).first() is None:
        raise refusal(
            "no-collaboration",
            "This creator has no collaboration in this campaign.",
            "Add the creator to the campaign, or choose another one.",
        )


def ratings_of(connection: Connection, campaign_id: int) -> dict[int, tuple[Rating, ...]]:
    """Return the ratings of a campaign by creator, newest first, the newest of each person."""
    rows = table("creator_rating")
    query = select(rows).where(rows.c.campaign_id == campaign_id).order_by(rows.c.at.desc(), rows.c.id.desc())
    found: dict[int, dict[str, Rating]] = {}
    names = ("campaign_id", "creator_id", "notes", "who", *MARKS)
    for row in connection.execute(query).mappings():
        own = found.setdefault(row["creator_id"], {})
        if row["who"] not in own:
            own[row["who"]] = Rating(
                rating_id=row["id"], at=instant_of(row["at"]), **{name: row[name] for name in names}
            )
    return {creator_id: tuple(own.values()) for creator_id, own in found.items()}
