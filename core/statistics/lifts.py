"""The lift of a version over the control for the same creator's typical video, with its uncertainty.

The video is the unit, the creator the block. A lift is a log ratio; `exp` of it is the factor.
Error comes from leaving out one creator at a time, Student's t with the effective number of
creators less one. Views are never units: one viral video must not look like a thousand people.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr, stdtrit

from core.statistics.fitting import RateVideos, fit_many_rates, fit_rates, fit_values, jackknife
from core.statistics.refused import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from core.statistics.fitting import Codes, Fit, Numbers

FEWEST_CREATORS = 4
FEWEST_EFFECTIVE = 3.0
_TINY = 1e-9
_CLOSE_BY_DAY = 1e-5  # for a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """A lift with its uncertainty.

    Attributes:
        log_lift: log of the factor.
        standard_error: of it.
        degrees: degrees of freedom of Student's t.
        creators: creators compared (for whole creators: of both arms together).
        effective_creators: the same, counted by how much each one says.
        videos: videos compared.
        spread: φ of rates, or the sd of logs inside creators.
        without: the log lift without each creator.
    """

    log_lift: float
    standard_error: float
    degrees: float
    creators: int
    effective_creators: float
    videos: int
    spread: float
    without: tuple[tuple[Hashable, float], ...]

    @property
    def factor(self) -> float:
        """Return the factor, 1.5 for 50 % more."""
        return to_factor(self.log_lift)

    @property
    def p_value(self) -> float:
        """Return the two-sided p-value of no difference."""
        return float(2 * stdtr(self.degrees, -abs(self.log_lift) / self.standard_error))

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return both ends of the interval on the log scale."""
        half = float(stdtrit(self.degrees, 0.5 + level / 2)) * self.standard_error
        return self.log_lift - half, self.log_lift + half

    def rests_on(self, half: float) -> Hashable | None:
        """Return the creator without whom the sign turns or a clear result stops being clear.

        Clear means farther from zero than `half`, which is kept when a creator is left out; None
        where no single creator decides.
        """
        is_clear = abs(self.log_lift) > half
        least, name = math.inf, None
        for creator, log_lift in self.without:
            towards = log_lift * math.copysign(1, self.log_lift)
            if towards < least:
                least, name = towards, creator
        return name if least <= (half if is_clear else 0.0) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """The videos of one comparison, only those of blocks that hold both arms.

    Attributes:
        names: the creators, by code.
        rows: which of the given videos take part.
        version: 1 under the version, 0 under the control.
        creators, blocks: codes of each video.
    """

    names: tuple[Hashable, ...]
    rows: Codes
    version: Numbers
    creators: Codes
    blocks: Codes


def lift_of_values(
    creators: Sequence[Hashable] | Codes,
    is_version: Sequence[bool] | np.ndarray,
    values: Sequence[float] | Numbers,
    *,
    blocks: Sequence[Hashable] | Codes | None = None,
) -> Lift | Refused:
    """Return the lift of a positive amount per video (views, seconds watched, order value).

    Creator means are taken from the logs; creators with one arm drop out, as do amounts that are
    missing or not positive.

    Args:
        creators: whose video it is.
        is_version: whether it was made under the version rather than the control.
        values: the amount; NaN where not known.
        blocks: weekday group or the like inside a creator; None takes the creator alone.
    """
    amounts = np.asarray(values, dtype=float)
    is_usable = np.isfinite(amounts) & (amounts > 0)
    pairing = pair(creators, is_version, is_usable, blocks)
    if isinstance(pairing, Refused):
        return pairing
    fit = fit_values(np.log(amounts[pairing.rows]), pairing.version, pairing.creators, pairing.blocks)
    return judged(fit, pairing.names, len(pairing.rows))


def lift_of_rates(
    creators: Sequence[Hashable] | Codes,
    is_version: Sequence[bool] | np.ndarray,
    numerators: Sequence[float] | Numbers,
    denominators: Sequence[float] | Numbers,
    *,
    blocks: Sequence[Hashable] | Codes | None = None,
) -> Lift | Refused:
    """Return the lift of a rate (clicks per view, orders per click, completions per view).

    No half event is ever added: a video without events is as good as any other. Creators with one
    arm or without any event drop out, as do videos without exposures.

    Args:
        creators: whose video it is.
        is_version: whether it was made under the version rather than the control.
        numerators: events; NaN where not known.
        denominators: exposures; NaN where not known.
        blocks: as in `lift_of_values`.
    """
    found = rate_videos(creators, is_version, numerators, denominators, blocks=blocks)
    if isinstance(found, Refused):
        return found
    videos, names = found
    return judged(fit_rates(videos), names, len(videos.events))


