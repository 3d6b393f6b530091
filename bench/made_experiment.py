"""A made-up experiment for timing a reading."""

from __future__ import annotations

import numpy as np

from core.experiments.model import Arm, Counted, Creator, Design, ExperimentData, Outcome, Slot, VideoRow

START = 20_000


def made_experiment(*, creators: int, videos: int, lift: float = 0.3, seed: int = 5) -> ExperimentData:
    """Return an experiment inside creators, one video a creator each day, read at its end."""
    rng = np.random.default_rng(seed)
    arms = (Arm(key="a", name="Hook A", is_control=True), Arm(key="b", name="Hook B"))
    slots, rows, people = [], [], []
    end = START + videos + 7
    for at in range(creators):
        key, clicky = f"c{at:02d}", rng.normal(np.log(0.012), 0.5)
        people.append(Creator(key=key, name=f"@creator{at:02d}"))
        for number, code in enumerate(rng.permutation(np.arange(videos) % 2), start=1):
            views = int(np.exp(rng.normal(9, 1.4))) + 100
            clicks = int(rng.poisson(views * np.exp(clicky + rng.normal(0, 0.5) + lift * code)))
            arm, posted, video = arms[code].key, START + number, f"{key}-{number}"
            slots.append(Slot(creator=key, arm=arm, number=number, planned_day=posted, video_id=video))
            rows.append(
                VideoRow(
                    video_id=video, creator=key, arm=arm, posted_day=posted, age=end - posted, paid_share=0.0,
                    numbers={"click_rate": Counted(numerator=clicks, denominator=views)}, has_tracking=True,
                )
            )  # fmt: skip
    return ExperimentData(
        key="hooks", name="Hooks", design=Design.INSIDE_CREATORS, arms=arms, creators=tuple(people),
        primary=Outcome(key="click_rate", label="Click rate", events="clicks", per="view"),
        slots=tuple(slots), videos=tuple(rows), planned_end=end, today=end,
    )  # fmt: skip
