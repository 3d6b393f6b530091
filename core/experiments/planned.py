"""What an experiment is before any result: the question, the versions, how they are given out, what decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationInfo, field_validator

from core.entry.fields import UnreadableError, day_from, read_goal
from core.entry.forms import Form
from core.evidence.ages import AGES
from core.evidence.outcomes import comparable_metrics, default_traffic
from core.experiments.model import SMALLEST_LIFT, Design
from core.keys import plain_text
from core.metrics.registry import BY_NAME
from core.scope import Traffic
from core.units import Unit, day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from core.metrics.model import Metric

FEWEST_ARMS, MOST_ARMS = 2, 4
MOST_SECONDARY = 3
MOST_VIDEOS = 40  # of one creator in one experiment


class Topic(StrEnum):
    """What can be learned."""

    HOOK = "hook"
    CALL_TO_ACTION = "call to action"
    POSTING_TIME = "posting time"
    FORMAT = "format"
    CREATOR_TYPE = "creator type"
    OFFER = "offer"


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignWords:
    """A design as it is offered.

    Attributes:
        answer: the answer to "who decides which video gets which version?" that leads to it.
        concludes: what may be concluded from it.
    """

    answer: str
    concludes: str


DESIGNS: Mapping[Design, DesignWords] = MappingProxyType(
    {
        Design.INSIDE_CREATORS: DesignWords(
            answer="Plumbline draws: every creator makes both versions, in an order that the app picks",
            concludes="That one version beats the other, for creators like these. Sees the most with the fewest videos.",
        ),
        Design.WHOLE_CREATORS: DesignWords(
            answer="Plumbline draws whole creators: each makes one version only",
            concludes="The same, with far less power: creators differ more than their videos do.",
        ),
        Design.POSTING_SLOTS: DesignWords(
            answer="Plumbline draws posting slots: the same creator posts in each slot equally often",
            concludes="Which posting time did better for these accounts, weekdays balanced.",
        ),
        Design.AUDIENCE_SPLIT: DesignWords(
            answer="TikTok divides the audience: a split test in Ads Manager",
            concludes="Which ad did better with the people the platform chose for it, not which hook.",
        ),
        Design.NOT_ASSIGNED: DesignWords(
            answer="Nobody: the videos are out already, or creators chose for themselves",
            concludes="An association only. It shows what to test next, never a winner.",
        ),
    }
)
FITTING: Mapping[Topic, tuple[Design, ...]] = MappingProxyType(
    {
        Topic.HOOK: (
            Design.INSIDE_CREATORS,
            Design.WHOLE_CREATORS,
            Design.AUDIENCE_SPLIT,
            Design.NOT_ASSIGNED,
        ),
        Topic.CALL_TO_ACTION: (
            Design.INSIDE_CREATORS,
            Design.WHOLE_CREATORS,
            Design.AUDIENCE_SPLIT,
            Design.NOT_ASSIGNED,
        ),
        Topic.POSTING_TIME: (Design.POSTING_SLOTS, Design.NOT_ASSIGNED),
        Topic.FORMAT: (
            Design.INSIDE_CREATORS,
            Design.WHOLE_CREATORS,
            Design.AUDIENCE_SPLIT,
            Design.NOT_ASSIGNED,
        ),
        Topic.CREATOR_TYPE: (Design.NOT_ASSIGNED,),
        Topic.OFFER: (
            Design.INSIDE_CREATORS,
            Design.WHOLE_CREATORS,
            Design.AUDIENCE_SPLIT,
            Design.NOT_ASSIGNED,
        ),
    }
)
"""Designs that can answer a question. Nobody can draw what type a creator is: that is compared, not tested."""

DRAWN = frozenset(
    {Design.INSIDE_CREATORS, Design.WHOLE_CREATORS, Design.POSTING_SLOTS}
)  # the app gives the versions out


class Status(StrEnum):
    """How far an experiment is."""

    DRAFT = "draft"
    RUNNING = "running"
    CONCLUDED = "concluded"


class Matched(StrEnum):
    """How a planned video and one that was made came together."""

    NONE = ""
    BY_ORDER = "by order and dates"
    BY_HAND = "by hand"
    LEFT_OUT = "left out by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version.

    Attributes:
        position: 0 is what is done today, against which the others are read.
        brief: what creators are told.
        tag: the word of the vocabulary that it stands for; '' where none.
        people, impressions, events: typed figures of an audience split; None unknown.
    """

    arm_id: int
    position: int
    name: str
    brief: str
    tag_id: int | None
    tag: str
    video_id: str
    people: int | None
    impressions: int | None
    events: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVideo:
    """A planned video.

    Attributes:
        position: 1 is the creator's first video of the experiment.
        due_day: None where no day was set.
        video_id: as set by hand; '' lets order and dates decide.
        matched: NONE where order and dates decide.
        left_day: the creator left the experiment on this day; None while taking part.
    """

    slot_id: int
    creator_id: int
    creator: str
    handle: str
    position: int
    arm_id: int
    due_day: date | None
    video_id: str
    matched: Matched
    left_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardrail:
    """A metric that must not suffer, and by how much it may (share)."""

    metric: str
    harm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """What was changed in a plan after its start."""

    what: str
    before: str
    after: str
    who: str
    at: datetime

    @property
    def sentence(self) -> str:
        """Return the change in words."""
        if not self.before:
            return f"{self.what}: {self.after}."
        return f"{self.what} was “{self.before}”, now “{self.after}”."


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """How an experiment ended.

    Attributes:
        verdict: as it stood on that day.
        sentence: the result in one sentence, as it stood.
        result: the frozen result, JSON.
    """

    decision: str
    reason: str
    owner: str
    verdict: str
    sentence: str
    result: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """An experiment as people wrote it, with its draw.

    Attributes:
        worth: smallest lift worth having.
        age_days: age at which every video is read.
        traffic: whose counts decide.
        videos_each: planned videos of each creator.
        first_day, last_day: days on which its videos are posted; None where not set.
        seed: of the draw; None before it.
        changes: made after the start, oldest first.
        conclusion: None while it is not concluded.
        learning_id: the learning that it tests again; None where none.
    """

    experiment_id: int
    campaign_id: int
    name: str
    topic: Topic
    hypothesis: str
    design: Design
    status: Status
    primary: str
    secondary: tuple[str, ...]
    guardrails: tuple[Guardrail, ...]
    worth: float
    age_days: int
    traffic: Traffic
    videos_each: int
    first_day: date | None
    last_day: date | None
    seed: int | None
    owner: str
    made_by: str
    made_at: datetime
    started_by: str
    started_at: datetime | None
    version: int
    arms: tuple[Version, ...] = ()
    slots: tuple[PlannedVideo, ...] = ()
    changes: tuple[PlanChange, ...] = ()
    conclusion: Conclusion | None = None
    learning_id: int | None = field(default=None)

    @property
    def metric(self) -> Metric:
        """Return the metric that decides."""
        return BY_NAME[self.primary]

    @property
    def creators(self) -> dict[int, str]:
        """Return the creators that versions were given to: id -> name, by name."""
        return {slot.creator_id: slot.creator for slot in self.slots}

    def arm(self, arm_id: int) -> Version:
        """Return one of its versions."""
        return next(arm for arm in self.arms if arm.arm_id == arm_id)


