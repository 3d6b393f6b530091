"""What happened in the sample's content tests: the draw that the app makes, videos, clicks, boosts."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from core.experiments.drawing_lots import draw_lots
from core.experiments.model import Design
from core.sample.trial_cast import TRIAL_CREATORS, TRIAL_LIST, TRIALS, Trial
from core.sample.world import World, WorldVideo, paid_days, views_by_day
from core.units import day_number, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.sample.cast import CastCreator

CLICK_DAYS = 15  # days after posting on which the link tool counts a video's link
_SPREAD_VIEWS, _SPREAD_CLICKS = 0.9, 0.42  # sd of logs of one creator's videos


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialVideo:
    """One video of a test.

    Attributes:
        trial: of which test.
        arm: 0 is what is done today, 1 what is tried.
        clicks: link clicks on each day from posting on.
    """

    trial: Trial
    arm: int
    video: WorldVideo
    clicks: tuple[int, ...]

    def views_at(self, age: int) -> int:
        """Return lifetime views at the end of a day of its life, bought ones too."""
        return self.video.views_to(self.video.posted_day + timedelta(days=age))

    def clicks_at(self, age: int) -> int:
        """Return clicks up to the end of a day of its life."""
        return sum(self.clicks[: age + 1])


def cast_of(trial: Trial) -> tuple[CastCreator, ...]:
    """Return who takes part in a test, in the order in which the app draws."""
    return tuple(sorted(TRIAL_CREATORS[: trial.creators], key=lambda creator: creator.name.casefold()))


def make_trials(*, seed: int = 928) -> tuple[TrialVideo, ...]:
    """Return the videos of all tests; the same seed gives the same ones."""
    random = Random(seed)
    return tuple(video for trial in TRIAL_LIST for video in _videos(trial, random))


def _videos(trial: Trial, random: Random) -> Iterator[TrialVideo]:
    cast = cast_of(trial)
    lots = draw_lots(
        Design.INSIDE_CREATORS, creators=len(cast), videos_each=trial.videos_each, arms=2, seed=trial.seed,
        first_day=day_number(trial.first_day), last_day=day_number(trial.last_day),
    )  # fmt: skip
    tried = [place for place, lot in enumerate(lots) if lot.arm == 1]
    boosted = set(random.sample(tried, trial.boosted))
    for place, lot in enumerate(lots):
        creator = _on_the_day(cast[lot.creator], random)
        at = _moment(trial.first_day if lot.day is None else day_of(lot.day), random)
        views = creator.typical_views * math.exp(random.gauss(0, _SPREAD_VIEWS))
        rate = creator.click_rate * math.exp(random.gauss(0, _SPREAD_CLICKS))
        rate *= trial.effect if lot.arm == 1 else 1.0
        name, _, _ = trial.arms[lot.arm]
        video = WorldVideo(
            creator=creator,
            video_id=str((int(at.timestamp()) << 32) + random.getrandbits(30)),
            posted_at=at,
            caption=f"{name}: my evening with the serum #{creator.niche.replace(' ', '')} #fernhillpartner #ad",
            duration_seconds=random.choice((14, 19, 23, 28, 36)),
            organic_views=views_by_day(round(views), random),
            paid_views=paid_days(random) if place in boosted else (0,) * 40,
        )
        yield TrialVideo(trial=trial, arm=lot.arm, video=video, clicks=_clicks(video, rate, random))


def _on_the_day(creator: CastCreator, random: Random) -> CastCreator:
    """Return a creator as viewers react to one of the videos: no two are liked alike."""
    likes, others = (math.exp(random.gauss(0, sd)) for sd in (0.25, 0.35))
    return replace(
        creator,
        like_rate=creator.like_rate * likes,
        comment_rate=creator.comment_rate * others,
        share_rate=creator.share_rate * others,
        save_rate=creator.save_rate * math.exp(random.gauss(0, 0.35)),
    )


def _moment(day: date, random: Random) -> datetime:
    return datetime.combine(day, time(random.choice((8, 12, 18, 20)), random.randrange(60)), UTC)


def _clicks(video: WorldVideo, rate: float, random: Random) -> tuple[int, ...]:
    """Return clicks of each day; bought views click half as often."""
    found = []
    for age in range(CLICK_DAYS):
        mean = (video.organic_views[age] + 0.5 * video.paid_views[age]) * rate
        found.append(max(0, round(random.gauss(mean, math.sqrt(mean))) if mean > 0 else 0))
    return tuple(found)


def boosted_world(videos: tuple[TrialVideo, ...]) -> World:
    """Return the boosted videos as a world, for the ads report."""
    bought = tuple(one.video for one in videos if any(one.video.paid_views))
    return World(campaign=TRIALS, creators=TRIAL_CREATORS, videos=bought, orders=(), visits={})
