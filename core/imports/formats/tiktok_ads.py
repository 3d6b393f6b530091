"""TikTok Ads Manager: custom and campaign-page reports, audience reports, GMV Max creatives."""

from __future__ import annotations

from core.imports.formats.ad_facts import build_ads
from core.imports.formats.context import headers_of
from core.imports.formats.tiktok_ads_columns import AUDIENCE, COST, DIMENSIONS, GMV_MAX, MEASURE_COLUMNS
from core.imports.headers import header_key
from core.imports.model import Column, ExportFormat, SheetTable

_ENTITIES = frozenset({"campaign", "campaign_id", "group", "group_id", "ad", "ad_id"})
_ANYBODYS = frozenset({
    "impressions", "impression", "reach", "clicks", "conversions", "conversion", "likes", "comments", "shares",
    "follows", "leads", "25%", "50%", "75%", "100%", "landing page views", "app installs", "complete payment",
    "adds to cart", "checkouts initiated", "profile visits",
})  # fmt: skip
_OTHER_PLATFORMS = (
    "Ad set name",
    "Ad set ID",
    "Amount spent",
    "Amount spent (USD)",
    "Amount spent (EUR)",
    "Cost / conv.",
    "Impr.",
    "SKU orders",
)


def _spellings(columns: tuple[Column, ...]) -> frozenset[str]:
    return frozenset(header_key(text) for column in columns for text in column.headers)


_ENTITY_HEADERS = _spellings(tuple(column for column in DIMENSIONS if column.field in _ENTITIES))
_OWN_HEADERS = _spellings(MEASURE_COLUMNS) - _ANYBODYS
_MEASURE_HEADERS = _spellings(MEASURE_COLUMNS)
_AUDIENCE_HEADERS = _spellings(AUDIENCE)


def _is_ads(table: SheetTable) -> bool:
    """Return whether a table with a cost is an Ads Manager report and not some other ads table.

    It names an entity as Ads Manager does beside a delivery figure, or it has a figure that
    only Ads Manager names so.
    """
    headers = headers_of(table)
    names_entity = bool(headers & _ENTITY_HEADERS) and bool(headers & _MEASURE_HEADERS)
    return names_entity or bool(headers & _OWN_HEADERS)


def _is_audience(table: SheetTable) -> bool:
    """Return whether the report is split by audience."""
    return _is_ads(table) and bool(headers_of(table) & _AUDIENCE_HEADERS)


def _is_plain(table: SheetTable) -> bool:
    """Return whether the report is not split by audience."""
    return _is_ads(table) and not headers_of(table) & _AUDIENCE_HEADERS


FORMATS: tuple[ExportFormat, ...] = (
    ExportFormat(
        name="tiktok_ads",
        label="TikTok Ads Manager report",
        system="TikTok Ads Manager",
        grain="one campaign, ad group or ad, per day or for the whole period",
        how_to_export="Ads Manager → Reporting → Custom report → Run → Export; add the dimension By Day to see single days.",
        columns=(*DIMENSIONS, COST, *MEASURE_COLUMNS),
        forbidden=_OTHER_PLATFORMS,
        recognise=_is_plain,
        build=build_ads,
    ),
    ExportFormat(
        name="tiktok_ads_audience",
        label="TikTok Ads Manager audience report",
        system="TikTok Ads Manager",
        grain="one ad and audience, per day or for the whole period",
        how_to_export="Ads Manager → Reporting → Custom report → Audience → Run → Export.",
        columns=(*DIMENSIONS, *AUDIENCE, COST, *MEASURE_COLUMNS),
        forbidden=_OTHER_PLATFORMS,
        recognise=_is_audience,
        build=build_ads,
    ),
    ExportFormat(
        name="tiktok_gmv_max",
        label="TikTok GMV Max report",
        system="TikTok Ads Manager",
        grain="one video or product card for the whole period",
        how_to_export="Ads Manager → GMV Max → campaign → Creatives → Export.",
        columns=GMV_MAX,
        build=build_ads,
    ),
)
