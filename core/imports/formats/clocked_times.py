"""Moments beside TikTok ids: the clock in the ids tells the zone of times without one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.imports.cells import posted_from_id, read_column
from core.imports.formats.stat_rows import texts_at
from core.imports.model import Ask, Kind, Question, RowProblem, State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.imports.model import TypedTable

QUARTER = 900  # zones differ by multiples of a quarter of an hour
LONGEST_DELAY = 300  # seconds between the clock in an id and the time that TikTok shows; most are below 20
AGREEING = 0.8  # share of ids that must show one and the same zone


def clocked_times(
    typed: TypedTable, rows: np.ndarray, field: str, ids: Sequence[str]
) -> tuple[pd.Series, tuple[RowProblem, ...], tuple[Question, ...]]:
    """Return the moment of each row (Unix seconds UTC, Int64), unreadable ones, and what to ask.

    Args:
        typed: the typed table.
        rows: positions of the rows.
        field: field with the times as written (text).
        ids: ids of the same rows; TikTok's own carry a clock, others are passed over.
    """
    cells = pd.Series(texts_at(typed, field, rows), dtype="str")
    header, known = typed.headers.get(field, ""), typed.known
    order = known.answers.get((Ask.DAY_ORDER, header), "")
    zone = "UTC" if "utc" in header.casefold() else ""
    read = read_column(cells, Kind.INSTANT, header=header, convention=order, zone=zone, now=known.now)
    problems = tuple(replace(problem, position=int(rows[problem.position])) for problem in read.problems)
    if read.state is State.AMBIGUOUS and read.choices:
        return read.values.astype("Int64"), problems, (_ask_order(header, read.choices),)
    if read.state is not State.AMBIGUOUS:
        return read.values.astype("Int64"), problems, ()
    offset = zone_of_ids(read.values, ids)
    if offset is not None:
        return (read.values - offset).astype("Int64"), problems, ()
    zone = known.answers.get((Ask.ZONE, ""), "")
    if zone:
        told = read_column(cells, Kind.INSTANT, header=header, convention=order, zone=zone, now=known.now)
        return told.values.astype("Int64"), problems, ()
    return read.values.astype("Int64"), problems, (_ask_zone(header, cells),)


def zone_of_ids(local: pd.Series, ids: Sequence[str]) -> int | None:
    """Return how many seconds the written times are ahead of UTC, None where the ids do not show it.

    Args:
        local: times as written, read as if they were UTC.
        ids: ids of the same rows; the upper half of TikTok's own ids is a clock.
    """
    ahead = [
        int(written) - clock
        for written, text in zip(local, ids, strict=True)
        if pd.notna(written) and (clock := posted_from_id(text)) is not None
    ]
    if not ahead:
        return None
    offset = round(float(np.median(ahead)) / QUARTER) * QUARTER
    near = sum(abs(one - offset) <= LONGEST_DELAY for one in ahead)
    return offset if near >= AGREEING * len(ahead) else None


def _ask_zone(header: str, cells: pd.Series) -> Question:
    shown = next((cell for cell in cells if cell), "")
    return Question(
        ask=Ask.ZONE,
        sentence=f'In which time zone are the times of the column "{header}"? The file does not say.',
        evidence=(f"The first one is {shown}.",),
        suggestion="UTC",
    )


def _ask_order(header: str, choices: Mapping[str, str]) -> Question:
    return Question(
        ask=Ask.DAY_ORDER,
        key=header,
        sentence=f'Does the day or the month come first in the column "{header}"?',
        evidence=tuple(choices.values()),
        choices=choices,
    )
