"""Published figures to compare with, each with its definition, population, grade and expiry.

A comparison across definitions is refused, and so is one with an expired row. Figures
that state neither denominator nor method well enough to be told apart are not here at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from core.metrics.registry import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.metrics.model import Metric

_SEEN = date(2026, 11, 22)
_LIFE = timedelta(days=548)  # 18 months

# IAB UK, creator tiers (iabuk.com/jargon-buster/creator-tiers, seen 2026-11-22): tier, followers from.
TIERS: tuple[tuple[str, int], ...] = (
    ("nano", 1_000),
    ("micro", 10_000),
    ("mid", 50_000),
    ("macro", 500_000),
    ("mega", 1_000_000),
)


class Grade(StrEnum):
    """How far a published figure can be trusted; anything below C is not shipped."""

    A = "A"  # the publisher's own page, with its method
    B = "B"  # seen through a named third party, or with a thin method
    C = "C"  # a vendor's figure without a method: shown, never coloured


class Spread(StrEnum):
    """What the low and high value of a benchmark are."""

    NONE = "none"
    QUARTILES = "quartiles"
    BAND = "band"  # of several published figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """One published figure.

    Attributes:
        metric: name of our metric with the same definition; '' where none has it.
        value: in the metric's unit: shares 0 to 1, money in minor units of `currency`.
        low, high: lower and upper value; None where none was published.
        spread: what low and high are.
        denominator: what the publisher divides by, in words.
        followers: from and below which number of followers it holds; None for all.
        currency: ISO code for money, else ''.
        population: who was measured.
        period: when.
        publisher, address: where it stands.
        grade: how far it can be trusted.
        seen_on: when we last read it.
    """

    metric: str
    value: float
    low: float | None = None
    high: float | None = None
    spread: Spread = Spread.NONE
    denominator: str
    followers: tuple[int, int | None] | None = None
    currency: str = ""
    population: str
    period: str
    publisher: str
    address: str
    grade: Grade
    seen_on: date = _SEEN

    @property
    def expires_on(self) -> date:
        """Return the day from which it is no longer compared with."""
        return self.seen_on + _LIFE

    @property
    def may_be_coloured(self) -> bool:
        """Return whether better or worse than this may be shown in a colour."""
        return self.grade is not Grade.C


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why there is nothing to compare with, in one sentence."""

    reason: str


def _by_tier(value: float, low: float, high: float, followers: tuple[int, int | None]) -> Benchmark:
    return Benchmark(
        metric="engagement_rate_by_followers",
        value=value,
        low=low,
        high=high,
        spread=Spread.QUARTILES,
        denominator="followers",
        followers=followers,
        population="TikTok accounts of this size; the publisher speaks of 150,000 accounts in all",
        period="2026",
        publisher="SociaVault",
        address="sociavault.com/blog/good-engagement-rate-tiktok",
        grade=Grade.C,
    )


BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark(
        metric="engagement_rate",
        value=0.049,
        denominator="video views",
        population="TikTok accounts of influencers, median",
        period="2023, report of 2024",
        publisher="Rival IQ",
        address="thatrandomagency.com (2024-07-08)",
        grade=Grade.B,
    ),
    Benchmark(
        metric="engagement_rate",
        value=0.0538,
        denominator="video views",
        population="more than 600,000 TikTok videos",
        period="2023",
        publisher="Socialinsider",
        address="socialinsider.io/blog/tiktok-benchmarks",
        grade=Grade.A,
    ),
    Benchmark(
        metric="",
        value=0.037,
        denominator="not stated",
        population="TikTok posts among 70 million posts of all networks",
        period="January 2024 to December 2025",
        publisher="Socialinsider",
        address="shortsintel.com",
        grade=Grade.B,
    ),
    Benchmark(
        metric="engagement_rate_by_followers",
        value=0.026,
        denominator="followers",
        population="TikTok accounts of brands, median",
        period="2023, report of 2024",
        publisher="Rival IQ",
        address="rivaliq.com/blog/tiktok-benchmark-report",
        grade=Grade.B,
    ),
    _by_tier(0.0784, 0.0492, 0.1231, (1_000, 10_000)),
    _by_tier(0.0521, 0.0328, 0.0814, (10_000, 50_000)),
    _by_tier(0.0389, 0.0247, 0.0602, (50_000, 100_000)),
    _by_tier(0.0273, 0.0171, 0.0422, (100_000, 500_000)),
    _by_tier(0.0184, 0.0112, 0.0289, (500_000, None)),
    Benchmark(
        metric="",
        value=0.21,
        denominator="length of the video",
        population="917 brand accounts on TikTok with 1,000 followers or more, share of the video watched",
        period="a March report, year not stated",
        publisher="Dash Social",
        address="bestbuyclub.club, copy of an EMARKETER article",
        grade=Grade.B,
    ),
    Benchmark(
        metric="hook_rate",
        value=0.3434,
        denominator="ad impressions",
        population="6 advertisers, ads to new audiences",
        period="February 2022",
        publisher="Thesis",
        address="thesistesting.com",
        grade=Grade.B,
    ),
    Benchmark(
        metric="hook_rate",
        value=0.3066,
        denominator="ad impressions",
        population="11 advertisers",
        period="January to June 2022",
        publisher="Tuff",
        address="tuffgrowth.com",
        grade=Grade.B,
    ),
    Benchmark(
        metric="cpm",
        value=800,
        low=300,
        high=1200,
        spread=Spread.BAND,
        denominator="ad impressions",
        currency="USD",
        population="TikTok ads, five vendors' pages",
        period="2026",
        publisher="several vendors",
        address="stackmatix.com, calculatecreator.com, theadbench.com, benly.ai, metricrig.com",
        grade=Grade.C,
    ),
    Benchmark(
        metric="ctr",
        value=0.009,
        low=0.006,
        high=0.012,
        spread=Spread.BAND,
        denominator="ad impressions",
        population="TikTok in-feed ads, three vendors' pages",
        period="2026",
        publisher="several vendors",
        address="affectgroup.com (2026-06-04), calculatecreator.com, metricrig.com",
        grade=Grade.C,
    ),
    Benchmark(
        metric="cpc",
        value=94,
        low=80,
        high=120,
        spread=Spread.BAND,
        denominator="clicks to the destination",
        currency="USD",
        population="TikTok ads, four vendors' pages",
        period="2026",
        publisher="several vendors",
        address="affectgroup.com, calculatecreator.com, metricrig.com, theadbench.com",
        grade=Grade.C,
    ),
)


def compare(
    metric: Metric,
    tier: str | None,
    as_of: date,
    *,
    currency: str = "",
    tiers: Sequence[tuple[str, int]] = TIERS,
) -> Benchmark | Refusal:
    """Return the best published figure of the same definition, or why there is none.

    Args:
        metric: what is to be compared.
        tier: the creator's tier; None for a group of creators of several tiers.
        as_of: the day of the comparison.
        currency: of the metric's money, else ''.
        tiers: the workspace's cut-offs, name and followers from, rising.
    """
    same = [row for row in BENCHMARKS if row.metric == metric.name]
    if not same:
        return Refusal(reason=_why_none(metric))
    standing = [row for row in same if as_of < row.expires_on]
    if not standing:
        return Refusal(reason=f"The published figures for {metric.label} are older than 18 months.")
    payable = [row for row in standing if row.currency in {"", currency}]
    if not payable:
        return Refusal(
            reason=f"The published figures for {metric.label} are in {standing[0].currency}, not {currency}."
        )
    bounds = _bounds(tier, tiers)
    fitting = [row for row in payable if row.followers in {None, bounds}]
    if not fitting:
        return Refusal(
            reason=f"The published figures for {metric.label} cut the creators' sizes differently."
        )
    return min(fitting, key=lambda row: (row.followers is None, row.grade.value))


def _bounds(tier: str | None, tiers: Sequence[tuple[str, int]]) -> tuple[int, int | None] | None:
    """Return from and below which number of followers a tier goes; None where it is not known."""
    starts = [start for _, start in tiers] + [None]
    for position, (name, start) in enumerate(tiers):
        if name == tier:
            return start, starts[position + 1]
    return None


def _why_none(metric: Metric) -> str:
    relatives = sorted(
        {
            BY_NAME[row.metric].label
            for row in BENCHMARKS
            if row.metric
            and metric.denominator is not None
            and BY_NAME[row.metric].numerator == metric.numerator
        }
    )
    if relatives:
        return (
            f"Published figures exist for {' and '.join(relatives)}, which divides by something else than "
            f"{metric.label}; they do not compare."
        )
    return f"No published figure uses the definition of {metric.label}."
