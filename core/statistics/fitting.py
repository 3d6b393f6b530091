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
        weights, residuals: per video, for what needs them later.
        is_settled: the iteration came to rest.
    """

    log_lift: float
    scores: Numbers
    information: Numbers
    spread: float
    weights: Numbers
    residuals: Numbers
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
        weights=ones,
        residuals=left,
        is_settled=True,
    )


def fit_rates(events: Numbers, exposures: Numbers, version: Numbers, creators: Codes, blocks: Codes) -> Fit:
    """Return the negative-binomial quasi-likelihood fit of rates with block effects.

    Args:
        events: what was counted of each video, at least one in every block.
        exposures: what it is divided by, positive.
        version: 1 under the version, 0 under the control.
        creators: the creator of each video, numbered from 0 without gaps.
        blocks: the block of each video, likewise.
    """
    count = int(blocks.max()) + 1
    free = len(events) - count - 1
    base = np.log(np.bincount(blocks, events, count) / np.bincount(blocks, exposures, count))
    log_lift, spread, is_settled = 0.0, 0.0, False
    logs = np.log(exposures)
    for _ in range(_ROUNDS):
        means = np.exp(logs + base[blocks] + log_lift * version)
        new_spread = pearson_spread(events, means, spread, free)
        weights = means / (1 + new_spread * means)
        residuals = (events - means) / means
        total = np.bincount(blocks, weights, count)
        arm = np.bincount(blocks, weights * version, count) / total
        z = version - arm[blocks]
        step = float((weights * z) @ residuals / ((weights * z) @ z))
        step = min(max(step, -_FARTHEST), _FARTHEST)
        off = np.bincount(blocks, weights * residuals, count) / total - arm * step
        log_lift += step
        base += np.clip(off, -_FARTHEST, _FARTHEST)
        is_close = max(abs(step), float(np.abs(off).max())) < _CLOSE
        is_settled = is_close and abs(new_spread - spread) <= _CLOSE * (1 + spread)
        spread = new_spread
        if is_settled or not np.isfinite(log_lift):
            break
    return Fit(
        log_lift=log_lift,
        scores=_summed(creators, weights * z * residuals),
        information=_summed(creators, weights * z * z),
        spread=spread,
        weights=weights,
        residuals=residuals,
        is_settled=is_settled,
    )


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
    spread, free = 0.0, len(events) - count
    for _ in range(_ROUNDS):
        means = exposures * np.exp(base[blocks])
        new_spread = pearson_spread(events, means, spread, free)
        weights = means / (1 + new_spread * means)
        off = np.bincount(blocks, weights * (events - means) / means, count)
        off = np.clip(off / np.bincount(blocks, weights, count), -_FARTHEST, _FARTHEST)
        base = base + off
        is_close = float(np.abs(off).max()) < _CLOSE and abs(new_spread - spread) <= _CLOSE * (1 + spread)
        spread = new_spread
        if is_close:
            break
    return Typical(base=base, spread=spread, means=means, weights=weights)


def pearson_spread(events: Numbers, means: Numbers, spread: float, free: int) -> float:
    """Return φ ≥ 0 with Σ(x − m)²/(m + φm²) = free, two Newton steps closer to it.

    The steps are taken on the reciprocal of the sum, which is nearly a straight line in φ.
    """
    if free <= 0:
        return 0.0
    squares = (events - means) ** 2
    if spread <= 0 and float((squares / means).sum()) <= free:
        return 0.0
    for _ in range(2):
        variance = means + spread * means * means
        ratio = squares / variance
        whole, slope = float(ratio.sum()), float(ratio @ (means * means / variance))
        spread = max(spread + whole * (whole - free) / (slope * free), 0.0) if slope > 0 else 0.0
    return spread


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
