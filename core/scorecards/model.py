"""What scorecards say: estimates with their range, or why there are none; never a bare rank."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from core.units import Unit, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from core.campaigns.requests import ExportRequest
    from core.metrics.model import Metric, Stage
    from core.scope import Traffic
    from core.statistics.ranks import Standing


class Choice(StrEnum):
    """What can be decided on a creator."""

    RENEW = "renew"
    RENEGOTIATE = "renegotiate"
    TEST_AGAIN = "test_again"
    STOP = "stop"


CHOICE_WORDS: Mapping[Choice, str] = {
    Choice.RENEW: "Renew",
    Choice.RENEGOTIATE: "Renegotiate",
    Choice.TEST_AGAIN: "Test again",
    Choice.STOP: "Stop",
}


class Lean(StrEnum):
    """Which way the figures lean; only ever offered, never applied."""

    RENEW = "The figures speak for renewing"
    STOP = "The figures speak against renewing"
    OPEN = "Not enough evidence yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What is usual among peers.

    Attributes:
        label: who they are.
        creators: how many of them were measured.
        low, middle, high: their middle half and the middle creator.
        is_fallback: whether a finer group was too small.
    """

    label: str
    creators: int
    low: float
    middle: float
    high: float
    is_fallback: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One metric of one creator.

    Attributes:
        metric: its definition.
        currency: of its money, else ''.
        raw: what was counted, divided; None where it cannot be formed, as a cost per order without orders.
        value, low, high: what is expected and the interval that holds 90 %; None where nothing is claimed.
        next_low, next_high: where 9 of 10 next videos would lie; None for metrics of whole campaigns.
        videos: how many videos it stands on; 1 for metrics of the whole campaign.
        is_of_videos: whether it was read of videos at equal age.
        events, exposure: what was divided (for values: the sum of logarithms and their number).
        peers: what is usual; None where there are too few peers.
        standing: where the creator stands among them; None without peers.
        narrowing: share by which one more video would narrow the interval.
        quantiles: of the logarithm of the value, at `SHARES`; empty where nothing is claimed.
        lack, lack_have, lack_need: what there is too little of, and what would be enough; '' for nothing.
    """

    metric: Metric
    currency: str
    raw: float | None
    value: float | None
    low: float | None
    high: float | None
    next_low: float | None
    next_high: float | None
    videos: int
    is_of_videos: bool
    events: float | None
    exposure: float | None
    peers: Band | None
    standing: Standing | None
    narrowing: float | None
    quantiles: tuple[float, ...]
    lack: str
    lack_have: int
    lack_need: int

    @property
    def gap(self) -> str:
        """Return why nothing, or less, is claimed, and what would be enough; '' where all is there."""
        from core.scorecards.words import gap_words

        return gap_words(self.lack, self.lack_have, self.lack_need, self.metric)

    @property
    def sentence(self) -> str:
        """Return all of it in words. They are made when asked for: a page shows few of many."""
        from core.scorecards.words import whole_sentence

        return whole_sentence(self)

    def written(self, value: float | None, *, locale: str = "en_US") -> str:
        """Return a value of this metric as people write it."""
        return write(value, self.metric.unit, currency=self.currency, locale=locale, compact=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure as it was counted, beside the estimates.

    Attributes:
        stage: where in the funnel it belongs.
        metric: its definition, whose formula names the denominator.
        value: None where it is not known.
        low, high: a range where people are counted once; None for one number or none.
        used, of: how many videos or creators it covers.
        note: what it does not say; '' for nothing.
        currency: of its money, else ''.
    """

    stage: Stage
    metric: Metric
    value: float | None
    low: float | None
    high: float | None
    used: int
    of: int
    note: str
    currency: str

    @property
    def written(self) -> str:
        """Return the figure or range as people write it; a dash where it is not known."""
        if self.low is None:
            has_fraction = (
                self.metric.unit is Unit.COUNT and self.value is not None and self.value != round(self.value)
            )
            return write(
                self.value, Unit.NUMBER if has_fraction else self.metric.unit, currency=self.currency
            )
        low = write(self.low, self.metric.unit)
        if self.high is None:
            return f"at least {low}"
        return low if self.high == self.low else f"{low} to {write(self.high, self.metric.unit)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What one person thought of working with a creator; each mark 1 to 5, None where not given."""

    rating_id: int
    campaign_id: int
    creator_id: int
    ease: int | None
    brand_fit: int | None
    adherence: int | None
    quality: int | None
    timeliness: int | None
    notes: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided on a creator.

    Attributes:
        choice: renew, renegotiate, test again or stop.
        reason: why, as written.
        who, at: by whom and when.
        evidence: the figures on screen then.
        outcome: how it turned out in a later campaign; '' where there is none yet.
    """

    decision_id: int
    campaign_id: int
    campaign: str
    creator_id: int
    choice: Choice
    reason: str
    who: str
    at: datetime
    evidence: Mapping[str, object]
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceFit:
    """How much of a creator's audience is whom the campaign is for.

    Attributes:
        overlap: share of the audience that fits, 0 to 1; None where it cannot be said.
        by_dimension: the same for each part of the target.
        day: of the newest export it stands on.
        sentence: in words, or what is missing.
    """

    overlap: float | None
    by_dimension: Mapping[str, float]
    day: date | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridor:
    """What the next deal is worth, with its range.

    Attributes:
        low, middle, high: fees for as many videos as now, minor units; None where it cannot be said.
        currency: of the fees.
        lines: the arithmetic, line by line.
        sentence: in words, or what is missing.
        cautions: what it does not count.
    """

    low: float | None
    middle: float | None
    high: float | None
    currency: str
    lines: tuple[str, ...]
    sentence: str
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How many of a creator's videos could be read at the age asked for.

    Attributes:
        used: read at that age.
        young: still maturing.
        undated: the posting day is not known.
        no_snapshot: no export was made near that age.
        uncounted: no file counts them.
    """

    used: int
    young: int
    undated: int
    no_snapshot: int
    uncounted: int

    @property
    def of(self) -> int:
        """Return how many videos there are."""
        return self.used + self.young + self.undated + self.no_snapshot + self.uncounted


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCampaign:
    """The same creator in another campaign."""

    campaign_id: int
    code: str
    name: str
    first_day: date
    estimates: Mapping[str, Estimate]
    fee: int | None
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """One creator in one campaign.

    Attributes:
        handle: main handle; '' where none is known.
        tier: '' where no follower count was known when the campaign began.
        length: usual length of the videos, which stands for the format; '' where not known.
        fee: minor units of `fee_currency`; None where not stated.
        reading: how the videos were read.
        estimates: by metric name.
        facts: figures as counted, stage by stage.
        lean: which way the figures lean.
        advice: that in words, with what would settle it.
        ask: whose export would fill the missing attention figures; None where nothing is missing.
        ratings: newest first.
        decision: the newest on this campaign; None before.
        audience: fit with the target audience; None in a list of creators.
        corridor: what the next deal is worth; None in a list of creators.
        past: other campaigns, newest first; empty in a list of creators.
        decisions: every decision on the creator, newest first; empty in a list.
        gaps: what cannot be said of this creator, a sentence each.
    """

    campaign_id: int
    creator_id: int
    name: str
    handle: str
    tier: str
    length: str
    fee: int | None
    fee_currency: str
    deliverables: int | None
    reading: Reading
    estimates: Mapping[str, Estimate]
    facts: tuple[Fact, ...]
    lean: Lean
    advice: str
    ask: ExportRequest | None
    ratings: tuple[Rating, ...] = ()
    decision: Decision | None = None
    audience: AudienceFit | None = None
    corridor: Corridor | None = None
    past: tuple[PastCampaign, ...] = ()
    decisions: tuple[Decision, ...] = ()
    gaps: tuple[str, ...] = ()
    header: Header | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What all cards of a page have in common.

    Attributes:
        age: at which videos are read, in days; 0 is final.
        judged_by: the metric that decides.
        revision: of the data.
    """

    campaign_id: int
    code: str
    campaign: str
    brand: str
    currency: str
    first_day: date
    last_day: date
    is_sample: bool
    age: int
    traffic: Traffic
    judged_by: Metric
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TierCost:
    """What one result cost among the creators of a tier.

    Attributes:
        tier: '' where it is not known.
        creators: how many with a known cost.
        value: totals divided; None without results.
        low, high: 90 % range of the typical creator; None under 4 creators with a result.
        without: how many of the creators have no result at all; they count in the totals, not in the range.
        written: the figure with its range, short.
        sentence: all of it in words.
    """

    tier: str
    metric: Metric
    creators: int
    value: float | None
    low: float | None
    high: float | None
    without: int
    written: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecards:
    """The creators of a campaign beside each other.

    Attributes:
        header: campaign, age, views and metric.
        cards: best chance above the peers' median first; those without an estimate last.
        metrics: estimated for at least one creator.
        claim: what the page says, in one or two sentences.
        tier_costs: cost per result by tier.
        notes: what all of it does not say.
    """

    header: Header
    cards: tuple[Scorecard, ...]
    metrics: tuple[Metric, ...]
    claim: str
    tier_costs: tuple[TierCost, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def card(self, creator_id: int) -> Scorecard | None:
        """Return one creator's card; None where it is not in the campaign."""
        return next((one for one in self.cards if one.creator_id == creator_id), None)
