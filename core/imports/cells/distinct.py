"""A column seen through its distinct cells, so that each spelling is read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from core.imports.cells.cleaning import is_missing
from core.imports.model import RowProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


Dtype = Literal["Int64", "Float64", "boolean", "str"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a cell cannot be read, in words for people."""

    code: str
    what: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct:
    """The distinct cells of a column.

    Attributes:
        codes: for each row the index of its cell in `texts`.
        texts: each spelling once, as written.
        cleaned: the same, ready to be read; '' where the cell says nothing.
    """

    codes: np.ndarray
    texts: Sequence[str]
    cleaned: Sequence[str]

    def rows_of(self, chosen: Sequence[int] | np.ndarray) -> np.ndarray:
        """Return the rows whose cell is one of the chosen distinct ones, ascending."""
        wanted = np.zeros(len(self.texts), dtype=bool)
        wanted[np.asarray(chosen, dtype=int)] = True
        return np.flatnonzero(wanted[self.codes]) if len(self.texts) else np.zeros(0, dtype=int)

    def problems(self, faults: Mapping[int, Fault], header: str) -> tuple[RowProblem, ...]:
        """Return one problem for every row whose cell has a fault."""
        if not faults:
            return ()
        rows = self.rows_of(list(faults))
        return tuple(
            RowProblem(position=int(row), column=header, code=fault.code, what=fault.what, fix=fault.fix)
            for row in rows
            for fault in (faults[int(self.codes[row])],)
        )


@dataclass(slots=True)
class Gathered:
    """What reading the distinct cells gave; grows while they are read."""

    values: dict[int, object] = field(default_factory=dict)
    faults: dict[int, Fault] = field(default_factory=dict)
    masked: list[int] = field(default_factory=list)


def distinct(values: pd.Series, clean: Callable[[str], str]) -> Distinct:
    """Return the column's distinct cells, cleaned; a cell that says nothing becomes ''."""
    codes, uniques = pd.factorize(values)
    texts: list[str] = pd.Index(uniques).tolist()
    cleaned = ["" if is_missing(text) else clean(text) for text in texts]
    return Distinct(codes=np.asarray(codes), texts=texts, cleaned=cleaned)


def spread(cells: Distinct, values: Mapping[int, object], dtype: Dtype) -> pd.Series:
    """Return the column of values by distinct cell; pd.NA where a cell has none."""
    cells_of: Any = [values.get(index, pd.NA) for index in range(len(cells.texts))]  # one type per dtype
    column = pd.Series(cells_of, dtype=dtype) if cells_of else pd.Series([], dtype=dtype)
    return pd.Series(column.array.take(cells.codes))
