"""Visits that two analytics files state in different detail: each counts once.

A report by source, medium and campaign holds the same visits as an exploration by content too,
and a table by day the same as one for the whole period. Such figures are never added. Where two
files of different detail speak of the same visits on the same days, the finer one counts if it
covers them: first the one that names the content (only it tells creators apart), then the one
that names the campaign, then the one with more dimensions, then the one by day, then the newest.
Where the finer one covers a part of a period only, the file about more days counts.
Measures are looked at one by one: what the finer file does not state is taken from the other.

Files of equal detail need nothing of this: their rows have equal keys, and the newest counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from core.rollups.reading import read_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    from sqlalchemy import Connection

_CAMPAIGN, _CONTENT, _PARTS = 2, 3, 5  # places in a link key
Ints = npt.NDArray[np.int64]
Slice = tuple[str, ...]
Shapes = dict[tuple[str, int], frozenset[int]]  # measure and import -> places in a link key


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """The rows of one file for one campaign, of one kind, that know a measure.

    Attributes:
        places: positions of the rows.
        parts: which of the five link parts the file tells apart.
        is_daily: one row is one day.
        span: first and last day that the file covers.
        age: as_of and number of the import.
    """

    places: Ints
    parts: frozenset[int]
    is_daily: bool
    span: tuple[int, int]
    age: tuple[int, int]

    @property
    def rank(self) -> tuple[object, ...]:
        """Return what sorts the finest and newest last."""
        return (
            _CONTENT in self.parts,
            _CAMPAIGN in self.parts,
            len(self.parts),
            self.is_daily,
            self.age,
        )

    def is_like(self, other: _Cut) -> bool:
        """Return whether rows of both are versions of each other."""
        return self.parts == other.parts and self.is_daily == other.is_daily


def link_shapes(frame: pd.DataFrame, measures: Iterable[str]) -> Shapes:
    """Return which of the five link parts each import tells apart where it states a measure.

    Args:
        frame: subject_kind, subject, batch_id and the measures of every standing row, whichever
            campaign it belongs to.
        measures: which measures to look at.
    """
    web = frame[frame["subject_kind"] == "web"]
    shapes: Shapes = {}
    for name in measures if len(web) else ():
        rows = web.loc[web[name].notna(), ["batch_id", "subject"]].drop_duplicates()
        for batch, subject in rows.itertuples(index=False, name=None):
            named = frozenset(place for place, part in enumerate(_parts(subject)) if part)
            key = (name, int(batch))
            shapes[key] = shapes.get(key, frozenset()) | named
    return shapes


def repeated_visits(
    connection: Connection, frame: pd.DataFrame, measures: Iterable[str], shapes: Shapes
) -> dict[str, Ints]:
    """Return for each measure the rows that repeat what a file of other detail says.

    Args:
        connection: open.
        frame: subject_kind, subject, kind, first_day, last_day, campaign_id, batch_id, as_of, and the
            measures, of every standing row; index 0..n-1.
        measures: which measures to look at.
        shapes: as `link_shapes` says.
    """
    web = np.flatnonzero((frame["subject_kind"] == "web").to_numpy())
    mine = frame.iloc[web]
    if mine["batch_id"].nunique() < 2:
        return {}
    keys = {subject: _parts(subject) for subject in mine["subject"].unique()}
    spans = _spans(connection)
    found: dict[str, Ints] = {}
    for name in measures:
        known = web[mine[name].notna().to_numpy()]
        of_batch = {batch: shape for (measure, batch), shape in shapes.items() if measure == name}
        dropped = _dropped(frame, known, keys, of_batch, spans)
        if len(dropped):
            found[name] = dropped
    return found


def _parts(subject: str) -> Slice:
    return tuple((subject.split("|") + [""] * _PARTS)[:_PARTS])


def _spans(connection: Connection) -> dict[int, tuple[int | None, int | None]]:
    rows = read_frame(connection, "SELECT id, first_day, last_day FROM import_batch")
    return {
        int(row[0]): (None if row[1] is None else int(row[1]), None if row[2] is None else int(row[2]))
        for row in rows.itertuples(index=False, name=None)
    }


def _dropped(
    frame: pd.DataFrame,
    known: Ints,
    keys: Mapping[str, Slice],
    shapes: Mapping[int, frozenset[int]],
    spans: Mapping[int, tuple[int | None, int | None]],
) -> Ints:
    """Return the rows of one measure that repeat others."""
    alive = np.ones(len(frame), dtype=bool)
    rows = frame.iloc[known]
    for _, mine in rows.groupby("campaign_id", sort=True):
        cuts = [_cut(group, shapes, spans) for _, group in mine.groupby(["batch_id", "kind"], sort=True)]
        cuts.sort(key=lambda cut: cut.rank, reverse=True)
        for finer, coarser in combinations(cuts, 2):
            if not finer.is_like(coarser):
                _settle(frame, alive, keys, finer, coarser)
    return np.flatnonzero(~alive).astype(np.int64)


def _cut(
    group: pd.DataFrame,
    shapes: Mapping[int, frozenset[int]],
    spans: Mapping[int, tuple[int | None, int | None]],
) -> _Cut:
    batch = int(group["batch_id"].iloc[0])
    first, last = spans.get(batch, (None, None))
    return _Cut(
        places=group.index.to_numpy(dtype=np.int64),
        parts=shapes[batch],
        is_daily=group["kind"].iloc[0] == "daily",
        span=(
            int(group["first_day"].min()) if first is None else first,
            int(group["last_day"].max()) if last is None else last,
        ),
        age=(int(group["as_of"].iloc[0]), batch),
    )


def _settle(
    frame: pd.DataFrame,
    alive: npt.NDArray[np.bool_],
    keys: Mapping[str, Slice],
    finer: _Cut,
    coarser: _Cut,
) -> None:
    """Drop from one of two files what both say."""
    shared = sorted(finer.parts & coarser.parts)
    subjects = frame["subject"].to_numpy()
    first, last = (frame[name].to_numpy(dtype=np.int64) for name in ("first_day", "last_day"))

    def slices(places: Ints) -> dict[Slice, list[int]]:
        found: dict[Slice, list[int]] = {}
        for place in places[alive[places]].tolist():
            key = keys[str(subjects[place])]
            found.setdefault(tuple(key[part] for part in shared), []).append(place)
        return found

    theirs = slices(finer.places)
    begin, end = finer.span
    for one, places in slices(coarser.places).items():
        if one not in theirs:
            continue
        for place in places:
            if last[place] < begin or first[place] > end:
                continue
            is_covered = first[place] >= begin and last[place] <= end
            if is_covered or end - begin >= last[place] - first[place]:
                alive[place] = False
                continue
            within = [at for at in theirs[one] if last[at] >= first[place] and first[at] <= last[place]]
            alive[within] = False
