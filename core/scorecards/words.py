"""What an estimate says, in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.benchmarks.scored import AGE_WORDS, FINAL, SCORED_BY_NAME, Kind
from core.metrics.model import Better
from core.scorecards.model import Lean
from core.statistics.refusals import Lack
from core.units import Unit, write

if TYPE_CHECKING:
    from core.metrics.model import Metric
    from core.scorecards.model import Band, Estimate, Reading
    from core.statistics.ranks import Standing

SURE, UNLIKELY = 0.9, 0.1  # chances above the peers' median from which the figures lean one way
FEWEST_VIDEOS_TO_STOP = 3


def counted(number: int, thing: str) -> str:
    """Return a number with its noun: 1 video, 2 videos."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def share_words(share: float) -> str:
    """Return a chance in words that claim no more than is known."""
    if share > 0.99:
        return "over 99%"
    if share < 0.01:
        return "under 1%"
    return f"{round(100 * share)}%"


def amount(value: float | None, metric: Metric, currency: str) -> str:
    """Return a value of a metric as written in a sentence."""
    unit = Unit.COUNT if metric.name == "views_per_video" else metric.unit
    return write(value, unit, currency=currency, compact=True)


def shown_chance(chance: float) -> float:
    """Return a chance as a bar may show it: never sure, never impossible."""
    return min(max(round(chance, 2), 0.01), 0.99)


def in_sentence(metric: Metric) -> str:
    """Return a metric's label for the middle of a sentence; abbreviations keep their capitals."""
    label = metric.label
    return label[0].lower() + label[1:] if label[1:2].islower() else label


def age_words(age: int) -> str:
    """Return how old videos are when they are read, for the middle of a sentence."""
    return "28 days or more" if age == FINAL else AGE_WORDS.get(age, f"{age} days")


def estimate_sentence(
    metric: Metric,
    currency: str,
    *,
    raw: float | None,
    ends: tuple[float, float, float] | None,
    videos: int,
    peers: Band | None,
) -> str:
    """Return what was measured, what is expected, and what peers have.

    Args:
        metric: the metric.
        currency: of its money.
        raw: the plain quotient.
        ends: expected value, lower and upper end; None where nothing is claimed.
        videos: how many videos it stands on; 0 for a metric of the whole campaign.
        peers: what is usual.
    """
    said = f"Measured {amount(raw, metric, currency)}" if raw is not None else "Nothing measured yet"
    if raw is None and SCORED_BY_NAME[metric.name].kind is Kind.CREATOR_COST and ends is not None:
        said = "No result yet, so no cost per result was measured"
    if ends is not None:
        value, low, high = (amount(end, metric, currency) for end in ends)
        basis = f"with {counted(videos, 'video')} we expect" if videos else "we expect"
        said += f"; {basis} {value} next time (likely {low} to {high})"
    if peers is not None:
        said += f". Peers ({peers.label}): {amount(peers.middle, metric, currency)}"
    return f"{said}."


def whole_sentence(one: Estimate) -> str:
    """Return what was measured, what is expected, where that stands, and what is missing."""
    gap = one.gap
    if one.raw is None and gap:
        return gap
    ends = None
    if one.value is not None and one.low is not None and one.high is not None:
        ends = (one.value, one.low, one.high)
    videos = one.videos if one.is_of_videos else 0
    said = estimate_sentence(one.metric, one.currency, raw=one.raw, ends=ends, videos=videos, peers=one.peers)
    if one.standing is not None and one.peers is not None:
        said += " " + standing_sentence(one.standing, one.peers)
    return f"{said} {gap}".strip()


def standing_sentence(standing: Standing, peers: Band) -> str:
    """Return where a creator stands among its peers."""
    return (
        f"Better than {share_words(standing.percentile)} of peers "
        f"(between {share_words(standing.low)} and {share_words(standing.high)}; {peers.label}, "
        f"{peers.creators} measured). Chance of being above their middle: "
        f"{share_words(standing.above_median)}; in the top quarter: {share_words(standing.top_quarter)}."
    )


def gap_words(lack: str, have: int, need: int, metric: Metric) -> str:
    """Return why less is claimed, and what would be enough; '' where nothing is missing."""
    if lack == Lack.CREATORS.value:
        return (
            f"Not enough yet to compare: {counted(have, 'creator')} with a known {in_sentence(metric)}, "
            f"{need} are needed. {counted(max(1, need - have), 'more creator')} would be enough."
        )
    if lack == Lack.VIDEOS.value:
        label = in_sentence(metric)
        return (
            f"Not enough yet: no {label} is known of this creator. One video with counts is enough to begin."
        )
    if lack == Lack.EVENTS.value:
        return f"Not enough yet: nothing of {in_sentence(metric)} was counted for anybody."
    return ""


def reading_sentence(reading: Reading, age: int) -> str:
    """Return how many videos were read at the age, and why others were not."""
    said = f"{reading.used} of {counted(reading.of, 'video')} read at {age_words(age)}"
    reasons = [
        (reading.young, "not counted since that age"),
        (reading.no_snapshot, "without an export near that age"),
        (reading.undated, "without a known posting day"),
        (reading.uncounted, "that no file counts"),
    ]
    more = ", ".join(f"{number} {why}" for number, why in reasons if number)
    return f"{said}; {more}." if more else f"{said}."


def lean_of(estimate: Estimate | None, videos: int) -> Lean:
    """Return which way the figures lean.

    Args:
        estimate: of the metric that decides; None where there is none.
        videos: how many videos the creator has in the campaign.
    """
    if estimate is None or estimate.standing is None:
        return Lean.OPEN
    chance = estimate.standing.above_median
    if chance >= SURE:
        return Lean.RENEW
    if chance <= UNLIKELY and videos >= FEWEST_VIDEOS_TO_STOP:
        return Lean.STOP
    return Lean.OPEN


def advice(estimate: Estimate | None, metric: Metric, videos: int) -> str:
    """Return what the figures say about working together again, and what would settle it."""
    if estimate is None:
        return f"Not enough yet: no {in_sentence(metric)} is known of this creator."
    if estimate.standing is None:
        return estimate.gap or f"Not enough yet: {metric.label} cannot be compared."
    chance = share_words(estimate.standing.above_median)
    better = "below" if metric.better is Better.LOWER else "above"
    said = f"{metric.label}: chance of being {better} the peers' middle {chance}."
    lean = lean_of(estimate, videos)
    if lean is Lean.RENEW:
        return f"{said} The figures speak for renewing."
    if lean is Lean.STOP:
        return f"{said} The figures speak against renewing."
    if estimate.standing.above_median <= UNLIKELY:
        return (
            f"{said} That rests on {counted(videos, 'video')}; 3 are needed before it speaks against anybody."
        )
    if estimate.narrowing:
        more = f"One more video would narrow the range by about {round(100 * estimate.narrowing)}%."
        return f"{said} Not enough evidence yet. {more}"
    return f"{said} Not enough evidence yet; another campaign together would tell more."
