"""TikTok Shop's transaction analysis lists (creators, videos, products) and the partner's custom report."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.imports.cells.ids import video_id_of
from core.imports.formats.context import Period, has_any, periods_in, problems_at
from core.imports.formats.stat_rows import texts_at
from core.imports.formats.tiktok_shop_stats import cut_off, handles, readable, shop_facts
from core.imports.model import Column, ExportFormat, Facts, Kind, SheetTable, TypedTable

_GMV = (
    "Creator-attributed GMV", "Affiliate-attributed GMV", "Affiliate GMV", "Attributed GMV", "Product GMV", "GMV",
)  # fmt: skip
_VIDEO_GMV = (
    "Creator video-attributed GMV", "Affiliate video-attributed GMV", "Video-attributed GMV", "Video GMV",
)  # fmt: skip
_SHARED = (
    Column(field="shop_refunds", headers=("Refunds", "Affiliate refunded GMV", "Refunded GMV"), kind=Kind.MONEY, words="value refunded"),
    Column(field="commission", headers=("Est. commission", "Estimated commission"), kind=Kind.MONEY, words="estimated commission"),
    Column(field="shop_orders", headers=("Attributed orders", "Video-attributed orders", "Affiliate orders", "Creator video-attributed orders", "Affiliate video-attributed orders", "Orders"), kind=Kind.COUNT, words="orders"),
    Column(field="shop_items", headers=("Creator-attributed items sold", "Video-attributed items sold", "Affiliate-attributed items sold", "Affiliate items sold", "Affiliate video-attributed items sold", "Items sold"), kind=Kind.COUNT, words="items sold"),
    Column(field="product_impressions", headers=("Video product impressions", "Product impressions"), kind=Kind.COUNT, words="times products were shown"),
    Column(field="product_clicks", headers=("Video product clicks", "Product clicks"), kind=Kind.COUNT, words="taps on products"),
    Column(field="currency", headers=("Currency",), kind=Kind.CODE, words="currency"),
)  # fmt: skip
_CREATOR = Column(
    field="handle",
    headers=("Creator name", "Creator username", "Creator"),
    kind=Kind.TEXT,
    required=True,
    words="creator",
)
_VIDEO = (
    Column(field="video_id", headers=("Video ID",), kind=Kind.ID, required=True, words="video id"),
    Column(field="link", headers=("Video link",), kind=Kind.URL, words="video link"),
    Column(field="caption", headers=("Video title", "Video name"), kind=Kind.TEXT, words="caption"),
)


def build_creators(typed: TypedTable) -> Facts:
    """Return what each creator sold in the period."""
    good, problems = readable(typed)
    written = texts_at(typed, "handle", good)
    names = np.array(handles(typed, good), dtype=object)
    rows = good[names != ""]
    unnamed = problems_at(
        good[names == ""], column=typed.headers["handle"], code="creator-unknown",
        what="The row names no creator.", fix="Fill in the creator's user name and import again.",
    )  # fmt: skip
    label = [text for text, name in zip(written, names, strict=True) if name]
    statements = pd.DataFrame(
        {
            "subject_kind": "shop_creator",
            "subject": names[names != ""],
            "handle": names[names != ""],
            "label": label,
        }
    )
    return shop_facts(
        typed, rows=rows, statements=statements, problems=(*problems, *unnamed), issues=cut_off(typed)
    )


def build_videos(typed: TypedTable) -> Facts:
    """Return what each video sold in the period; a video has one row per product, which are added."""
    good, problems = readable(typed)
    ids = _video_ids(typed, good)
    lost = problems_at(
        good[ids == ""], column=typed.headers["video_id"], code="video-unknown",
        what="The row names no video.", fix="Export the list again, or leave rows without a video out.",
    )  # fmt: skip
    rows, videos = good[ids != ""], ids[ids != ""]
    statements = pd.DataFrame(
        {"subject_kind": "video", "subject": videos, "video_id": videos, "handle": handles(typed, rows)}
    )
    periods = None
    if typed.has("dates"):
        statements["campaign_hint"] = texts_at(typed, "campaign", rows)
        found = [next(periods_in(text), None) for text in texts_at(typed, "dates", rows)]
        dated = np.array([period is not None for period in found], dtype=bool)
        lost += problems_at(
            rows[~dated], column=typed.headers["dates"], code="days-unreadable",
            what="The days of the row cannot be read.", fix="Write them like 2026-09-28-2026-09-29 and import again.",
        )  # fmt: skip
        rows, statements = rows[dated], statements[dated].reset_index(drop=True)
        periods = [period for period in found if isinstance(period, Period)]
    return shop_facts(
        typed,
        rows=rows,
        statements=statements,
        problems=(*problems, *lost),
        issues=cut_off(typed),
        periods=periods,
    )


def build_products(typed: TypedTable) -> Facts:
    """Return what each product sold in the period."""
    good, problems = readable(typed)
    ids = np.array([text.strip() for text in texts_at(typed, "product_id", good)], dtype=object)
    lost = problems_at(
        good[ids == ""], column=typed.headers["product_id"], code="product-unknown",
        what="The row names no product.", fix="Fill in the product id and import again.",
    )  # fmt: skip
    rows = good[ids != ""]
    statements = pd.DataFrame(
        {"subject_kind": "shop_product", "subject": ids[ids != ""], "label": texts_at(typed, "product", rows)}
    )
    return shop_facts(
        typed, rows=rows, statements=statements, problems=(*problems, *lost), issues=cut_off(typed)
    )


def _video_ids(typed: TypedTable, rows: np.ndarray) -> np.ndarray:
    """Return the video id of each row, from the link where the id column has none."""
    stated = [video_id_of(text) for text in texts_at(typed, "video_id", rows)]
    linked = [video_id_of(text) for text in texts_at(typed, "link", rows)]
    return np.array([first or second for first, second in zip(stated, linked, strict=True)], dtype=object)


def _is_list(table: SheetTable) -> bool:
    """Return whether a table has what only transaction lists have besides a value sold."""
    return has_any(
        table,
        "Attributed orders",
        "Affiliate orders",
        "Samples shipped",
        "AOV",
        "Items refunded",
        "Est. commission",
    )


FORMATS: tuple[ExportFormat, ...] = (
    ExportFormat(
        name="tiktok_shop_creators",
        label="TikTok Shop creator list",
        system="TikTok Shop",
        grain="one creator over the whole period",
        how_to_export="Seller Center → Affiliate → Analytics → Transaction analysis → Creators → Export.",
        columns=(_CREATOR, Column(field="shop_gmv", headers=_GMV, kind=Kind.MONEY, required=True, words="value sold"), *_SHARED),
        forbidden=("Video ID", "Video link", "Product ID", "Order ID"),
        recognise=_is_list,
        build=build_creators,
    ),
    ExportFormat(
        name="tiktok_shop_videos",
        label="TikTok Shop video sales by product",
        system="TikTok Shop",
        grain="one video and product over the whole period",
        how_to_export="Seller Center → Affiliate → Analytics → Transaction analysis → Videos → Export.",
        columns=(
            *_VIDEO, _CREATOR,
            Column(field="shop_gmv", headers=(*_VIDEO_GMV, *_GMV), kind=Kind.MONEY, required=True, words="value sold"),
            Column(field="posted_day", headers=("Post date", "Video post date"), kind=Kind.DAY, words="post date"),
            *_SHARED,
        ),
        forbidden=("Order ID", "Campaign duration", "Cost"),
        build=build_videos,
    ),
    ExportFormat(
        name="tiktok_shop_products",
        label="TikTok Shop product list",
        system="TikTok Shop",
        grain="one product over the whole period",
        how_to_export="Seller Center → Affiliate → Analytics → Transaction analysis → Products → Export.",
        columns=(
            Column(field="product_id", headers=("Product ID",), kind=Kind.ID, required=True, words="product id"),
            Column(field="product", headers=("Product name",), kind=Kind.TEXT, required=True, words="product"),
            Column(field="shop_gmv", headers=_GMV, kind=Kind.MONEY, required=True, words="value sold"),
            *_SHARED,
        ),
        forbidden=("Video ID", "Creator name", "Creator username", "Order ID"),
        recognise=_is_list,
        build=build_products,
    ),
    ExportFormat(
        name="tiktok_shop_partner_report",
        label="TikTok Shop partner report (videos)",
        system="TikTok Shop",
        grain="one video and product over the days of the row",
        how_to_export="Partner Center → Data → Custom report → Video → Export.",
        columns=(
            *_VIDEO, _CREATOR,
            Column(field="dates", headers=("Date",), kind=Kind.TEXT, required=True, words="days of the row"),
            Column(field="campaign", headers=("Campaign name",), kind=Kind.TEXT, words="campaign"),
            Column(field="shop_gmv", headers=_VIDEO_GMV, kind=Kind.MONEY, required=True, words="value sold"),
            Column(field="posted_day", headers=("Post date", "Post time"), kind=Kind.DAY, words="post time"),
            *_SHARED,
        ),
        forbidden=("Order ID",),
        build=build_videos,
    ),
)  # fmt: skip
