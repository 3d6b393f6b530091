"""What the funnel says: frozen results, numbers and words together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.metrics.model import Better
from core.units import Unit, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.evidence.sources import Provenance
    from core.metrics.industry import Benchmark, Refusal
    from core.metrics.model import Metric, Stage
    from core.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One metric as it stands.

    Attributes:
        metric: what it is.
        value: the metric; None where a part is not known or where it is a range.
        low, high: the range of what counts people once; None where there is none. `high` alone is
            None where the upper end is unknown.
        numerator, denominator: the totals behind the value.
        currency: ISO code for money, else ''.
        provenance: who measured the parts.
        is_primary: the campaign is judged by it first of all.
        target: what the campaign set itself, in the metric's unit.
        progress: value ÷ target, or target ÷ value where lower is better.
        previous: the same metric of the brand's campaign before; None where not known.
        previous_campaign: its name, '' where there is none.
        previous_is_enough: enough was counted there too.
        benchmark: a published figure of the same definition, or why there is none.
        coverage: a sentence where only a part of the videos or creators could be used.
        why_missing: a sentence where there is no value.
        is_enough: enough was counted to judge or rank by it.
    """

    metric: Metric
    value: float | None
    low: float | None = None
    high: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    currency: str = ""
    provenance: tuple[Provenance, ...] = ()
    is_primary: bool = False
    target: float | None = None
    progress: float | None = None
    previous: float | None = None
    previous_campaign: str = ""
    previous_is_enough: bool = False
    benchmark: Benchmark | Refusal | None = None
    coverage: str = ""
    why_missing: str = ""
    is_enough: bool = False

    @property
    def is_known(self) -> bool:
        """Return whether there is a value or a range."""
        return self.value is not None or self.low is not None

    @property
    def is_range(self) -> bool:
        """Return whether only a range is known."""
        return self.value is None and self.low is not None

    @property
    def caution(self) -> str:
        """Return what the number does not say, what it left out included."""
        few = "" if self.is_enough or not self.is_known else "Too little was counted yet to judge by it."
        return " ".join(part for part in (self.coverage, few, self.metric.caution) if part)

    def written(self, *, locale: str = "en_US", compact: bool = False) -> str:
        """Return the value or the range as people write it; compact shortens large counts."""

        def one(value: float | None) -> str:
            return write(value, self.metric.unit, currency=self.currency, locale=locale, compact=compact)

        if self.is_range:
            if self.high is None:
                return f"≥ {one(self.low)}" if compact else f"at least {one(self.low)}"
            return f"{one(self.low)}{'–' if compact else ' to '}{one(self.high)}"
        return one(self.value)

    @property
    def towards_target(self) -> str:
        """Return how the value stands to its target in words, for instance `9% below it`; '' if unknown."""
        if self.progress is None or not self.target or self.value is None:
            return ""
        if self.metric.better is not Better.LOWER:
            return f"{self.progress:.0%} of it reached"
        off = self.value / self.target - 1
        return "met exactly" if round(off, 2) == 0 else f"{abs(off):.0%} {'above' if off > 0 else 'below'} it"

    @property
    def ends(self) -> tuple[float | None, float | None]:
        """Return the two ends of the range; the value twice where it is one number."""
        return (self.low, self.high) if self.is_range else (self.value, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How much of one stage is met again in the next.

    Attributes:
        rate: the metric that divides the one by the other.
        value: the rate; None where a part is not known.
        numerator, denominator: what was divided.
        is_like_with_like: both are counted in the same unit, so that it is a share.
        short: the step in a few words, for instance `7.9% engaged`; '' where it is not known.
        sentence: the step in words, with what the units are.
    """

    rate: Metric
    value: float | None
    numerator: float | None
    denominator: float | None
    is_like_with_like: bool
    short: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value of one day, or of the week that begins on it; None is not known."""

    start: date
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """How a metric went, oldest first."""

    metric: Metric
    weeks: tuple[Point, ...]
    days: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A metric for organic views, paid views, and both together; None is not known."""

    metric: Metric
    organic: float | None
    paid: float | None
    total: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What is missing, whose it is, and how to get it.

    Attributes:
        what: what cannot be said without it.
        how: which export or form brings it.
        whose: names of the creators concerned; empty means the campaign as a whole.
        page: the page where it is settled, '' for none.
        button: what its link says.
    """

    what: str
    how: str
    whose: tuple[str, ...] = ()
    page: str = ""
    button: str = ""

    @property
    def sentence(self) -> str:
        """Return the gap in words, at most five names."""
        names = ", ".join(self.whose[:5])
        more = f" and {len(self.whose) - 5} more" if len(self.whose) > 5 else ""
        who = f" ({names}{more})" if names else ""
        return f"{self.what.rstrip('.')}{who}. {self.how}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The decision a stage supports, with the evidence beside it."""

    question: str
    evidence: str
    is_supported: bool  # False: there is not enough to decide by


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """One stage: words first, then figures, then the rest.

    Attributes:
        headline: the one count that says how large the stage is.
        step: how much of it is met again in the next stage; None after the last.
    """

    stage: Stage
    label: str
    question: str
    sentence: str
    headline: Figure
    figures: tuple[Figure, ...]
    step: Step | None
    series: tuple[Series, ...]
    splits: tuple[Split, ...]
    gaps: tuple[Gap, ...]
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Which campaign, and how fresh the numbers are."""

    campaign_id: int
    name: str
    code: str
    brand: str
    first_day: date
    last_day: date
    currency: str
    objective: str
    as_of: int | None  # Unix seconds of the newest standing export; None without imports
    revision: int
    is_sample: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a table: what it is about, and its metrics by name (None is not known).

    Attributes:
        key: creator id, video id, or the Monday of a week, as text.
        label: what people call it.
        creator_id: whose it is; None where it is nobody's or several people's.
        creator: what people call a video's creator; '' for other rows.
        detail: handle and tier, or the day of posting, in a few words.
        values: metric name -> value.
        enough: names of the metrics with enough counted to rank by.
    """

    key: str
    label: str
    creator_id: int | None = None
    creator: str = ""
    detail: str = ""
    values: Mapping[str, float | None] = field(default_factory=dict)
    enough: frozenset[str] = frozenset()

    def value(self, name: str) -> float | None:
        """Return a metric of the row; None where it is not known."""
        return self.values.get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows with the metrics that are their columns."""

    metrics: tuple[Metric, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """A campaign from first view to second order, as far as files show it.

    Attributes:
        sentence: the campaign in one sentence, its name and days included.
        claim: the same without name and days, for under its own title.
    """

    header: Header
    scope: Scope
    sentence: str
    claim: str
    stages: tuple[StageView, ...]
    creators: Table
    videos: Table
    weeks: Table
    notes: tuple[str, ...]

    def stage(self, stage: Stage) -> StageView:
        """Return one stage."""
        return next(view for view in self.stages if view.stage is stage)

    def figure(self, name: str) -> Figure | None:
        """Return the figure of a metric, None where the funnel does not show it."""
        return next((f for view in self.stages for f in view.figures if f.metric.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A creator's metric beside the campaign's other creators.

    Attributes:
        metric: what is compared.
        own: this creator.
        others: the others' totals divided; for counts, per creator.
        others_count: how many other creators are in it.
        sentence: the comparison in words.
    """

    metric: Metric
    own: float | None
    others: float | None
    others_count: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationFunnel:
    """One creator's part of a campaign as a funnel of its own."""

    creator_id: int
    name: str
    handle: str
    tier: str
    fee: int | None
    fee_currency: str
    deliverables: int | None
    funnel: Funnel
    comparisons: tuple[Comparison, ...]


def is_money(metric: Metric) -> bool:
    """Return whether the metric is an amount of money."""
    return metric.unit is Unit.MONEY
