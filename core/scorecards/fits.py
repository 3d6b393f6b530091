"""Every estimate of a population: each metric fitted once, every creator's part of it kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.metrics.model import Total
from core.benchmarks.scored import SCORED, VIDEO_MEASURES, Kind, Scored
from core.statistics.peers import Peers, peer_groups
from core.statistics.posteriors import Posteriors
from core.statistics.ranks import Standing, standings
from core.statistics.rates import RateFit, fit_alone, fit_rates
from core.statistics.refusals import Lack, NotEnough
from core.statistics.values import ValueFit, fit_values, fit_values_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from core.benchmarks.population import Collaborator, Population

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Progress = Callable[[int, int, str], None]

METHOD = 1  # grows when a formula changes, so that kept estimates are made again
SHARES = np.array([0.001, 0.005, 0.01, *np.linspace(0.025, 0.975, 39), 0.99, 0.995, 0.999])
_SEED = 20_260_301
_MIDDLE_HALF = 0.6745  # standard deviations from the middle to a quartile of a normal distribution
_MANY = 300  # creators from which fewer draws do
Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observed:
    """What a fit is made of, for the creators it can compare.

    Attributes:
        scored: the metric.
        chosen: numbers of the creators in the population.
        owner: for each observation the position of its creator in `chosen`.
        top: what was counted, or the value itself.
        below: what it is divided by; ones for values.
        left_out: for each creator how many videos could not be used.
    """

    scored: Scored
    chosen: Ints
    owner: Ints
    top: Floats
    below: Floats
    left_out: Ints

    @property
    def counts(self) -> Ints:
        """Return how many observations each creator has."""
        return np.bincount(self.owner, minlength=len(self.chosen))


def fit_population(population: Population, *, progress: Progress | None = None) -> list[Row]:
    """Return the rows of `stored_estimate`, without the columns that name the fit.

    Args:
        population: everybody, with counts.
        progress: told how many metrics are done, of how many, and which one is next.
    """
    rows = list(_reading_notes(population))
    for position, scored in enumerate(SCORED):
        if progress is not None:
            progress(position, len(SCORED), scored.metric.label)
        for observed in _observed(population, scored):
            rows += _fit(population, observed)
    return rows


def _reading_notes(population: Population) -> Iterator[Row]:
    """Return for each creator how many videos were read at the age, and why others were not."""
    counts = population.videos.groupby(["owner", "unread"]).size() if len(population.videos) else {}
    impossible = _impossible(population)
    for number, person in enumerate(population.people):
        found = {why: int(counts.get((number, why), 0)) for why in ("", *UNREAD)}
        detail = {"tier": person.tier, "length": person.length, "impossible": impossible.get(number, 0)}
        detail |= {why: found[why] for why in UNREAD}
        yield _named(person, "", videos=found[""], detail=json.dumps(detail))


def _impossible(population: Population) -> dict[int, int]:
    """Return by creator how many videos have a count below zero, which no count can be."""
    videos = population.videos
    if videos.empty:
        return {}
    is_below = (videos[list(VIDEO_MEASURES)] < 0).any(axis=1)
    return {int(owner): int(count) for owner, count in videos[is_below].groupby("owner").size().items()}


UNREAD = ("young", "undated", "no snapshot", "uncounted")


def _named(person: Collaborator, metric: str, **values: object) -> Row:
    return {"campaign_id": person.campaign_id, "creator_id": person.creator_id, "metric": metric} | values


def _observed(population: Population, scored: Scored) -> Iterator[Observed]:
    """Return the observations of a metric: for money, those of each currency apart."""
    currencies = [one.currency for one in population.people]
    for currency in sorted(set(currencies)) if scored.is_money else [None]:
        inside = [number for number, own in enumerate(currencies) if currency in {None, own}]
        frame = population.videos if scored.is_of_videos else population.totals
        yield _take(frame, scored, np.array(inside, dtype=np.int64))


def _take(frame: pd.DataFrame, scored: Scored, chosen: Ints) -> Observed:
    numbers = frame["owner"] if scored.is_of_videos else np.arange(len(frame))
    places = np.full(int(max([*numbers, *chosen], default=0)) + 1, -1, dtype=np.int64)
    places[chosen] = np.arange(len(chosen))
    owner = places[np.asarray(numbers, dtype=np.int64)]
    top = _sum_of(frame, scored.top)
    below = np.ones_like(top) if scored.below is None else _sum_of(frame, scored.below)
    is_value = scored.kind is Kind.VIDEO_VALUE
    is_known = ~np.isnan(top) & ~np.isnan(below) & (owner >= 0)
    with np.errstate(invalid="ignore"):
        is_good = is_known & (below > 0) & ((top > 0) if is_value else (top >= 0))
    if not is_value and scored.kind is Kind.VIDEO_RATE:
        is_good &= top <= below * 50  # a count that cannot be: fifty times what it is a share of
    left_out = np.bincount(owner[is_known & ~is_good], minlength=len(chosen))
    top, below = top[is_good], below[is_good]
    return Observed(
        scored=scored,
        chosen=chosen,
        owner=owner[is_good],
        top=top / below if is_value else top,
        below=np.ones_like(below) if is_value else below,
        left_out=left_out,
    )


def _sum_of(frame: pd.DataFrame, total: Total) -> Floats:
    """Return a weighted sum of columns, NaN where any part is unknown."""
    result = np.zeros(len(frame))
    for measure, weight in total.parts:
        column = frame[measure.name] if measure.name in frame else np.full(len(frame), np.nan)
        result = result + weight * np.asarray(column, dtype=float)
    return result


def _fit(population: Population, observed: Observed) -> list[Row]:
    people = [population.people[number] for number in observed.chosen]
    has_data = observed.counts > 0
    if not has_data.any():
        return []
    fine = [f"{one.tier}, {one.length}" if one.tier and one.length else None for one in people]
    peers = peer_groups(
        [fine, [one.tier or None for one in people]], has_data, people=[one.creator_id for one in people]
    )
    if isinstance(peers, NotEnough):
        return _alone(people, observed, peers)
    scored = observed.scored
    fit: RateFit | ValueFit | NotEnough
    if scored.kind is Kind.VIDEO_VALUE:
        fit = fit_values(observed.owner, observed.top, peers)
    else:
        fit = fit_rates(observed.owner, observed.top, observed.below, peers)
    if isinstance(fit, NotEnough):
        return _alone(people, observed, fit)
    return _among_peers(people, observed, peers, fit)


def _among_peers(
    people: Sequence[Collaborator], observed: Observed, peers: Peers, fit: RateFit | ValueFit
) -> list[Row]:
    scored, counts = observed.scored, observed.counts
    quantiles = _in_units(fit.posteriors.quantiles(SHARES), scored)
    places = _standings(fit.posteriors, peers, scored)
    events, exposure = _sums(observed)
    rows: list[Row] = []
    for number, person in enumerate(people):
        group = int(peers.group[number])
        around = _band(float(fit.usual[group]), fit.spread, scored)
        band: Row = {
            "peers": str(peers.labels[group] or "all creators"),
            "peer_level": peers.level[group],
            "peer_count": len({people[i].creator_id for i in peers.members[group]}),
            **dict(zip(("peer_low", "peer_middle", "peer_high"), around, strict=True)),
        }
        if not counts[number]:
            lack: Row = {"lack": Lack.VIDEOS.value, "lack_have": 0, "lack_need": 1}
            rows.append(_named(person, scored.metric.name, videos=0, **band, **lack))
            continue
        own = _estimate(quantiles[number], scored, events[number], exposure[number])
        standing = _standing_row(places[number])
        narrowing = (
            _narrowing(quantiles[number], int(counts[number]), fit.spread) if scored.is_of_videos else None
        )
        ahead = _next_video(fit, number, scored)
        left: Row = {"videos": int(counts[number]), "narrowing": narrowing}
        rows.append(_named(person, scored.metric.name, **own, **band, **standing, **ahead, **left))
    return rows


def _alone(people: Sequence[Collaborator], observed: Observed, why: NotEnough) -> list[Row]:
    """Return what each creator's own figures say where nobody can say what is usual."""
    rows: list[Row] = []
    events, exposure = _sums(observed)
    lack: Row = {"lack": why.lack.value, "lack_have": why.have, "lack_need": why.need}
    for number, person in enumerate(people):
        is_own = observed.owner == number
        if not is_own.any():
            continue
        scored = observed.scored
        own: Row = _raw_row(scored, float(events[number]), float(exposure[number]))
        # How much a whole campaign scatters, one campaign cannot tell.
        if scored.is_of_videos and why.lack is Lack.CREATORS:
            found = (
                fit_values_alone(observed.top[is_own])
                if scored.kind is Kind.VIDEO_VALUE
                else fit_alone(observed.top[is_own], observed.below[is_own])
            )
            if isinstance(found, Posteriors):
                quantiles = _in_units(found.quantiles(SHARES), scored)[0]
                own = _estimate(quantiles, scored, events[number], exposure[number])
        rows.append(_named(person, scored.metric.name, **own, videos=int(is_own.sum()), **lack))
    return rows


