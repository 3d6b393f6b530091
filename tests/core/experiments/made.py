"""Made-up experiments with a known truth, as `ExperimentData`."""

from __future__ import annotations

import dataclasses

import numpy as np

from core.experiments.model import (
    Arm,
    Counted,
    Creator,
    Design,
    ExperimentData,
    Outcome,
    OutcomeKind,
    Slot,
    VideoRow,
)

CLICKS = Outcome(key="click_rate", label="Click rate", events="clicks", per="view")
VIEWS = Outcome(key="views", label="Views", kind=OutcomeKind.VALUE, events="views")
LIKES = Outcome(key="like_rate", label="Like rate", events="likes", per="view")
START = 20_000  # a day number
A, B, C = (
    Arm(key="a", name="Hook A", is_control=True),
    Arm(key="b", name="Hook B"),
    Arm(key="c", name="Hook C"),
)


def experiment(
    seed: int = 1,
    *,
    creators: int = 12,
    videos: int = 6,
    lift: float = 0.0,
    arms: tuple[Arm, ...] = (A, B),
    design: Design = Design.INSIDE_CREATORS,
    today: int | None = None,
    spread: float = 0.5,
    likes_lift: float = 0.0,
    **changes,
) -> ExperimentData:
    """Return an experiment read at its planned end, one video a creator every second day."""
    rng = np.random.default_rng(seed)
    end = START + 2 * videos + 7
    today = end if today is None else today
    slots, rows, people = [], [], []
    for at in range(creators):
        own = f"c{at:02d}"
        level, clicky = rng.normal(9, 1), rng.normal(np.log(0.012), 0.5)
        people.append(
            Creator(key=own, name=f"@creator{at:02d}", history={"click_rate": float(np.exp(clicky))})
        )
        order = [arms[n % len(arms)] for n in range(videos)]
        order = (
            [order[n] for n in rng.permutation(videos)]
            if design is not Design.WHOLE_CREATORS
            else [arms[at % len(arms)]] * videos
        )
        for number, arm in enumerate(order, start=1):
            views = round(float(np.exp(level + rng.normal(0, 1.4)))) + 100
            effect = lift if arm is not arms[0] else 0.0
            rate = np.exp(clicky + rng.normal(0, spread) + effect)
            liked = np.exp(np.log(0.05) + rng.normal(0, 0.3) + (likes_lift if arm is not arms[0] else 0.0))
            clicks, likes = int(rng.poisson(views * rate)), int(rng.poisson(views * liked))
            posted, video = START + 2 * number, f"{own}-{number}"
            slots.append(Slot(creator=own, arm=arm.key, number=number, planned_day=posted, video_id=video))
            if posted > today:
                continue
            age = today - posted
            numbers = {}
            if age >= 7:
                numbers = {
                    "click_rate": Counted(numerator=clicks, denominator=views),
                    "views": Counted(numerator=views),
                    "like_rate": Counted(numerator=likes, denominator=views),
                }
            rows.append(
                VideoRow(
                    video_id=video, creator=own, arm=arm.key, posted_day=posted, age=age, numbers=numbers,
                    paid_share=0.0, has_tracking=True,
                )
            )  # fmt: skip
    made = ExperimentData(
        key="hooks", name="Hooks", design=design, arms=arms, primary=CLICKS, creators=tuple(people),
        slots=tuple(slots), videos=tuple(rows), planned_end=end, today=today,
    )  # fmt: skip
    return dataclasses.replace(made, **changes)


def with_rows(data: ExperimentData, change) -> ExperimentData:
    """Return the experiment with every video passed through `change`; None takes it out."""
    changed = (change(row) for row in data.videos)
    return dataclasses.replace(data, videos=tuple(row for row in changed if row is not None))
