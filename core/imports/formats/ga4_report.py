"""Google Analytics 4 reports: one or many tables in a file, each with its own days above it."""

from __future__ import annotations

import re

from core.imports.formats.context import headers_of, stated_period
from core.imports.formats.ga4_columns import (
    COLUMNS,
    DATE_COLUMNS,
    LINK_COLUMNS,
    METRIC_COLUMNS,
    OTHER_COLUMNS,
)
from core.imports.formats.ga4_days import report_days
from core.imports.formats.ga4_rows import web_facts
from core.imports.formats.ga4_tables import one_statement_each
from core.imports.formats.ga4_totals import totals
from core.imports.headers import header_key
from core.imports.model import ExportFormat, Facts, SheetTable, TypedTable

_DIMENSIONS = (*DATE_COLUMNS, *LINK_COLUMNS, *OTHER_COLUMNS)
_GOOGLE = (
    "session source / medium",
    "session source/medium",
    "session campaign",
    "session manual ad content",
    "nth day",
)


def _is_report(table: SheetTable) -> bool:
    """Return whether a table has stated days above it, or columns that only Google Analytics names so."""
    headers = headers_of(table)
    if report_days(table.preamble) is not None:
        # Of a table whose dimensions are in no known language a person says what they are.
        dimensions = {header_key(text) for column in _DIMENSIONS for text in column.headers}
        return bool(headers & dimensions) and any(line.lstrip('"').startswith("#") for line in table.preamble)
    if any(line.startswith("#") and re.search(r"20\d{6}\s*-\s*20\d{6}", line) for line in table.preamble):
        return False  # an exploration
    metrics = {header_key(text) for column in METRIC_COLUMNS for text in column.headers}
    own = {
        header_key(text)
        for column in (*LINK_COLUMNS, *DATE_COLUMNS)
        for text in column.headers
        if "ession" in text or "Nth" in text
    }
    return bool(headers & (own | set(_GOOGLE))) and bool(headers & metrics)


def build(typed: TypedTable) -> Facts:
    """Return what one table of the report says."""
    period = report_days(typed.table.preamble) or stated_period(typed)
    return web_facts(typed, period, checks=totals(typed))


FORMAT = ExportFormat(
    name="ga4_report",
    label="Google Analytics report",
    system="Google Analytics 4",
    grain="one source, medium, campaign or day",
    how_to_export="Google Analytics → Reports → Traffic acquisition → Share → Download file → CSV.",
    provenance="analytics",
    columns=COLUMNS,
    recognise=_is_report,
    build=build,
    apart=one_statement_each,
)
