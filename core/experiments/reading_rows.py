"""Which videos count today: at the reading age, of the plan's versions, used by this experiment alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.evidence.ages import tolerance
from core.experiments.model import Design, Looking, OutcomeKind
from core.experiments.reading_model import Progress, SetAside
from core.statistics.lifts import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from core.experiments.model import ExperimentData, Outcome, VideoRow

    Floats = NDArray[np.float64]
    Codes = NDArray[np.intp]

MATURE_SHARE = 0.9  # of the videos that came in, before the end may be judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The videos in the comparison as arrays, ready for the statistics.

    Attributes:
        names: creators by code.
        creators: code of each video's creator.
        arms: place of its version in `ExperimentData.arms`.
        blocks: code of its weekday group.
        ready: day on which it counts, never after the day that counts.
        features: known before posting, one text per video.
        numbers: numerators and denominators by outcome key; NaN where not known, 1 below a value.
    """

    names: tuple[str, ...]
    creators: Codes
    arms: Codes
    blocks: Codes
    ready: Codes
    numbers: Mapping[str, tuple[Floats, Floats]]
    features: Mapping[str, list[str]]

    def part(self, mask: np.ndarray) -> Columns:
        """Return the videos of a mask, without features."""
        return Columns(
            names=self.names,
            creators=self.creators[mask],
            arms=self.arms[mask],
            blocks=self.blocks[mask],
            ready=self.ready[mask],
            numbers={key: (x[mask], n[mask]) for key, (x, n) in self.numbers.items()},
            features={},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The videos of an experiment, sorted by what may be done with them today.

    Attributes:
        used: at the reading age and counted on the primary metric, up to the day that counts.
        waiting: too young, or no snapshot at the reading age yet.
        uncounted: old enough, but the primary metric is not known.
        zeros: counted, but with an amount of zero that has no logarithm.
        set_aside: every video not used, with the reason.
        strangers: videos that name a version the plan does not have.
        doubled: ids of videos that stand under two versions or creators.
        shared: videos that another experiment uses too.
        progress: how far it has come.
        as_of: the day up to which videos count.
        columns: `used` as arrays.
    """

    used: tuple[VideoRow, ...]
    waiting: tuple[VideoRow, ...]
    uncounted: tuple[VideoRow, ...]
    zeros: tuple[VideoRow, ...]
    set_aside: tuple[SetAside, ...]
    strangers: tuple[VideoRow, ...]
    doubled: tuple[str, ...]
    shared: tuple[VideoRow, ...]
    progress: Progress
    as_of: int
    columns: Columns

    @property
    def is_end(self) -> bool:
        """Return whether the planned end is reached."""
        return self.progress.end_day is not None

    @property
    def taking_part(self) -> tuple[VideoRow, ...]:
        """Return every video that came in and may count once it is old enough."""
        return self.used + self.waiting + self.uncounted + self.zeros


def ready_day(row: VideoRow, data: ExperimentData) -> int | None:
    """Return the day on which a video reached the reading age; None where its posting day is not known."""
    return None if row.posted_day is None else row.posted_day + data.reading_age


def gather(data: ExperimentData) -> Gathered:
    """Return the videos sorted by what may be done with them today."""
    rows, doubled = _each_once(data.videos)
    arms = {arm.key for arm in data.arms}
    strangers = tuple(row for row in rows if row.arm not in arms)
    shared = tuple(row for row in rows if row.arm in arms and row.also_in)
    own = [row for row in rows if row.arm in arms and not row.also_in]
    own = [row for row in own if row.posted_day is None or row.posted_day <= data.today]
    youngest = data.reading_age - tolerance(data.reading_age)
    kinds = {row.video_id: _kind(row, data, youngest) for row in own}
    end_day = _end_day(own, kinds, data)
    as_of = min(day for day in (data.today, data.closed_day, end_day) if day is not None)
    latest = as_of - youngest
    late = {
        row.video_id
        for row in own
        if row.posted_day is not None and row.posted_day > latest and kinds[row.video_id] != "waiting"
    }
    parts = {
        kind: tuple(row for row in own if kinds[row.video_id] == kind and row.video_id not in late)
        for kind in ("used", "waiting", "uncounted", "zeros")
    }
    reasons = [
        *_said(strangers, "it names a version that the plan does not have"),
        *(
            (SetAside(video_id=one, creator="", arm="", why="it stands under two versions or creators"))
            for one in doubled
        ),
        *_said(shared, "another experiment uses it too"),
        *_said(parts["waiting"], f"still maturing: not read at {data.reading_age} days yet"),
        *_said(parts["uncounted"], f"its {data.primary.words} are not known at {data.reading_age} days"),
        *_said(parts["zeros"], f"it has no {data.primary.events} at all"),
        *_said((row for row in own if row.video_id in late), "it was ready only after the day that counts"),
    ]
    used = parts["used"]
    progress = Progress(
        planned=len(data.slots),
        delivered=len(own),
        matured=len(own) - len(parts["waiting"]),
        used=len(used),
        creators=len({row.creator for row in used}),
        end_day=end_day,
    )
    return Gathered(
        used=used,
        waiting=parts["waiting"],
        uncounted=parts["uncounted"],
        zeros=parts["zeros"],
        set_aside=tuple(reasons),
        strangers=strangers,
        doubled=doubled,
        shared=shared,
        progress=progress,
        as_of=as_of,
        columns=columns_of(data, used, as_of),
    )


def _said(rows: Iterable[VideoRow], why: str) -> list[SetAside]:
    return [SetAside(video_id=row.video_id, creator=row.creator, arm=row.arm, why=why) for row in rows]


def _each_once(videos: Sequence[VideoRow]) -> tuple[list[VideoRow], tuple[str, ...]]:
    """Return each video once in a fixed order, without those that contradict themselves."""
    seen: dict[str, VideoRow] = {}
    doubled: dict[str, None] = {}
    for row in videos:
        other = seen.setdefault(row.video_id, row)
        if other is row:
            continue
        if (other.arm, other.creator) != (row.arm, row.creator):
            doubled[row.video_id] = None
        seen[row.video_id] = max(row, other, key=lambda one: (one.age or -1, str(one)))
    rows = sorted(
        (row for key, row in seen.items() if key not in doubled), key=lambda row: (row.creator, row.video_id)
    )
    return rows, tuple(sorted(doubled))


def _kind(row: VideoRow, data: ExperimentData, youngest: int) -> str:
    age = row.age if row.posted_day is None else min(row.age or 0, data.today - row.posted_day)
    if age is None or age < youngest:
        return "waiting"
    numerator, denominator = counted(row, data.primary)
    if math.isnan(numerator) or math.isnan(denominator) or denominator <= 0:
        return "uncounted" if age >= data.reading_age or not math.isnan(numerator) else "waiting"
    is_zero = data.primary.kind is OutcomeKind.VALUE and numerator <= 0
    return "zeros" if is_zero else "used"


def counted(row: VideoRow, outcome: Outcome) -> tuple[float, float]:
    """Return numerator and denominator of a video; NaN where not known, 1 below a value."""
    found = row.numbers.get(outcome.key)
    numerator = math.nan if found is None or found.numerator is None else float(found.numerator)
    if outcome.kind is OutcomeKind.VALUE:
        return (numerator if math.isfinite(numerator) else math.nan), 1.0
    denominator = math.nan if found is None or found.denominator is None else float(found.denominator)
    is_known = math.isfinite(numerator) and math.isfinite(denominator) and numerator >= 0
    return (numerator, denominator) if is_known else (math.nan, math.nan)


def _end_day(rows: list[VideoRow], kinds: dict[str, str], data: ExperimentData) -> int | None:
    """Return the first day on which the end counts: all planned videos ready, or the day and nearly all.

    Videos that are ready later belong to no plan; they are set aside, so that a result does not move.
    """
    limit = data.today if data.closed_day is None else min(data.today, data.closed_day)
    if data.design is Design.AUDIENCE_SPLIT:
        return data.planned_end if limit >= data.planned_end else None
    posted = np.sort([row.posted_day if row.posted_day is not None else -1 for row in rows])
    ready = np.sort([ready_day(row, data) or -1 for row in rows if kinds[row.video_id] != "waiting"])
    days = {data.planned_end, *(int(day) for day in ready)}
    for day in sorted(day for day in days if day <= limit):
        in_by = int(np.searchsorted(posted, day, side="right"))
        ready_by = int(np.searchsorted(ready, day, side="right"))
        is_whole = 0 < len(data.slots) <= ready_by
        if is_whole or (day >= data.planned_end and ready_by >= MATURE_SHARE * in_by):
            return day
    return None


def columns_of(data: ExperimentData, rows: Sequence[VideoRow], as_of: int) -> Columns:
    """Return the videos as arrays."""
    names, creators = numbered([row.creator for row in rows])
    places = {arm.key: at for at, arm in enumerate(data.arms)}
    ready = [ready_day(row, data) for row in rows]
    outcomes = {one.key: one for one in (data.primary, *data.secondary, *data.guardrails)}
    return Columns(
        names=tuple(map(str, names)),
        creators=creators,
        arms=np.array([places[row.arm] for row in rows], dtype=np.intp),
        blocks=numbered([row.block for row in rows])[1],
        ready=np.array([as_of if day is None else min(day, as_of) for day in ready], dtype=np.intp),
        numbers={key: _pairs(rows, outcome) for key, outcome in outcomes.items()},
        features={
            name: [row.features.get(name, "") for row in rows]
            for name in sorted({name for row in rows for name in row.features})
        },
    )


def _pairs(rows: Sequence[VideoRow], outcome: Outcome) -> tuple[Floats, Floats]:
    pairs = np.array([counted(row, outcome) for row in rows], dtype=float).reshape(len(rows), 2)
    return pairs[:, 0], pairs[:, 1]


def share_in(gathered: Gathered) -> float:
    """Return the share of the planned videos that are in the comparison, 0–1; 1 at the end."""
    if gathered.is_end:
        return 1.0
    planned = gathered.progress.planned
    return min(1.0, gathered.progress.used / planned) if planned else 0.0


def check_in_day(data: ExperimentData, gathered: Gathered) -> int | None:
    """Return the day of the one check-in: the first on which its share of planned videos was ready.

    It is fixed by when videos come in, not by when somebody looks, so that looking again is no second
    look. None where the plan has no check-in, or it has not come.
    """
    if data.looking is not Looking.ONE_CHECK_IN or not data.slots:
        return None
    needed = max(1, math.ceil(data.check_in_share * len(data.slots)))
    ready = np.sort(gathered.columns.ready)
    return int(ready[needed - 1]) if len(ready) >= needed else None
