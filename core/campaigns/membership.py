"""Which videos belong to a campaign: rules, choices by hand, and what a rule would take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import pandas as pd
from pydantic import Field, ValidationInfo, field_validator
from sqlalchemy import Connection, RowMapping, delete, insert, select

from core.access import Action, require
from core.entry.fields import UnreadableError, day_from
from core.entry.forms import EntryError, Form, Remark, read_form, remark
from core.entry.words import counted
from core.errors import refusal
from core.keys import plain_text
from core.rollups import Touched, rebuild, rebuild_campaign
from core.rollups.membership import CONFLICT, assign_campaigns
from core.rollups.plans import read_plans
from core.store.written import add_row, row_of, table
from core.units import day_of, instant_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.store.engine import Store

_SHOWN = 20


class RuleKind(StrEnum):
    """By what a rule takes videos."""

    CREATOR_DATES = "creator_dates"
    HASHTAG = "hashtag"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule by which videos belong to a campaign.

    Attributes:
        value: hashtag without #, creator id ('' for every creator of the campaign), or text in the link.
        first_day: None takes the campaign's, as does last_day.
        words: the rule in words.
    """

    rule_id: int
    kind: RuleKind
    value: str
    first_day: date | None
    last_day: date | None
    words: str


class RuleForm(Form):
    """A rule as typed."""

    kind: Annotated[RuleKind, Field(title="Rule")]
    value: Annotated[str, Field(title="Value", max_length=200, validate_default=True)] = ""
    first_day: Annotated[int | None, Field(title="First day")] = None
    last_day: Annotated[int | None, Field(title="Last day")] = None

    @field_validator("value")
    @classmethod
    def _value(cls, value: str, info: ValidationInfo) -> str:
        kind = info.data.get("kind")
        if kind is RuleKind.HASHTAG:
            return _read_hashtag(value)
        if kind is RuleKind.LINK and len(value) < 4:
            raise UnreadableError(
                "too-short",
                f'"{value}" would take far too many videos.',
                "Write at least four signs of the link or caption.",
            )
        if kind is RuleKind.CREATOR_DATES and value and not (value.isascii() and value.isdigit()):
            raise UnreadableError(
                "not-a-creator", f'"{value}" is not a creator.', "Choose the creator from the list."
            )
        return value

    @field_validator("first_day", "last_day", mode="before")
    @classmethod
    def _day(cls, value: object) -> int | None:
        return day_from(value)

    @field_validator("last_day")
    @classmethod
    def _in_order(cls, value: int | None, info: ValidationInfo) -> int | None:
        first = info.data.get("first_day")
        if first is not None and value is not None and value < first:
            raise UnreadableError(
                "days-not-in-order",
                f'"{day_of(value)}" is before the first day, {day_of(first)}.',
                "Swap the two days.",
            )
        return value


def _read_hashtag(value: str) -> str:
    tag = plain_text(value).lstrip("#").casefold()
    if not tag or not all(sign.isalnum() or sign == "_" for sign in tag):
        raise UnreadableError(
            "not-a-hashtag", f'"{value}" is not a hashtag.', "Write one hashtag without spaces."
        )
    return tag


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberVideo:
    """A video in a campaign, claimed by it, or taken out of it by hand.

    Attributes:
        belongs: whether it counts in the campaign.
        reason: by hand, creator and dates, hashtag, link; or taken out by hand.
        conflict: codes of the campaigns that claim it; empty unless it is in conflict.
        posted_on: None where not known.
    """

    video_id: str
    url: str
    caption: str
    handle: str
    creator_id: int | None
    posted_on: date | None
    belongs: bool
    reason: str
    conflict: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePreview:
    """What a rule would take, if it were added.

    Attributes:
        joining: ids of videos that would come into the campaign.
        conflicting: ids of videos that another campaign claims too, and that would then count in neither.
        already: how many videos of the rule's kind are in the campaign before.
        examples: captions of the first ones joining.
        sentence: the result in words.
    """

    joining: tuple[str, ...]
    conflicting: tuple[str, ...]
    already: int
    examples: tuple[str, ...]
    sentence: str


# ------------------------------------------------------------- rules


def list_rules(store: Store, campaign_id: int) -> tuple[Rule, ...]:
    """Return the rules of a campaign in the order they were made."""
    require(store.principal, Action.READ, campaign_id)
    rows, creators = table("membership_rule"), table("creator")
    with store.reading() as connection:
        names = {row.id: row.name for row in connection.execute(select(creators.c.id, creators.c.name))}
        found = connection.execute(select(rows).where(rows.c.campaign_id == campaign_id).order_by(rows.c.id))
        return tuple(_rule(row, names) for row in found.mappings())


