"""What a reading says: frozen results, numbers and words together.

Lifts are shares: 0.51 is 51 % more, −0.2 is 20 % less; ends may be infinite (`math.inf`, and −1 at
the bottom) while it is too early. They are in the metric's own direction: where less is better, a
good lift is negative, and `Contrast.is_gain` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.experiments.model import Arm, Outcome


class VerdictKind(StrEnum):
    """What may be said, in the order in which it is tried: the first that fits is said."""

    CHECK_DATA = "check the data"
    ASSOCIATION = "association only"
    NOT_ENOUGH = "not enough to judge"
    EARLY_WINNER = "early winner"
    STOP = "stop"
    KEEP_GOING = "keep going"
    WINS = "wins"
    WINS_BUT_HURTS = "wins but hurts"
    KEEP_CONTROL = "keep the control"
    NO_DIFFERENCE = "no difference that matters"
    LEANING = "undecided, leaning"
    UNDECIDED = "undecided"


class CheckKind(StrEnum):
    """What is looked at before a verdict is given."""

    PLAN = "the plan is whole"
    SPLIT = "split as planned"
    MISSING = "missing by version"
    MATURITY = "videos at the reading age"
    PAID = "bought views"
    EVENTS = "enough events"
    DOMINANCE = "one video carries it"
    SIZE = "suspicious size"
    SHARED = "shared with another experiment"
    ARMS = "versions as planned"
    LEFT = "creators who left"
    DELIVERY = "delivered as planned"
    ZEROS = "videos without a value"
    REACH = "one video, one audience"


class CheckStatus(StrEnum):
    """How a check came out."""

    PASSED = "passed"
    CAUTION = "caution"  # colours the reading
    WAITING = "waiting"  # time will settle it
    TOO_LITTLE = "too little"  # not enough to judge
    BLOCKED = "blocked"  # no verdict until it is put right
    UNKNOWN = "unknown"  # could not be checked


class GuardrailState(StrEnum):
    """How a guardrail stands."""

    FINE = "fine"
    AT_RISK = "at risk"
    BREACHED = "breached"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: what was found and what to do about it ('' where nothing needs doing)."""

    kind: CheckKind
    status: CheckStatus
    sentence: str
    cure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """One video that was not counted, and why."""

    video_id: str
    creator: str
    arm: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the experiment has come.

    Attributes:
        planned: planned videos; 0 where nothing was planned.
        delivered: videos that came in.
        matured: of these, at the reading age and counted.
        used: of these, in the comparison.
        creators: creators in the comparison.
        end_day: day number from which the end counts; None while it is not reached.
    """

    planned: int
    delivered: int
    matured: int
    used: int
    creators: int
    end_day: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutCreator:
    """The lift when one creator is left out."""

    creator: str
    lift: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """One version against the control on the primary metric.

    Attributes:
        arm: the version.
        verdict: what may be said of this version alone.
        sentence: that in words.
        lift: the same creator's typical video under this version ÷ under the control − 1; None
            where there is no estimate.
        low, high: the range that goes with the verdict (after the correction for several
            versions); None without an estimate, infinite while it is too early.
        level: confidence of the range, for instance 0.96.
        is_too_early: the range is still infinite.
        chance: chance that the version is really better, 0–1; None before half of the videos are in.
        expected_loss: expected share lost by switching if it is wrong; None like `chance`.
        loss_words: the same in events or money over the videos counted; '' where not known.
        p_value: two-sided, uncorrected; None where there is no estimate.
        p_adjusted: Holm over the versions.
        luck: how often luck alone gives at least this; None where it could not be worked out.
        luck_sentence: that in words.
        without: the lift without each creator, in the order of creators.
        rests_on: the creator on whom the sign or the verdict rests; '' where on none.
        creators, videos: how many carry the comparison.
        effective_creators: the same, counted by weight.
        spread: φ of the rates (variance beyond counting), or the sd of logs within creators.
        standard_error: on the log scale.
        why_not: why there is no estimate, and what would cure it; '' where there is one.
    """

    arm: Arm
    verdict: VerdictKind
    sentence: str
    lift: float | None
    low: float | None
    high: float | None
    level: float
    is_too_early: bool
    chance: float | None
    expected_loss: float | None
    loss_words: str
    p_value: float | None
    p_adjusted: float | None
    luck: float | None
    luck_sentence: str
    without: tuple[WithoutCreator, ...]
    rests_on: str
    creators: int
    videos: int
    effective_creators: float | None
    spread: float | None
    standard_error: float | None
    is_gain: bool | None
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmTotals:
    """What a version's videos carried together: accounting, never a verdict.

    Attributes:
        arm: the version.
        videos, creators: how many are counted.
        numerator, denominator: totals; the denominator of a value is its number of videos.
        rate: the quotient of the totals; None where nothing was counted.
        largest_share: the share of the numerator that its largest video holds, 0–1.
        sentence: in words.
    """

    arm: Arm
    videos: int
    creators: int
    numerator: float | None
    denominator: float | None
    rate: float | None
    largest_share: float | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """One creator's typical figure under the control and under a version.

    Attributes:
        creator, name: whose it is.
        arm: the version's key.
        control, version: typical figure (rate or value); None where it is zero or not known.
        lift: their quotient − 1; None where one is missing.
        control_videos, version_videos: how many videos each rests on.
    """

    creator: str
    name: str
    arm: str
    control: float | None
    version: float | None
    lift: float | None
    control_videos: int
    version_videos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One video's figure, for the strip of videos by version."""

    video_id: str
    creator: str
    arm: str
    figure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningPoint:
    """The estimate as it stood on a day, from the videos that had reached the reading age."""

    day: int
    arm: str
    videos: int
    lift: float | None
    low: float | None
    high: float | None
    is_too_early: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Supporting:
    """A secondary metric: supporting, never deciding.

    `is_notable` follows Benjamini–Hochberg over all secondary comparisons at 5 %.
    """

    outcome: Outcome
    arm: Arm
    lift: float | None
    low: float | None
    high: float | None
    p_value: float | None
    p_adjusted: float | None
    is_notable: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardrail:
    """A metric that must not worsen: `harm` is the worsening with its range (positive is worse)."""

    outcome: Outcome
    arm: Arm
    state: GuardrailState
    harm: float | None
    low: float | None
    high: float | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One line of the small print: what it is and its value as written."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an experiment says today.

    Attributes:
        day: day number of the reading.
        verdict: the first rung of the ladder that fits.
        title: the verdict in a few words, for instance `Hook B wins`.
        sentence: title and all that belongs to it, ready to show.
        leader: the version the verdict speaks of; None where it speaks of none.
        is_end: the planned end is reached, so that the final rungs apply.
        progress: how far it has come.
        contrasts: every version against the control, in the order of the arms.
        totals: every arm's totals, control first.
        totals_sentence: the totals in words, with `driven by one viral video` where signs differ.
        slopes, dots: for the pictures.
        running: one estimate per day and version.
        checks: every check, passed or not.
        secondary, guardrails: the other metrics.
        set_aside: videos that were not counted.
        band: the smallest lift worth having.
        cautions: sentences that belong under the verdict.
        details: the small print, p-values included.
    """

    day: int
    verdict: VerdictKind
    title: str
    sentence: str
    leader: Arm | None
    is_end: bool
    progress: Progress
    contrasts: tuple[Contrast, ...]
    totals: tuple[ArmTotals, ...]
    totals_sentence: str
    slopes: tuple[Slope, ...]
    dots: tuple[Dot, ...]
    running: tuple[RunningPoint, ...]
    checks: tuple[Check, ...]
    secondary: tuple[Supporting, ...]
    guardrails: tuple[Guardrail, ...]
    set_aside: tuple[SetAside, ...]
    band: float
    cautions: tuple[str, ...]
    details: tuple[Detail, ...]

    @property
    def is_blocked(self) -> bool:
        """Return whether a check must be put right first."""
        return self.verdict is VerdictKind.CHECK_DATA
