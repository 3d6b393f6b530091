"""The two fits behind every comparison inside creators: least squares on logs, and rates.

Rates follow a log-linear model with creator effects and negative-binomial variance m + φm²
(quasi-likelihood, φ from the Pearson equation: Breslow 1984, Applied Statistics 33:38). Few events
let views count; many events let videos count the same. Creator effects are profiled out, so that a
fit needs sums per creator only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Codes = NDArray[np.intp]

_ROUNDS = 200
_CLOSE = 1e-9
_FARTHEST = 2.0  # one step moves the lift by at most e² times


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A fitted comparison, per creator.

    Attributes:
        log_lift: log of (typical video under the version ÷ under the control).
        scores: per creator Σ w z̃ r, which adds to zero over creators.
        information: per creator Σ w z̃².
        spread: φ of rates, or the sd of logs inside creators.
        is_settled: the iteration came to rest.
    """

    log_lift: float
    scores: Numbers
    information: Numbers
    spread: float
    is_settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Jackknife:
    """What leaving out one creator at a time says.

    Attributes:
        standard_error: on the log scale.
        effective_creators: I² ÷ ΣI², the number of equally informative creators.
        without: the log lift without each creator.
    """

    standard_error: float
    effective_creators: float
    without: Numbers


def centred(values: Numbers, weights: Numbers, blocks: Codes, count: int) -> Numbers:
    """Return the values less the weighted mean of their block."""
    total = np.bincount(blocks, weights, count)
    means = np.bincount(blocks, weights * values, count) / total
    return np.asarray(values - means[blocks])


def _summed(codes: Codes, amounts: Numbers) -> Numbers:
    return np.asarray(np.bincount(codes, amounts), dtype=float)


