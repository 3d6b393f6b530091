"""Google Analytics 4 explorations: free columns, a totals row one field longer than the header."""

from __future__ import annotations

from core.imports.formats.context import stated_period
from core.imports.formats.ga4_columns import COLUMNS
from core.imports.formats.ga4_days import exploration_days, is_exploration
from core.imports.formats.ga4_rows import web_facts
from core.imports.formats.ga4_tables import one_statement_each
from core.imports.formats.ga4_totals import totals
from core.imports.model import ExportFormat, Facts, SheetTable, TypedTable


def _is_exploration(table: SheetTable) -> bool:
    return is_exploration(table.preamble)


def build(typed: TypedTable) -> Facts:
    """Return what the exploration says."""
    return web_facts(
        typed, exploration_days(typed.table.preamble) or stated_period(typed), checks=totals(typed)
    )


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
    apart=one_statement_each,
)
