"""What a measure and a metric are.

A measure is a column that some export counts. A metric is a weighted sum of
measures, divided by another where it is a rate, times a scale. All fields are
required, so that no definition can stay half said.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.units import Unit


class Additivity(StrEnum):
    """Which sums of a measure mean something."""

    ADDITIVE = "additive"  # over days, videos and creators
    LATEST = "latest"  # the newest value counts (followers); adds over creators only
    UNIQUE = "unique"  # people counted once: never added, shown as a range


class Origin(StrEnum):
    """Where the values of a measure come from."""

    IMPORTED = "imported"  # a column of the `stat` table
    LEDGER = "ledger"  # the credit ledger
    PLAN = "plan"  # what people wrote down, for instance fees
    DERIVED = "derived"  # worked out from other measures when they are read


class Stage(StrEnum):
    """The five stages of the funnel, in order."""

    AWARENESS = "awareness"
    ENGAGEMENT = "engagement"
    CONSIDERATION = "consideration"
    CONVERSION = "conversion"
    LOYALTY = "loyalty"


class Better(StrEnum):
    """Which direction is good news."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One thing that is counted.

    Attributes:
        name: column name, snake case.
        label: as marketers call it.
        unit: COUNT, MONEY (minor units) or SECONDS (whole seconds).
        additivity: which sums are allowed.
        origin: where values come from.
        definition: one sentence.
        source: which exports carry it.
    """

    name: str
    label: str
    unit: Unit
    additivity: Additivity
    origin: Origin
    definition: str
    source: str

    def __add__(self, other: Measure | Total) -> Total:
        """Return the sum as a total."""
        return Total.of(self) + other

    def __sub__(self, other: Measure | Total) -> Total:
        """Return the difference as a total."""
        return Total.of(self) - other


@dataclass(frozen=True, slots=True)
class Total:
    """A weighted sum of measures, for instance likes + comments + shares."""

    parts: tuple[tuple[Measure, int], ...]

    @staticmethod
    def of(measure: Measure | Total) -> Total:
        """Return the measure as a total of one part."""
        return measure if isinstance(measure, Total) else Total(((measure, 1),))

    def __add__(self, other: Measure | Total) -> Total:
        """Return both sums together."""
        return Total(self.parts + Total.of(other).parts)

    def __sub__(self, other: Measure | Total) -> Total:
        """Return this sum less the other."""
        return Total(self.parts + tuple((measure, -weight) for measure, weight in Total.of(other).parts))

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Return the measures that it needs."""
        return tuple(measure for measure, _ in self.parts)

    @property
    def words(self) -> str:
        """Return the sum in words, for instance `likes + comments − refunds`."""
        text = ""
        for measure, weight in self.parts:
            sign = "−" if weight < 0 else "+"
            text += f" {sign} {measure.label.lower()}" if text or weight < 0 else measure.label.lower()
        return text.strip()

    def value(self, totals: Mapping[str, float | None]) -> float | None:
        """Return the sum, or None when any part is not known: missing is not zero."""
        result = 0.0
        for measure, weight in self.parts:
            part = totals.get(measure.name)
            if part is None or part != part:  # noqa: PLR0124  (NaN)
                return None
            result += weight * part
        return result


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One number that people steer by: numerator ÷ denominator × scale.

    Attributes:
        name: stable name, snake case.
        label: as marketers call it.
        stage: where in the funnel it belongs.
        unit: how it is written.
        better: which direction is good news.
        numerator: the sum on top.
        denominator: the sum below; None for a plain total.
        scale: multiplier, for instance 1000 for a cost per thousand.
        definition: one plain sentence.
        caution: what it does not say.
        source: where the definition comes from.
        minimum: denominator (or numerator, for totals) below which no value is ranked or judged.
    """

    name: str
    label: str
    stage: Stage
    unit: Unit
    better: Better
    numerator: Total
    denominator: Total | None
    scale: float
    definition: str
    caution: str
    source: str
    minimum: int

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Return every measure it needs."""
        return self.numerator.measures + (self.denominator.measures if self.denominator else ())

    @property
    def formula(self) -> str:
        """Return the formula in words, built from the parts so that it cannot drift."""
        if self.denominator is None:
            return self.numerator.words
        top = f"({self.numerator.words})" if len(self.numerator.parts) > 1 else self.numerator.words
        below = f"({self.denominator.words})" if len(self.denominator.parts) > 1 else self.denominator.words
        scale = "" if self.scale == 1 else f" × {self.scale:,.0f}"
        return f"{top} ÷ {below}{scale}"

    def value(self, totals: Mapping[str, float | None]) -> float | None:
        """Return the metric of totals, or None when a part is missing or the denominator is not positive."""
        below = None if self.denominator is None else self.denominator.value(totals)
        return self.divide(self.numerator.value(totals), below)

    def divide(self, top: float | None, below: float | None) -> float | None:
        """Return the metric of a numerator and a denominator that were added up already."""
        if top is None or self.denominator is None:
            return None if top is None else top * self.scale
        if below is None or below <= 0:
            return None
        return top / below * self.scale
