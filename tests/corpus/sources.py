"""What the platforms themselves do: continued orders, totals rows, masks, repeats."""

from __future__ import annotations

from core.imports.model import Ask
from tests.corpus.cases import Accepted, Asked, Case, Nothing, Refused
from tests.corpus.making import (
    ADS,
    AFFILIATE,
    SHOP_LIST,
    SHOP_LIST_NAME,
    SHOPIFY,
    csv_of,
    day,
    link,
    more,
    order,
    second,
    video,
)  # fmt: skip

LINES = "# ----------------------------------------\n"
HEAD = (
    LINES
    + "# Report CSV Export\n# Account: Hearth\n# Property: hearth.example\n"
    + LINES
    + "#  \n# All Users\n"
)
DAYS = "# Start date: 20260201\n# End date: 20260202\n"
EUR = {(Ask.CURRENCY, ""): "EUR"}
UTC = {(Ask.ZONE, ""): "UTC"}
FLYER = (
    "Attributed Touch Type",
    "Event Time",
    "Event Name",
    "Event Value",
    "Event Revenue",
    "Event Revenue Currency",
    "Media Source",
    "Campaign",
    "AppsFlyer ID",
    "Install Time",
    "Is Primary Attribution",
    "App ID",
)


def shopify(name: str, *rows: list[str], outcome: object, **kept: object) -> Case:
    return Case(name=name, file="orders_export_1.csv", data=csv_of(SHOPIFY, *rows), outcome=outcome, **kept)  # type: ignore[arg-type]


def orders(values: dict[str, list[tuple[object, ...]]], **kept: object) -> Accepted:
    return Accepted(format="shopify_orders", values=values, **kept)  # type: ignore[arg-type]


def ga4(
    name: str,
    text: str,
    values: dict[str, list[tuple[object, ...]]],
    *,
    kind: str = "ga4_report",
    answers: object = None,
    **kept: object,
) -> Case:
    return Case(
        name=name,
        file="data-export.csv",
        data=text.replace("\n", "\r\n").encode(),
        outcome=Accepted(format=kind, values=values, **kept),
        answers=answers or {},
    )  # type: ignore[arg-type]


def sold(*rows: tuple[str, str, str, str, str]) -> bytes:
    """Return affiliate orders: order, SKU, paid, returned, status."""
    return csv_of(
        AFFILIATE,
        *[
            (
                number,
                sku,
                "Hat",
                paid,
                paid,
                "EUR",
                "1",
                back,
                status,
                "mia",
                "Video",
                video(1),
                "2026-02-10T11:00:00Z",
            )
            for number, sku, paid, back, status in rows
        ],
    )


def event(
    name: str,
    *,
    at: str = "2026-02-10 10:00:00",
    value: str = "",
    revenue: str = "",
    person: str = "1700-1",
    primary: str = "",
) -> tuple[str, ...]:
    return (
        "click",
        at,
        name,
        value,
        revenue,
        "EUR" if revenue else "",
        "mia_link",
        "spring",
        person,
        "2026-02-09 10:00:00",
        primary,
        "id123",
    )


FIRST, SECOND = "577000111222333444", "577000111222333555"
SKU = "1729000000000000101"
WEB = "Session source / medium,Session campaign,Date,Sessions\n"

