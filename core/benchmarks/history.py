"""What was usual in your own past work: at equal age, each creator counting once, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.access import Action, require
from core.benchmarks.cited import Cited, cited_for
from core.benchmarks.population import population_of, read_population, summed
from core.benchmarks.scored import AGE_WORDS, SCORED_BY_NAME, Kind
from core.errors import refusal
from core.statistics.quantiles import FEWEST_FOR_MEDIAN, Quantile, creator_quantiles
from core.statistics.refusals import NotEnough
from core.units import Unit, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from core.benchmarks.population import Collaborator, Population
    from core.benchmarks.scored import Scored
    from core.metrics.model import Metric
    from core.scope import Traffic
    from core.store.engine import Store

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SHARES = (0.25, 0.5, 0.75)
EVERYBODY = "all creators"
LEVELS = ("tier, video length and objective", "tier and objective", "tier", "everybody")
_ROUNDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is usual in one group of past work.

    Attributes:
        level: 0 is the finest (see `LEVELS`).
        label: which group.
        creators, videos: how many it stands on; of metrics of whole campaigns `videos` counts campaigns.
        low, middle, high: quartiles and median, or why one is not shown.
        sentence: in words.
    """

    level: int
    label: str
    creators: int
    videos: int
    low: Quantile | NotEnough
    middle: Quantile | NotEnough
    high: Quantile | NotEnough
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One observation, shown as it is where there are too few for quantiles."""

    creator_id: int
    campaign_id: int
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Own history of one metric, and the published figure beside it.

    Attributes:
        currency: of its money, else ''.
        cells: groups with enough creators for a median, the finest first.
        dots: single observations, where no group is large enough; else empty.
        cited: the published figure of the same definition, or why there is none.
        sentence: what it says, or what would be enough.
        notes: what it does not say.
    """

    metric: Metric
    currency: str
    age: int
    traffic: Traffic
    cells: tuple[Cell, ...]
    dots: tuple[Dot, ...]
    cited: Cited
    sentence: str
    notes: tuple[str, ...]

    def cell_of(self, tier: str, length: str, objective: str) -> Cell | None:
        """Return the finest cell that holds for a creator; None where none is large enough."""
        wanted = [*_labels(tier, length, objective), EVERYBODY]
        found = [cell for cell in self.cells if cell.label == wanted[cell.level]]
        return min(found, key=lambda cell: cell.level, default=None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observations:
    """Single values of a metric, each of a video or of a creator's campaign.

    Attributes:
        owner: number of the collaboration in the population.
        values: in the metric's unit.
        too_small: how many were left out because they are too small to be judged.
    """

    owner: Ints
    values: Floats
    too_small: int


def own_history(
    store: Store,
    campaign_id: int,
    metric: str,
    *,
    age: int,
    traffic: Traffic,
    today: date,
    tier: str | None = None,
) -> History:
    """Return what was usual in the campaigns that the reader may see.

    Args:
        store: an open store, as the person who asks uses it.
        campaign_id: from which one looks; its currency decides which costs can be compared.
        metric: one of `SCORED`.
        age: days at which videos are read, 0 for final.
        traffic: whose views.
        today: for the age of published figures.
        tier: for the published figure; None takes one for all sizes.

    Raises:
        PlumblineError: `not-allowed`, `no-such-metric`.
    """
    require(store.principal, Action.READ, campaign_id)
    scored = scored_metric(metric)
    population, currency = population_for(store, campaign_id, age=age, traffic=traffic)
    observed = observations(population, scored, currency)
    cells = _cells(population, observed, scored, currency)
    money = currency if scored.is_money else ""
    people = len({population.people[i].creator_id for i in observed.owner})
    return History(
        metric=scored.metric,
        currency=money,
        age=age,
        traffic=traffic,
        cells=cells,
        dots=() if cells else _dots(population, observed),
        cited=cited_for(scored.metric, tier, today, currency=money, own=_middle(cells)),
        sentence=_sentence(scored, cells, people, age, money),
        notes=_notes(observed, scored),
    )


def scored_metric(name: str) -> Scored:
    """Return how a metric is read for comparisons.

    Raises:
        PlumblineError: `no-such-metric`.
    """
    if name not in SCORED_BY_NAME:
        raise refusal("no-such-metric", "This metric cannot be compared.", "Choose another one.")
    return SCORED_BY_NAME[name]


def population_for(store: Store, campaign_id: int, *, age: int, traffic: Traffic) -> tuple[Population, str]:
    """Return everybody the reader may compare with, and the campaign's currency."""
    from sqlalchemy import text

    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        key, campaign_ids = population_of(connection, store.principal, campaign_id)
        query = text("SELECT currency FROM campaign WHERE id = :campaign")
        currency = str(connection.execute(query, {"campaign": campaign_id}).scalar() or "")
        return read_population(connection, key, campaign_ids, age=age, traffic=traffic), currency


def observations(population: Population, scored: Scored, currency: str) -> Observations:
    """Return the single values of a metric; of money only those in the currency."""
    frame = population.videos if scored.is_of_videos else population.totals
    owner = np.asarray(frame["owner"] if scored.is_of_videos else np.arange(len(frame)), dtype=np.int64)
    top = summed(frame, scored.top)
    below = np.ones(len(frame)) if scored.below is None else summed(frame, scored.below)
    if scored.is_money:
        own = np.array([one.currency == currency for one in population.people], dtype=bool)
        top = np.where(own[owner], top, np.nan) if len(owner) else top
    is_cost = scored.kind is Kind.CREATOR_COST
    numerator, denominator = (below, top) if is_cost else (top, below)
    fewest = 1 if scored.below is None else scored.metric.minimum
    with np.errstate(invalid="ignore"):
        is_known = (numerator >= 0) & (denominator > 0)
        is_large = is_known & (denominator >= fewest)
    values = numerator[is_large] / denominator[is_large] * scored.metric.scale
    return Observations(owner=owner[is_large], values=values, too_small=int(is_known.sum() - is_large.sum()))


def _labels(tier: str, length: str, objective: str) -> tuple[str, str, str]:
    """Return the labels of the three finer levels; '' where a part is not known."""
    full = f"{tier}, {length}, {objective}" if tier and length and objective else ""
    return full, (f"{tier}, {objective}" if tier and objective else ""), tier


def _cells(population: Population, observed: Observations, scored: Scored, currency: str) -> tuple[Cell, ...]:
    people: Sequence[Collaborator] = population.people
    creators = np.array([one.creator_id for one in people], dtype=np.int64)
    labels = [(*_labels(one.tier, one.length, one.objective), EVERYBODY) for one in people]
    found: list[Cell] = []
    for level in range(len(LEVELS)):
        own = np.array([label[level] for label in labels], dtype=object)
        for label in sorted({label for label in own if label}):
            inside = own[observed.owner] == label
            who = creators[observed.owner[inside]]
            if len(set(who.tolist())) >= FEWEST_FOR_MEDIAN:
                found.append(
                    _cell(level, str(label), who, observed.values[inside], scored=scored, currency=currency)
                )
    return tuple(found)


def _cell(level: int, label: str, who: Ints, values: Floats, *, scored: Scored, currency: str) -> Cell:
    low, middle, high = creator_quantiles(who, values, SHARES, rounds=_ROUNDS)
    count = len(set(who.tolist()))
    money = currency if scored.is_money else ""
    unit = Unit.COUNT if scored.metric.name == "views_per_video" else scored.metric.unit

    def written(value: float) -> str:
        return write(value, unit, currency=money, compact=True)

    said = f"{label}: "
    if isinstance(middle, Quantile):
        said += f"middle {written(middle.value)} (between {written(middle.low)} and {written(middle.high)})"
    if isinstance(low, Quantile) and isinstance(high, Quantile):
        said += f"; half of the work lies between {written(low.value)} and {written(high.value)}"
    elif isinstance(low, NotEnough):
        said += f"; quartiles need {low.need} creators"
    thing = "videos" if scored.is_of_videos else "campaigns"
    return Cell(
        level=level,
        label=label,
        creators=count,
        videos=len(values),
        low=low,
        middle=middle,
        high=high,
        sentence=f"{said}. {count} creators, {len(values)} {thing}.",
    )


def _dots(population: Population, observed: Observations) -> tuple[Dot, ...]:
    return tuple(
        Dot(
            creator_id=population.people[owner].creator_id,
            campaign_id=population.people[owner].campaign_id,
            value=float(value),
        )
        for owner, value in zip(observed.owner, observed.values, strict=True)
    )


def _middle(cells: Sequence[Cell]) -> float | None:
    """Return the median over everybody; None without enough creators."""
    whole = [cell.middle for cell in cells if cell.label == EVERYBODY]
    return whole[0].value if whole and isinstance(whole[0], Quantile) else None


def _sentence(scored: Scored, cells: Sequence[Cell], people: int, age: int, money: str) -> str:
    label = scored.metric.label
    when = f" at {AGE_WORDS[age]}" if scored.is_of_videos else ""
    if not cells:
        return (
            f"{label}{when} is known of {people} {'creator' if people == 1 else 'creators'}; "
            f"a median needs {FEWEST_FOR_MEDIAN}. Until then the single values are shown."
        )
    middle = _middle(cells)
    unit = Unit.COUNT if scored.metric.name == "views_per_video" else scored.metric.unit
    written = write(middle, unit, currency=money, compact=True)
    return f"In your own past work the middle {label}{when} is {written}, over {people} creators."


def _notes(observed: Observations, scored: Scored) -> tuple[str, ...]:
    notes = ["Every creator counts once, however many videos there are."]
    if observed.too_small:
        what = "videos" if scored.is_of_videos else "campaigns of creators"
        notes.append(
            f"{observed.too_small} {what} are left out: below {scored.metric.minimum:,} of what the metric "
            "is divided by, luck decides."
        )
    return tuple(notes)
