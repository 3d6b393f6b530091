"""What an experiment is before any result: question, versions, how they are given out, what decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.experiments.model import Design
from core.metrics.registry import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from core.metrics.model import Metric
    from core.scope import Traffic

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
            concludes="That one version beats the other, for creators like these. Sees most with few videos.",
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
"""Designs that can answer a question. Nobody can draw a creator's type: that is compared, not tested."""

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
