"""Mapper target: ads of any report with a cost."""

from __future__ import annotations

from dataclasses import replace

from core.imports.formats.ad_facts import build_ads
from core.imports.formats.mapped_estimates import estimates
from core.imports.formats.tiktok_ads_columns import COST, DIMENSIONS, MEASURE_COLUMNS
from core.imports.model import Column, ExportFormat, Facts, TypedTable

_MORE = {
    "campaign": ("Campaign", "Campaign title"),
    "group": ("Ad group", "Ad set", "Ad set name", "Adset", "Adgroup"),
    "ad": ("Ad", "Creative", "Creative name"),
    "cost": ("Amount spent", "Ad spend", "Ad cost", "Media cost", "cost_value"),
    "impressions": ("Impr.", "Imps"),
    "clicks": ("Link clicks", "Outbound clicks", "Clicks to site"),
    "views": ("Views", "Plays", "Video plays"),
    "claimed_conversions": ("Results", "Total conversions", "All conversions"),
    "claimed_purchases": ("Purchases", "Orders", "Attributed orders", "Sales count"),
    "claimed_revenue": ("Revenue", "Attributed revenue", "Conversion value", "Purchase value", "attributed_revenue", "Total conversion value"),
    "installs": ("Installs", "App installs"),
    "likes": ("Reactions",),
}  # fmt: skip
_LEFT_OUT = frozenset({"stated_ctr"})


def _wider(column: Column) -> Column:
    return replace(column, headers=(*column.headers, *_MORE.get(column.field, ())))


def build(typed: TypedTable) -> Facts:
    """Return the delivery and claimed results of the ads."""
    facts = build_ads(typed)
    return replace(facts, issues=(*facts.issues, *estimates(typed)))


FORMAT = ExportFormat(
    name="mapped_ads",
    label="Ads with their cost",
    system="any",
    grain="one ad or campaign, per day or for a period",
    how_to_export="Any ads tool or agency sheet: one row per campaign or ad, with its cost.",
    is_mapped=True,
    build=build,
    columns=tuple(
        _wider(column) for column in (*DIMENSIONS, COST, *MEASURE_COLUMNS) if column.field not in _LEFT_OUT
    ),
)
