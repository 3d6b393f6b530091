"""How views of a video grow with age, learnt from videos whose growth is over.

For two ages the log ratio of the later to the earlier count is taken over finished
videos; its mean and scatter say what to expect of a young one (the log-linear law of
Szabo & Huberman, arXiv 0811.0405, without a fixed curve). Published curves contradict
each other by a factor of two on the first day, so that they serve only as a wide stand-in
until there are eight finished videos of one's own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEWEST_FINISHED = 8  # videos
FINISHED_AGE = 30  # days from which a video counts as finished
OLDEST = 90  # days; later growth is not followed
_WIDEST_GAP = 5.0  # snapshots further apart than this factor of age (plus one) are not bridged
_COMMON = 0.3  # share of the scatter (as sd) that the videos of one campaign have in common
# Share of the views at 90 days: TrendPop (trendpop.com, read 2026) and Shortimize (shortimize.com, 2026).
_PUBLISHED = (
    ((0.5, 0.22), (1, 0.32), (2, 0.38), (7, 0.55), (90, 1.0)),
    ((0.5, 0.55), (1, 0.72), (35, 0.95), (90, 1.0)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """What the log of (later count ÷ earlier count) is expected to be.

    Attributes:
        mean: of the log ratio; 0 or more.
        spread: its standard deviation from video to video.
        videos: how many finished videos say so; 0 for the published stand-in.
    """

    mean: float
    spread: float
    videos: int

    def ends(self, level: float) -> tuple[float, float]:
        """Return the range of one further video's log ratio (Student's t, prediction)."""
        if self.videos < 2:
            half = float(stdtrit(4, 0.5 + level / 2)) * self.spread
        else:
            half = float(stdtrit(self.videos - 1, 0.5 + level / 2)) * self.spread
            half *= math.sqrt(1 + 1 / self.videos)
        return self.mean - half, self.mean + half


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Growth:
    """Growth with age, as far as it is known.

    Attributes:
        logs: log counts of finished videos by whole days of age; NaN where not known.
        finished: how many finished videos there are.
    """

    logs: Floats
    finished: int

    @property
    def is_own(self) -> bool:
        """Return whether enough own videos are finished to speak of one's own account."""
        return self.finished >= FEWEST_FINISHED

    def ratio(self, age: int, until: int) -> Ratio:
        """Return the log ratio from one age to a later one, in days; nothing grows backwards."""
        first, last = min(max(age, 0), OLDEST), min(max(until, 0), OLDEST)
        if last <= first:
            return Ratio(mean=0.0, spread=0.0, videos=self.finished)
        own = self._own(first, last)
        return own if own is not None else published_ratio(first, last)

    def residuals(self, age: int, until: int) -> Floats:
        """Return how far each finished video was off the mean, in standard deviations."""
        first, last = min(max(age, 0), OLDEST), min(max(until, 0), OLDEST)
        found = self._differences(first, last)
        if len(found) < FEWEST_FINISHED or found.std() < 1e-9:
            return np.zeros(0)
        return np.asarray((found - found.mean()) / found.std(ddof=1))

    def _differences(self, first: int, last: int) -> Floats:
        found = self.logs[:, last] - self.logs[:, first]
        return np.asarray(found[np.isfinite(found)])

    def _own(self, first: int, last: int) -> Ratio | None:
        for end in range(
            last, first, -1
        ):  # growth past the oldest finished video is not known: none is added
            found = self._differences(first, end)
            if len(found) >= FEWEST_FINISHED:
                spread = float(found.std(ddof=1))
                return Ratio(mean=max(float(found.mean()), 0.0), spread=spread, videos=len(found))
            if end < FINISHED_AGE:
                return None
        return None


def learn_growth(histories: Sequence[tuple[Floats, Floats]]) -> Growth:
    """Return the growth of finished videos.

    Args:
        histories: for each video the ages of its snapshots in days, rising, and its counts up to
            then; counts that are not above 0 or not known are passed over.
    """
    rows = [row for ages, counts in histories if (row := _by_day(ages, counts)) is not None]
    logs = np.array(rows) if rows else np.empty((0, OLDEST + 1))
    return Growth(logs=logs, finished=len(rows))


def _by_day(ages: Floats, counts: Floats) -> Floats | None:
    """Return log counts for each day of age; None for a video that is not finished."""
    is_known = np.isfinite(ages) & np.isfinite(counts) & (counts > 0) & (ages >= 0)
    at, known = ages[is_known], counts[is_known]
    if len(at) < 2 or at[-1] < FINISHED_AGE:
        return None
    clock, days = np.log(at + 1), np.arange(OLDEST + 1)
    row = np.interp(np.log(days + 1), clock, np.log(known), left=np.nan, right=np.nan)
    for younger, older in pairwise(at):
        if older + 1 > _WIDEST_GAP * (younger + 1):
            row[(days > younger) & (days < older)] = np.nan
    return row


@lru_cache(maxsize=4_096)
def published_ratio(age: int, until: int) -> Ratio:
    """Return what published curves say of growth between two ages: wide, for they disagree."""
    one, other = (_log_share(curve, until) - _log_share(curve, age) for curve in _PUBLISHED)
    mean = (one + other) / 2
    return Ratio(mean=mean, spread=abs(one - other) / 2 + mean / 2, videos=0)