def lifts_of_rates_by_day(
    creators: Codes,
    is_version: np.ndarray,
    numerators: Numbers,
    denominators: Numbers,
    days: Codes,
    *,
    blocks: Codes | None = None,
) -> list[tuple[int, Lift | Refused]]:
    """Return the lift as it stood on each day, from the videos that counted by then.

    Args:
        creators: whose video it is, as whole numbers.
        is_version: whether it was made under the version.
        numerators: events.
        denominators: exposures.
        days: the day from which each video counts.
        blocks: as in `lift_of_values`.
    """
    results: dict[int, Lift | Refused] = {}
    fitted: dict[int, tuple[RateVideos, tuple[Hashable, ...]]] = {}
    for day in np.unique(days).tolist():
        by = days <= day
        own = None if blocks is None else blocks[by]
        found = rate_videos(creators[by], is_version[by], numerators[by], denominators[by], blocks=own)
        if isinstance(found, Refused):
            results[day] = found
        else:
            fitted[day] = found
    fits = fit_many_rates([videos for videos, _ in fitted.values()], _CLOSE_BY_DAY)
    for (day, (videos, names)), fit in zip(fitted.items(), fits, strict=True):
        results[day] = judged(fit, names, len(videos.events))
    return sorted(results.items(), key=lambda one: one[0])


def rate_videos(
    creators: Sequence[Hashable] | Codes,
    is_version: Sequence[bool] | np.ndarray,
    numerators: Sequence[float] | Numbers,
    denominators: Sequence[float] | Numbers,
    *,
    blocks: Sequence[Hashable] | Codes | None = None,
) -> tuple[RateVideos, tuple[Hashable, ...]] | Refused:
    """Return the videos that `lift_of_rates` compares and their creators, or why there are none."""
    events, exposures = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    is_usable = np.isfinite(events) & np.isfinite(exposures) & (exposures > 0) & (events >= 0)
    pairing = pair(creators, is_version, is_usable, blocks, events)
    if isinstance(pairing, Refused):
        return pairing
    x, n = events[pairing.rows], exposures[pairing.rows]
    one_sided = _one_sided(x, pairing)
    if one_sided:
        return one_sided
    videos = RateVideos(
        events=x, exposures=n, version=pairing.version, creators=pairing.creators, blocks=pairing.blocks
    )
    return videos, pairing.names


def _one_sided(events: Numbers, pairing: Pairing) -> Refused | None:
    if all(events[pairing.version == arm].sum() > 0 for arm in (0, 1)):
        return None
    return Refused(
        why=Why.ONE_SIDED,
        sentence="One version has no events at all yet, so there is nothing to divide by.",
        cure="Wait for more events, or choose a metric that happens more often, such as clicks.",
        creators=len(pairing.names),
    )


def pair(
    creators: Sequence[Hashable] | Codes,
    is_version: Sequence[bool] | np.ndarray,
    is_usable: np.ndarray,
    blocks: Sequence[Hashable] | Codes | None = None,
    events: Numbers | None = None,
) -> Pairing | Refused:
    """Return the videos of blocks that hold both arms (and events, where given), or why there are none."""
    version = np.asarray(is_version, dtype=float)
    usable = np.flatnonzero(is_usable)
    if not len(usable):
        return _nothing()
    names, who = numbered(creators)
    groups = who if blocks is None else who * len(version) + numbered(blocks)[1]
    _, codes = numbered(groups[usable])
    sizes = np.bincount(codes)
    of_version = np.bincount(codes, version[usable])
    is_kept = (of_version > 0) & (of_version < sizes)
    if not is_kept.any():
        return _one_arm(version[usable])
    if events is not None:
        is_kept &= np.bincount(codes, events[usable]) > 0
        if not is_kept.any():
            return _no_events()
    rows = usable[is_kept[codes]]
    kept, creator_codes = numbered(who[rows])
    return Pairing(
        names=tuple(names[int(code)] for code in kept),  # type: ignore[call-overload]
        rows=rows,
        version=version[rows],
        creators=creator_codes,
        blocks=numbered(groups[rows])[1],
    )


