"""Values of creators whose videos scatter, such as views or watch time: a normal hierarchy on logs.

The log of a video ~ N(θ, s²), θ of a creator ~ N(μ of its peers, τ²); s is shared by all
creators. τ and s are integrated over grids, μ exactly.

Source: Gelman et al., Bayesian Data Analysis, section 5.4 (hierarchical normal model), with
the spread's half-Cauchy prior of Gelman (2006).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

from core.statistics.posteriors import Posteriors, middle_share
from core.statistics.refusals import Lack, NotEnough
from core.statistics.spreads import log_prior, spread_nodes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.statistics.peers import Peers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

POINTS = 81
_REACH = 5.0  # standard deviations that a creator's grid covers on each side
_SCATTER_PRIOR = (3.0, 1.0)  # as good as three more videos whose logs scatter by 1: published spreads
_SCATTER_NODES = np.array([-1.6, -0.8, 0.0, 0.8, 1.6])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ValueFit:
    """What is believed of every creator's typical value.

    Attributes:
        posteriors: of the log of the middle video's value; a creator without videos has what its
            peers lead one to expect.
        scatter: s, the standard deviation of a creator's videos on the log scale.
        spread: τ, the standard deviation of creators among peers on the log scale.
        usual: e^μ for each group of peers: the middle creator's middle video.
        raw: geometric means; NaN for a creator without videos.
        videos: how many videos each creator has.
    """

    posteriors: Posteriors
    scatter: float
    spread: float
    usual: Floats
    raw: Floats
    videos: Ints

    def next_video(self, creator: int, *, level: float = 0.9, seed: int = 0) -> tuple[float, float]:
        """Return the range of the value of the creator's next video, videos' own scatter included."""
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
        scatter = self.scatter * np.random.default_rng(seed).standard_normal(draws.shape[1])
        return np.exp(middle_share(draws + scatter, level))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Summary:
    """Each creator's number of videos and mean log; 0 and 0 without videos."""

    count: Floats
    mean: Floats
    squares: float

    @property
    def has_videos(self) -> NDArray[np.bool_]:
        return np.asarray(self.count > 0)


def fit_values(owner: Ints, values: Floats, peers: Peers) -> ValueFit | NotEnough:
    """Return what is believed of every creator's typical value, given everybody's videos.

    Args:
        owner: number of the creator of each video.
        values: the value of each video, above 0.
        peers: the groups of the creators.

    Raises:
        ValueError: values that are not above 0.
    """
    if not (np.all(np.isfinite(values)) and np.all(values > 0)):
        raise ValueError("values must be numbers above 0")
    if not len(values):
        return NotEnough(lack=Lack.VIDEOS, have=0, need=1)
    data = _summed(np.asarray(owner), np.log(values), peers.creators)
    scatters, scatter_weights = _scatter_nodes(data)
    parts: list[tuple[float, Floats, Floats, Floats]] = []
    notes: list[Floats] = []
    for scatter, weight in zip(scatters, scatter_weights, strict=True):
        for share, spread, means, variances, usual in _of_scatter(data, peers, float(scatter)):
            parts.append((weight * share, means, np.sqrt(variances), usual))
            notes.append(weight * share * np.array([np.log(scatter), spread]))
    log_scatter, spread = np.sum(notes, axis=0)
    return ValueFit(
        posteriors=_on_grid(parts),
        scatter=float(np.exp(log_scatter)),
        spread=float(spread),
        usual=np.exp(np.sum([weight * usual for weight, _, _, usual in parts], axis=0)),
        raw=np.where(data.has_videos, np.exp(data.mean), np.nan),
        videos=data.count.astype(np.int64),
    )


def fit_values_alone(values: Floats) -> Posteriors | NotEnough:
    """Return what one creator's videos say of their typical value on their own: no peers.

    Raises:
        ValueError: values that are not above 0.
    """
    if not (np.all(np.isfinite(values)) and np.all(values > 0)):
        raise ValueError("values must be numbers above 0")
    if not len(values):
        return NotEnough(lack=Lack.VIDEOS, have=0, need=1)
    data = _summed(np.zeros(len(values), dtype=np.int64), np.log(values), 1)
    scatters, weights = _scatter_nodes(data)
    parts = [
        (float(weight), data.mean, np.array([scatter * len(values) ** -0.5]), np.zeros(1))
        for scatter, weight in zip(scatters, weights, strict=True)
    ]
    return _on_grid(parts)