CASES = (
    shopify("an-order-of-three-lines", order(1), more(1), more(1, Lineitem_sku="B-2"), outcome=orders({"shop_order order_name total items": [("#1001", 2_000, 5)], "order_line line sku quantity": [(1, "S-1", 1), (2, "B-1", 2), (3, "B-2", 2)]})),
    shopify("an-order-whose-first-row-is-in-another-file", order(1), more(9), outcome=orders({"shop_order order_name": [("#1001",)], "order_line sku": [("S-1",)]}, aside={"order-continued": 1})),
    shopify(
        "stacked-codes-in-every-spelling",
        order(1, Discount_Code="EARLYACCESS30 + ChristinaKach10"), order(2, Discount_Code="mia20, FREESHIP"), order(3, Discount_Code="Custom discount"), order(4, Discount_Code="#FINALCALL + $12"),
        outcome=orders({"order_claim order_id position key": [("6000000000001", 0, "EARLYACCESS30"), ("6000000000001", 1, "CHRISTINAKACH10"), ("6000000000002", 0, "MIA20"), ("6000000000002", 1, "FREESHIP"), ("6000000000004", 0, "#FINALCALL"), ("6000000000004", 1, "$12")]}),
    ),
    shopify("one-code-twice-in-a-cell", order(1, Discount_Code="mia20 + MIA20"), outcome=orders({"order_claim position key": [(0, "MIA20")]})),
    shopify("an-order-of-tiktok-shop", order(1, Tags="TikTokOrderID:577000111222333444, gift", Source="tiktok", Payment_Method="tiktok_shop", Discount_Code="Seller discount"), outcome=orders({"shop_order sale_key channel": [("tiktok_shop/577000111222333444", "tiktok")], "order_claim key": []})),
    shopify("refunded-in-part", order(1, Financial_Status="partially_refunded", Refunded_Amount="5.50"), outcome=orders({"shop_order status total refunded": [("partially_refunded", 2_000, 550)]})),
    shopify("cancelled-though-paid", order(1, Cancelled_at="2026-02-11 10:00:00 +0000"), outcome=orders({"shop_order status cancelled_at": [("cancelled", second("2026-02-11T10:00:00"))]})),
    shopify("test-orders", order(1, Payment_Method="bogus"), outcome=orders({"shop_order status": [("test",)]})),
    shopify("a-status-nobody-knows", order(1), order(2, Financial_Status="mystery"), outcome=orders({"shop_order order_name": [("#1001",)]}, aside={"order-status-unknown": 1})),
    shopify("status-in-other-spelling", order(1, Financial_Status="Partially Refunded"), outcome=orders({"shop_order status": [("partially_refunded",)]})),
    shopify("a-total-that-is-a-word", order(1), order(2, Total="tba"), more(2), outcome=orders({"shop_order order_name": [("#1001",)], "order_line sku": [("S-1",)]}, aside={"not-a-number": 1, "order-unreadable": 1})),
    shopify("a-total-that-is-missing-is-not-zero", order(1, Total="", Refunded_Amount=""), outcome=orders({"shop_order total refunded": [(None, None)]})),
    shopify("no-currency", order(1, Currency=""), outcome=Asked(asks=(Ask.CURRENCY,), answers=EUR, then=orders({"shop_order total currency": [(2_000, "EUR")]}))),
    shopify("orders-of-two-shops-with-one-name", order(1), order(1, Id="6999999999999", Total="99.00"), outcome=orders({"shop_order order_id total": [("6000000000001", 2_000), ("6999999999999", 9_900)]})),
    shopify("a-line-with-a-page-of-notes", order(1, Note_Attributes="a: b\n" * 200 + "utm_source: tiktok\nutm_medium: creator\nutm_campaign: Spring"), outcome=orders({"order_claim kind": [("link",)]})),
    Case(name="shopify-header-only", file="orders_export_1.csv", data=csv_of(SHOPIFY), outcome=Nothing()),
    Case(
        name="affiliate-lines-of-one-order-one-of-them-returned",
        file="affiliate.csv",
        data=sold((FIRST, SKU, "30.00", "No", "Completed"), (FIRST, "1729000000000000202", "20.00", "Yes", "Completed")),
        outcome=Accepted(format="tiktok_shop_affiliate_orders", values={"shop_order order_id subtotal refunded status items": [(FIRST, 5_000, 2_000, "partially_refunded", 2)], "order_claim order_id key": [(FIRST, "mia")]}),
    ),
    Case(
        name="affiliate-status-in-another-language",
        file="affiliate.csv",
        data=sold((FIRST, SKU, "30.00", "No", "Completed"), (SECOND, SKU, "20.00", "No", "Selesai")),
        outcome=Accepted(format="tiktok_shop_affiliate_orders", values={"shop_order order_id": [(FIRST,)]}, aside={"order-status-unknown": 1}),
    ),
    Case(
        name="affiliate-order-not-paid",
        file="affiliate.csv",
        data=sold((FIRST, SKU, "30.00", "No", "Unpaid"), (SECOND, SKU, "30.00", "No", "Cancelled")),
        outcome=Accepted(format="tiktok_shop_affiliate_orders", values={"shop_order order_id status": [(FIRST, "pending"), (SECOND, "cancelled")]}),
    ),
    Case(
        name="video-list-with-deleted-videos",
        file=SHOP_LIST_NAME,
        data=csv_of(SHOP_LIST, ("=caption", link(1), "2026-02-01", "mia", "£10", "1"), ("gone", "--", "1970-01-01", "--", "£5", "1"), ("gone too", "--", "1970-01-01", "--", "£0", "0")),
        outcome=Accepted(
            format="tiktok_shop_video_list",
            values={"stat subject shop_gmv first_day last_day kind": [(video(1), 1_000, day("2026-02-01"), day("2026-02-28"), "period")]},
            ignored={"deleted video": 2},
            warns=("deleted-video-sold",),
        ),
    ),
    Case(
        name="video-list-that-says-no-days",
        file="videos.csv",
        data=csv_of(SHOP_LIST, ("c", link(1), "2026-02-01", "mia", "£10", "1")),
        outcome=Asked(
            asks=(Ask.PERIOD,),
            answers={(Ask.PERIOD, ""): "2026-02-01/2026-02-28"},
            then=Accepted(format="tiktok_shop_video_list", values={"stat first_day last_day shop_gmv": [(day("2026-02-01"), day("2026-02-28"), 1_000)]}),
        ),
    ),
    Case(
        name="ads-totals-first-with-dashes",
        file="report.csv",
        data=csv_of(ADS, ("Total of 2 results", "-", "3.00", "30", "3", "-"), ("a", "2026-03-01", "1.00", "10", "1", "EUR"), ("b", "2026-03-01", "2.00", "20", "2", "EUR")),
        outcome=Accepted(format="tiktok_ads", values={"stat campaign_hint cost impressions": [("a", 100, 10), ("b", 200, 20)]}, ignored={"totals row": 1}),
    ),
    Case(
        name="ads-totals-last-without-a-label",
        file="report.csv",
        data=csv_of(ADS, ("a", "2026-03-01", "1.00", "10", "1", "EUR"), ("b", "2026-03-01", "2.00", "20", "2", "EUR"), ("", "", "3.00", "30", "3", "")),
        outcome=Accepted(format="tiktok_ads", values={"stat campaign_hint cost": [("a", 100), ("b", 200)]}, ignored={"totals row": 1}),
    ),
    Case(
        name="ads-same-ad-and-day-twice-are-two-rows-of-one-ad",
        file="report.csv",
        data=csv_of(ADS, ("a", "2026-03-01", "1.00", "10", "1", "EUR"), ("a", "2026-03-01", "2.00", "20", "2", "EUR")),
        outcome=Accepted(format="tiktok_ads", values={"stat campaign_hint cost impressions": [("a", 300, 30)]}),
    ),
    Case(
        name="ads-reach-is-never-added",
        file="report.csv",
        data=csv_of((*ADS, "Reach"), ("a", "2026-03-01", "1.00", "10", "1", "EUR", "8"), ("a", "2026-03-01", "2.00", "20", "2", "EUR", "9")),
        outcome=Accepted(format="tiktok_ads", values={"stat campaign_hint cost reach": [("a", 300, None)]}),
    ),
    Case(
        name="ads-without-days",
        file="export.csv",
        data=csv_of(("Campaign name", "Cost", "Impressions", "Currency"), ("a", "1.00", "10", "EUR")),
        outcome=Asked(
            asks=(Ask.PERIOD,),
            answers={(Ask.PERIOD, ""): "2026-02-01/2026-02-28"},
            then=Accepted(format="tiktok_ads", values={"stat kind first_day last_day cost": [("period", day("2026-02-01"), day("2026-02-28"), 100)]}),
        ),
    ),
    Case(
        name="ads-with-days-in-the-name",
        file="Campaign_20260201_20260228_GMT+0.csv",
        data=csv_of(("Campaign name", "Cost", "Impressions", "Currency"), ("a", "1.00", "10", "EUR"), ("b", "--", "<5", "EUR")),
        outcome=Accepted(format="tiktok_ads", values={"stat campaign_hint kind first_day cost impressions": [("a", "period", day("2026-02-01"), 100, 10), ("b", "period", day("2026-02-01"), None, None)]}),
    ),
    Case(
        name="gmv-max-product-cards",
        file="GMV 20260201-20260228.csv",
        data=csv_of(("Video title", "Video ID", "TikTok account", "Creative type", "Cost", "SKU orders", "Gross revenue", "Currency"), ("hat", video(1), "mia", "Video", "1.00", "2", "20.00", "EUR"), ("-", "N/A", "-", "Product card", "3.00", "60", "180.00", "EUR")),
        outcome=Accepted(format="tiktok_gmv_max", values={"stat video_id claimed_purchases claimed_revenue": [(video(1), 2, 2_000), ("", 60, 18_000)]}),
    ),
    ga4("ga4-one-table", HEAD + DAYS + WEB + "tiktok / creator,spring,20260201,40\n(direct) / (none),(not set),20260202,7\n", {"stat campaign_hint first_day sessions": [("spring", day("2026-02-01"), 40), ("", day("2026-02-02"), 7)]}),
    ga4(
        "ga4-several-tables-and-empty-ones",
        HEAD + DAYS + "Nth day,Sessions\n0000,40\n0001,7\n\n#  \n" + DAYS + "Nth day,Total revenue\n\n#  \n" + DAYS + "Session default channel group,Sessions\nDirect,11\n",
        {"stat subject first_day last_day sessions": [("all", day("2026-02-01"), day("2026-02-01"), 40), ("all", day("2026-02-02"), day("2026-02-02"), 7)]},
        ignored={'table "Session default channel group, Sessions" says nothing about creators or whole days': 1},
    ),
    ga4("ga4-totals-without-a-label", HEAD + DAYS + WEB + "tiktok / creator,spring,20260201,40\ntiktok / creator,spring,20260202,7\n,,,47\n", {"stat first_day sessions": [(day("2026-02-01"), 40), (day("2026-02-02"), 7)]}, ignored={"totals row": 1}),
    ga4("ga4-day-outside-the-stated-ones", HEAD + DAYS + WEB + "tiktok / creator,spring,20260201,40\ntiktok / creator,spring,20260301,9\n", {"stat first_day sessions": [(day("2026-02-01"), 40)]}, aside={"day-outside-period": 1}),
    ga4(
        "ga4-exploration-whose-totals-row-is-longer-than-the-header",
        LINES + "# Hearth - GA4\n# creators-by link\n# 20260201-20260202\n" + LINES + "\nSession source/medium,Session campaign,Sessions\n,,47,Grand total\ntiktok / creator,spring,40\ngoogle / cpc,brand,7\n",
        {"stat campaign_hint first_day last_day sessions": [("spring", day("2026-02-01"), day("2026-02-02"), 40), ("brand", day("2026-02-01"), day("2026-02-02"), 7)]},
        kind="ga4_exploration",
        ignored={"totals row": 1},
    ),
    Case(name="ga4-only-empty-tables", file="data-export.csv", data=(HEAD + DAYS + "Nth day,Users\n\n#  \n" + DAYS + "Nth day,Total revenue\n").encode(), outcome=Nothing()),
    Case(
        name="appsflyer-repeated-purchase",
        file="events.csv",
        data=csv_of(FLYER, event("af_purchase", value='{"id":1}', revenue="12.50"), event("af_purchase", value='{"id":1}', revenue="12.50"), event("af_purchase", value='{"id":2}', revenue="12.50")),
        answers=UTC,
        outcome=Accepted(format="appsflyer", values={"app_event event revenue": [("af_purchase", 1_250), ("af_purchase", 1_250)]}, ignored={"repeated event": 1}),
    ),
    Case(
        name="appsflyer-second-attribution",
        file="events.csv",
        data=csv_of(FLYER, event("install", primary="TRUE"), event("install", at="2026-02-10 11:00:00", primary="FALSE")),
        answers=UTC,
        outcome=Accepted(format="appsflyer", values={"app_event event": [("install",)], "stat installs": [(1,)]}, ignored={"second attribution of the same event": 1}),
    ),
    Case(
        name="appsflyer-event-without-a-device",
        file="events.csv",
        data=csv_of(FLYER, event("install"), event("install", person="")),
        answers=UTC,
        outcome=Accepted(format="appsflyer", values={"app_event event": [("install",)]}, aside={"event-without-time-or-device": 1}),
    ),
    Case(name="appsflyer-header-only", file="events.csv", data=csv_of(FLYER), outcome=Nothing()),
    Case(
        name="trends-by-region",
        file="geoMap.csv",
        data=b"Category: All categories\n\nRegion,serum: (11/26/24 - 11/26/25)\nEngland,74\nWales,<1\n",
        outcome=Refused(code="trends-table-not-read", word="by region"),
    ),
)  # fmt: skip
