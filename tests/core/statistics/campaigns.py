"""Made-up campaigns for the statistics: the same shapes as real ones, with a known truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Made:
    """One made-up campaign: who, which arm, clicks and views of every video."""

    creators: list[str]
    is_version: list[bool]
    clicks: list[float]
    views: list[float]

    def rows(self, order):
        """Return the same campaign in another order of videos."""
        return Made(
            **{
                name: [getattr(self, name)[at] for at in order]
                for name in ("creators", "is_version", "clicks", "views")
            }
        )


def campaign(
    seed: int, *, creators: int = 12, videos: int = 6, lift: float = 0.0, spread: float = 0.5
) -> Made:
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(creators), videos)
    arms = np.concatenate([rng.permutation(np.arange(videos) % 2) for _ in range(creators)])
    views = np.exp(rng.normal(9, 1, creators)[who] + rng.normal(0, 1.4, len(who))).round() + 100
    rate = np.exp(
        np.log(0.012) + rng.normal(0, 0.5, creators)[who] + rng.normal(0, spread, len(who)) + lift * arms
    )
    return Made(
        creators=[f"c{one}" for one in who],
        is_version=[bool(arm) for arm in arms],
        clicks=[float(count) for count in rng.poisson(views * rate)],
        views=[float(count) for count in views],
    )