def numbered(keys: Sequence[Hashable] | Codes) -> tuple[tuple[Hashable, ...], Codes]:
    """Return the distinct keys and the number of each key; whole numbers in an array are fastest."""
    if isinstance(keys, np.ndarray):
        if len(keys) and int(keys.min()) >= 0 and int(keys.max()) < 64 * len(keys):
            is_there = np.bincount(keys) > 0
            return tuple(np.flatnonzero(is_there).tolist()), np.asarray(np.cumsum(is_there) - 1)[keys]
        found, codes = np.unique(keys, return_inverse=True)
        return tuple(found.tolist()), np.asarray(codes, dtype=np.intp)
    numbers: dict[Hashable, int] = {}
    places = [numbers.setdefault(key, len(numbers)) for key in keys]
    return tuple(numbers), np.asarray(places, dtype=np.intp)


def judged(fit: Fit, names: tuple[Hashable, ...], videos: int) -> Lift | Refused:
    """Return the fit with its error, or why no error can be given."""
    count = len(names)
    if not fit.is_settled or not math.isfinite(fit.log_lift):
        return _unsettled(count)
    if count < FEWEST_CREATORS:
        return _few(fit.log_lift, count)
    left = jackknife(fit)
    if left.effective_creators < FEWEST_EFFECTIVE:
        return Refused(
            why=Why.UNEVEN,
            sentence=f"Nearly all of it rests on a few of the {count} creators.",
            cure="More videos by the others, in both versions, would balance it.",
            log_lift=fit.log_lift,
            creators=count,
        )
    if not _TINY < left.standard_error < math.inf:
        return _no_spread(fit.log_lift, count)
    return Lift(
        log_lift=fit.log_lift,
        standard_error=left.standard_error,
        degrees=left.effective_creators - 1,
        creators=count,
        effective_creators=left.effective_creators,
        videos=videos,
        spread=fit.spread,
        without=tuple(zip(names, map(float, left.without), strict=True)),
    )


def to_factor(log_lift: float) -> float:
    """Return the factor behind a log lift; infinite where it is too large to write."""
    return math.exp(log_lift) if log_lift < 700 else math.inf


def _nothing() -> Refused:
    return Refused(
        why=Why.NO_DATA,
        sentence="No video has the numbers this needs yet.",
        cure="Import the exports that count it, made when the videos reach the reading age.",
    )


def _one_arm(version: Numbers) -> Refused:
    if len(set(version)) == 1:
        missing = "the control" if version[0] else "the version"
        return Refused(
            why=Why.ONE_ARM,
            sentence=f"There are no counted videos of {missing} yet.",
            cure="Wait for them, or see whether their exports are missing.",
        )
    return Refused(
        why=Why.ONE_ARM,
        sentence="No creator has videos of both versions yet, so nobody can be compared with themselves.",
        cure="Every creator needs at least one counted video of each version.",
    )


def _no_events() -> Refused:
    return Refused(
        why=Why.NO_EVENTS,
        sentence="Not a single event was counted, so there is nothing to compare.",
        cure="See whether the links or codes were in place, or choose a metric that happens more often.",
    )


def _few(log_lift: float, count: int) -> Refused:
    who = "Only one creator has" if count == 1 else f"Only {count} creators have"
    missing = FEWEST_CREATORS - count
    more = "one more creator" if missing == 1 else f"{missing} more creators"
    return Refused(
        why=Why.ONE_CREATOR if count == 1 else Why.FEW_CREATORS,
        sentence=f"{who} counted videos of both versions; from {FEWEST_CREATORS} on a range can be given.",
        cure=f"Videos of both versions by {more} would do.",
        log_lift=log_lift,
        creators=count,
    )


def _no_spread(log_lift: float, count: int) -> Refused:
    return Refused(
        why=Why.NO_SPREAD,
        sentence="Every creator shows exactly the same difference, which real videos never do.",
        cure="See whether the same numbers were imported for all of them.",
        log_lift=log_lift,
        creators=count,
    )


def _unsettled(count: int) -> Refused:
    return Refused(
        why=Why.UNSETTLED,
        sentence="The events are too few and too uneven for a figure that settles.",
        cure="More videos, or a metric that happens more often, would settle it.",
        creators=count,
    )
