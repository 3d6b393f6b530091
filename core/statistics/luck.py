"""What luck alone does: the arms re-drawn as the design drew them, and imaginary tests on old videos."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr

from core.statistics.fitting import RateVideos, fit_rates, fit_typical, fit_values, jackknife
from core.statistics.lifts import FEWEST_CREATORS, FEWEST_EFFECTIVE, pair
from core.statistics.refused import Refused, Why
from core.statistics.splits import pooled_p, wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from core.statistics.fitting import Codes, Numbers

MOST_EXACT = 20_000  # up to here every possible assignment is tried
REDRAWS = 9_999  # else so many are drawn
_MOST_PICKS = 1_000  # a creator's own assignments to draw from: all of them, or so many by lot
_SAME = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Luck:
    """How often luck alone gives at least the difference seen.

    Attributes:
        share: of all (or of the drawn) assignments, 0–1, the real one included.
        assignments: how many were tried.
        is_exact: every possible assignment was tried.
        smallest: the smallest share this design can show at all.
        creators: creators whose videos were re-drawn.
    """

    share: float
    assignments: int
    is_exact: bool
    smallest: float
    creators: int


def luck_of_values(
    creators: Sequence[Hashable] | Codes,
    is_version: Sequence[bool] | np.ndarray,
    values: Sequence[float] | Numbers,
    *,
    blocks: Sequence[Hashable] | Codes | None = None,
    seed: int = 0,
) -> Luck | Refused:
    """Return how often re-drawing the arms inside each creator gives at least this lift of an amount.

    The statistic is the estimate itself (its denominator does not change under re-drawing). Works
    from one creator on, "for these creators". Arguments as in `lifts.lift_of_values`; `seed` fixes
    the drawn assignments.
    """
    amounts = np.asarray(values, dtype=float)
    pairing = pair(creators, is_version, np.isfinite(amounts) & (amounts > 0), blocks)
    if isinstance(pairing, Refused):
        return pairing
    logs = np.log(amounts[pairing.rows])
    means = np.bincount(pairing.blocks, logs) / np.bincount(pairing.blocks)
    return _redrawn(
        logs - means[pairing.blocks], np.ones(len(logs)), pairing.version, pairing.blocks,
        creators=len(pairing.names), seed=seed,
    )  # fmt: skip


def luck_of_rates(
    creators: Sequence[Hashable] | Codes,
    is_version: Sequence[bool] | np.ndarray,
    numerators: Sequence[float] | Numbers,
    denominators: Sequence[float] | Numbers,
    *,
    blocks: Sequence[Hashable] | Codes | None = None,
    seed: int = 0,
) -> Luck | Refused:
    """Return how often re-drawing the arms inside each creator gives at least this lift of a rate.

    The statistic is the estimate after one step from "no difference" (a score statistic with the
    weights of the fit without arms), so that thousands of assignments take milliseconds.
    """
    events, exposures = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    is_usable = np.isfinite(events) & np.isfinite(exposures) & (exposures > 0) & (events >= 0)
    pairing = pair(creators, is_version, is_usable, blocks, events)
    if isinstance(pairing, Refused):
        return pairing
    x, n = events[pairing.rows], exposures[pairing.rows]
    fit = fit_typical(x, n, pairing.blocks)
    return _redrawn(
        fit.weights * (x - fit.means) / fit.means, fit.weights, pairing.version, pairing.blocks,
        creators=len(pairing.names), seed=seed,
    )  # fmt: skip


def _redrawn(
    scores: Numbers, weights: Numbers, version: Numbers, blocks: Codes, *, creators: int, seed: int
) -> Luck:
    """Return the share of assignments whose Σ z·score ÷ Σ w z̃² is at least as far from zero."""
    groups = [np.flatnonzero(blocks == block) for block in range(int(blocks.max()) + 1)]
    sizes = [int(version[rows].sum()) for rows in groups]
    possible = math.prod(math.comb(len(rows), size) for rows, size in zip(groups, sizes, strict=True))
    is_exact = possible < MOST_EXACT
    rng = np.random.default_rng(seed)
    top, below = np.zeros(1), np.zeros(1)
    for shape, rows in _by_shape(groups, sizes):
        own_top, own_below = _sums(_picks(rng, *shape, is_exact=is_exact), scores[rows].T, weights[rows].T)
        if is_exact:
            for at in range(len(rows)):
                top = (top[:, None] + own_top[:, at]).ravel()
                below = (below[:, None] + own_below[:, at]).ravel()
        else:
            drawn = rng.integers(0, len(own_top), (len(rows), REDRAWS), dtype=np.int32)
            for at, picked in enumerate(drawn):
                top = top + own_top[:, at].take(picked)
                below = below + own_below[:, at].take(picked)
    seen_top = float(scores @ version)
    arm = np.bincount(blocks, weights * version)
    seen_below = float((arm - arm**2 / np.bincount(blocks, weights)).sum())
    seen = abs(seen_top / seen_below)
    at_least = int((np.abs(top / below) >= seen * (1 - _SAME) - 1e-300).sum())
    share = at_least / possible if is_exact else (at_least + 1) / (REDRAWS + 1)
    return Luck(
        share=min(share, 1.0),
        assignments=possible if is_exact else REDRAWS,
        is_exact=is_exact,
        smallest=min(1.0, (2 if _can_mirror(groups, sizes) else 1) / possible),
        creators=creators,
    )


def _can_mirror(groups: list[Codes], sizes: list[int]) -> bool:
    """Return whether swapping both arms is one of the assignments too, so that each figure comes twice."""
    return all(2 * size == len(rows) for rows, size in zip(groups, sizes, strict=True))


def _by_shape(groups: list[Codes], sizes: list[int]) -> list[tuple[tuple[int, int], Codes]]:
    """Return the blocks that have equally many videos in both arms, one row of videos per block."""
    found: dict[tuple[int, int], list[Codes]] = {}
    for rows, size in zip(groups, sizes, strict=True):
        found.setdefault((len(rows), size), []).append(rows)
    return [(shape, np.array(rows, dtype=np.intp)) for shape, rows in found.items()]


@lru_cache(maxsize=64)
def _every_pick(count: int, size: int) -> Numbers:
    chosen = np.array(list(itertools.combinations(range(count), size)), dtype=np.intp)
    picks = np.zeros((len(chosen), count))
    np.put_along_axis(picks, chosen, 1.0, axis=1)
    return picks


def _picks(rng: np.random.Generator, count: int, size: int, *, is_exact: bool) -> Numbers:
    """Return one creator's possible assignments, 1 under the version; by lot where they are many."""
    if is_exact or math.comb(count, size) <= _MOST_PICKS:
        return _every_pick(count, size)
    picks = np.zeros((_MOST_PICKS, count))
    chosen = rng.random((_MOST_PICKS, count)).argpartition(size, axis=1)[:, :size]
    np.put_along_axis(picks, chosen, 1.0, axis=1)
    return picks


