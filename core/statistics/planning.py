"""What a plan can find before it starts: detectable lifts, needed sizes, the cheapest way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtri, nctdtr, ndtri, stdtrit

from core.statistics.fitting import fit_typical
from core.statistics.refused import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

POWER = 0.8
ERROR = 0.05  # the plan's whole error: 1 % + 4 % finds the same share of true lifts as one look at 5 %
REACTIONS = 0.15  # how differently creators react to a version, sd on the log scale
PAST_EXPLAINS = 0.7  # share of the spread between creators that their own past explains
MOST_CREATORS = 400
MOST_VIDEOS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """Spread of one kind of metric on the log scale, from public videos, until own history replaces it.

    Attributes:
        within: sd of one creator's videos.
        between: sd between creators.
    """

    within: float
    between: float


RATE_OF_WATCHING = Usual(within=0.25, between=0.3)  # hook rate, completion
RATE_OF_ACTING = Usual(within=0.5, between=0.5)  # clicks, likes, orders
VIEWS = Usual(within=1.4, between=1.5)


def detectable_inside(
    creators: int,
    videos_each: float,
    within: float,
    *,
    reactions: float = REACTIONS,
    power: float = POWER,
    error: float = ERROR,
) -> float:
    """Return the smallest lift (share) found with the power when every creator makes both versions.

    The sd of a creator's difference is √(4 within² ÷ videos + reactions²); noncentral t with G − 1
    degrees of freedom. Infinite below two creators or two videos each.

    Args:
        creators: creators with both versions.
        videos_each: videos of one creator in both versions together.
        within: sd of logs of one creator's videos.
        reactions: sd of how differently creators react.
        power: chance to notice it.
        error: two-sided error of the test.
    """
    if creators < 2 or videos_each < 2:
        return math.inf
    spread = math.sqrt(4 * within**2 / videos_each + reactions**2)
    return _share(shift(creators - 1, power, error) * spread / math.sqrt(creators))


def detectable_whole(
    creators_per_arm: int,
    videos_each: float,
    usual: Usual,
    *,
    has_history: bool = False,
    power: float = POWER,
    error: float = ERROR,
) -> float:
    """Return the smallest lift (share) found with the power when each creator makes one version.

    A creator's figure varies by √(between² + within² ÷ videos); their own past explains 70 % of
    between² and costs one degree of freedom.
    """
    degrees = 2 * creators_per_arm - (3 if has_history else 2)
    if degrees < 1 or videos_each < 1:
        return math.inf
    between = usual.between**2 * ((1 - PAST_EXPLAINS) if has_history else 1)
    spread = math.sqrt(2 * (between + usual.within**2 / videos_each) / creators_per_arm)
    return _share(shift(degrees, power, error) * spread)


def shift(degrees: float, power: float = POWER, error: float = ERROR) -> float:
    """Return the noncentrality at which a two-sided t test has the power (Owen 1965)."""
    bar = float(stdtrit(degrees, 1 - error / 2))
    low, high = 0.0, 2 * bar + 10.0
    for _ in range(60):
        middle = (low + high) / 2
        found = 1 - float(nctdtr(degrees, middle, bar)) + float(nctdtr(degrees, middle, -bar))
        low, high = (middle, high) if found < power else (low, middle)
    return (low + high) / 2


def _share(log_lift: float) -> float:
    return math.expm1(log_lift) if log_lift < 700 else math.inf


def needed_creators(
    wished: float, videos_each: float, within: float, *, reactions: float = REACTIONS
) -> int | Refused:
    """Return how many creators find the wished lift with 80 % power, at least four."""
    for creators in range(4, MOST_CREATORS + 1):
        if detectable_inside(creators, videos_each, within, reactions=reactions) <= wished:
            return creators
    return _too_small(wished)


def needed_videos(
    wished: float, creators: int, within: float, *, reactions: float = REACTIONS
) -> int | Refused:
    """Return how many videos each creator needs (an even number) for the wished lift."""
    for videos in range(2, MOST_VIDEOS + 1, 2):
        if detectable_inside(creators, videos, within, reactions=reactions) <= wished:
            return videos
    return Refused(
        why=Why.NOT_POSSIBLE,
        sentence=f"With {creators} creators no number of videos would show a lift of {wished:.0%}.",
        cure="Creators react differently: only more creators make a smaller lift visible.",
        creators=creators,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to the wished lift.

    Attributes:
        creators: indexes of the chosen fees.
        videos_each: videos per creator.
        cost_minor: fees of all these videos together.
        detectable: the lift it can find.
    """

    creators: tuple[int, ...]
    videos_each: int
    cost_minor: int
    detectable: float


def cheapest_way(
    wished: float,
    within: float,
    fees_minor: Sequence[int],
    *,
    once_minor: Sequence[int] | None = None,
    arms: int = 2,
    most_videos: int = 12,
    reactions: float = REACTIONS,
) -> Way | Refused:
    """Return the cheapest creators and videos that find the wished lift with 80 % power.

    Args:
        wished: the lift to find, 0.3 is 30 %.
        within: sd of logs of one creator's videos.
        fees_minor: each available creator's fee for one video.
        once_minor: what each creator costs once besides; None means nothing.
        arms: versions, so that videos per creator are a multiple of it.
        most_videos: videos one creator can be asked for.
        reactions: sd of how differently creators react.
    """
    once = once_minor or [0] * len(fees_minor)
    best: Way | None = None
    for videos in range(arms, most_videos + 1, arms):
        costs = sorted(
            (fee * videos + own, at) for at, (fee, own) in enumerate(zip(fees_minor, once, strict=True))
        )
        for count in range(4, len(costs) + 1):
            found = detectable_inside(count, videos * 2 / arms, within, reactions=reactions)
            if found > wished:
                continue
            cost = sum(cost for cost, _ in costs[:count])
            if best is None or cost < best.cost_minor:
                chosen = tuple(sorted(at for _, at in costs[:count]))
                best = Way(creators=chosen, videos_each=videos, cost_minor=cost, detectable=found)
            break
    return best or _too_small(wished)


