"""Ids, links and codes: text that spreadsheets take for numbers."""

from __future__ import annotations

from core.imports.model import Ask
from tests.corpus.cases import Accepted, Case, Outcome, Refused, Unknown
from tests.corpus.making import AFFILIATE, SHOPIFY, csv_of, link, order, video

ROUNDED = [str(int(video(at)) // 1024 * 1024) for at in range(1, 7)]
FIFTEEN = [video(at)[:15] + "0000" for at in range(1, 5)]
BERLIN = {(Ask.ZONE, ""): "Europe/Berlin"}


def ids(name: str, *cells: str, outcome: Outcome) -> Case:
    rows = [(cell, 100 * at, "2026-03-01") for at, cell in enumerate(cells, start=1)]
    return Case(
        name=name, file="a.csv", data=csv_of(("video_id", "Views", "scraped_at"), *rows), outcome=outcome
    )


def these(*found: tuple[str, int], **more: object) -> Accepted:
    return Accepted(format="video_metadata", values={"stat subject views": found}, **more)  # type: ignore[arg-type]


def links(name: str, *cells: str, outcome: Outcome) -> Case:
    rows = [(cell, 100 * at, "2026-03-01") for at, cell in enumerate(cells, start=1)]
    return Case(
        name=name, file="a.csv", data=csv_of(("Video link", "Views", "scraped_at"), *rows), outcome=outcome
    )


def sold(*orders: tuple[str, str]) -> bytes:
    rows = [
        (
            number,
            "1729000000000000101\t",
            "Hat",
            "30.00",
            "30.00",
            "EUR",
            "1",
            "No",
            "Completed",
            "Mia",
            "Video",
            content,
            "2026-02-10 11:00:00",
        )
        for number, content in orders
    ]
    return csv_of(AFFILIATE, *rows)


CASES = (
    ids("plain", video(1), video(2), outcome=these((video(1), 100), (video(2), 200))),
    ids("with-apostrophes", f"'{video(1)}", f"'{video(2)}", outcome=these((video(1), 100), (video(2), 200))),
    ids("as-formulas", f'="{video(1)}"', video(2), outcome=these((video(1), 100), (video(2), 200))),
    ids("with-tabs", f"{video(1)}\t", f" {video(2)}", outcome=these((video(1), 100), (video(2), 200))),
    ids("one-in-scientific-notation", video(1), "7.60814E+18", outcome=these((video(1), 100), aside={"id-damaged": 1})),
    ids("one-with-a-decimal-tail", video(1), f"{video(2)}.0", outcome=these((video(1), 100), aside={"id-damaged": 1})),
    ids("all-in-scientific-notation", "7.60814E+18", "7.60815E+18", outcome=Unknown()),
    ids("all-rounded-by-a-float", *ROUNDED, outcome=Refused(code="id-damaged", word="lost its last digits")),
    ids("all-cut-to-fifteen-digits", *FIFTEEN, outcome=Refused(code="id-damaged", word="lost its last digits")),
    ids("one-short-number", video(1), "12345", outcome=these((video(1), 100), aside={"no-video-id": 1})),
    ids("one-empty", video(1), "", outcome=these((video(1), 100), aside={"no-video-id": 1})),
    Case(
        name="damaged-id-beside-a-good-link",
        file="a.csv",
        data=csv_of(("video_id", "Video link", "Views", "scraped_at"), ("7.60814E+18", link(1), "10", "2026-03-01"), ("7.60814E+18", link(2), "20", "2026-03-01")),
        outcome=these((video(1), 10), (video(2), 20), warns=("cells-left-empty",)),
    ),
    Case(
        name="rounded-ids-beside-good-links",
        file="a.csv",
        data=csv_of(("video_id", "Video link", "Views", "scraped_at"), *[(ROUNDED[at - 1], link(at), 10 * at, "2026-03-01") for at in range(1, 7)]),
        outcome=these(*[(video(at), 10 * at) for at in range(1, 7)]),
    ),
    links(
        "links-of-every-shape",
        f"https://www.tiktok.com/@mia/video/{video(1)}",
        f"https://www.tiktok.com/@mia/photo/{video(2)}?lang=en",
        f"https://m.tiktok.com/v/{video(3)}.html",
        f"http://tiktok.com/@Mia.B/video/{video(4)}?is_from_webapp=1&sender_device=pc#x",
        f"www.tiktok.com/@mia/video/{video(5)}/",
        f"https://www.tiktok.com/share/video/{video(6)}",
        f"https://www.tiktok.com/embed/v2/{video(7)}",
        f"  HTTPS://WWW.TIKTOK.COM/@MIA/video/{video(8)}  ",
        f"https://m.tiktok.com/h5/share/usr/1?share_item_id={video(9)}",
        outcome=these(*[(video(at), 100 * at) for at in range(1, 10)]),
    ),
    links(
        "short-links-hold-no-id",
        link(1), "https://vm.tiktok.com/ZMabc123/", "https://www.tiktok.com/t/ZTabc/", "https://vt.tiktok.com/ZSabc/",
        outcome=these((video(1), 100), aside={"no-video-id": 3}),
    ),
    links("link-of-a-profile", link(1), "https://www.tiktok.com/@mia", outcome=these((video(1), 100), aside={"no-video-id": 1})),
    links("link-of-another-platform", link(1), "https://www.instagram.com/reel/C1234567890/", outcome=these((video(1), 100), aside={"no-video-id": 1})),
    Case(
        name="handles-in-every-spelling",
        file="a.csv",
        data=csv_of(("Video link", "Views", "Username", "scraped_at"), (video(1), 1, "@Mia.B", "2026-03-01"), (video(2), 2, "mia.b", "2026-03-01"), (video(3), 3, "https://www.tiktok.com/@MIA.B?lang=de", "2026-03-01")),
        outcome=Accepted(format="video_metadata", values={"stat subject handle": [(video(at), "mia.b") for at in (1, 2, 3)]}),
    ),
    Case(
        name="order-ids-with-tabs",
        file="affiliate.csv",
        data=sold(("577000111222333444\t", f"{video(1)}\t")),
        answers=BERLIN,
        outcome=Accepted(
            format="tiktok_shop_affiliate_orders",
            values={"shop_order order_id sale_key subtotal": [("577000111222333444", "tiktok_shop/577000111222333444", 3_000)], "order_claim order_id key video_id": [("577000111222333444", "mia", video(1))]},
        ),
    ),
    Case(
        name="order-id-in-scientific-notation",
        file="affiliate.csv",
        data=sold(("577000111222333444", video(1)), ("5.77E+17", video(2))),
        answers=BERLIN,
        outcome=Accepted(format="tiktok_shop_affiliate_orders", values={"shop_order order_id": [("577000111222333444",)]}, aside={"id-damaged": 1}),
    ),
    Case(
        name="content-id-that-is-no-video",
        file="affiliate.csv",
        data=sold(("577000111222333444", "--")),
        answers=BERLIN,
        outcome=Accepted(format="tiktok_shop_affiliate_orders", values={"order_claim key video_id": [("mia", "")]}),
    ),
    Case(
        name="leading-zeros-stay",
        file="orders_export_1.csv",
        data=csv_of(SHOPIFY, order(1, Lineitem_sku="00123", Discount_Code="007")),
        outcome=Accepted(format="shopify_orders", values={"order_line sku": [("00123",)], "order_claim key written": [("007", "007")]}),
    ),
    Case(
        name="codes-that-look-like-numbers",
        file="orders_export_1.csv",
        data=csv_of(SHOPIFY, order(1, Discount_Code="1E10"), order(2, Discount_Code="2026-03-01"), order(3, Discount_Code="$12"), order(4, Discount_Code="#FINALCALL")),
        outcome=Accepted(format="shopify_orders", values={"order_claim key": [("1E10",), ("2026-03-01",), ("$12",), ("#FINALCALL",)]}),
    ),
    Case(
        name="shop-order-id-with-a-decimal-tail",
        file="orders_export_1.csv",
        data=csv_of(SHOPIFY, order(1, Id="6000000000001.0")),
        outcome=Accepted(format="shopify_orders", values={"shop_order order_id": [("6000000000001",)]}),
    ),
    Case(
        name="ad-ids-rounded",
        file="report.csv",
        data=csv_of(("Ad name", "Ad ID", "By Day", "Cost", "Impressions", "Currency"), ("a", "1.79E+15", "2026-03-01", "1", "10", "EUR"), ("b", "1790000000000123", "2026-03-01", "2", "10", "EUR")),
        outcome=Accepted(format="tiktok_ads", values={"stat subject cost": [("1790000000000123", 200)]}, aside={"id-damaged": 1}),
    ),
    Case(
        name="spark-id-in-the-ad-name",
        file="report.csv",
        data=csv_of(("Ad name", "By Day", "Cost", "Impressions", "Currency"), (f"SPARK_{video(1)} hook A", "2026-03-01", "1", "10", "EUR"), ("SPARK_123456789012345 old", "2026-03-01", "2", "10", "EUR")),
        outcome=Accepted(format="tiktok_ads", values={"stat cost video_id": [(100, video(1)), (200, "")]}),
    ),
)  # fmt: skip
