"""Every estimate of a population: each metric fitted once, every creator's part of it kept."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.benchmarks.population import summed
from core.benchmarks.scored import SCORED, VIDEO_MEASURES, Kind, Scored
from core.statistics.peers import Peers, peer_groups
from core.statistics.posteriors import Posteriors
from core.statistics.ranks import standings
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
SHARES = np.array([0.001, 0.01, 0.025, *np.linspace(0.05, 0.95, 19), 0.975, 0.99, 0.999])
_LOW, _ONE_BELOW, _HALF, _ONE_ABOVE, _HIGH = (
    int(np.argmin(abs(SHARES - one))) for one in (0.05, 0.15, 0.5, 0.85, 0.95)
)
_ONE = 1.0364  # standard errors from the middle to the share 0.85 of a normal distribution
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
    counts = Counter(zip(population.videos["owner"], population.videos["unread"], strict=True))
    impossible = _impossible(population)
    for number, person in enumerate(population.people):
        found = {why: counts[number, why] for why in ("", *UNREAD)}
        detail = {"tier": person.tier, "length": person.length, "impossible": impossible.get(number, 0)}
        detail |= {why: found[why] for why in UNREAD}
        yield _named(person, "", videos=found[""], detail=json.dumps(detail))


def _impossible(population: Population) -> dict[int, int]:
    """Return by creator how many videos have a count below zero, which no count can be."""
    videos = population.videos
    if videos.empty:
        return {}
    is_below = (videos[list(VIDEO_MEASURES)] < 0).any(axis=1)
    return Counter(videos.loc[is_below, "owner"].tolist())


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
    top = summed(frame, scored.top)
    below = np.ones_like(top) if scored.below is None else summed(frame, scored.below)
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
    draws = fit.posteriors.draws(1_000 if peers.creators > _MANY else 4_000, _SEED)
    own = _estimates(_in_units(fit.posteriors.quantiles(SHARES), scored), scored, *_sums(observed))
    places = _standings(draws, peers, scored)
    ahead = _next_videos(fit, draws, scored)
    narrowing = _narrowing(fit, counts) if scored.is_of_videos else None
    bands = [_band_row(people, peers, group, fit, scored) for group in range(len(peers.members))]
    rows: list[Row] = []
    for number, person in enumerate(people):
        band = bands[int(peers.group[number])]
        if not counts[number]:
            lack: Row = {"lack": Lack.VIDEOS.value, "lack_have": 0, "lack_need": 1}
            rows.append(_named(person, scored.metric.name, videos=0, **band, **lack))
            continue
        row = _named(person, scored.metric.name, **own[number], **band, **places.get(number, {}))
        row |= {"videos": int(counts[number]), "narrowing": None if narrowing is None else narrowing[number]}
        rows.append(row | (ahead[number] if ahead else {}))
    return rows


def _band_row(
    people: Sequence[Collaborator], peers: Peers, group: int, fit: RateFit | ValueFit, scored: Scored
) -> Row:
    """Return what is usual in a group: the middle half of true values, without the luck of single videos."""
    logs = np.log(fit.usual[group]) + fit.spread * np.array([[-_MIDDLE_HALF, 0.0, _MIDDLE_HALF]])
    low, middle, high = np.exp(_in_units(logs, scored)[0]).tolist()
    return {
        "peers": str(peers.labels[group] or "all creators"),
        "peer_level": peers.level[group],
        "peer_count": len({people[i].creator_id for i in peers.members[group]}),
        "peer_low": low,
        "peer_middle": middle,
        "peer_high": high,
    }


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
                quantiles = _in_units(found.quantiles(SHARES), scored)
                own = _estimates(quantiles, scored, events[[number]], exposure[[number]])[0]
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


def _estimates(logs: Floats, scored: Scored, events: Floats, exposure: Floats) -> list[Row]:
    """Return for each creator what is expected, its interval, the quantiles, and what was counted."""
    ends = np.exp(logs[:, [_HALF, _LOW, _HIGH]]).tolist()
    kept = np.round(logs, 4).tolist()
    counted = zip(events.tolist(), exposure.tolist(), strict=True)
    return [
        {
            "value": value,
            "low": low,
            "high": high,
            "detail": json.dumps(detail),
            **_raw_row(scored, top, below),
        }
        for (value, low, high), detail, (top, below) in zip(ends, kept, counted, strict=True)
    ]


def _raw_row(scored: Scored, events: float, exposure: float) -> Row:
    return {"raw": _raw(scored, events, exposure), "events": events, "exposure": exposure}


def _raw(scored: Scored, events: float, exposure: float) -> float | None:
    """Return the plain quotient of what was counted; None where it cannot be formed."""
    if not exposure:
        return None
    if scored.kind is Kind.VIDEO_VALUE:
        return float(np.exp(events / exposure))
    if scored.kind is Kind.CREATOR_COST:
        return exposure / events * scored.metric.scale if events > 0 else None
    return events / exposure * scored.metric.scale


def _standings(draws: Floats, peers: Peers, scored: Scored) -> dict[int, Row]:
    """Return where each measured creator stands in its group of peers."""
    is_high_good = scored.is_high_good is not (scored.kind is Kind.CREATOR_COST)
    found: dict[int, Row] = {}
    for number, members in enumerate(peers.members):
        inside = draws if len(members) == len(draws) else draws[members]
        places = standings(inside, is_high_good=is_high_good)
        for one, place in zip(members.tolist(), places, strict=True):
            if peers.group[one] == number:
                found[one] = {
                    "above_median": place.above_median,
                    "percentile": place.percentile,
                    "percentile_low": place.low,
                    "percentile_high": place.high,
                    "top_quarter": place.top_quarter,
                }
    return found


def _narrowing(fit: RateFit | ValueFit, counts: Ints) -> list[float]:
    """Return the share by which one more video would narrow each interval.

    Precision grows with each video by what the videos so far brought on average beyond the
    peers' own precision.
    """
    low, high = fit.posteriors.quantiles([SHARES[_ONE_BELOW], SHARES[_ONE_ABOVE]]).T
    precision = ((high - low) / (2 * _ONE)) ** -2.0
    each = np.maximum(precision - fit.spread**-2.0, 0.0) / np.maximum(counts, 1)
    shares: list[float] = (1 - (precision / (precision + each)) ** 0.5).tolist()
    return shares


def _next_videos(fit: RateFit | ValueFit, draws: Floats, scored: Scored) -> list[Row]:
    """Return the range of each creator's next video; nothing for metrics of whole campaigns."""
    if not scored.is_of_videos:
        return []
    ends = fit.next_videos(draws, seed=_SEED) * scored.metric.scale
    return [{"next_low": low, "next_high": high} for low, high in ends.tolist()]