def _sums(picks: Numbers, scores: Numbers, weights: Numbers) -> tuple[Numbers, Numbers]:
    """Return every block's part of Σ z·score and of Σ w z̃² for every pick, one column per block."""
    picked = np.einsum("pn,nb->pb", picks, weights)  # small: threads of a matrix product cost more
    return np.einsum("pn,nb->pb", picks, scores), picked - picked**2 / weights.sum(axis=0)


def luck_of_whole_creators(
    is_version: Mapping[Hashable, bool],
    typical: Mapping[Hashable, float],
    *,
    history: Mapping[Hashable, float] | None = None,
    strata: Mapping[Hashable, Hashable] | None = None,
    seed: int = 0,
) -> Luck | Refused:
    """Return how often handing the versions to other creators gives at least this difference.

    Args:
        is_version: each creator's arm.
        typical: log of each creator's typical figure.
        history: log of the figure before; with every creator's, the typical figures are compared
            after taking off what the past explains.
        strata: the group inside which versions were drawn (tier); None means one group.
        seed: fixes the drawn assignments.
    """
    names = [name for name in is_version if math.isfinite(typical.get(name, math.nan))]
    y = np.array([typical[name] for name in names])
    version = np.array([float(is_version[name]) for name in names])
    if not 0 < version.sum() < len(names):
        return Refused(
            why=Why.ONE_ARM,
            sentence="Only one version has creators with figures.",
            cure="Wait for creators of the other version.",
        )
    past = np.array([(history or {}).get(name, math.nan) for name in names])
    if np.isfinite(past).all() and float(np.ptp(past)) > _SAME:
        design = np.column_stack([np.ones(len(y)), past])
        y = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    keys = [None if strata is None else strata.get(name) for name in names]
    numbers = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    blocks = np.array([numbers[key] for key in keys], dtype=np.intp)
    sizes, of_version = np.bincount(blocks), np.bincount(blocks, version)
    if not ((of_version > 0) & (of_version < sizes)).any():
        return Refused(
            why=Why.ONE_ARM,
            sentence="In every tier all creators made the same version: no other draw was possible.",
            cure="Draw versions inside each tier.",
            creators=len(names),
        )
    means = np.bincount(blocks, y) / sizes
    return _redrawn(y - means[blocks], np.ones(len(y)), version, blocks, creators=len(names), seed=seed)


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseAlarms:
    """How often the method would cry "winner" on old videos where nothing was tested.

    Attributes:
        redraws: imaginary tests that could be judged.
        refused: imaginary tests that the method declined to judge.
        alarms: of those judged, how many named a difference.
        share: alarms ÷ redraws, 0–1.
        low, high: Wilson's 95 % interval of the share.
        pooled_share: the share in which counting views as people (pooled test) names a difference;
            None for amounts.
        creators, videos: whose old videos were used.
    """

    redraws: int
    refused: int
    alarms: int
    share: float
    low: float
    high: float
    pooled_share: float | None
    creators: int
    videos: int


