"""Creators whose true rates are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.statistics.peers import Peers, peer_groups


@dataclass(frozen=True, kw_only=True)
class MadeUp:
    owner: np.ndarray
    events: np.ndarray
    views: np.ndarray
    log_rates: np.ndarray


SCATTERS = ("gamma", "log-normal", "beta", "heavy")


def made_up(
    rng: np.random.Generator,
    *,
    creators: int,
    spread: float,
    scatter: str = "log-normal",
    rate: float = 0.012,
    unsteady: float = 0.5,
    most: int = 8,
) -> MadeUp:
    """Return videos of creators: log-normal views, rates that scatter around each creator's own."""
    owner = np.repeat(np.arange(creators), rng.integers(1, most, creators))
    own = rate * np.exp(spread * rng.standard_normal(creators))
    views = np.maximum(1, np.exp(np.log(5_000) + 1.4 * rng.standard_normal(len(owner)))).round()
    rates = own[owner] * _factors(rng, scatter, unsteady, own[owner])
    events = rng.binomial(views.astype(int), np.minimum(0.99, rates)).astype(float)
    return MadeUp(owner=owner, events=events, views=views, log_rates=np.log(own))


def _factors(rng: np.random.Generator, scatter: str, unsteady: float, own: np.ndarray) -> np.ndarray:
    """Return factors whose mean is 1."""
    size = len(own)
    if scatter == "gamma":
        return rng.gamma(1 / unsteady**2, unsteady**2, size)
    if scatter == "beta":
        strength = 1 / unsteady**2 / own
        return rng.beta(own * strength, (1 - own) * strength) / own
    if scatter == "heavy":
        return np.minimum(_heavy(rng, unsteady, size), 30) / _heavy_mean(unsteady)
    return np.exp(unsteady * rng.standard_normal(size) - unsteady**2 / 2)


def _heavy(rng: np.random.Generator, unsteady: float, size: int) -> np.ndarray:
    return np.exp(unsteady * rng.standard_t(4, size) / 2**0.5)


def _heavy_mean(unsteady: float) -> float:
    return float(np.minimum(_heavy(np.random.default_rng(3), unsteady, 400_000), 30).mean())


def everybody(creators: int) -> Peers:
    """Return one group that holds all creators."""
    peers = peer_groups([], [True] * creators)
    assert isinstance(peers, Peers)
    return peers
