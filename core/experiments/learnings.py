"""What the team learned: how it is known, what goes into the next brief, when to test it again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, field_validator
from sqlalchemy import Connection, RowMapping, delete, insert, select

from core.access import Action, may, require
from core.entry.fields import day_from
from core.entry.forms import Form, read_form
from core.entry.words import counted
from core.errors import refusal
from core.evidence.tags import Tag, all_tags
from core.store.written import add_row, change_row, table
from core.units import day_number, day_of, instant_of, write_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from core.store.engine import Store

USUAL_MONTHS = 6  # after which a learning asks to be tested again
USUAL_RETEST_DAYS = 183


class Strength(StrEnum):
    """How something is known."""

    EXPERIMENT = "experiment"
    ASSOCIATION = "association"
    EXPERIENCE = "experience"


WORDS = {
    Strength.EXPERIMENT: "Tested: versions were given out by lot",
    Strength.ASSOCIATION: "Seen in the figures, not tested",
    Strength.EXPERIENCE: "The team's experience, not measured",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """Something the team knows.

    Attributes:
        clause: the sentence for the next brief; '' where it asks for nothing.
        retest_on: the day on which it should be tested again; None where never.
        is_stale: that day has passed.
        version: as on screen, for editing.
    """

    learning_id: int
    campaign_id: int
    campaign: str
    experiment_id: int | None
    hypothesis: str
    evidence: str
    strength: Strength
    clause: str
    product: str
    audience: str
    tags: tuple[Tag, ...]
    retest_on: date | None
    is_stale: bool
    is_retired: bool
    who: str
    at: datetime
    version: int


class LearningForm(Form):
    """A learning as typed."""

    hypothesis: Annotated[str, Field(title="What we learned", min_length=1, max_length=600)]
    evidence: Annotated[str, Field(title="Evidence", max_length=2000)] = ""
    strength: Annotated[Strength, Field(title="How we know it")] = Strength.EXPERIENCE
    clause: Annotated[str, Field(title="For the next brief", max_length=600)] = ""
    product: Annotated[str, Field(title="Product", max_length=80)] = ""
    audience: Annotated[str, Field(title="Audience", max_length=80)] = ""
    retest_day: Annotated[int | None, Field(title="Test again on")] = None

    @field_validator("retest_day", mode="before")
    @classmethod
    def _day(cls, value: object) -> int | None:
        return day_from(value)


def add_learning(
    store: Store,
    campaign_id: int,
    values: Mapping[str, object],
    *,
    tag_ids: Sequence[int] = (),
    experiment_id: int | None = None,
    now: int,
) -> int:
    """Return the id of a new learning.

    Args:
        store: where to write.
        campaign_id: where it was learned.
        values: the fields of `LearningForm` as typed.
        tag_ids: what it is about.
        experiment_id: the experiment that showed it; without one it cannot claim to be tested.
        now: Unix seconds.

    Raises:
        EntryError: what the form finds.
        PlumblineError: `not-tested` when an untested learning claims to be; `not-found`.
    """
    require(store.principal, Action.DECIDE, campaign_id)
    form = read_form(LearningForm, values)
    with store.writing("learning written", "", {"campaign": campaign_id}) as connection:
        _require_evidence(connection, form, campaign_id, experiment_id)
        row = form.model_dump() | {"strength": form.strength.value, "campaign_id": campaign_id, "version": 1}
        row |= {"experiment_id": experiment_id, "who": store.principal.name, "at": now, "is_retired": False}
        number = add_row(connection, "learning", row)
        _write_tags(connection, number, tag_ids)
    return number


def _require_evidence(
    connection: Connection, form: LearningForm, campaign_id: int, experiment_id: int | None
) -> None:
    rows = table("experiment")
    design = None
    if experiment_id is not None:
        query = select(rows.c.design).where(rows.c.id == experiment_id, rows.c.campaign_id == campaign_id)
        design = connection.execute(query).scalar()
        if design is None:
            raise refusal("not-found", "This experiment is not here.", "Reload the page.")
    if form.strength is Strength.EXPERIMENT and (design is None or design == "not assigned"):
        raise refusal(
            "not-tested",
            "Nothing was given out by lot here, so this is not tested.",
            f"Call it “{WORDS[Strength.ASSOCIATION].lower()}”, or plan an experiment.",
        )


def edit_learning(
    store: Store,
    campaign_id: int,
    learning_id: int,
    values: Mapping[str, object],
    *,
    tag_ids: Sequence[int],
    version: int,
) -> None:
    """Change the words of a learning; how it is known and when it was written stay.

    Raises:
        EntryError: what the form finds.
        PlumblineError: `changed-meanwhile`, `not-found`.
    """
    require(store.principal, Action.DECIDE, campaign_id)
    form = read_form(LearningForm, values)
    with store.writing("learning changed", "", {"learning": learning_id}) as connection:
        _own(connection, campaign_id, learning_id)
        columns = form.model_dump(exclude={"strength"})
        change_row(connection, "learning", learning_id, version, columns, thing="learning")
        _write_tags(connection, learning_id, tag_ids)


def retire_learning(
    store: Store, campaign_id: int, learning_id: int, *, is_retired: bool, version: int
) -> None:
    """Take a learning out of the next briefs, or back into them; it stays on record.

    Raises:
        PlumblineError: `changed-meanwhile`, `not-found`.
    """
    require(store.principal, Action.DECIDE, campaign_id)
    with store.writing("learning retired", "", {"learning": learning_id}) as connection:
        _own(connection, campaign_id, learning_id)
        change_row(connection, "learning", learning_id, version, {"is_retired": is_retired}, thing="learning")


def _own(connection: Connection, campaign_id: int, learning_id: int) -> None:
    rows = table("learning")
    query = select(rows.c.id).where(rows.c.id == learning_id, rows.c.campaign_id == campaign_id)
    if connection.execute(query).first() is None:
        raise refusal("not-found", "This learning is not here.", "Reload the page.")


def _write_tags(connection: Connection, learning_id: int, tag_ids: Sequence[int]) -> None:
    rows = table("learning_tag")
    connection.execute(delete(rows).where(rows.c.learning_id == learning_id))
    if tag_ids:
        wanted = [{"learning_id": learning_id, "tag_id": number} for number in dict.fromkeys(tag_ids)]
        connection.execute(insert(rows), wanted)


# ------------------------------------------------------------- reading


def list_learnings(store: Store, today: date) -> tuple[Learning, ...]:
    """Return the learnings of every campaign the reader may see, those that stand first, newest first.

    Args:
        store: where to read.
        today: decides what is stale.
    """
    rows, plans, links = table("learning"), table("campaign"), table("learning_tag")
    query = select(rows, plans.c.name.label("campaign")).join(plans, plans.c.id == rows.c.campaign_id)
    with store.reading() as connection:
        tags = {tag.tag_id: tag for tag in all_tags(connection)}
        linked: dict[int, list[Tag]] = {}
        for link in connection.execute(select(links)):
            if link.tag_id in tags:
                linked.setdefault(link.learning_id, []).append(tags[link.tag_id])
        found = [
            _learning(row, tuple(linked.get(row["id"], ())), today)
            for row in connection.execute(query.order_by(rows.c.at.desc(), rows.c.id.desc())).mappings()
            if may(store.principal, Action.READ, row["campaign_id"])
        ]
    return tuple(sorted(found, key=lambda one: one.is_retired))


def _learning(row: RowMapping, tags: tuple[Tag, ...], today: date) -> Learning:
    same = (
        "campaign_id", "campaign", "experiment_id", "hypothesis", "evidence", "clause", "product", "audience",
        "who", "version",
    )  # fmt: skip
    day = row["retest_day"]
    return Learning(
        learning_id=row["id"],
        strength=Strength(row["strength"]),
        tags=tags,
        retest_on=None if day is None else day_of(day),
        is_stale=day is not None and day <= day_number(today),
        is_retired=bool(row["is_retired"]),
        at=instant_of(row["at"]),
        **{name: row[name] for name in same},
    )


def find_learnings(
    learnings: Sequence[Learning], words: str = "", *, tag_ids: Sequence[int] = (), only_stale: bool = False
) -> tuple[Learning, ...]:
    """Return the learnings that hold every word (in any of their texts) and any of the tags."""
    wanted = words.casefold().split()
    return tuple(
        one
        for one in learnings
        if all(word in _searched(one) for word in wanted)
        and (not tag_ids or any(tag.tag_id in tag_ids for tag in one.tags))
        and (not only_stale or (one.is_stale and not one.is_retired))
    )


def _searched(one: Learning) -> str:
    tags = " ".join(tag.label for tag in one.tags)
    parts = (one.hypothesis, one.evidence, one.clause, one.product, one.audience, one.campaign, tags)
    return " ".join(parts).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class NextBrief:
    """What past work says to the next brief.

    Attributes:
        text: the clauses, ready to copy; '' where there are none.
        used: how many learnings it draws on.
        stale: learnings that should be tested again before they are relied on.
        sentence: that in words.
    """

    text: str
    used: int
    stale: tuple[Learning, ...]
    sentence: str


def next_brief(learnings: Sequence[Learning]) -> NextBrief:
    """Return the clauses of the learnings that stand, tested ones first; stale ones are named apart."""
    standing = [one for one in learnings if one.clause and not one.is_retired]
    order = list(Strength)
    fresh = sorted((one for one in standing if not one.is_stale), key=lambda one: order.index(one.strength))
    stale = tuple(one for one in standing if one.is_stale)
    lines = [f"- {one.clause} ({WORDS[one.strength].split(':', maxsplit=1)[0].lower()})" for one in fresh]
    sentence = (
        f"{counted(len(fresh), 'learning')} for the next brief."
        if fresh
        else "No learning asks for anything in the next brief yet."
    )
    if stale:
        sentence += f" {counted(len(stale), 'learning')} should be tested again first."
    return NextBrief(text="\n".join(lines), used=len(fresh), stale=stale, sentence=sentence)


def age_words(one: Learning) -> str:
    """Return when a learning was written and when it should be tested again."""
    written = write_day(one.at.date())
    if one.retest_on is None:
        return f"written {written}"
    if one.is_stale:
        return f"written {written}, should have been tested again by {write_day(one.retest_on)}"
    return f"written {written}, to be tested again by {write_day(one.retest_on)}"
