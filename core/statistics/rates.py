"""Rates of creators whose videos scatter: a negative binomial hierarchy, integrated on grids.

Events of a video ~ NegBin(mean exposure · e^θ, shape k), θ of a creator ~ N(μ of its
peers, τ²). k says how steady a creator's videos are: views are never counted as if each
were an experiment of its own. μ, τ and k are integrated over small grids, θ over a grid
for each creator.

Sources: Lawless, "Negative binomial and mixed Poisson regression" (Canadian Journal of
Statistics 1987) for the likelihood; Christiansen & Morris, "Hierarchical Poisson
regression modeling" (JASA 1997) for shrinkage of rates; Gelman et al., Bayesian Data
Analysis, chapter 5 for integrating the spread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.statistics.counted import (
    STEADINESS,
    counted,
    first_guess,
    likelihood_on_grid,
    log_likelihoods,
    modes_of,
    shape_nodes,
    without_prior,
)
from core.statistics.mixtures import Mixture
from core.statistics.posteriors import Posteriors, middle_share
from core.statistics.refusals import Lack, NotEnough
from core.statistics.spreads import spread_nodes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.statistics.peers import Peers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

POINTS = 81  # grid points of a creator's rate
_REACH = 5.5  # standard errors that the grid covers on each side


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RateFit:
    """What is believed of every creator's rate.

    Attributes:
        posteriors: of log rates; a creator without videos has what its peers lead one to expect.
        steadiness: k; the higher, the steadier are a creator's videos.
        spread: τ, the standard deviation of creators' log rates among peers.
        usual: e^μ for each group of peers: the rate of its middle creator.
        raw: totals divided; NaN for a creator without videos.
        videos: how many videos each creator has.
    """

    posteriors: Posteriors
    steadiness: float
    spread: float
    usual: Floats
    raw: Floats
    videos: Ints

    def next_video(self, creator: int, *, level: float = 0.9, seed: int = 0) -> tuple[float, float]:
        """Return the range of the rate of the creator's next video, videos' own scatter included."""
        one = Posteriors(
            points=self.posteriors.points[creator : creator + 1],
            mass=self.posteriors.mass[creator : creator + 1],
        )
        low, high = self.next_videos(one.draws(4_000, seed), level=level, seed=seed + 1)[0]
        return float(low), float(high)

    def next_videos(self, draws: Floats, *, level: float = 0.9, seed: int = 0) -> Floats:
        """Return the ranges of several creators' next videos, a row for each.

        Args:
            draws: of `posteriors.draws`, a row for each creator.
            level: how much a range holds.
            seed: of the videos' scatter.
        """
        scatter = np.random.default_rng(seed).gamma(self.steadiness, 1 / self.steadiness, draws.shape[1])
        return middle_share(np.exp(draws) * scatter, level)


def fit_rates(owner: Ints, events: Floats, exposure: Floats, peers: Peers) -> RateFit | NotEnough:
    """Return what is believed of every creator's rate, given everybody's videos.

    Args:
        owner: number of the creator of each video.
        events: counted events of each video.
        exposure: what they are divided by, above 0.
        peers: the groups of the creators.

    Raises:
        ValueError: events below 0, or exposures that are not above 0.
    """
    data = counted(owner, events, exposure, peers.creators)
    if not data.events.sum():
        return NotEnough(lack=Lack.EVENTS, have=0, need=1)
    start = first_guess(data)
    shapes, weights = shape_nodes(data, start)
    modes, errors = modes_of(data, float(shapes[len(shapes) // 2]), start, start.values)
    points = modes[:, None] + _REACH * errors[:, None] * np.linspace(-1, 1, POINTS)
    own, variances = without_prior(modes, errors, start)
    spreads = spread_nodes(own, variances, peers.group)
    mixture = Mixture(peers, points, own, variances)
    for shape, weight in zip(shapes, weights, strict=True):
        mixture.add(likelihood_on_grid(data, points, float(shape)), float(shape), float(weight), spreads)
    posteriors, steadiness, spread, usual = mixture.result()
    totals = data.sums(data.exposure)
    raw = np.divide(data.sums(data.events), totals, out=np.full(len(totals), np.nan), where=totals > 0)
    return RateFit(
        posteriors=posteriors,
        steadiness=steadiness,
        spread=spread,
        usual=np.exp(usual),
        raw=raw,
        videos=np.bincount(data.owner, minlength=data.creators),
    )


def fit_alone(events: Floats, exposure: Floats) -> Posteriors | NotEnough:
    """Return what one creator's videos say on their own: no peers, so nothing is pulled in.

    The prior of the log rate is Jeffreys', √(m ÷ (1 + m ÷ k)) for a mean of m events; k is
    integrated under its own prior, so that even one video has a range, a wide one.

    Raises:
        ValueError: events below 0, or exposures that are not above 0.
    """
    data = counted(np.zeros(len(events), dtype=np.int64), events, exposure, 1)
    if not len(data.events):
        return NotEnough(lack=Lack.VIDEOS, have=0, need=1)
    middle = np.log((data.events.sum() + 0.5) / data.exposure.sum())
    points = (middle + 9 * np.linspace(-1, 1, 1_201))[None, :]
    offsets = np.linspace(-1.2, 2.5, 13)
    shapes = np.exp(STEADINESS[0] + STEADINESS[1] * offsets)
    logs = np.array([log_likelihoods(data, points[0], float(shape)) for shape in shapes])
    mean = data.exposure.mean() * np.exp(points)
    logs += np.log(mean / (1 + mean / shapes[:, None])) / 2 - (offsets**2 / 2)[:, None]
    mass = np.exp(logs - logs.max()).sum(axis=0, keepdims=True)
    return Posteriors(points=points, mass=mass / mass.sum())
