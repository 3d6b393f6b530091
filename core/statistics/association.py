"""Comparisons that nobody assigned: inside creators, with what was known before posting, never a winner.

The same estimator as for experiments takes away who the creator is; covariates from before posting
(duration, weekday and hour, boosted, followers) take away some of the rest. What a tag may itself
change (watch time, likes) is never adjusted for. A creator who keeps the good hook for the good idea
is corrected by nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr, stdtrit

from core.statistics.fitting import fit_typical, pearson_spread
from core.statistics.lifts import FEWEST_CREATORS, FEWEST_EFFECTIVE, pair
from core.statistics.refused import Refused, Why
from core.statistics.several import benjamini_hochberg

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from core.statistics.fitting import Codes, Numbers

_ROUNDS = 100
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """How videos with a tag compare with videos without it.

    Attributes:
        tag: what was compared.
        raw: log lift of the typical video over everybody, whoever made it; None where a side is empty.
        adjusted: log lift inside creators with covariates; None with `refused`.
        low, high: 95 % interval of `adjusted`.
        standard_error, degrees: of `adjusted`; NaN with `refused`.
        p_value: two-sided; NaN with `refused`.
        p_adjusted: Benjamini–Hochberg over the tags of one call.
        creators, videos: how many carry the adjusted figure.
        with_tag: videos with the tag among all.
        is_mostly_who: raw and adjusted differ by half or more, so it is mostly who used it.
        refused: why there is no adjusted figure; None where there is one.
    """

    tag: str
    raw: float | None
    adjusted: float | None
    low: float | None
    high: float | None
    standard_error: float
    degrees: float
    p_value: float
    p_adjusted: float
    creators: int
    videos: int
    with_tag: int
    is_mostly_who: bool
    refused: Refused | None


def compare_tags(
    creators: Sequence[Hashable] | Codes,
    tags: Mapping[str, Sequence[bool] | np.ndarray],
    numerators: Sequence[float] | Numbers,
    denominators: Sequence[float] | Numbers | None = None,
    *,
    covariates: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Association, ...]:
    """Return every tag's comparison, the most certain first.

    Args:
        creators: whose video it is.
        tags: per tag whether each video has it.
        numerators: events, or the positive amount when `denominators` is None.
        denominators: exposures of a rate.
        covariates: known before posting, as categories, one text per video; '' is a category too.
    """
    x = np.asarray(numerators, dtype=float)
    n = None if denominators is None else np.asarray(denominators, dtype=float)
    beside = [list(values) for values in (covariates or {}).values()]
    found = [_compare(creators, tagged, x, n, beside) for tagged in tags.items()]
    adjusted = benjamini_hochberg([one.p_value for one in found])
    results = [_with_p(one, p) for one, p in zip(found, adjusted, strict=True)]
    return tuple(sorted(results, key=lambda one: (math.isnan(one.p_value), one.p_value, one.tag)))


def _with_p(one: Association, p_adjusted: float) -> Association:
    return replace(one, p_adjusted=p_adjusted)


def _compare(
    creators: Sequence[Hashable] | Codes,
    tagged: tuple[str, Sequence[bool] | np.ndarray],
    x: Numbers,
    n: Numbers | None,
    beside: list[list[str]],
) -> Association:
    tag, has = tagged
    is_usable = np.isfinite(x) & ((x > 0) if n is None else (np.isfinite(n) & (n > 0) & (x >= 0)))
    mask = np.asarray(has, dtype=bool)
    raw = _raw(x, n, mask, is_usable)
    pairing = pair(creators, mask, is_usable, events=None if n is None else x)
    if isinstance(pairing, Refused):
        return _association(tag, raw, mask & is_usable, pairing)
    rows = pairing.rows
    columns = _dummies([[values[row] for row in rows] for values in beside])
    design = np.column_stack([pairing.version, *columns]) if columns else pairing.version[:, None]
    if n is None:
        slope, scores, information = _least_squares(np.log(x[rows]), design, pairing.creators)
    else:
        if not all(x[rows][pairing.version == side].sum() > 0 for side in (0, 1)):
            return _association(tag, raw, mask & is_usable, _one_sided(len(pairing.names)))
        slope, scores, information = _rates(x[rows], n[rows], design, pairing.creators)
    judged = _judged(slope, scores, information)
    return _association(
        tag, raw, mask & is_usable, judged, creators=len(pairing.names), videos=len(rows), slope=slope
    )


def _association(
    tag: str,
    raw: float | None,
    mask: np.ndarray,
    judged: Refused | tuple[float, float],
    *,
    creators: int = 0,
    videos: int = 0,
    slope: float | None = None,
) -> Association:
    is_refused = isinstance(judged, Refused)
    low = high = None
    p_value = error = degrees = math.nan
    if not isinstance(judged, Refused) and slope is not None:
        error, degrees = judged
        half = float(stdtrit(degrees, 0.975)) * error
        low, high = slope - half, slope + half
        p_value = float(2 * stdtr(degrees, -abs(slope) / error))
    return Association(
        tag=tag,
        raw=raw,
        adjusted=None if is_refused else slope,
        low=low,
        high=high,
        standard_error=error,
        degrees=degrees,
        p_value=p_value,
        p_adjusted=math.nan,
        creators=creators,
        videos=videos,
        with_tag=int(mask.sum()),
        is_mostly_who=not is_refused and raw is not None and slope is not None and _differs(raw, slope),
        refused=judged if isinstance(judged, Refused) else None,
    )


def _differs(raw: float, adjusted: float) -> bool:
    return abs(raw) > 0.05 and abs(raw - adjusted) >= 0.5 * abs(raw)


def _raw(x: Numbers, n: Numbers | None, mask: np.ndarray, is_usable: np.ndarray) -> float | None:
    """Return the log lift of the typical video over all creators together."""
    codes = mask[is_usable].astype(np.intp)
    if len(set(codes)) < 2:
        return None
    if n is None:
        logs = np.log(x[is_usable])
        return float(logs[codes == 1].mean() - logs[codes == 0].mean())
    if any(x[is_usable][codes == side].sum() <= 0 for side in (0, 1)):
        return None
    base = fit_typical(x[is_usable], n[is_usable], codes).base
    return float(base[1] - base[0])


def _dummies(columns: list[list[str]]) -> list[Numbers]:
    """Return 0/1 columns of all categories but the most frequent of each covariate."""
    found: list[Numbers] = []
    for values in columns:
        kinds = sorted(set(values), key=lambda kind: (-values.count(kind), kind))
        found += [np.array([float(value == kind) for value in values]) for kind in kinds[1:]]
    return found


def _least_squares(logs: Numbers, design: Numbers, codes: Codes) -> tuple[float, Numbers, Numbers]:
    ones = np.ones(len(logs))
    z, y = _within(design, ones, codes), _within(logs[:, None], ones, codes)[:, 0]
    slopes = np.linalg.pinv(z.T @ z) @ z.T @ y
    return float(slopes[0]), *_per_creator(z, ones, y - z @ slopes, codes)


def _rates(x: Numbers, n: Numbers, design: Numbers, codes: Codes) -> tuple[float, Numbers, Numbers]:
    """Return slope, scores and information of the rate model with covariates, by Newton's method."""
    count = int(codes.max()) + 1
    base = np.log(np.bincount(codes, x, count) / np.bincount(codes, n, count))
    slopes, spreads = np.zeros(design.shape[1]), np.zeros(1)
    rank = int(np.linalg.matrix_rank(_within(design, np.ones(len(x)), codes)))
    free, which = np.array([float(len(x) - count - rank)]), np.zeros(len(x), dtype=np.intp)
    for _ in range(_ROUNDS):
        m = n * np.exp(base[codes] + design @ slopes)
        new = pearson_spread(x, m, spreads, free, which)
        weights, left = m / (1 + new[0] * m), (x - m) / m
        z = _within(design, weights, codes)
        step = np.clip(np.linalg.pinv(z.T @ (weights[:, None] * z)) @ z.T @ (weights * left), -2, 2)
        total = np.bincount(codes, weights, count)
        off = np.bincount(codes, weights * (left - design @ step), count) / total
        slopes, base = slopes + step, base + np.clip(off, -2, 2)
        is_still = abs(new - spreads)[0] <= _CLOSE * (1 + spreads[0])
        is_close = is_still and max(np.abs(step).max(), np.abs(off).max()) < _CLOSE
        spreads = new
        if is_close:
            break
    return float(slopes[0]), *_per_creator(z, weights, left, codes)