def _sums(observed: Observed) -> tuple[Floats, Floats]:
    """Return what was counted and what it is divided by; for values the sum of logs and their number."""
    size = len(observed.chosen)
    top = np.log(observed.top) if observed.scored.kind is Kind.VIDEO_VALUE else observed.top
    return (
        np.bincount(observed.owner, top, minlength=size).astype(float),
        np.bincount(observed.owner, observed.below, minlength=size).astype(float),
    )


def _in_units(logs: Floats, scored: Scored) -> Floats:
    """Return quantiles of the log of the metric itself: a cost is the result rate turned around."""
    scale = np.log(scored.metric.scale) if scored.metric.scale != 1 else 0.0
    if scored.kind is Kind.CREATOR_COST:
        return np.asarray(scale - logs[:, ::-1])
    return np.asarray(logs + scale)


def _estimate(logs: Floats, scored: Scored, events: float, exposure: float) -> Row:
    low, middle, high = np.exp(np.interp([0.05, 0.5, 0.95], SHARES, logs))
    return {
        "value": float(middle),
        "low": float(low),
        "high": float(high),
        "detail": json.dumps([round(float(value), 5) for value in logs]),
    } | _raw_row(scored, float(events), float(exposure))


def _raw_row(scored: Scored, events: float, exposure: float) -> Row:
    return {"raw": _raw(scored, events, exposure), "events": events, "exposure": exposure}