def _summed(owner: Ints, logs: Floats, creators: int) -> _Summary:
    count = np.bincount(owner, minlength=creators).astype(float)
    mean = np.bincount(owner, logs, minlength=creators) / np.maximum(count, 1)
    return _Summary(count=count, mean=mean, squares=float(((logs - mean[owner]) ** 2).sum()))


def _scatter_nodes(data: _Summary) -> tuple[Floats, Floats]:
    """Return values of s to integrate over and their weights: the log of s is nearly normal."""
    extra, expected = _SCATTER_PRIOR
    free = float(np.maximum(data.count - 1, 0).sum()) + extra
    middle = ((data.squares + extra * expected**2) / free) ** 0.5
    nodes = middle * np.exp(_SCATTER_NODES * (2 * free) ** -0.5)
    weights = np.exp(-(_SCATTER_NODES**2) / 2)
    return nodes, weights / weights.sum()


def _of_scatter(
    data: _Summary, peers: Peers, scatter: float
) -> list[tuple[float, float, Floats, Floats, Floats]]:
    """Return for each τ: its weight, itself, creators' means and variances, and the groups' μ."""
    variances = np.where(data.has_videos, scatter**2 / np.maximum(data.count, 1), 1e6)
    known = data.has_videos
    spreads = spread_nodes(data.mean[known], variances[known], peers.group[known])
    layers = [_of_spread(data, peers, variances, float(spread)) for spread in spreads]
    heights = np.array([layer[0] for layer in layers]) + log_prior(spreads) + np.log(spreads)
    weights = np.exp(heights - heights.max())
    weights /= weights.sum()
    return [
        (float(weight), float(spread), means, widths, usual)
        for weight, spread, (_, means, widths, usual) in zip(weights, spreads, layers, strict=True)
    ]


def _of_spread(
    data: _Summary, peers: Peers, variances: Floats, spread: float
) -> tuple[float, Floats, Floats, Floats]:
    """Return the log evidence of τ, creators' means and variances, and the groups' μ."""
    precision = 1 / (variances + spread**2)
    height, usual, doubt = 0.0, np.zeros(len(peers.members)), np.zeros(len(peers.members))
    for number, members in enumerate(peers.members):
        total = precision[members].sum()
        usual[number] = (precision[members] * data.mean[members]).sum() / total
        doubt[number] = 1 / total
        users = np.flatnonzero((peers.group == number) & data.has_videos)
        away = (precision[users] * (data.mean[users] - usual[number]) ** 2).sum()
        height += float(np.log(precision[users]).sum() - away - np.log(total)) / 2
    kept = spread**2 * precision * data.has_videos  # how much of the creator's own mean is kept
    centre = usual[peers.group]
    means = centre + kept * (data.mean - centre)
    own = np.where(data.has_videos, kept * variances, spread**2)
    return height, means, own + (1 - kept) ** 2 * doubt[peers.group], usual


def _on_grid(parts: list[tuple[float, Floats, Floats, Floats]]) -> Posteriors:
    """Return a mixture of normals as mass on grids."""
    weights = np.array([part[0] for part in parts])
    means, widths = np.array([part[1] for part in parts]), np.array([part[2] for part in parts])
    middle = weights @ means
    width = np.sqrt(weights @ (widths**2 + (means - middle) ** 2))
    points = middle[:, None] + _REACH * width[:, None] * np.linspace(-1, 1, POINTS)
    half = (points[:, 1] - points[:, 0])[:, None] / 2
    mass = np.zeros_like(points)
    for weight, mean, scale in zip(weights, means, widths, strict=True):
        borders = np.concatenate([points[:, :1] - half, points + half], axis=1)
        mass += weight * np.diff(ndtr((borders - mean[:, None]) / scale[:, None]), axis=1)
    return Posteriors(points=points, mass=mass / mass.sum(axis=1, keepdims=True))
