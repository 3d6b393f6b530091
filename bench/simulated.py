"""Simulated creator campaigns: log-normal views and rates, counts drawn on top, a known truth."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

LOOKS = 12  # days on which a campaign is read
VIEWS = 20_000  # of a typical video
MOST = 20.0  # log of the most views a video can have: half a billion


@dataclass(frozen=True, kw_only=True)
class World:
    """How campaigns of one kind come about.

    Attributes:
        name: shown in the table.
        creators, videos: how many, videos per creator.
        is_ragged: creators make between 2 and 10 videos.
        clicks: clicks of a typical video.
        within, between: sd of log rates inside and between creators.
        tails: degrees of freedom of the noise; None is normal.
        reactions: sd of how differently creators react.
        is_whole: a creator makes one version only.
        prefers: how much stronger creators prefer the version, where nobody assigned; 0 is a draw.
        arms: versions, the control included.
    """

    name: str
    creators: int = 12
    videos: int = 6
    is_ragged: bool = False
    clicks: float = 240.0
    within: float = 0.5
    between: float = 0.5
    tails: float | None = None
    reactions: float = 0.15
    is_whole: bool = False
    prefers: float = 0.0
    arms: int = 2


WORLDS = (
    World(name="inside creators"),
    World(name="few creators (6 × 4)", creators=6, videos=4),
    World(name="ragged", is_ragged=True),
    World(name="heavy tails", tails=4.0),
    World(name="uneven effect", reactions=0.4),
    World(name="low counts", clicks=6.0),
    World(name="whole creators (24 × 4)", creators=24, videos=4, is_whole=True),
    World(name="whole creators, few (8 × 4)", creators=8, videos=4, is_whole=True),
    World(name="not assigned", prefers=1.5),
)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One campaign: creator, arm, day, clicks and views of every video, and creators' past rates."""

    creators: np.ndarray
    arms: np.ndarray
    days: np.ndarray
    clicks: np.ndarray
    views: np.ndarray
    past: dict[int, float]

    def until(self, day: int) -> Drawn:
        """Return what had come in by a day."""
        mask = self.days <= day
        return replace(
            self,
            **{name: getattr(self, name)[mask] for name in ("creators", "arms", "days", "clicks", "views")},
        )


def draw(world: World, rng: np.random.Generator, lift: float = 0.0) -> Drawn:
    """Return one campaign with a true log lift of every version but the control."""
    counts = rng.integers(2, 11, world.creators) if world.is_ragged else np.full(world.creators, world.videos)
    who = np.repeat(np.arange(world.creators), counts)
    strength = rng.normal(0, 1, world.creators)
    arms = _arms(world, rng, counts, strength)
    level, rate = rng.normal(0, 1.5, world.creators), world.between * strength
    views = (
        np.exp(np.minimum(np.log(VIEWS) + level[who] + 1.4 * _noise(world, rng, len(who)), MOST)).round() + 20
    )
    effect = np.where(
        arms > 0,
        lift + (rng.normal(0, world.reactions, world.creators) if not world.is_whole else 0 * strength)[who],
        0.0,
    )
    log_rate = np.log(world.clicks / VIEWS) + rate[who] + world.within * _noise(world, rng, len(who)) + effect
    seen = np.exp(np.minimum(log_rate, np.log(0.5)))
    noise = world.between * np.sqrt(
        0.3 / 0.7
    )  # so that the past explains 70 % of the spread between creators
    return Drawn(
        creators=who,
        arms=arms,
        days=rng.integers(1, LOOKS + 1, len(who)),
        clicks=rng.binomial(views.astype(int), seen).astype(float),
        views=views,
        past={at: float(np.exp(rate[at] + rng.normal(0, noise))) for at in range(world.creators)},
    )


def _noise(world: World, rng: np.random.Generator, count: int) -> np.ndarray:
    if world.tails is None:
        return rng.normal(0, 1, count)
    return rng.standard_t(world.tails, count) / np.sqrt(world.tails / (world.tails - 2))


def _arms(world: World, rng: np.random.Generator, counts: np.ndarray, strength: np.ndarray) -> np.ndarray:
    if world.is_whole:
        own = rng.permutation(np.arange(world.creators) % world.arms)
        return np.repeat(own, counts)
    if world.prefers:
        who = np.repeat(np.arange(world.creators), counts)
        return (rng.random(len(who)) < 1 / (1 + np.exp(-world.prefers * strength[who]))).astype(int)
    return np.concatenate([rng.permutation(np.arange(count) % world.arms) for count in counts])
