"""Events of videos under a negative binomial: where a creator's rate lies, how steady videos are.

Source: Lawless, "Negative binomial and mixed Poisson regression" (Canadian Journal of
Statistics 1987), for the likelihood and for the Pearson equation of its shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaln

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

STEADINESS = (float(np.log(3.0)), 1.2)  # prior of log k: a spread of about half on the log scale
_SHAPES = np.geomspace(0.08, 1e4, 20)
_FEW = 5_000  # videos up to which k is integrated over five values instead of three
_ROWS = 4_096  # videos worked on at a time: what fits the processor's cache


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted:
    """Events and exposures of videos, in the order of their creators.

    Attributes:
        owner: number of the creator of each video, ascending.
        events: counted events; 0 or more.
        exposure: what they are divided by; above 0.
        creators: how many creators there are, those without videos included.
    """

    owner: Ints
    events: Floats
    exposure: Floats
    creators: int

    def sums(self, values: Floats) -> Floats:
        """Return the sum over each creator's videos."""
        return np.bincount(self.owner, values, minlength=self.creators).astype(float)


def counted(owner: Ints, events: Floats, exposure: Floats, creators: int) -> Counted:
    """Return the videos in the order of their creators.

    Raises:
        ValueError: events below 0, or exposures that are not above 0.
    """
    if not (np.all(np.isfinite(events)) and np.all(events >= 0)):
        raise ValueError("events must be numbers of 0 or more")
    if not (np.all(np.isfinite(exposure)) and np.all(exposure > 0)):
        raise ValueError("exposures must be numbers above 0")
    order = np.argsort(owner, kind="stable")
    return Counted(
        owner=np.asarray(owner, dtype=np.int64)[order],
        events=np.asarray(events, dtype=float)[order],
        exposure=np.asarray(exposure, dtype=float)[order],
        creators=creators,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Start:
    """First guesses: each creator's log rate, and a wide prior that keeps searches in bounds."""

    values: Floats
    middle: float
    width: float


def first_guess(data: Counted) -> Start:
    """Return where to begin: totals divided with half an event added, and twice their spread."""
    overall = data.events.sum() / data.exposure.sum()
    exposure = data.sums(data.exposure)
    values = np.log((data.sums(data.events) + 0.5) / (exposure + 0.5 / overall))
    has_videos = exposure > 0
    middle = float(np.median(values[has_videos]))
    spread = 1.4826 * float(np.median(np.abs(values[has_videos] - middle)))
    width = float(np.clip(2 * spread, 0.5, 2.5))
    return Start(values=np.where(has_videos, values, middle), middle=middle, width=width)


def modes_of(
    data: Counted, shape: float, start: Start, values: Floats, steps: int = 8
) -> tuple[Floats, Floats]:
    """Return the likeliest log rates under the wide prior and their standard errors (Newton's steps)."""
    theta = values
    info = np.full(len(theta), start.width**-2.0)
    for _ in range(steps):
        mean = data.exposure * np.exp(theta[data.owner])
        weight = shape / (shape + mean)
        slope = data.sums((data.events - mean) * weight) - (theta - start.middle) / start.width**2
        info = data.sums(mean * weight * (shape + data.events) / (shape + mean)) + start.width**-2.0
        theta = theta + np.clip(slope / info, -1, 1)
    return theta, info**-0.5


def without_prior(modes: Floats, errors: Floats, start: Start) -> tuple[Floats, Floats]:
    """Return what each creator's videos say without the wide prior: a log rate and its variance."""
    info = np.maximum(errors**-2.0 - start.width**-2.0, 1e-3)
    own = (modes * errors**-2.0 - start.middle * start.width**-2.0) / info
    return np.clip(own, start.middle - 8 * start.width, start.middle + 8 * start.width), 1 / info


def _log_prior_shape(shape: float) -> float:
    middle, width = STEADINESS
    return float(-0.5 * ((np.log(shape) - middle) / width) ** 2)


def shape_nodes(data: Counted, start: Start) -> tuple[Floats, Floats]:
    """Return values of k to integrate over and their weights.

    The likelihood alone calls videos too steady where their scatter has longer tails than a gamma
    distribution. So the middle is the k at which squared errors are as large as they should be (the
    Pearson equation), unless the likelihood says that videos are less steady still.
    """
    scores, pearson, theta = [], [], start.values
    for shape in _SHAPES:
        theta, errors = modes_of(data, float(shape), start, theta, steps=3)
        mean = data.exposure * np.exp(theta[data.owner])
        fit = _log_likelihood(data.events, mean, float(shape)).sum() + np.log(errors).sum()
        away = (((theta - start.middle) / start.width) ** 2).sum() / 2
        scores.append(float(fit - away) + _log_prior_shape(float(shape)))
        free = len(mean) - (1 - (errors / start.width) ** 2).sum()
        pearson.append(float(((data.events - mean) ** 2 / (mean + mean**2 / shape)).sum() / max(free, 1.0)))
    likeliest, error = _peak(np.log(_SHAPES), np.array(scores))
    middle = min(likeliest, _where_one(np.log(_SHAPES), np.array(pearson)))
    offsets = np.array([-2, -1, 0, 1, 2] if len(data.events) <= _FEW else [-1.2, 0, 1.2])
    weights = np.exp(-(offsets**2) / 2)
    return np.exp(middle + error * offsets), weights / weights.sum()


def _peak(logs: Floats, heights: Floats) -> tuple[float, float]:
    """Return where a curve is highest and the standard error that its bend implies."""
    top = int(np.clip(np.argmax(heights), 1, len(logs) - 2))
    bend, lean, _ = np.polyfit(logs[top - 1 : top + 2] - logs[top], heights[top - 1 : top + 2], 2)
    if bend >= 0:
        return float(logs[top]), 0.6
    step = logs[1] - logs[0]
    return float(logs[top] + np.clip(-lean / (2 * bend), -step, step)), float(
        np.clip((-2 * bend) ** -0.5, 0.02, 0.6)
    )


def _where_one(logs: Floats, ratios: Floats) -> float:
    """Return the log k at which squared errors equal what is expected."""
    above = np.flatnonzero(ratios >= 1)
    if not len(above):
        return float(logs[-1])
    last = int(above[0])
    if last == 0:
        return float(logs[0])
    way = (1 - ratios[last - 1]) / (ratios[last] - ratios[last - 1])
    return float(logs[last - 1] + way * (logs[last] - logs[last - 1]))


def _log_likelihood(events: Floats, mean: Floats, shape: float) -> Floats:
    """Return the log probability of the events, but for what does not depend on mean and shape."""
    known = gammaln(events + shape) - gammaln(shape) + shape * np.log(shape)
    return np.asarray(known + events * np.log(mean) - (events + shape) * np.log(shape + mean))


def likelihood_on_grid(data: Counted, points: Floats, shape: float) -> Floats:
    """Return each creator's likelihood on its grid, highest 1."""
    rates = np.exp(points)
    logs = data.sums(data.events)[:, None] * points
    for first in range(0, len(data.owner), _ROWS):
        rows = slice(first, first + _ROWS)
        owner, events = data.owner[rows], data.events[rows]
        terms = data.exposure[rows, None] * rates[owner]
        terms += shape
        np.log(terms, out=terms)
        terms *= (events + shape)[:, None]
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        logs[owner[starts]] -= np.add.reduceat(terms, starts, axis=0)
    logs -= logs.max(axis=1, keepdims=True)
    return np.asarray(np.exp(logs))


def log_likelihoods(data: Counted, points: Floats, shape: float) -> Floats:
    """Return the log likelihood of one creator's videos on a grid, comparable between shapes."""
    mean = data.exposure[:, None] * np.exp(points)
    return np.asarray(_log_likelihood(data.events[:, None], mean, shape).sum(axis=0))