def _rule(row: RowMapping, names: Mapping[int, str]) -> Rule:
    first, last = (None if row[name] is None else day_of(row[name]) for name in ("first_day", "last_day"))
    kind = RuleKind(row["kind"])
    if kind is RuleKind.HASHTAG:
        words = f"Videos with #{row['value']}"
    elif kind is RuleKind.LINK:
        words = f'Videos whose link or caption holds "{row["value"]}"'
    else:
        name = (
            names.get(int(row["value"]), "a creator who is gone")
            if row["value"]
            else "the campaign's creators"
        )
        words = f"Videos of {name}"
    days = f"{first or 'the first day'} to {last or 'the last day'}"
    return Rule(
        rule_id=row["id"],
        kind=kind,
        value=row["value"],
        first_day=first,
        last_day=last,
        words=f"{words}, {days}",
    )


def add_rule(store: Store, campaign_id: int, values: Mapping[str, object]) -> int:
    """Return the id of a new rule; videos it takes now belong to the campaign.

    Raises:
        EntryError: `rule-exists`, `not-a-hashtag`, and what the form finds.
    """
    require(store.principal, Action.PLAN, campaign_id)
    form = read_form(RuleForm, values)
    rows = table("membership_rule")
    row = form.model_dump() | {"kind": form.kind.value, "campaign_id": campaign_id}
    with store.writing(
        "membership rule added", f"{form.kind.value} {form.value}", {"campaign": campaign_id}
    ) as connection:
        row_of(connection, "campaign", campaign_id, "campaign")
        same = select(rows.c.id).where(
            *(rows.c[name].is_not_distinct_from(value) for name, value in row.items())
        )
        if connection.execute(same).first() is not None:
            raise EntryError(
                [remark("value", "rule-exists", "The campaign has this rule already.", "Nothing to do.")]
            )
        number = add_row(connection, "membership_rule", row)
        rebuild_campaign(connection, campaign_id)
    return number


