"""Mapper target: visits of the shop or site by source, from any web analytics."""

from __future__ import annotations

from dataclasses import replace

from core.imports.formats.context import stated_period
from core.imports.formats.ga4_columns import METRIC_COLUMNS
from core.imports.formats.ga4_rows import web_facts
from core.imports.formats.mapped_estimates import estimates
from core.imports.model import Column, ExportFormat, Facts, Kind, TypedTable

_MORE = {
    "sessions": ("Visits", "Sessions count", "Online store visitors sessions"),
    "users_total": ("Visitors", "Online store visitors", "Unique visitors"),
    "key_events": ("Goals", "Goal completions"),
    "web_transactions": ("Orders", "Total orders", "Purchases"),
    "revenue": ("Revenue", "Sales", "Total sales"),
}
_LEFT_OUT = frozenset({"event_count", "new_users"})


def build(typed: TypedTable) -> Facts:
    """Return the visits per tagged link and day, or period."""
    facts = web_facts(typed, stated_period(typed), checks={})
    return replace(facts, issues=(*facts.issues, *estimates(typed)))


def _wider(column: Column) -> Column:
    return replace(column, headers=(*column.headers, *_MORE.get(column.field, ())))


FORMAT = ExportFormat(
    name="mapped_web",
    label="Visits by source",
    system="any",
    grain="one source, medium and campaign, per day or for a period",
    how_to_export="Shopify, Matomo, Adobe or Plausible: visits by UTM source, medium and campaign as CSV.",
    provenance="analytics",
    is_mapped=True,
    build=build,
    columns=(
        Column(field="source", headers=("Source", "utm_source", "UTM source", "UTM campaign source", "Traffic source", "Referrer source", "Session source"), kind=Kind.TEXT, required=True, words="utm_source"),
        Column(field="medium", headers=("Medium", "utm_medium", "UTM medium", "UTM campaign medium", "Session medium"), kind=Kind.TEXT, words="utm_medium"),
        Column(field="campaign", headers=("Campaign", "utm_campaign", "UTM campaign", "UTM campaign name", "Session campaign"), kind=Kind.TEXT, words="utm_campaign"),
        Column(field="content", headers=("Content", "utm_content", "UTM content", "UTM campaign content"), kind=Kind.TEXT, words="utm_content"),
        Column(field="term", headers=("Term", "utm_term", "UTM term", "UTM campaign term"), kind=Kind.TEXT, words="utm_term"),
        Column(field="day", headers=("Date", "Day", "Visit date"), kind=Kind.DAY, words="day"),
        Column(field="transaction_id", headers=("Transaction ID", "Order ID", "Order name", "Order"), kind=Kind.TEXT, words="order number"),
        *(_wider(column) for column in METRIC_COLUMNS if column.field not in _LEFT_OUT),
    ),
)  # fmt: skip