def _log_share(curve: tuple[tuple[float, float], ...], age: int) -> float:
    ages, shares = zip(*curve, strict=True)
    return float(np.interp(math.log(max(age, 0.5)), np.log(ages), np.log(shares)))


# ------------------------------------------------------------- one video


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a count is expected to be at a later age.

    Attributes:
        middle: as likely exceeded as not.
        low, high: the range that holds the level; never below what is counted already.
    """

    middle: float
    low: float
    high: float


def expected_count(growth: Growth, count: float, age: int, until: int, level: float = 0.9) -> Expected:
    """Return what a count at one age is expected to be at a later age."""
    ratio = growth.ratio(age, until)
    low, high = ratio.ends(level)
    return Expected(
        middle=count * math.exp(ratio.mean),
        low=count * math.exp(max(low, 0.0)),
        high=count * math.exp(max(high, 0.0)),
    )


# ------------------------------------------------------------- many videos together


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A video that is out: its count, its age, and how old it will be at the horizon."""

    count: float
    age: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A video that is still to be posted.

    Attributes:
        log_mean, log_spread: of the count of a finished video of this creator.
        until: how old it will be at the horizon; below 0 it will not be out by then.
    """

    log_mean: float
    log_spread: float
    until: int


def simulate_total(
    growth: Growth,
    running: Sequence[Running],
    coming: Sequence[Coming],
    *,
    settled: float = 0.0,
    draws: int = 4_000,
    seed: int = 0,
) -> Floats:
    """Return draws of the total count at the horizon.

    Videos scatter on their own and, in part, together: the growth that was learnt is uncertain for
    all of them alike, and a campaign's videos share their season and their luck.

    Args:
        growth: what is known of growth.
        running: videos that are out.
        coming: videos still to be posted.
        settled: counts that no longer grow or whose age is not known.
        draws: how many.
        seed: for the same draws again.
    """
    rng = np.random.default_rng(seed)
    together = rng.standard_normal(draws)
    doubt = rng.standard_normal(draws)
    total = np.full(draws, float(settled))
    for video in running:
        total += video.count * np.exp(np.maximum(_log_growth(growth, video, together, doubt, rng), 0.0))
    for one in coming:
        if one.until >= 0:
            left = growth.ratio(one.until, FINISHED_AGE)
            whole = one.log_mean + one.log_spread * (
                _COMMON * together + _rest() * rng.standard_normal(draws)
            )
            total += np.exp(whole - left.mean - left.spread * rng.standard_normal(draws) * 0.5)
    return total


def _rest() -> float:
    return math.sqrt(1 - _COMMON**2)


def _log_growth(
    growth: Growth, video: Running, together: Floats, doubt: Floats, rng: np.random.Generator
) -> Floats:
    ratio = growth.ratio(video.age, video.until)
    if ratio.spread == 0:
        return np.full(len(together), ratio.mean)
    off = growth.residuals(video.age, video.until)
    own = rng.choice(off, len(together)) if len(off) else rng.standard_normal(len(together))
    scatter = ratio.spread * (_COMMON * together + _rest() * own)
    # With few finished videos the scatter itself is uncertain: Student's t in place of the normal.
    degrees = max(ratio.videos - 1, 4)
    scatter = scatter * np.sqrt(degrees / rng.chisquare(degrees, len(together)))
    error = ratio.spread / math.sqrt(ratio.videos) if ratio.videos else ratio.spread / 2
    return np.asarray(ratio.mean + scatter + error * doubt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What draws say of a total: the range that holds nine of ten, and the middle."""

    middle: float
    low: float
    high: float


def outlook_of(draws: Floats, level: float = 0.9) -> Outlook:
    """Return the middle and the range of draws."""
    tail = (1 - level) / 2
    low, middle, high = np.quantile(draws, [tail, 0.5, 1 - tail])
    return Outlook(middle=float(middle), low=float(low), high=float(high))


def finished_level(counts: Sequence[float], everybody: Sequence[float]) -> tuple[float, float] | None:
    """Return mean and spread of the log count of a finished video, shrunk towards everybody's.

    A normal hierarchy with known spreads (Gelman et al., Bayesian Data Analysis, 5.4), the
    spread between creators taken as that inside them where it cannot be told.

    Args:
        counts: of the creator's own finished videos; empty for a new creator.
        everybody: of all finished videos.

    Returns:
        None where nothing finished is known.
    """
    own = np.log([count for count in counts if count > 0])
    usual = np.log([count for count in everybody if count > 0])
    if not len(usual):
        return None
    spread = float(usual.std(ddof=1)) if len(usual) > 1 else 1.5
    spread = max(spread, 0.3)
    weight = len(own) / (len(own) + 1.0)
    mean = weight * float(own.mean() if len(own) else 0.0) + (1 - weight) * float(usual.mean())
    inside = max(float(own.std(ddof=1)), 0.3) if len(own) >= 5 else spread
    return mean, math.sqrt(inside**2 * (1 + 1 / (len(own) + 1.0)))
