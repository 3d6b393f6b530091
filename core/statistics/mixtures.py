"""Averaging over what no single creator decides: the steadiness, the spread and what is usual.

Source: Gelman et al., Bayesian Data Analysis, chapter 5 (hierarchical models on grids).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.statistics.posteriors import Posteriors
from core.statistics.spreads import centre_nodes, log_prior

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.statistics.peers import Peers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


class _Group:
    """The creators of one group: those who say what is usual and those who are held against it."""

    def __init__(self, peers: Peers, number: int) -> None:
        self.members = peers.members[number]
        self.users = np.flatnonzero(peers.group == number)
        self.everyone = np.union1d(self.members, self.users)
        self.is_member = np.isin(self.everyone, self.members)
        self.is_user: NDArray[np.bool_] | slice = np.isin(self.everyone, self.users)
        if np.all(self.is_user):
            self.is_user = slice(None)  # a view instead of a copy


class Mixture:
    """The sum over all values of k, τ and μ of what each would say, weighted by how likely it is."""

    def __init__(self, peers: Peers, points: Floats, own: Floats, variances: Floats) -> None:
        """Begin with nothing.

        Args:
            peers: the groups.
            points: the grid of each creator.
            own: what each creator's videos say alone, to know where to look for μ.
            variances: how uncertain that is.
        """
        self._points = points
        self._own, self._variances = own, variances
        self._groups = [_Group(peers, number) for number in range(len(peers.members))]
        self._mass = np.zeros_like(points)
        self._sums = np.zeros(2)  # log k, τ
        self._usual = np.zeros(len(peers.members))

    def add(self, likelihood: Floats, shape: float, weight: float, spreads: Floats) -> None:
        """Add what one value of k says, over all spreads.

        Args:
            likelihood: on the grid of each creator.
            shape: k.
            weight: how likely it is.
            spreads: values of τ, evenly spaced on the log scale.
        """
        layers = [self._of_spread(likelihood, float(spread)) for spread in spreads]
        heights = np.array([height for _, _, height in layers]) + log_prior(spreads) + np.log(spreads)
        for (mass, usual, _), spread, share in zip(layers, spreads, _normalised(heights), strict=True):
            self._mass += weight * share * mass
            self._usual += weight * share * usual
            self._sums += weight * share * np.array([np.log(shape), spread])

    def _of_spread(self, likelihood: Floats, spread: float) -> tuple[Floats, Floats, float]:
        """Return the creators' masses, the groups' μ and the log evidence of one τ."""
        mass, usual, height = np.zeros_like(self._points), np.zeros_like(self._usual), 0.0
        for number, group in enumerate(self._groups):
            nodes = centre_nodes(self._own[group.members], self._variances[group.members], spread)
            layers, evidence = self._of_group(likelihood, group.everyone, nodes, spread)
            weights = _normalised(evidence[:, group.is_member].sum(axis=1))
            of_users = evidence[:, group.is_user].sum(axis=1)
            height += float(np.log(np.exp(of_users - of_users.max()).sum()) + of_users.max())
            height += float(np.log(nodes[1] - nodes[0]))
            mass[group.users] = np.tensordot(weights, layers[:, group.is_user], axes=1)
            usual[number] = weights @ nodes
        return mass, usual, height

    def _of_group(
        self, likelihood: Floats, creators: Ints, nodes: Floats, spread: float
    ) -> tuple[Floats, Floats]:
        """Return for each μ the creators' normalised masses and the log evidence of each creator."""
        points = self._points[creators]
        layers = points - nodes[:, None, None]
        layers *= layers
        layers *= -0.5 / spread**2
        np.exp(layers, out=layers)
        layers *= likelihood[creators]
        totals = np.maximum(layers.sum(axis=2), 1e-300)
        layers /= totals[:, :, None]
        steps = points[:, 1] - points[:, 0]
        return layers, np.log(totals * steps / spread)

    def result(self) -> tuple[Posteriors, float, float, Floats]:
        """Return the posteriors, k, τ and the groups' μ."""
        mass = self._mass / self._mass.sum(axis=1, keepdims=True)
        posteriors = Posteriors(points=self._points, mass=mass)
        return posteriors, float(np.exp(self._sums[0])), float(self._sums[1]), self._usual


def _normalised(logs: Floats) -> Floats:
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())
