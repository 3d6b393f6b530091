"""Frames as the store keeps them: every column there, one type each, and what makes two rows the same."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sqlalchemy import Boolean, Float, Integer, Table

from core.store.tables import Base, Counts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_KEPT_APART = frozenset({"id", "batch_id"})
_NO_FACTS = frozenset({"quarantine_row"})
_SPARSE = {"stat": frozenset(Counts.model_fields)}  # columns of which a file knows a few
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # the constants of the splitmix64 generator
_MIX = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
_LAST_SHIFT = np.uint64(31)
_FEW = 2_000  # cells by which a column is judged

FACT_TABLES: tuple[str, ...] = tuple(
    table.name
    for table in Base.metadata.sorted_tables
    if "batch_id" in table.c and table.name not in _NO_FACTS
)

NATURAL_KEYS: Mapping[str, tuple[str, ...]] = {
    "shop_order": ("system", "order_id"),
    "stat": ("subject_kind", "subject", "kind", "first_day", "last_day", "traffic", "breakdown"),
    "comment": ("comment_id",),
    "app_event": ("provider", "app", "person_key", "event", "at", "value_key"),
    "search_interest": ("term_set", "term", "region", "grain", "at"),
    "follower_hour": ("handle", "day", "hour"),
    "audience_share": ("subject_kind", "subject", "day", "dimension", "value"),
    "video_fact": ("video_id",),
    "touch": ("person_key", "at", "link_key"),
    "order_claim": ("system", "order_id", "position"),
    "order_line": ("system", "order_id", "line"),
}
"""What one row of each table is about; the first table that a file fills is what its rows are counted by."""


def table_of(name: str) -> Table:
    """Return the table of that name."""
    return Base.metadata.tables[name]


def stored_columns(name: str) -> tuple[str, ...]:
    """Return the columns that an import fills, in the order of the table."""
    return tuple(column.name for column in table_of(name).columns if column.name not in _KEPT_APART)


def as_stored(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with the columns of the table, each in its one type.

    Args:
        name: table.
        frame: one row per fact; columns it lacks get the default of the table, which is
            missing wherever missing is allowed. Measures that it lacks stay away.

    Raises:
        ValueError: when a column is not one of the table.
    """
    columns = stored_columns(name)
    unknown = sorted(set(frame.columns) - set(columns))
    if unknown:
        msg = f"{name} has no column {', '.join(map(str, unknown))}; it has {', '.join(columns)}"
        raise ValueError(msg)
    left_out = _SPARSE.get(name, frozenset()).difference(frame.columns)
    filled = {column: _in_type(name, column, frame) for column in columns if column not in left_out}
    return pd.DataFrame(filled, index=pd.RangeIndex(len(frame)))


def _in_type(name: str, column: str, frame: pd.DataFrame) -> pd.Series:
    """Return one column in the type the store keeps it in."""
    dtype = _dtype(name, column)
    if column not in frame.columns:
        return pd.Series([_defaults(name).get(column)] * len(frame) or [], dtype=dtype)
    values = frame[column].reset_index(drop=True)
    if dtype == "str":
        return _as_text(values, _defaults(name).get(column))
    return values if str(values.dtype) == dtype else pd.Series(values.array, dtype=dtype)


def _as_text(values: pd.Series, unknown: str | None) -> pd.Series:
    """Return a column of text; what is not known is '' where the table says so, else missing."""
    text = values if str(values.dtype) == "str" else pd.Series(values.array, dtype="str")
    return text if unknown is None or not text.hasnans else text.fillna(unknown)


@cache
def _dtype(name: str, column: str) -> str:
    """Return the pandas type of a stored column."""
    kind = table_of(name).c[column].type
    if isinstance(kind, Boolean):
        return "boolean"
    if isinstance(kind, Integer):
        return "Int64"
    return "Float64" if isinstance(kind, Float) else "str"


@cache
def _defaults(name: str) -> Mapping[str, Any]:
    """Return column -> value where a fact says nothing, only for columns that have one."""
    for mapper in Base._sa_registry.mappers:  # noqa: SLF001  (SQLModel names its registry so)
        if mapper.local_table is table_of(name):
            fields = mapper.class_.model_fields.items()
            return {field: info.default for field, info in fields if not info.is_required()}
    return {}


def stored_column(name: str, column: str, values: Sequence[Any]) -> pd.Series:
    """Return values of one column, as a database gives them, in the type of `as_stored`."""
    dtype = _dtype(name, column)
    return pd.Series(values, dtype=dtype)


def row_hashes(frame: pd.DataFrame, columns: Sequence[str]) -> np.ndarray:
    """Return one 64-bit number per row, equal for rows with equal values in the columns.

    A missing value adds nothing, so that a column that says nothing may as well not be there.
    """
    hashes = np.zeros(len(frame), dtype=np.uint64)
    for column in columns:
        if column in frame.columns and len(frame):
            hashes += _cell_hashes(frame[column], column)
    return hashes


def _cell_hashes(values: pd.Series, column: str) -> np.ndarray:
    """Return one number per cell, 0 where it is missing."""
    salt = np.uint64(int.from_bytes(hashlib.sha256(column.encode()).digest()[:8], "little"))
    if str(values.dtype) == "str":
        known = values.notna().to_numpy(dtype=bool)
        cells = _word_hashes(values, salt)
    else:
        known = values.notna().to_numpy(dtype=bool)
        is_float = str(values.dtype) == "Float64"
        numbers = values.to_numpy(dtype=np.float64 if is_float else np.int64, na_value=0)
        cells = _mixed((numbers + 0).view(np.uint64) * _SPREAD + salt)  # adding 0 makes -0.0 0.0
    return cells if known.all() else np.where(known, cells, np.uint64(0))


def _word_hashes(values: pd.Series, salt: np.uint64) -> np.ndarray:
    """Return one number per text; what a missing one gets means nothing.

    Texts that repeat are hashed once. Among ids, of which each is another, looking for repeats
    costs more than it saves; the numbers are the same either way.
    """
    some = values.head(_FEW)
    if some.nunique() * 2 > len(some):
        texts, codes = values.to_numpy(dtype=object, na_value=""), None
    else:
        codes, found = pd.factorize(values)
        texts = np.asarray(found, dtype=object)
    if not len(texts):
        return np.zeros(len(values), dtype=np.uint64)
    hashes = _mixed(pd.util.hash_array(texts, categorize=False) + salt)
    return hashes if codes is None else hashes[codes]


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Return the numbers with every bit depending on all others."""
    for shift, factor in _MIX:
        numbers = (numbers ^ (numbers >> shift)) * factor
    return np.asarray(numbers ^ (numbers >> _LAST_SHIFT), dtype=np.uint64)


def rows_digest(frames: Mapping[str, pd.DataFrame], *context: str) -> str:
    """Return a digest of the rows that does not depend on their order.

    Args:
        frames: table -> frame as stored.
        context: what else must be equal for two files to say the same, for instance the account.
    """
    digest = hashlib.sha256("\x1f".join(context).encode())
    for name in sorted(frames):
        if len(frames[name]):
            digest.update(f"\x1e{name}:{len(frames[name])}:".encode())
            digest.update(np.sort(row_hashes(frames[name], stored_columns(name))).tobytes())
    return digest.hexdigest()


def main_table(frames: Mapping[str, pd.DataFrame]) -> str:
    """Return the table that the rows of a file are counted by, '' when it has no facts."""
    return next((name for name in NATURAL_KEYS if name in frames and len(frames[name])), "")