def _raw(scored: Scored, events: float, exposure: float) -> float | None:
    """Return the plain quotient of what was counted; None where it cannot be formed."""
    if scored.kind is Kind.VIDEO_VALUE:
        return float(np.exp(events / exposure))
    if scored.kind is Kind.CREATOR_COST:
        return exposure / events * scored.metric.scale if events > 0 else None
    return events / exposure * scored.metric.scale


def _band(usual: float, spread: float, scored: Scored) -> tuple[float, float, float]:
    """Return the middle half of the peers: their true values, without the luck of single videos."""
    logs = np.log(usual) + spread * np.array([[-_MIDDLE_HALF, 0.0, _MIDDLE_HALF]])
    low, middle, high = np.exp(_in_units(logs, scored)[0])
    return float(low), float(middle), float(high)


def _standings(posteriors: Posteriors, peers: Peers, scored: Scored) -> dict[int, Standing]:
    """Return where each creator stands in its group of peers."""
    draws = posteriors.draws(1_000 if peers.creators > _MANY else 4_000, _SEED)
    is_high_good = scored.is_high_good is not (scored.kind is Kind.CREATOR_COST)
    found: dict[int, Standing] = {}
    for number, members in enumerate(peers.members):
        users = np.flatnonzero(peers.group == number)
        everyone = np.union1d(members, np.intersect1d(users, members))
        places = standings(draws[everyone], is_high_good=is_high_good)
        found |= {int(one): place for one, place in zip(everyone, places, strict=True) if one in set(users)}
    return found


def _standing_row(place: Standing | None) -> Row:
    if place is None:
        return {}
    return {
        "above_median": place.above_median,
        "percentile": place.percentile,
        "percentile_low": place.low,
        "percentile_high": place.high,
        "top_quarter": place.top_quarter,
    }


def _narrowing(logs: Floats, videos: int, spread: float) -> float:
    """Return the share by which one more video would narrow the interval.

    Precision grows with each video by what the videos so far brought on average beyond the
    peers' own precision.
    """
    low, high = np.interp([0.16, 0.84], SHARES, logs)
    precision = ((high - low) / 2) ** -2.0
    each = max(precision - spread**-2.0, 0.0) / videos
    return float(1 - (precision / (precision + each)) ** 0.5)


def _next_video(fit: RateFit | ValueFit, number: int, scored: Scored) -> Row:
    if not scored.is_of_videos:
        return {}
    low, high = fit.next_video(number, seed=_SEED)
    return {"next_low": low * scored.metric.scale, "next_high": high * scored.metric.scale}
