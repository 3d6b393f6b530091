"""What an experiment is made of, frozen: the plan, the videos as they came in, and the looks taken.

A caller fills an `ExperimentData` from wherever it keeps these things and hands it to
`core.experiments.verdicts.read_experiment`, which answers with a `Reading`
(`core.experiments.reading_model`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from core.metrics.model import Better

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_READING_AGE = 7  # days after posting at which every video is read
SMALLEST_LIFT = 0.10  # a change below this does not matter unless the plan says otherwise
TOLERABLE_HARM = 0.10  # a guardrail may worsen by this much
PRIOR_RATE = 0.3  # how far lifts of rates usually are from none, as sd on the log scale
PRIOR_VALUE = 0.6  # the same for views and other values that vary more


class Design(StrEnum):
    """Who decided which video got which version, and how."""

    INSIDE_CREATORS = "inside creators"  # each creator makes every version, order drawn by lot
    WHOLE_CREATORS = "whole creators"  # each creator makes one version, drawn by lot
    POSTING_SLOTS = "posting slots"  # each creator gets each slot equally often per weekday group
    AUDIENCE_SPLIT = "audience split"  # an ad platform divides people by lot
    NOT_ASSIGNED = "not assigned"  # compared after the fact: association only


class Looking(StrEnum):
    """How often the plan allows to judge before the end."""

    ANY_DAY = "any day"  # 1 % of the error for any number of looks, 4 % for the end
    ONE_CHECK_IN = "one check-in"  # 0.31 % at half of the videos, 4.9 % at the end


class OutcomeKind(StrEnum):
    """How a metric is compared."""

    RATE = "rate"  # events ÷ exposures, for instance clicks per view
    VALUE = "value"  # one positive amount a video, for instance views or seconds watched


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One metric an experiment is read by.

    Attributes:
        key: stable name, also the key in `VideoRow.numbers`.
        label: as marketers call it, for instance `Click rate`.
        kind: rate or value.
        events: what the numerator counts, plural, for instance `clicks` (for a value: `views`).
        per: what the denominator counts, singular, for instance `view`; '' for a value.
        better: which direction is good news; NEITHER is read like HIGHER.
        tolerable_harm: as a guardrail: the worsening that is tolerable, 0.10 is 10 %.
        prior_spread: sd of the log lift before seeing data; None takes 0.3 for rates, 0.6 for values.
        worth_minor: what one event is worth in minor units, to say the expected loss in money; None: unknown.
        currency: ISO code for `worth_minor`, else ''.
        is_amount: the numerator is an amount (money, seconds), so that it is less rather than fewer.
    """

    key: str
    label: str
    kind: OutcomeKind = OutcomeKind.RATE
    events: str
    per: str = ""
    better: Better = Better.HIGHER
    tolerable_harm: float = TOLERABLE_HARM
    prior_spread: float | None = None
    worth_minor: float | None = None
    currency: str = ""
    is_amount: bool = False

    @property
    def prior(self) -> float:
        """Return the sd of the log lift before seeing data."""
        if self.prior_spread is not None:
            return self.prior_spread
        return PRIOR_RATE if self.kind is OutcomeKind.RATE else PRIOR_VALUE

    @property
    def sign(self) -> int:
        """Return 1 where more is better, −1 where less is better."""
        return -1 if self.better is Better.LOWER else 1

    @property
    def words(self) -> str:
        """Return what is compared in words, for instance `clicks per view` or `views`."""
        return f"{self.events} per {self.per}" if self.per else self.events


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One version under test.

    Attributes:
        key: stable name that videos and slots refer to; renaming an arm changes `name` only.
        name: as typed, for instance `Hook B: question first`.
        is_control: the version others are compared with; exactly one arm has it.
        planned_share: share of people planned for it in an audience split; None means equal parts.
    """

    key: str
    name: str
    is_control: bool = False
    planned_share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One planned video.

    Attributes:
        creator: the creator's key.
        arm: the version it was assigned, by key.
        number: its place in the creator's order, from 1.
        planned_day: day number to post on; None where left open.
        block: weekday group in a posting-slot design, else ''.
        video_id: the video that fills it; None while it is open.
    """

    creator: str
    arm: str
    number: int = 1
    planned_day: int | None = None
    block: str = ""
    video_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Creator:
    """A creator of the experiment.

    Attributes:
        key: stable name that slots and videos refer to.
        name: handle or name as shown.
        tier: '' where not known.
        history: the creator's own typical figure before the experiment, by outcome key and in its
            own unit (a rate 0–1, or a value); a missing key or None is not known.
        left_day: day number on which the creator left the campaign; None while taking part.
    """

    key: str
    name: str
    tier: str = ""
    history: Mapping[str, float | None] = field(default_factory=dict)
    left_day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What was counted of one video for one outcome, at the reading age.

    Attributes:
        numerator: events, or the value itself; None where not known.
        denominator: exposures; None where not known, and always None for a value.
    """

    numerator: float | None
    denominator: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoRow:
    """One video that takes part.

    Attributes:
        video_id: the platform's id.
        creator: the creator's key.
        arm: the version it was assigned, by key.
        posted_day: day number; None where not known.
        age: days from posting to the newest snapshot; None where nothing counts it.
        numbers: what was counted **at the reading age**, by outcome key; a missing key is not known.
        paid_share: share of its views that were bought, 0–1; None where not known.
        is_boosted: it was boosted at all; None where not known (then `paid_share` > 0 decides).
        has_tracking: its tracked link or code was in place; None where the outcome needs none.
        block: weekday group in a posting-slot design, else ''.
        link: address of the video, '' where not known.
        title: short text to show, '' where not known.
        also_in: names of other running experiments that use the video too.
        features: known before posting, for comparisons that were not assigned: `duration band`,
            `posted` (weekday and hour block), `boosted`, `followers band` … as text.
    """

    video_id: str
    creator: str
    arm: str
    posted_day: int | None
    age: int | None
    numbers: Mapping[str, Counted]
    paid_share: float | None = None
    is_boosted: bool | None = None
    has_tracking: bool | None = None
    block: str = ""
    link: str = ""
    title: str = ""
    also_in: tuple[str, ...] = ()
    features: Mapping[str, str] = field(default_factory=dict)

    @property
    def was_boosted(self) -> bool | None:
        """Return whether any of its views were bought; None where not known."""
        if self.is_boosted is not None:
            return self.is_boosted
        return None if self.paid_share is None else self.paid_share > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """One arm of an audience split as the ad platform reports it.

    Attributes:
        arm: the arm's key.
        people: people reached; None where not known.
        successes: people (or, with a caution, events) that count, by outcome key; None: not known.
        are_people: successes count people; False where they count events such as clicks.
    """

    arm: str
    people: float | None
    successes: Mapping[str, float | None]
    are_people: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One earlier reading that somebody took.

    Attributes:
        day: day number.
        verdict: the verdict as it stood, a value of `VerdictKind`.
        sentence: what was said.
    """

    day: int
    verdict: str
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentData:
    """Everything a reading needs.

    Attributes:
        key: stable name; also seeds the re-drawing, so that a reading repeats exactly.
        name: as typed.
        design: who decided which video got which version.
        arms: two or more, one of them the control.
        primary: the one metric that decides.
        secondary: up to three supporting metrics.
        guardrails: metrics that must not worsen beyond what is tolerable.
        creators: everyone planned, including those who left.
        slots: the assignment as drawn; empty for an audience split or a comparison after the fact.
        videos: the videos that came in.
        audience: the arms' people, for an audience split only.
        reading_age: days after posting at which every video is read.
        smallest_lift: the smallest lift worth having, 0.10 is 10 %.
        planned_end: day number on which the plan says to judge (last posting day + reading age).
        today: day number of this reading.
        closed_day: day number on which the team ended it before the plan did; None otherwise.
        looking: how often the plan allows to judge before the end.
        check_in_share: with ONE_CHECK_IN, at which share of the planned videos, normally a half.
        looks: earlier readings, oldest first.
        is_assigned: the app drew the assignment; False makes it an association whatever the design.
    """

    key: str
    name: str
    design: Design
    arms: tuple[Arm, ...]
    primary: Outcome
    creators: tuple[Creator, ...]
    slots: tuple[Slot, ...]
    videos: tuple[VideoRow, ...]
    planned_end: int
    today: int
    secondary: tuple[Outcome, ...] = ()
    guardrails: tuple[Outcome, ...] = ()
    audience: tuple[Audience, ...] = ()
    reading_age: int = DEFAULT_READING_AGE
    smallest_lift: float = SMALLEST_LIFT
    closed_day: int | None = None
    looking: Looking = Looking.ANY_DAY
    check_in_share: float = 0.5
    looks: tuple[Look, ...] = ()
    is_assigned: bool = True

    @property
    def control(self) -> Arm | None:
        """Return the control arm; None unless exactly one arm is it."""
        found = [arm for arm in self.arms if arm.is_control]
        return found[0] if len(found) == 1 else None

    @property
    def challengers(self) -> tuple[Arm, ...]:
        """Return the arms that are compared with the control."""
        return tuple(arm for arm in self.arms if not arm.is_control)

    @property
    def is_association(self) -> bool:
        """Return whether nothing was assigned, so that no winner may be named."""
        return self.design is Design.NOT_ASSIGNED or not self.is_assigned