def _too_small(wished: float) -> Refused:
    return Refused(
        why=Why.NOT_POSSIBLE,
        sentence=f"A lift of {wished:.0%} is too small to be seen with these creators and videos.",
        cure="Look for a bigger lift, add creators, or choose a metric that varies less than this one.",
    )


def people_per_arm(
    control: float, version: float, *, power: float = POWER, error: float = ERROR
) -> int | Refused:
    """Return how many people each arm of an audience split needs.

    Classical size for two proportions (Fleiss, Levin & Paik 2003, ch. 4; R's power.prop.test).

    Args:
        control: share expected without the change, above 0 and below 1.
        version: share hoped for, likewise.
        power: chance to notice the difference.
        error: two-sided error.
    """
    if not (0 < control < 1 and 0 < version < 1) or control == version:
        return Refused(
            why=Why.NOT_POSSIBLE,
            sentence="Two different shares between 0 % and 100 % are needed.",
            cure="Enter the share you have today and the one you hope for.",
        )
    middle = (control + version) / 2
    under_null = -float(ndtri(error / 2)) * math.sqrt(2 * middle * (1 - middle))
    under_lift = float(ndtri(power)) * math.sqrt(control * (1 - control) + version * (1 - version))
    return math.ceil(((under_null + under_lift) / (version - control)) ** 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How much one creator's videos vary, from own history.

    Attributes:
        within: sd of logs inside creators, counting noise included.
        low, high: 90 % interval of it.
        between: sd of creators' typical figures, what sampling adds taken off.
        creators, videos: how many it rests on.
    """

    within: float
    low: float
    high: float
    between: float
    creators: int
    videos: int


FEWEST_SPREAD = 12  # degrees of freedom from which own history replaces the usual figures


def spread_of_values(creators: Sequence[Hashable], values: Sequence[float]) -> Spread | Refused:
    """Return the spread of a positive amount (pooled sd of logs inside creators)."""
    amounts = np.asarray(values, dtype=float)
    rows = _where(np.isfinite(amounts) & (amounts > 0))
    logs, codes = np.log(amounts[rows]), _codes([creators[row] for row in rows])
    if not len(rows):
        return _too_little(0)
    sizes = np.bincount(codes)
    means = np.bincount(codes, logs) / sizes
    free = len(rows) - len(sizes)
    variance = float(((logs - means[codes]) ** 2).sum()) / free if free > 0 else 0.0
    return _spread(variance, free, means, sizes, len(rows))


def spread_of_rates(
    creators: Sequence[Hashable], numerators: Sequence[float], denominators: Sequence[float]
) -> Spread | Refused:
    """Return the spread of a rate: φ of the negative-binomial fit plus what counting adds.

    On the log scale log(1 + φ) is the variance between videos; 1 ÷ events is the counting noise of a
    typical video.
    """
    events, exposures = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    is_usable = np.isfinite(events) & np.isfinite(exposures) & (exposures > 0) & (events >= 0)
    total: dict[Hashable, float] = {}
    for at in _where(is_usable):
        total[creators[at]] = total.get(creators[at], 0.0) + float(events[at])
    rows = [at for at in _where(is_usable) if total[creators[at]] > 0]
    if not rows:
        return _too_little(0)
    codes = _codes([creators[at] for at in rows])
    fit = fit_typical(events[rows], exposures[rows], codes)
    counting = 1 / float(np.median(fit.means))
    sizes = np.bincount(codes)
    return _spread(math.log1p(fit.spread) + counting, len(rows) - len(sizes), fit.base, sizes, len(rows))


def _where(mask: np.ndarray) -> list[int]:
    return [int(at) for at in np.flatnonzero(mask)]


def _codes(keys: Sequence[Hashable]) -> np.ndarray:
    numbers: dict[Hashable, int] = {}
    return np.asarray([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.intp)


def _spread(
    variance: float, free: int, means: np.ndarray, sizes: np.ndarray, videos: int
) -> Spread | Refused:
    if free < FEWEST_SPREAD or variance <= 0:
        return _too_little(videos)
    noise = variance * float((1 / sizes).mean())
    between = float(means.var(ddof=1)) - noise if len(means) > 1 else 0.0
    return Spread(
        within=math.sqrt(variance),
        low=math.sqrt(variance * free / float(chdtri(free, 0.05))),
        high=math.sqrt(variance * free / float(chdtri(free, 0.95))),
        between=math.sqrt(max(between, 0.0)),
        creators=len(sizes),
        videos=videos,
    )


def _too_little(videos: int) -> Refused:
    return Refused(
        why=Why.NO_DATA if not videos else Why.FEW_CREATORS,
        sentence="Your own videos are too few to say how much one creator's videos vary.",
        cure="Until then the plan uses figures from public videos; import more past videos to replace them.",
    )
