"""How the rows of a file compare with what is known: new, changed, unchanged, or older than what is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, select

from core.imports.frames import NATURAL_KEYS, main_table, row_hashes, stored_column, stored_columns, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BLOCK = 100_000  # rows fetched at once, so that memory stays flat
_SUBJECT = "subject"  # what a count is about; stored with its kind before it
_FEW = 200  # subjects that are looked up one by one
_WITHIN_FORMAT = frozenset({"stat"})  # two formats may state the same subject and days side by side
_NARROWED_BY = {
    "shop_order": "day",
    "stat": "last_day",
    "follower_hour": "day",
    "audience_share": "day",
    "app_event": "at",
    "touch": "at",
    "search_interest": "at",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Rows of the main table of a file against the newest known ones.

    Attributes:
        new: nothing is known of them yet.
        changed: known with other values; this file is newer, so it will count.
        unchanged: known with the same values.
        older: known with other values from a newer file, so the newer one goes on counting.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0

    @property
    def total(self) -> int:
        """Return how many rows were compared."""
        return self.new + self.changed + self.unchanged + self.older

    @property
    def words(self) -> str:
        """Return the counts in words, for instance `12 new, 20 changed, 3 unchanged`."""
        parts = [f"{self.new:,} new", f"{self.changed:,} changed", f"{self.unchanged:,} unchanged"]
        return ", ".join([*parts, f"{self.older:,} older than what is known"] if self.older else parts)


def compare(
    connection: Connection, frames: Mapping[str, pd.DataFrame], *, format_name: str, as_of: int
) -> Differences:
    """Return how the rows of a file compare with the newest known ones.

    Args:
        connection: open for reading.
        frames: table -> frame as stored.
        format_name: whose rows compare with each other where two formats may say the same.
        as_of: of the file, Unix seconds.
    """
    name = main_table(frames)
    if not name:
        return Differences()
    frame = frames[name]
    known = _newest_known(connection, name, frame, format_name)
    keys = row_hashes(frame, NATURAL_KEYS[name])
    if known.empty:
        return Differences(new=len(pd.unique(keys)))
    mine = pd.DataFrame({"key": keys, "values": row_hashes(frame, stored_columns(name))})
    mine = mine.drop_duplicates("key", keep="last")
    known = known.sort_values("key", kind="stable", ignore_index=True)
    keys = known["key"].to_numpy()
    place = np.searchsorted(keys, mine["key"].to_numpy())
    at = np.minimum(place, len(keys) - 1)
    # Looked up instead of joined: a join would turn 64-bit hashes into floats where one is missing.
    is_known = keys[at] == mine["key"].to_numpy()
    is_same = is_known & (known["values"].to_numpy()[at] == mine["values"].to_numpy())
    is_older = is_known & ~is_same & (known["as_of"].to_numpy()[at] > as_of)
    return Differences(
        new=int(np.count_nonzero(~is_known)),
        unchanged=int(np.count_nonzero(is_same)),
        older=int(np.count_nonzero(is_older)),
        changed=int(np.count_nonzero(is_known & ~is_same & ~is_older)),
    )


def _newest_known(connection: Connection, name: str, frame: pd.DataFrame, format_name: str) -> pd.DataFrame:
    """Return one row per known key: key, values (hashes), as_of of the newest standing fact."""
    blocks = [
        pd.DataFrame(
            {
                "key": row_hashes(stored, NATURAL_KEYS[name]),
                "values": row_hashes(stored, stored_columns(name)),
                "as_of": order["as_of"].to_numpy(dtype="int64"),
                "batch": order["batch"].to_numpy(dtype="int64"),
            }
        )
        for stored, order in _known_blocks(connection, name, _narrowed(name, frame, format_name))
    ]
    if not blocks:
        return pd.DataFrame(
            {
                "key": pd.Series(dtype="uint64"),
                "values": pd.Series(dtype="uint64"),
                "as_of": pd.Series(dtype="int64"),
            }
        )
    known = pd.concat(blocks, ignore_index=True).sort_values(["as_of", "batch"], kind="stable")
    return known.drop_duplicates("key", keep="last")[["key", "values", "as_of"]]


def _narrowed(name: str, frame: pd.DataFrame, format_name: str) -> Select[tuple[object, ...]]:
    """Return the query for the standing facts that may share a key with the frame."""
    table, batch = table_of(name), table_of("import_batch")
    conditions: list[ColumnElement[bool]] = [batch.c.undone_at.is_(None)]
    if name in _WITHIN_FORMAT:
        conditions.append(batch.c.format == format_name)
    subjects = frame[_SUBJECT].unique() if _SUBJECT in frame.columns else ()
    if 0 < len(subjects) <= _FEW:
        kinds = [str(kind) for kind in frame["subject_kind"].unique()]
        conditions += [table.c.subject_kind.in_(kinds), table.c[_SUBJECT].in_([*map(str, subjects)])]
    narrow = _NARROWED_BY.get(name)
    if narrow:
        conditions.append(table.c[narrow].between(int(frame[narrow].min()), int(frame[narrow].max())))
    columns = [table.c[column] for column in stored_columns(name)]
    joined = table.join(batch, table.c.batch_id == batch.c.id)
    return (
        select(*columns, batch.c.as_of.label("as_of"), batch.c.id.label("batch"))
        .select_from(joined)
        .where(and_(*conditions))
    )


def _known_blocks(
    connection: Connection, name: str, query: Select[tuple[object, ...]]
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Yield blocks of known facts as stored, each with the as_of and batch of its rows."""
    columns = stored_columns(name)
    for block in connection.execute(query.execution_options(yield_per=_BLOCK)).partitions():
        values = dict(zip((*columns, "as_of", "batch"), zip(*block, strict=True), strict=True))
        said = [column for column in columns if any(value is not None for value in values[column])]
        stored = pd.DataFrame({column: stored_column(name, column, values[column]) for column in said})
        yield stored, pd.DataFrame({"as_of": values["as_of"], "batch": values["batch"]}, dtype="int64")
