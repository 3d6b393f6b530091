"""A report: one frozen object that every file format is drawn from.

Every renderer uses only this object, so a figure cannot differ between formats. It is also
what a frozen link keeps: its fields are the whole list of what may travel. There is no place
in it for an order, a person, the author of a comment or whoever wrote a note.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003  (pydantic reads the types when it checks a kept report)
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from pydantic import ConfigDict

from core.units import DASH, Unit, minor_digits

if TYPE_CHECKING:
    from collections.abc import Iterator

# Nothing but the declared fields is read back, and numbers that are none are refused.
CLOSED = ConfigDict(
    extra="forbid",
    strict=True,
    allow_inf_nan=False,
    ser_json_bytes="base64",
    val_json_bytes="base64",
)


_BY = "measured by "


class Kind(StrEnum):
    """Which report it is."""

    LEADERSHIP = "leadership"  # one page: goal, funnel, what to renew, cost, caveats, next step
    FULL = "full"  # everything the campaign's files show
    CREATOR = "creator"  # one creator's own results
    CHECKIN = "checkin"  # where a running campaign stands today


class ChartKind(StrEnum):
    """How chart data are drawn."""

    BARS = "bars"  # one bar a name, the longest first
    LINE = "line"  # points in time order; an unknown point is a gap


class Status(StrEnum):
    """How a figure stands against its goal; words stand beside it, colour is never alone."""

    NONE = ""
    REACHED = "reached"
    CLOSE = "close"
    SHORT = "short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who the report is for.

    Attributes:
        show_money: amounts, fees and whatever is divided by them.
        internal: read by the team itself: notes, file names and small counts are shown.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    show_money: bool = False
    internal: bool = False

    @property
    def is_outside(self) -> bool:
        """Return whether people outside the team read it, so that small counts are held back."""
        return not self.internal


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A published figure to hold a figure against.

    Attributes:
        written: the figure as people write it.
        grade: A publisher's own page with its method, B a thin method, C a vendor's figure.
        words: who was measured, when, and who published it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    written: str
    grade: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number with what helps to judge it.

    Attributes:
        key: name of the metric.
        label: as marketers call it.
        written: as people write it; a dash where it is not known.
        value: the raw number: shares 0 to 1, money in minor units; None where not known or a range.
        low, high: the ends of a range; None where there is none or an end is unknown.
        unit: what it counts.
        currency: ISO code for money, else ''.
        goal, goal_written: what the campaign set itself; None and '' without one.
        status: against the goal.
        status_words: the same in words, for instance `73% of the goal of 700`.
        step: how much of it is met again in the next stage, in a few words; '' where not said.
        provenance: who measured its parts.
        benchmark: a published figure of the same definition, where there is one.
        definition: what it is, in one sentence.
        caution: what it does not say.
        why_missing: why there is no value; '' where there is one.
        is_primary: the campaign is judged by it first of all.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    key: str
    label: str
    written: str
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: Unit
    currency: str = ""
    goal: float | None = None
    goal_written: str = ""
    status: Status = Status.NONE
    status_words: str = ""
    step: str = ""
    provenance: tuple[str, ...] = ()
    benchmark: Comparison | None = None
    definition: str = ""
    caution: str = ""
    why_missing: str = ""
    is_primary: bool = False

    @property
    def provenance_words(self) -> str:
        """Return who measured it, in a few words; '' where nobody did."""
        measured = [one.removeprefix(_BY) for one in self.provenance if one.startswith(_BY)]
        others = [one for one in self.provenance if not one.startswith(_BY)]
        parts = [f"{_BY}{' and '.join(measured)}"] if measured else []
        partly = f"partly {' and '.join(others)}" if measured else " and ".join(others)
        return ", ".join([*parts, partly] if others else parts)

    @property
    def is_known(self) -> bool:
        """Return whether there is a value or a range."""
        return self.value is not None or self.low is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One mark of a chart: its name, the raw number (None is not known) and how it is written."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    label: str
    value: float | None
    written: str
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Marks that belong together."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart as data, so that every format draws it in its own way.

    Attributes:
        title: what it shows.
        alt: its takeaway in one sentence, for those who cannot see it.
        x_title, y_title: what the axes count.
        unit, currency: of the values.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    kind: ChartKind
    title: str
    alt: str
    x_title: str
    y_title: str
    unit: Unit
    currency: str = ""
    series: tuple[Series, ...]


class ColumnKind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; unit and currency count for numbers only."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    label: str
    kind: ColumnKind = ColumnKind.TEXT
    unit: Unit = Unit.COUNT
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: what people read, and the number or day behind it where there is one."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    written: str
    number: float | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under typed columns.

    Attributes:
        note: what was left out of it, '' where nothing was.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One thing the report says.

    Attributes:
        key: for addresses: lower-case letters and hyphens.
        claim: the answer in one sentence.
        points: further sentences, each on a line of its own.
        notes: caveats, in small print.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    key: str
    title: str
    claim: str
    points: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report, whole.

    Attributes:
        kind: which report.
        title: what stands on top.
        brand, campaign: whose, and of what.
        period: the days of the campaign, in words.
        claim: the whole report in one sentence.
        as_of: what the newest export speaks of, Unix seconds; None without imports.
        as_of_words: the same as a day people read.
        made_at: Unix seconds.
        made_words: the same as a day people read.
        currency: ISO code of the campaign's money; '' where the reader sees none.
        is_sample: made-up figures of the sample campaign.
        logo: a PNG or JPEG of the brand; empty where there is none.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    kind: Kind
    title: str
    brand: str
    campaign: str
    period: str
    claim: str
    as_of: int | None
    as_of_words: str
    made_at: int
    made_words: str
    currency: str
    audience: Audience
    sections: tuple[Section, ...]
    is_sample: bool = False
    logo: bytes = b""

    @property
    def facts_line(self) -> str:
        """Return brand, days and freshness on one line."""
        return " · ".join(part for part in (self.brand, self.period, self.as_of_words) if part)

    def section(self, key: str) -> Section | None:
        """Return a section by its key; None where there is none."""
        return next((one for one in self.sections if one.key == key), None)

    def figures(self) -> Iterator[tuple[Section, Figure]]:
        """Yield every figure with the section it stands in."""
        for section in self.sections:
            for figure in section.figures:
                yield section, figure


def plain_number(value: float | None, unit: Unit, currency: str) -> float | None:
    """Return a raw number as a spreadsheet holds it: money in whole units, the rest as it is."""
    if value is None or unit is not Unit.MONEY:
        return value
    digits = minor_digits(currency) if currency else 2
    return round(value / float(10**digits), digits + 2)


UNKNOWN = Cell(written=DASH)
