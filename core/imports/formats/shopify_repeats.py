"""Orders that one file holds more than once, as when two exports were pasted together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.imports.formats.context import number_of, problems_at, raw_text, text_of
from core.imports.formats.repeated_rows import word_for_word

if TYPE_CHECKING:
    from core.imports.model import RowProblem, TypedTable

REPEATED = "the same order once more"
_OF_ORDER = (
    "status", "currency", "subtotal", "shipping", "tax", "total", "discount", "refunded", "created_at", "paid_at", "cancelled_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """A table in which each order stands once.

    Attributes:
        typed: the table without the other rows.
        repeated: how many rows repeat an order word for word.
        problems: rows of orders that the file states twice and differently.
    """

    typed: TypedTable
    repeated: int = 0
    problems: tuple[RowProblem, ...] = ()


def each_order_once(typed: TypedTable) -> Once:
    """Return the table with rows left out that state an order once more.

    A row begins an order where it names its status or total. Some tools repeat those on every line
    of an order: such rows differ in their line item and are kept.
    """
    names, ids = typed.values("order_name").str.strip(), text_of(typed, "order_id")
    begins = (typed.values("status") != "") | number_of(typed, "total").notna()
    key = names + "\x1f" + ids
    again = begins & (names != "") & key.where(begins).duplicated(keep=False)
    if not bool(again.any()):
        return Once(typed=typed)
    written = pd.DataFrame({name: raw_text(typed, name).str.strip() for name in _OF_ORDER if typed.has(name)})
    stated = written[again].groupby(key[again], sort=False).nunique(dropna=False)
    differing = set(stated.index[(stated > 1).any(axis=1)])
    contradictory = begins.index[
        key.isin(differing) | names.isin({one.split("\x1f")[0] for one in differing})
    ]
    rest = typed.kept[~np.isin(typed.kept, contradictory.to_numpy())]
    repeats = _word_for_word(typed, rest, names[again & ~key.isin(differing)])
    kept = rest[~np.isin(rest, repeats)]
    return Once(
        typed=replace(typed, kept=kept),
        repeated=len(repeats),
        problems=problems_at(
            contradictory,
            column=typed.headers["order_name"],
            code="order-twice",
            what="The file holds this order twice, with different figures.",
            fix="Keep the rows that are right and delete the others, or export the orders again in one file.",
        ),
    )


def _word_for_word(typed: TypedTable, rows: np.ndarray, names: pd.Series) -> np.ndarray:
    """Return the rows of some orders that equal an earlier row of the file in every cell.

    A line item can stand twice in one order, so a row repeats only where its order begins again.
    """
    order = pd.Series(typed.values("order_name").str.strip(), index=typed.kept)
    mine = rows[order.loc[rows].isin(set(names)).to_numpy(dtype=bool)]
    again = word_for_word(typed, mine, order.loc[mine])
    begins = (typed.values("status") != "") | number_of(typed, "total").notna()
    whole = set(order.loc[again][begins.loc[again]])
    repeats: np.ndarray = again[order.loc[again].isin(whole).to_numpy(dtype=bool)]
    return repeats