def fit_values(logs: Numbers, version: Numbers, creators: Codes, blocks: Codes) -> Fit:
    """Return the least-squares fit of logs on the version with block effects.

    Args:
        logs: log of each video's value.
        version: 1 under the version, 0 under the control.
        creators: the creator of each video, numbered from 0 without gaps.
        blocks: the block of each video (the creator, or creator and weekday group), likewise; every
            block holds both arms.
    """
    count, ones = int(blocks.max()) + 1, np.ones(len(logs))
    z, y = centred(version, ones, blocks, count), centred(logs, ones, blocks, count)
    log_lift = float(z @ y / (z @ z))
    left = y - log_lift * z
    free = len(logs) - count - 1
    return Fit(
        log_lift=log_lift,
        scores=_summed(creators, z * left),
        information=_summed(creators, z * z),
        spread=float(np.sqrt(left @ left / free)) if free > 0 else 0.0,
        is_settled=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RateVideos:
    """The videos of one comparison of rates.

    Attributes:
        events: what was counted of each video, at least one in every block and in every arm.
        exposures: what it is divided by, positive.
        version: 1 under the version, 0 under the control.
        creators: the creator of each video, numbered from 0 without gaps.
        blocks: the block of each video, likewise.
    """

    events: Numbers
    exposures: Numbers
    version: Numbers
    creators: Codes
    blocks: Codes


def fit_rates(videos: RateVideos) -> Fit:
    """Return the negative-binomial quasi-likelihood fit of rates with block effects."""
    return fit_many_rates([videos])[0]


def fit_many_rates(many: Sequence[RateVideos], close: float = _CLOSE) -> list[Fit]:
    """Return the fits of several comparisons, each as if alone, for little more than the price of one.

    Newton's method on lift and block effects and on φ in turn, until nothing moves by more than `close`.
    """
    if not many:
        return []
    sizes = [len(one.events) for one in many]
    block_counts = [int(one.blocks.max()) + 1 for one in many]
    which = np.repeat(np.arange(len(many)), sizes)
    of_block = np.repeat(np.arange(len(many)), block_counts)
    first = np.cumsum([0, *block_counts[:-1]])
    events = np.concatenate([one.events for one in many])
    exposures = np.concatenate([one.exposures for one in many])
    version = np.concatenate([one.version for one in many])
    blocks = np.concatenate([one.blocks for one in many]) + first[which]
    free = np.array(sizes, dtype=float) - np.array(block_counts) - 1
    fits, count = len(many), sum(block_counts)
    logs = np.log(exposures)
    base = np.log(np.bincount(blocks, events, count) / np.bincount(blocks, exposures, count))
    lifts, spreads, is_settled = np.zeros(fits), np.zeros(fits), np.zeros(fits, dtype=bool)
    for _ in range(_ROUNDS):
        means = np.exp(logs + base[blocks] + lifts[which] * version)
        new = pearson_spread(events, means, spreads, free, which)
        weights = means / (1 + new[which] * means)
        residuals = (events - means) / means
        total = np.bincount(blocks, weights, count)
        arm = np.bincount(blocks, weights * version, count) / total
        z = version - arm[blocks]
        weighted = weights * z
        step = np.bincount(which, weighted * residuals, fits) / np.bincount(which, weighted * z, fits)
        step = step.clip(-_FARTHEST, _FARTHEST)
        off = np.bincount(blocks, weights * residuals, count) / total - arm * step[of_block]
        lifts, base = lifts + step, base + off.clip(-_FARTHEST, _FARTHEST)
        farthest = np.maximum(np.abs(step), np.maximum.reduceat(np.abs(off), first))
        is_settled = (farthest < close) & (np.abs(new - spreads) <= close * (1 + spreads))
        spreads = new
        if is_settled.all():
            break
    ends = np.cumsum(sizes)
    parts = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
    return [
        Fit(
            log_lift=float(lifts[at]),
            scores=_summed(one.creators, (weighted * residuals)[part]),
            information=_summed(one.creators, (weighted * z)[part]),
            spread=float(spreads[at]),
            is_settled=bool(is_settled[at]),
        )
        for at, (one, part) in enumerate(zip(many, parts, strict=True))
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typical:
    """Each block's typical rate when the version is not looked at.

    Attributes:
        base: log rate per block.
        spread: φ.
        means, weights: per video.
    """

    base: Numbers
    spread: float
    means: Numbers
    weights: Numbers


def fit_typical(events: Numbers, exposures: Numbers, blocks: Codes) -> Typical:
    """Return log E x = log n + a_block with one φ for all; every block has at least one event."""
    count = int(blocks.max()) + 1
    base = np.log(np.bincount(blocks, events, count) / np.bincount(blocks, exposures, count))
    spreads, free = np.zeros(1), np.array([float(len(events) - count)])
    which = np.zeros(len(events), dtype=np.intp)
    for _ in range(_ROUNDS):
        means = exposures * np.exp(base[blocks])
        new = pearson_spread(events, means, spreads, free, which)
        weights = means / (1 + new[0] * means)
        off = np.bincount(blocks, weights * (events - means) / means, count)
        off = np.clip(off / np.bincount(blocks, weights, count), -_FARTHEST, _FARTHEST)
        base = base + off
        is_close = float(np.abs(off).max()) < _CLOSE and abs(new - spreads)[0] <= _CLOSE * (1 + spreads[0])
        spreads = new
        if is_close:
            break
    return Typical(base=base, spread=float(spreads[0]), means=means, weights=weights)


def pearson_spread(events: Numbers, means: Numbers, spreads: Numbers, free: Numbers, which: Codes) -> Numbers:
    """Return for each comparison the φ ≥ 0 with Σ(x − m)²/(m + φm²) = free, two Newton steps closer.

    The steps are taken on the reciprocal of the sum, which is nearly a straight line in φ.

    Args:
        events: counts of all videos.
        means: their expectation.
        spreads: φ so far, one per comparison.
        free: degrees of freedom, one per comparison; none left means φ = 0.
        which: the comparison of each video.
    """
    squares, curved, count = (events - means) ** 2, means * means, len(free)
    is_open = (free > 0) & ((spreads > 0) | (np.bincount(which, squares / means, count) > free))
    for _ in range(2):
        variance = means + spreads[which] * curved
        ratio = squares / variance
        whole = np.bincount(which, ratio, count)
        slope = np.bincount(which, ratio * curved / variance, count)
        step = np.divide(
            whole * (whole - free), slope * free, out=np.zeros(count), where=is_open & (slope > 0)
        )
        spreads = np.where(is_open, np.maximum(spreads + step, 0.0), 0.0)
    return spreads


def jackknife(fit: Fit) -> Jackknife:
    """Return the jackknife over creators; exact for values, one step for rates.

    Leaving creator i out moves the estimate by −s_i ÷ (I − I_i); SE² = (G − 1)/G · Σ of their
    squares (Quenouille–Tukey; as CV3 in MacKinnon & Webb, QED working paper 1314).
    """
    count, whole = len(fit.scores), float(fit.information.sum())
    rest = whole - fit.information
    moved = np.divide(fit.scores, rest, out=np.full(count, np.inf), where=rest > 1e-12 * whole)
    error = float(np.sqrt((count - 1) / count * (moved @ moved))) if np.isfinite(moved).all() else np.inf
    effective = whole**2 / float(fit.information @ fit.information)
    return Jackknife(standard_error=error, effective_creators=effective, without=fit.log_lift - moved)
