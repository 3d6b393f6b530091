"""Whatever comes in, a reading comes out: no error, no warning, no verdict without its range."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.experiments.model import Audience, Counted, Creator, Design, Look, Looking
from core.experiments.reading_model import VerdictKind
from core.experiments.verdicts import read_experiment
from tests.core.experiments.made import CLICKS, LIKES, START, VIEWS, A, B, C, experiment

ODD = (None, math.nan, math.inf, -1.0, 0.0, 1.0, 7.0, 1e12)


def spoil(rng, row, often):
    """Return a video with one thing wrong, or as it was."""
    if rng.random() > often:
        return row
    changes = [
        {"age": rng.choice([None, 0, 3, 6, 7, 400])},
        {"posted_day": rng.choice([None, START - 400, START + 3, START + 900])},
        {"arm": rng.choice(["a", "b", "c", "gone"])},
        {"paid_share": rng.choice([None, 0.0, 0.4, 1.0])},
        {"has_tracking": rng.choice([None, True, False])},
        {"creator": rng.choice(["c00", "nobody"])},
        {"also_in": ("Other",)},
        {"block": "weekend"},
        {"video_id": "c00-1"},
        {"features": {"length": "short"}},
        {
            "numbers": {
                key: Counted(numerator=rng.choice(ODD), denominator=rng.choice(ODD))
                for key in ("click_rate", "views", "like_rate")
            }
        },
        {"numbers": {}},
    ]
    return dataclasses.replace(row, **changes[rng.integers(len(changes))])


@settings(max_examples=120, deadline=None)
@given(
    seed=st.integers(0, 2**16),
    creators=st.integers(0, 7),
    videos=st.integers(1, 5),
    design=st.sampled_from(Design),
    looking=st.sampled_from(Looking),
    arms=st.sampled_from([(A, B), (A, B, C), (A,), (B, C), ()]),
    primary=st.sampled_from([CLICKS, VIEWS]),
    day=st.integers(-3, 40),
    closed=st.sampled_from([None, START + 5, START + 12]),
)
def test_whatever_comes_in_a_reading_comes_out(  # noqa: PLR0917
    seed, creators, videos, design, looking, arms, primary, day, closed
):
    rng = np.random.default_rng(seed)
    often = (0.0, 0.03, 0.5)[seed % 3]
    made = experiment(
        seed, creators=creators, videos=videos, arms=arms or (A, B), lift=float(rng.normal(0, 1))
    )
    data = dataclasses.replace(
        made,
        arms=arms,
        design=design,
        looking=looking,
        primary=primary,
        secondary=(LIKES,),
        guardrails=(LIKES, VIEWS),
        today=START + day,
        closed_day=closed,
        videos=tuple(spoil(rng, row, often) for row in made.videos),
        creators=(*made.creators, Creator(key="left", name="@left", left_day=START)),
        audience=tuple(
            Audience(arm=arm.key, people=rng.choice(ODD), successes={"click_rate": rng.choice(ODD)})
            for arm in arms
        ),
        looks=(Look(day=START, verdict="keep going"),),
    )
    reading = read_experiment(data)
    assert reading.title
    assert reading.sentence.endswith(".")
    assert "nan" not in reading.sentence.lower()
    for one in reading.contrasts:
        if one.verdict in {
            VerdictKind.WINS,
            VerdictKind.EARLY_WINNER,
            VerdictKind.STOP,
            VerdictKind.KEEP_CONTROL,
        }:
            assert one.low > 0 or one.high < 0
        assert one.why_not or one.low <= one.lift <= one.high
        assert one.chance is None or 0 <= one.chance <= 1
    counted = len(reading.dots) + len(reading.set_aside)
    assert counted <= len(data.videos)
    assert reading.progress.used == len(reading.dots)