class ArmForm(Form):
    """A version as typed."""

    name: Annotated[str, Field(title="Name of the version", min_length=1, max_length=60)]
    brief: Annotated[str, Field(title="What creators are told", max_length=1000)] = ""
    tag_id: Annotated[int | None, Field(title="Tag")] = None


class PlanForm(Form):
    """A plan as typed.

    Attributes:
        secondary: names of one to three supporting metrics; they decide nothing.
        guardrails: name of the metric -> tolerable harm as typed, for instance 10%.
        worth: typed, for instance 10%.
    """

    name: Annotated[str, Field(title="Name", min_length=1, max_length=100)]
    topic: Annotated[Topic, Field(title="What you want to learn")]
    hypothesis: Annotated[str, Field(title="What you expect", max_length=1000)] = ""
    design: Annotated[Design, Field(title="Who decides")]
    primary: Annotated[str, Field(title="Metric that decides", min_length=1)]
    secondary: Annotated[tuple[str, ...], Field(title="Supporting metrics", max_length=MOST_SECONDARY)] = ()
    guardrails: Annotated[dict[str, float], Field(title="Guardrails")] = {}  # noqa: RUF012  (pydantic copies it)
    worth: Annotated[float, Field(title="Smallest lift worth having")] = SMALLEST_LIFT
    age_days: Annotated[int, Field(title="Read at the age of")] = 7
    videos_each: Annotated[int, Field(title="Videos of each creator", ge=0, le=MOST_VIDEOS)] = 0
    first_day: Annotated[int | None, Field(title="First day")] = None
    last_day: Annotated[int | None, Field(title="Last day")] = None
    owner: Annotated[str, Field(title="Owner", max_length=80)] = ""
    learning_id: Annotated[int | None, Field(title="Learning")] = None

    @field_validator("design")
    @classmethod
    def _fits(cls, value: Design, info: ValidationInfo) -> Design:
        topic = info.data.get("topic")
        if topic is not None and value not in FITTING[topic]:
            raise UnreadableError(
                "design-does-not-fit",
                f"A question about {topic.value} cannot be answered by a test of the kind “{value.value}”.",
                f"Choose {' or '.join(one.value for one in FITTING[topic])}.",
            )
        return value

    @field_validator("primary", "secondary")
    @classmethod
    def _comparable(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        known = {metric.name for metric in comparable_metrics()}
        for name in (value,) if isinstance(value, str) else value:
            if name not in known:
                raise UnreadableError(
                    "not-comparable",
                    f'"{name}" is not known for a single video.',
                    "Choose one of the metrics that the list offers.",
                )
        return value

    @field_validator("secondary")
    @classmethod
    def _others(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if info.data.get("primary") in value:
            raise UnreadableError(
                "metric-named-twice",
                "The metric that decides is named as a supporting one too.",
                "Take it out of the supporting ones.",
            )
        return tuple(dict.fromkeys(value))

    @field_validator("guardrails", mode="before")
    @classmethod
    def _harms(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        known = {metric.name for metric in comparable_metrics()}
        for name in value:
            if name not in known:
                raise UnreadableError(
                    "not-comparable",
                    f'"{name}" is not known for a single video.',
                    "Choose another guardrail.",
                )
        return {name: _share(harm, "harm") for name, harm in value.items()}

    @field_validator("worth", mode="before")
    @classmethod
    def _worth(cls, value: object) -> float:
        return _share(value, "lift")

    @field_validator("age_days")
    @classmethod
    def _age(cls, value: int) -> int:
        if value not in AGES:
            raise UnreadableError(
                "not-an-age",
                f'"{value}" days is not an age at which videos are read.',
                f"Choose one of {', '.join(str(age) for age in AGES)}.",
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
                "Choose a last day on or after the first.",
            )
        return value

    @property
    def traffic(self) -> Traffic:
        """Return whose counts decide: organic, unless only ads have the metric."""
        if self.design is Design.AUDIENCE_SPLIT:
            return Traffic.PAID
        return default_traffic(BY_NAME[self.primary])


def _share(value: object, what: str) -> float:
    """Return a typed share such as 10% or 0.1; at least 1 %, at most 100 %."""
    share = float(value) if isinstance(value, (int, float)) else read_goal(str(value), Unit.SHARE, "")
    if not 0.01 <= share <= 1:
        raise UnreadableError(
            f"{what}-out-of-range",
            f'"{value}" is out of range.',
            "Write a share from 1% to 100%, for instance 10%.",
        )
    return share


def clean(text: str) -> str:
    """Return a name as it is kept."""
    return plain_text(text)
