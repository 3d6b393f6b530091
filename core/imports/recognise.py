"""Which export a table is: by its header, never by its file name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.imports.cells import currency_in
from core.imports.headers import header_key
from core.imports.model import Kind
from core.imports.typing_columns import type_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.imports.model import ExportFormat, SheetTable

__all__ = ["Recognition", "header_key", "match_headers", "recognise", "type_table"]

_CURRENCY_BEHIND = re.compile(r"\s*[\[(][^\])]*[\])]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """The export that a table is.

    Attributes:
        format: the declared export.
        matched: field -> column index, for the fields that the table has.
        share: share of the table's columns that the format knows, 0 to 1.
        rivals: other exports that fit the header just as well; when there are any, ask.
    """

    format: ExportFormat
    matched: Mapping[str, int]
    share: float
    rivals: tuple[ExportFormat, ...] = ()


def match_headers(table: SheetTable, export: ExportFormat) -> dict[str, int]:
    """Return field -> column index for the columns that a format knows; the first of equal headers.

    A column belongs to one field only: spellings are tried in the order in which the format lists
    them, so that the best one wins.
    """
    positions: dict[str, int] = {}
    for index, header in enumerate(table.header):
        positions.setdefault(header_key(header), index)
    amounts = {
        header_key(_CURRENCY_BEHIND.sub("", header)): index
        for index, header in enumerate(table.header)
        if currency_in(header)
    }
    matched: dict[str, int] = {}
    taken: set[int] = set()
    for column in export.columns:
        for spelling in column.headers:
            found = positions.get(header_key(spelling))
            if found is None and column.kind is Kind.MONEY:  # `Cost (EUR)`
                found = amounts.get(header_key(spelling))
            if found is not None and found not in taken:
                matched[column.field] = found
                taken.add(found)
                break
    return matched


def recognise(table: SheetTable, formats: Sequence[ExportFormat]) -> Recognition | None:
    """Return the export that a table is, None when no declared format fits.

    A format fits when the table has all of its required columns, none of its forbidden ones, and
    its own proof agrees. Of several the one that explains most columns is taken.
    """
    fitting = [found for export in formats if (found := _fit(table, export))]
    if not fitting:
        return None
    best = max(fitting, key=_rank)
    rivals = tuple(each.format for each in fitting if each is not best and _rank(each) == _rank(best))
    return Recognition(format=best.format, matched=best.matched, share=best.share, rivals=rivals)


def _fit(table: SheetTable, export: ExportFormat) -> Recognition | None:
    """Return how a format fits a table, None if it does not."""
    required = [column.field for column in export.columns if column.required]
    if export.is_mapped:
        return None
    keys = {header_key(header) for header in table.header}
    if keys & {header_key(header) for header in export.forbidden}:
        return None
    matched = match_headers(table, export)
    # A format without required columns, such as a free report, still has to know one and to prove itself;
    # one that declares no columns at all is told by its own proof alone.
    is_unknown = bool(export.columns) and not matched
    if is_unknown or any(field not in matched for field in required) or not export.recognise(table):
        return None
    named = sum(bool(key) for key in keys)
    return Recognition(format=export, matched=matched, share=len(matched) / max(named, 1))


def _rank(found: Recognition) -> tuple[int, int]:
    """Return how much of the table a format explains: known columns, then required ones."""
    required = sum(column.required for column in found.format.columns)
    return len(found.matched), required
