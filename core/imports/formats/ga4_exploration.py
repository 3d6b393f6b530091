"""Google Analytics 4 explorations: free columns, a totals row one field longer than the header."""

from __future__ import annotations

import re

from core.imports.formats.context import Period, periods_in, stated_period
from core.imports.formats.ga4_columns import COLUMNS
from core.imports.formats.ga4_rows import web_facts
from core.imports.formats.ga4_totals import totals
from core.imports.model import ExportFormat, Facts, SheetTable, TypedTable

_RANGE_LINE = re.compile(r"^\"?#\s*20\d{6}\s*-\s*20\d{6}[\s,\"]*$")


def _is_exploration(table: SheetTable) -> bool:
    """Return whether a comment line above the table holds two days and nothing else."""
    return any(_RANGE_LINE.match(line.strip()) for line in table.preamble)


def _days(table: SheetTable) -> Period | None:
    """Return the days of the exploration; only its own line counts, names may hold dates too."""
    for line in table.preamble:
        if _RANGE_LINE.match(line.strip()):
            return next(periods_in(line), None)
    return None


def build(typed: TypedTable) -> Facts:
    """Return what the exploration says."""
    return web_facts(typed, _days(typed.table) or stated_period(typed), checks=totals(typed))


FORMAT = ExportFormat(
    name="ga4_exploration",
    label="Google Analytics exploration",
    system="Google Analytics 4",
    grain="one combination of the chosen dimensions",
    how_to_export="Google Analytics → Explore → your exploration → Export data → CSV.",
    provenance="analytics",
    columns=COLUMNS,
    recognise=_is_exploration,
    build=build,
)