def remove_rule(store: Store, campaign_id: int, rule_id: int) -> None:
    """Remove a rule; videos that only it took no longer belong to the campaign.

    Raises:
        PlumblineError: `not-found`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    rows = table("membership_rule")
    own = (rows.c.id == rule_id) & (rows.c.campaign_id == campaign_id)
    with store.writing("membership rule removed", "", {"campaign": campaign_id}) as connection:
        if connection.execute(delete(rows).where(own)).rowcount == 0:
            raise refusal("not-found", "This rule is not there any more.", "Reload the page.")
        rebuild_campaign(connection, campaign_id)


def preview_rule(store: Store, campaign_id: int, values: Mapping[str, object]) -> RulePreview:
    """Return what a rule would take; nothing is changed.

    Raises:
        EntryError: what the form finds.
    """
    require(store.principal, Action.READ, campaign_id)
    form = read_form(RuleForm, values)
    with store.reading() as connection:
        code = str(row_of(connection, "campaign", campaign_id, "campaign")["code"])
        videos = _all_videos(connection)
        plans = read_plans(connection)
    new = {**form.model_dump(), "kind": form.kind.value, "campaign_id": campaign_id}
    known = plans.rules.astype(object).to_dict("records")
    rules = pd.DataFrame([*known, new], columns=list(plans.rules.columns), dtype=object)
    after = assign_campaigns(videos.drop(columns=["campaign_id", "membership"]), replace(plans, rules=rules))
    was_in = (videos["campaign_id"] == campaign_id).to_numpy()
    is_in = (after["campaign_id"] == campaign_id).to_numpy()
    torn = pd.Series(
        [code in codes_in_conflict(words) for words in after["membership"]], dtype=bool
    ).to_numpy()
    was_torn = pd.Series(
        [code in codes_in_conflict(words) for words in videos["membership"]], dtype=bool
    ).to_numpy()
    joining, conflicting = videos[is_in & ~was_in], videos[torn & ~was_torn]
    return RulePreview(
        joining=tuple(joining["video_id"]),
        conflicting=tuple(conflicting["video_id"]),
        already=int(was_in.sum()),
        examples=tuple(joining["caption"].head(_SHOWN)),
        sentence=_preview_words(len(joining), len(conflicting)),
    )


def _preview_words(joining: int, conflicting: int) -> str:
    if not joining and not conflicting:
        return "The rule would take no further video."
    text = f"The rule would take {counted(joining, 'more video')}."
    if conflicting:
        text += f" {conflicting:,} more are claimed by another campaign too and would count in neither."
    return text


def _all_videos(connection: Connection) -> pd.DataFrame:
    """Return what rules look at, one row per video."""
    rows = table("video")
    names = (
        "video_id",
        "creator_id",
        "url",
        "caption",
        "hashtags",
        "posted_at",
        "posted_day",
        "campaign_id",
        "membership",
    )
    found = connection.execute(select(*(rows.c[name] for name in names))).all()
    frame = pd.DataFrame([tuple(row) for row in found], columns=list(names))
    numbers = ["creator_id", "posted_at", "posted_day", "campaign_id"]
    return frame.astype(dict.fromkeys(numbers, "float64"))


def codes_in_conflict(membership: str) -> tuple[str, ...]:
    """Return the codes of the campaigns in conflict over a video, none where there is no conflict."""
    return tuple(membership.removeprefix(CONFLICT).split(", ")) if membership.startswith(CONFLICT) else ()


# ------------------------------------------------------------- videos


def list_videos(store: Store, campaign_id: int) -> tuple[MemberVideo, ...]:
    """Return the videos in a campaign, in conflict over it, or taken out by hand; newest first."""
    require(store.principal, Action.READ, campaign_id)
    videos, choices = table("video"), table("membership_choice")
    out = select(choices.c.video_id).where(choices.c.campaign_id == campaign_id, choices.c.belongs.is_(False))
    with store.reading() as connection:
        code = str(row_of(connection, "campaign", campaign_id, "campaign")["code"])
        excluded = set(connection.execute(out).scalars())
        near = (videos.c.campaign_id == campaign_id) | videos.c.membership.like(f"{CONFLICT}%")
        rows = connection.execute(select(videos).where(near | videos.c.video_id.in_(out))).mappings().all()
    found = [
        _member(row, campaign_id, is_out=row["video_id"] in excluded)
        for row in rows
        if row["campaign_id"] == campaign_id
        or code in codes_in_conflict(row["membership"])
        or row["video_id"] in excluded
    ]
    return tuple(sorted(found, key=lambda video: (video.posted_on or date.min, video.video_id), reverse=True))


def _member(row: RowMapping, campaign_id: int, *, is_out: bool) -> MemberVideo:
    belongs = row["campaign_id"] == campaign_id
    posted = None if row["posted_at"] is None else instant_of(row["posted_at"]).date()
    return MemberVideo(
        posted_on=day_of(row["posted_day"]) if row["posted_day"] is not None else posted,
        belongs=belongs,
        reason="taken out by hand" if is_out and not belongs else row["membership"],
        conflict=codes_in_conflict(row["membership"]),
        **{name: row[name] for name in ("video_id", "url", "caption", "handle", "creator_id")},
    )


def choose_videos(store: Store, campaign_id: int, video_ids: Sequence[str], *, belongs: bool | None) -> None:
    """Put videos into a campaign or take them out, by hand; that beats every rule.

    Args:
        store: where to write.
        campaign_id: the campaign.
        video_ids: TikTok's ids, also of videos not met yet.
        belongs: True puts in, False takes out, None leaves it to the rules again.

    Raises:
        EntryError: `not-a-video`, by position.
    """
    require(store.principal, Action.PLAN, campaign_id)
    wanted = list(dict.fromkeys(video_ids))
    remarks: list[Remark] = [
        remark(
            "video",
            "not-a-video",
            f'"{text}" is not the id of a video.',
            "Choose it from the list.",
            row=position,
        )
        for position, text in enumerate(wanted)
        if not (text.isascii() and text.isdigit() and 5 <= len(text) <= 24)
    ]
    if remarks:
        raise EntryError(remarks)
    rows = table("membership_choice")
    word = {True: "put in", False: "taken out", None: "left to the rules"}[belongs]
    detail = {"campaign": campaign_id, "videos": wanted[:100], "count": len(wanted)}
    with store.writing(f"videos {word}", "", detail) as connection:
        row_of(connection, "campaign", campaign_id, "campaign")
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            connection.execute(
                delete(rows).where(rows.c.campaign_id == campaign_id, rows.c.video_id.in_(part))
            )
            if belongs is not None and part:
                values = [
                    {"video_id": number, "campaign_id": campaign_id, "belongs": belongs} for number in part
                ]
                connection.execute(insert(rows), values)
        rebuild(connection, Touched(videos=frozenset(wanted), campaigns=frozenset({campaign_id})))