def _within(columns: Numbers, weights: Numbers, codes: Codes) -> Numbers:
    """Return the columns less their weighted mean inside each creator."""
    count = int(codes.max()) + 1
    total = np.bincount(codes, weights, count)
    means = np.column_stack([np.bincount(codes, weights * column, count) / total for column in columns.T])
    return np.asarray(columns - means[codes])


def _per_creator(z: Numbers, weights: Numbers, left: Numbers, codes: Codes) -> tuple[Numbers, Numbers]:
    """Return per creator the vector of scores and the matrix of information."""
    count, width = int(codes.max()) + 1, z.shape[1]
    scores, information = np.zeros((count, width)), np.zeros((count, width, width))
    np.add.at(scores, codes, (weights * left)[:, None] * z)
    np.add.at(information, codes, weights[:, None, None] * z[:, :, None] * z[:, None, :])
    return scores, information


def _judged(slope: float, scores: Numbers, information: Numbers) -> Refused | tuple[float, float]:
    """Return standard error and degrees of freedom by leaving out one creator at a time."""
    count = len(scores)
    if count < FEWEST_CREATORS or not math.isfinite(slope):
        return Refused(
            why=Why.FEW_CREATORS,
            sentence=f"Only {count} creators have videos with and without it.",
            cure=f"From {FEWEST_CREATORS} creators on it can be compared inside creators.",
            creators=count,
        )
    whole = information.sum(axis=0)
    moved = np.array(
        [(np.linalg.pinv(whole - own) @ score)[0] for own, score in zip(information, scores, strict=True)]
    )
    error = math.sqrt((count - 1) / count * float(moved @ moved))
    says = _partial(whole, information)
    effective = float(says.sum() ** 2 / (says @ says)) if (says > 0).any() else 0.0
    if effective < FEWEST_EFFECTIVE or not 1e-9 < error < math.inf:
        return Refused(
            why=Why.UNEVEN,
            sentence="It rests on a few creators, or the other facts leave nothing over to compare.",
            cure="More creators who use it in some videos and not in others would help.",
            creators=count,
        )
    return error, effective - 1


def _partial(whole: Numbers, information: Numbers) -> Numbers:
    """Return how much each creator says about the tag once covariates are taken off."""
    if whole.shape[0] == 1:
        return np.asarray(information[:, 0, 0])
    off = np.concatenate([[1.0], -np.linalg.pinv(whole[1:, 1:]) @ whole[1:, 0]])
    return np.asarray(np.maximum(np.einsum("i,gij,j->g", off, information, off), 0))


def _one_sided(creators: int) -> Refused:
    return Refused(
        why=Why.ONE_SIDED,
        sentence="Videos with it, or those without it, have no events at all.",
        cure="Choose a metric that happens more often.",
        creators=creators,
    )
