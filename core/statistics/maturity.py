"""How complete late conversions are: age-to-final factors from cohorts that have had their time.

Chain ladder with Mack's standard error (Mack 1993, ASTIN Bulletin 23(2):213). Delays of buyers
only are cut off on the right, so that a plain average of the delays seen so far is too short;
the factors are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEWEST_MATURED = 30  # conversions in cohorts that are complete


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChainLadder:
    """What cohorts will come to.

    Attributes:
        factors: growth from each age to the next.
        shares: share of the final count that is usually seen by each age; the last is 1.
        finals: expected final count of each cohort.
        outstanding: expected final counts less what is seen, of all cohorts together.
        standard_error: of `outstanding`.
    """

    factors: Floats
    shares: Floats
    finals: Floats
    outstanding: float
    standard_error: float


def chain_ladder(triangle: Floats) -> ChainLadder:
    """Return what a triangle of cumulative counts will come to.

    Args:
        triangle: one row for each cohort, oldest first, one column for each age; NaN where that age
            is not reached. The first column has no gaps, and a row has none before its last count.

    Raises:
        ValueError: a triangle with gaps or without two ages.
    """
    seen = np.isfinite(triangle)
    ages = triangle.shape[1]
    if ages < 2 or not seen[:, 0].all() or (np.diff(seen.astype(int), axis=1) > 0).any():
        msg = "a triangle has at least two ages, and no gaps"
        raise ValueError(msg)
    factors, variances, bases = np.ones(ages - 1), np.zeros(ages - 1), np.zeros(ages - 1)
    for age in range(ages - 1):
        rows = seen[:, age + 1]
        now, then = triangle[rows, age], triangle[rows, age + 1]
        bases[age] = now.sum()
        if bases[age] <= 0:
            continue
        factors[age] = then.sum() / bases[age]
        positive = now > 0
        if positive.sum() > 1:
            off = then[positive] / now[positive] - factors[age]
            variances[age] = float(now[positive] @ off**2) / (positive.sum() - 1)
        elif age >= 2:
            variances[age] = _carried(variances[age - 1], variances[age - 2])
    shares = 1 / np.append(np.cumprod(factors[::-1])[::-1], 1.0)
    last = seen.sum(axis=1) - 1
    newest = triangle[np.arange(len(triangle)), last]
    finals = newest / shares[last]
    return ChainLadder(
        factors=factors,
        shares=shares,
        finals=finals,
        outstanding=float((finals - newest).sum()),
        standard_error=_mack_error(
            triangle, last, finals=finals, factors=factors, variances=variances, bases=bases
        ),
    )


def _carried(before: float, two_before: float) -> float:
    """Return the variance of the last age, of which one cohort alone tells (Mack's extrapolation)."""
    if two_before <= 0:
        return 0.0
    return min(before**2 / two_before, before, two_before)


def _mack_error(
    triangle: Floats,
    last: NDArray[np.intp],
    *,
    finals: Floats,
    factors: Floats,
    variances: Floats,
    bases: Floats,
) -> float:
    """Return the standard error of all cohorts' outstanding counts together (Mack 1993, with covariance)."""
    ages = triangle.shape[1]
    total = 0.0
    for cohort, reached in enumerate(last):
        count, own, shared = triangle[cohort, reached], 0.0, 0.0
        for age in range(reached, ages - 1):
            relative = variances[age] / factors[age] ** 2 if factors[age] > 0 else 0.0
            own += relative * (
                (1 / count if count > 0 else 0.0) + (1 / bases[age] if bases[age] > 0 else 0.0)
            )
            shared += 2 * relative / bases[age] if bases[age] > 0 else 0.0
            count *= factors[age]
        younger = finals[cohort + 1 :].sum()
        total += finals[cohort] ** 2 * own + finals[cohort] * younger * shared
    return float(np.sqrt(total))


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """How much of a stretch of recent days is in.

    Attributes:
        share: expected share of the final count that is seen; 0 to 1.
        low, high: the range that holds nine of ten.
        matured: conversions in complete cohorts that this is learnt from.
    """

    share: float
    low: float
    high: float
    matured: int


def matured_conversions(delays: Sequence[int], cohort_days: Sequence[int], today: int, oldest: int) -> int:
    """Return how many conversions belong to clicks or postings that have had their time (`completeness`)."""
    lags, starts = np.asarray(delays, dtype=int), np.asarray(cohort_days, dtype=int)
    return int(((lags >= 0) & (lags <= oldest) & (starts + oldest <= today)).sum())


def completeness(
    delays: Sequence[int], cohort_days: Sequence[int], today: int, days: int, oldest: int
) -> Completeness | None:
    """Return how complete the last days are; None while too few conversions have had their time.

    Args:
        delays: days from click or posting to conversion, one for each conversion seen.
        cohort_days: day number of the click or posting of each.
        today: day number; what happens after it is not seen.
        days: how many of the last days are asked about.
        oldest: age in days at which a cohort is complete: the credit window.
    """
    if not len(delays):
        return None
    first = min(cohort_days)
    lags, starts = np.asarray(delays), np.asarray(cohort_days)
    ok = (lags >= 0) & (lags <= oldest) & (starts + lags <= today)
    matured = matured_conversions(delays, cohort_days, today, oldest)
    if matured < FEWEST_MATURED:
        return None
    cohorts = today - first + 1
    counts = np.zeros((cohorts, oldest + 1))
    np.add.at(counts, (starts[ok] - first, lags[ok]), 1)
    triangle = counts.cumsum(axis=1)
    reach = np.arange(oldest + 1)[None, :] + (first + np.arange(cohorts))[:, None]
    triangle[reach > today] = np.nan
    fit = chain_ladder(triangle)
    recent = slice(max(cohorts - days, 0), cohorts)
    last = np.minimum(today - (first + np.arange(cohorts)), oldest)[recent]
    seen = triangle[recent][np.arange(len(last)), last].sum()
    final = fit.finals[recent].sum()
    if final <= 0:
        share = float(fit.shares[last].mean())
        return Completeness(
            share=share, low=max(share - 0.2, 0.0), high=min(share + 0.2, 1.0), matured=matured
        )
    half = 1.64 * 1.3 * fit.standard_error  # 1.3: process and factor error alone cover too little
    low, high = seen / (final + half), seen / max(final - half, seen)
    return Completeness(
        share=float(seen / final), low=float(low), high=float(min(high, 1.0)), matured=matured
    )
