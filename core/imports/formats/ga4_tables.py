"""Several tables of one analytics file: each measure is taken from one of those that repeat each other.

A report holds cards of different detail, and the same card for a comparison beside all users. All of
them speak of the same visits, so that their figures are never added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from core.imports.formats.ga4_days import stated_span
from core.imports.formats.ga4_rows import LINK_FIELDS, MEASURES, fields_of

if TYPE_CHECKING:
    from core.imports.formats.context import Period
    from core.imports.model import SheetTable

Matched = Mapping[str, int]
_DAYS = ("day", "nth_day", "date_hour")


def one_statement_each(tables: Sequence[tuple[SheetTable, Matched]]) -> tuple[Matched, ...]:
    """Return the columns to read of each table, so that no visit is stated twice.

    Of tables about the same days the finest states a measure: first the one that names the content,
    then the campaign, then the one with most dimensions, then the one by day, then the first.

    Args:
        tables: the tables of a file with field -> column index.
    """
    order = sorted(range(len(tables)), key=lambda place: _rank(tables[place][1], place), reverse=True)
    read: list[tuple[Period | None, frozenset[str]]] = []
    kept: dict[int, Matched] = {}
    for place in order:
        table, matched = tables[place]
        if not _names_links(matched):
            kept[place] = matched
            continue
        span = stated_span(table.preamble)
        told = {name for other, names in read if _overlap(span, other) for name in names}
        stated = frozenset(name for name in MEASURES if set(fields_of(name)) & set(matched))
        repeated = {field for name in stated & told for field in fields_of(name)}
        kept[place] = {field: index for field, index in matched.items() if field not in repeated}
        read.append((span, stated - told))
    return tuple(kept[place] for place in range(len(tables)))


def _names_links(matched: Matched) -> bool:
    return any(name in matched for name in LINK_FIELDS)


def _rank(matched: Matched, place: int) -> tuple[object, ...]:
    parts = sum(name in matched for name in LINK_FIELDS) + ("source_medium" in matched)
    is_daily = any(name in matched for name in _DAYS)
    return ("content" in matched, "campaign" in matched, parts, is_daily, -place)


def _overlap(one: Period | None, other: Period | None) -> bool:
    """Return whether two tables speak of common days; one that states none may speak of any."""
    return one is None or other is None or (one.first <= other.last and other.first <= one.last)