def false_alarms_on_own_history(
    creators: Sequence[Hashable],
    numerators: Sequence[float],
    denominators: Sequence[float] | None = None,
    *,
    redraws: int = 1_000,
    error: float = 0.05,
    seed: int = 0,
    on_progress: Callable[[float], None] | None = None,
) -> FalseAlarms | Refused:
    """Return how often an imaginary test on old videos finds a difference that cannot be there.

    Every redraw gives half of each creator's videos to an imaginary version and judges as a real
    test would. An honest method stays near the error.

    Args:
        creators: whose video it is.
        numerators: events, or the amount when `denominators` is None.
        denominators: exposures of a rate.
        redraws: imaginary tests.
        error: two-sided error of the judgement.
        seed: fixes the imaginary arms.
        on_progress: called with the share done, 0–1, about a hundred times.
    """
    events = np.asarray(numerators, dtype=float)
    exposures = None if denominators is None else np.asarray(denominators, dtype=float)
    rows, codes = _history_rows(creators, events, exposures)
    count = int(codes.max()) + 1 if len(codes) else 0
    if count < FEWEST_CREATORS:
        return Refused(
            why=Why.FEW_CREATORS,
            sentence=f"{count} creators have two or more counted videos; {FEWEST_CREATORS} are needed.",
            cure="Import more past videos to try the method on them.",
            creators=count,
        )
    x, n = events[rows], None if exposures is None else exposures[rows]
    rng, step = np.random.default_rng(seed), max(1, redraws // 100)
    alarms = refused = pooled = 0
    for at in range(redraws):
        version = _imaginary(rng, codes)
        p_value = _p_value(x, n, version, codes)
        refused += p_value is None
        alarms += p_value is not None and p_value < error
        pooled += n is not None and _pooled_alarm(x, n, version, error)
        if on_progress and (at + 1) % step == 0:
            on_progress((at + 1) / redraws)
    judged = redraws - refused
    low, high = wilson(alarms, judged) if judged else (0.0, 1.0)
    return FalseAlarms(
        redraws=judged,
        refused=refused,
        alarms=alarms,
        share=alarms / judged if judged else 0.0,
        low=low,
        high=high,
        pooled_share=None if n is None else pooled / redraws,
        creators=count,
        videos=len(rows),
    )


def _history_rows(
    creators: Sequence[Hashable], events: Numbers, exposures: Numbers | None
) -> tuple[Codes, Codes]:
    """Return the usable videos of creators with two or more of them, sorted by creator, and codes."""
    if exposures is None:
        usable = np.flatnonzero(np.isfinite(events) & (events > 0))
    else:
        usable = np.flatnonzero(
            np.isfinite(events) & np.isfinite(exposures) & (exposures > 0) & (events >= 0)
        )
    own: dict[Hashable, list[int]] = {}
    for row in usable:
        own.setdefault(creators[int(row)], []).append(int(row))
    kept = [rows for rows in own.values() if len(rows) > 1 and (exposures is None or events[rows].sum() > 0)]
    rows = [row for rows in kept for row in rows]
    codes = [code for code, rows in enumerate(kept) for _ in rows]
    return np.asarray(rows, dtype=np.intp), np.asarray(codes, dtype=np.intp)


def _imaginary(rng: np.random.Generator, codes: Codes) -> Numbers:
    """Return half of each creator's videos as the imaginary version; an odd one goes by lot."""
    order = np.lexsort((rng.random(len(codes)), codes))
    sizes = np.bincount(codes)
    place = np.arange(len(codes)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    halves = sizes // 2 + (sizes % 2) * rng.integers(0, 2, len(sizes))
    version = np.zeros(len(codes))
    version[order] = place < np.repeat(halves, sizes)
    return version


def _p_value(x: Numbers, n: Numbers | None, version: Numbers, codes: Codes) -> float | None:
    if n is None:
        fit = fit_values(np.log(x), version, codes, codes)
    else:
        if not (x[version == 1].sum() > 0 and x[version == 0].sum() > 0):
            return None
        fit = fit_rates(RateVideos(events=x, exposures=n, version=version, creators=codes, blocks=codes))
    left = jackknife(fit)
    is_usable = fit.is_settled and 0 < left.standard_error < math.inf
    if not is_usable or left.effective_creators < FEWEST_EFFECTIVE:
        return None
    t = abs(fit.log_lift) / left.standard_error
    return float(2 * stdtr(left.effective_creators - 1, -t))


def _pooled_alarm(x: Numbers, n: Numbers, version: Numbers, error: float) -> bool:
    sums = [float(part[version == arm].sum()) for arm in (0, 1) for part in (x, n)]
    return pooled_p(*sums) < error
