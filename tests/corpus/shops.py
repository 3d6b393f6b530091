"""Shops as they are: several currencies, shops and creators, pasted exports, drafts, exchanges."""

from __future__ import annotations

from core.imports.model import Ask
from tests.corpus.cases import Accepted, Asked, Case, Outcome, Refused
from tests.corpus.making import AFFILIATE, SHOPIFY, csv_of, more, order, text_of, video

UTC = {(Ask.ZONE, ""): "UTC"}
TOTALS = "shop_order order_name total currency status"
ORDER = {
    "Order ID": "576461234567890123", "SKU ID": "1729400000000000001", "Product Name": "Serum", "Price": "20.00",
    "Payment Amount": "20.00", "Currency": "GBP", "Quantity": "1", "Fully returned or refunded": "No",
    "Order Status": "Completed", "Creator Username": "mia", "Content Type": "Video", "Content ID": video(1),
    "Time Created": "15/02/2026 10:00:00",
}  # fmt: skip
CLAIMS = "order_claim order_id key video_id"
NUMBER = ORDER["Order ID"]


def shop(name: str, *rows: list[str], outcome: Outcome, sep: str = ",", newline: str = "\n") -> Case:
    data = text_of([SHOPIFY, *rows], sep, newline).encode()
    return Case(name=f"shopify-{name}", file="orders_export_1.csv", data=data, outcome=outcome)


def stored(*rows: tuple[object, ...], columns: str = TOTALS, **more_of: object) -> Accepted:
    return Accepted(format="shopify_orders", values={columns: list(rows)}, **more_of)  # type: ignore[arg-type]


def affiliate(name: str, *changes: dict[str, str], values: dict[str, object], **kept: object) -> Case:
    rows = [[{**ORDER, **change}[title] for title in AFFILIATE] for change in changes]
    return Case(
        name=f"affiliate-{name}",
        file="affiliate_orders.csv",
        data=csv_of(AFFILIATE, *rows),
        answers=UTC,
        outcome=Accepted(format="tiktok_shop_affiliate_orders", values=values, **kept),  # type: ignore[arg-type]
    )


def comma(number: int, total: str, currency: str) -> list[str]:
    return order(
        number, Subtotal=total, Total=total, Lineitem_price=total, Shipping="0,00", Taxes="0,00",
        Discount_Amount="0,00", Refunded_Amount="0,00", Currency=currency,
    )  # fmt: skip


def whole(number: int, total: str, currency: str) -> list[str]:
    return order(
        number, Subtotal=total, Total=total, Lineitem_price=total, Shipping="0", Taxes="0",
        Discount_Amount="0", Refunded_Amount="0", Currency=currency,
    )  # fmt: skip


def status(name: str, written: str, kept: str) -> Case:
    return shop(
        f"status-{name}",
        order(1, Financial_Status=written),
        outcome=stored(("#1001", 2000, "GBP", kept)),
    )


CASES = (
    shop("two-currencies", order(1), order(2, Currency="USD", Total="30.00", Subtotal="30.00"), outcome=stored(("#1001", 2000, "GBP", "paid"), ("#1002", 3000, "USD", "paid"))),
    shop("semicolons-and-commas", comma(1, "1234,50", "EUR"), comma(2, "20,00", "EUR"), sep=";", outcome=stored(("#1001", 123_450, "EUR", "paid"), ("#1002", 2000, "EUR", "paid"))),
    shop("tabs", order(1), sep="\t", outcome=stored(("#1001", 2000, "GBP", "paid"))),
    shop("pipes", order(1), order(2), sep="|", outcome=stored(("#1001", 2000, "GBP", "paid"), ("#1002", 2000, "GBP", "paid"))),
    shop("carriage-returns", order(1), order(2), newline="\r", outcome=stored(("#1001", 2000, "GBP", "paid"), ("#1002", 2000, "GBP", "paid"))),
    shop("yen", whole(1, "2000", "JPY"), outcome=stored(("#1001", 2000, "JPY", "paid"))),
    shop("won", whole(1, "35000", "KRW"), outcome=stored(("#1001", 35_000, "KRW", "paid"))),
    shop("dinar", order(1, Subtotal="20.125", Total="20.125", Lineitem_price="20.125", Currency="KWD"), outcome=stored(("#1001", 20_125, "KWD", "paid"))),
    shop("names-with-prefix", order(1, Name="EN1001-US"), order(2, Name="1002.1"), outcome=stored(("EN1001-US", 2000, "GBP", "paid"), ("1002.1", 2000, "GBP", "paid"))),
    shop("pasted-twice", order(1), more(1), order(2), order(1), more(1), order(2), outcome=stored(("#1001", 3), ("#1002", 1), columns="shop_order order_name items", ignored={"the same order once more": 3})),
    shop("twice-with-two-totals", order(1), order(1, Total="25.00", Subtotal="25.00"), order(2), outcome=stored(("#1002", 2000, "GBP", "paid"), aside={"order-twice": 2})),
    shop("filled-down-by-a-tool", order(1), order(1, Lineitem_name="Balm", Lineitem_sku="B-1"), outcome=stored(("#1001", 2), columns="shop_order order_name items")),
    shop("one-product-on-two-lines", order(1), more(1), more(1), outcome=stored(("#1001", 5), columns="shop_order order_name items")),
    shop("lines-before-the-order", more(1), order(1), outcome=stored(("#1001", 3), columns="shop_order order_name items")),
    shop("lines-of-an-order-in-another-file", more(2), order(1), outcome=stored(("#1001", 2000, "GBP", "paid"), aside={"order-continued": 1})),
    shop("two-shops-one-number", order(1), order(1, Id="7000000000001", Email="other@shop.example", Total="9.00", Subtotal="9.00", Lineitem_price="9.00"), outcome=stored(("6000000000001", 2000), ("7000000000001", 900), columns="shop_order order_id total")),
    shop("refunded-more-than-paid", order(1, Financial_Status="partially_refunded", Refunded_Amount="25.00"), outcome=stored(("#1001", 2500), columns="shop_order order_name refunded")),
    shop("paid-by-gift-card", order(1, Payment_Method="gift_card", Total="0.00", Subtotal="20.00"), outcome=stored(("#1001", 0, "GBP", "paid"))),
    shop("hundred-percent-off", order(1, Total="0.00", Subtotal="0.00", Discount_Code="MIA100", Discount_Amount="20.00"), outcome=stored(("MIA100",), columns="order_claim key")),
    shop("draft-order", order(1, Source="shopify_draft_order", Financial_Status="pending"), outcome=stored(("#1001", "shopify_draft_order", "pending"), columns="shop_order order_name channel status")),
    shop("two-codes", order(1, Discount_Code="MIA10 + ada15"), outcome=stored(("MIA10",), ("ADA15",), columns="order_claim key")),
    shop("code-with-accents", order(1, Discount_Code="ÉLODIE10"), outcome=stored(("ÉLODIE10",), columns="order_claim key")),
    shop("code-like-a-formula", order(1, Discount_Code="=MIA10"), outcome=stored(("=MIA10",), columns="order_claim key")),
    shop("code-like-a-number", order(1, Discount_Code="007"), outcome=stored(("007",), columns="order_claim key")),
    shop("code-like-a-date", order(1, Discount_Code="MAR10"), outcome=stored(("MAR10",), columns="order_claim key")),
    shop("id-in-scientific-notation", order(1, Id="6.00E+12"), outcome=Refused(code="id-damaged", word="lost its last digits")),
    shop("no-status", order(1, Financial_Status=""), outcome=Refused(code="order-status-unknown", word="payment status")),
    shop("status-in-german", order(1), order(2, Financial_Status="Bezahlt"), outcome=stored(("#1001", 2000, "GBP", "paid"), aside={"order-status-unknown": 1})),
    shop("times-without-a-zone", order(1, Created_at="25/02/2026 10:00", Paid_at="25/02/2026 10:05"), outcome=Asked(asks=(Ask.ZONE,))),
    shop("summer-time-offsets", order(1, Created_at="2025-10-26 00:30:00 +0100"), order(2, Created_at="2025-10-26 01:30:00 +0000"), outcome=stored(("#1001", 1_761_435_000), ("#1002", 1_761_442_200), columns="shop_order order_name created_at")),
    *(status(name, written, kept) for name, written, kept in (
        ("expired", "expired", "voided"), ("voided", "voided", "voided"), ("authorised", "authorized", "authorized"),
        ("partly-paid", "partially_paid", "partially_paid"), ("refunded", "refunded", "refunded"), ("capitals", "PAID", "paid"),
    )),
    affiliate("two-creators", {}, {"SKU ID": "1729400000000000002", "Creator Username": "ada", "Content ID": video(2)}, values={CLAIMS: [(NUMBER, "mia", video(1)), (NUMBER, "ada", video(2))]}),
    affiliate("tabs-behind-numbers", {"Order ID": f"{NUMBER}\t", "Price": "20.00\t", "Payment Amount": "20.00\t"}, values={"shop_order order_id subtotal": [(NUMBER, 2000)]}),
    affiliate("live-is-no-video", {"Content Type": "LIVE", "Content ID": "7300000000000000001"}, values={CLAIMS: [(NUMBER, "mia", "")]}),
    affiliate("pasted-twice", {}, {}, values={"shop_order order_id subtotal items": [(NUMBER, 2000, 1)]}, ignored={"same row twice": 1}),
    affiliate("one-sku-in-two-colours", {}, {"SKU ID": "1729400000000000002"}, values={"shop_order order_id subtotal items": [(NUMBER, 4000, 2)]}),
    affiliate("half-returned", {"Fully returned or refunded": "Yes"}, {"SKU ID": "1729400000000000002"}, values={"shop_order order_id status refunded": [(NUMBER, "partially_refunded", 2000)]}),
    affiliate("cancelled", {"Order Status": "Cancelled"}, values={"shop_order order_id status": [(NUMBER, "cancelled")]}),
    affiliate("order-id-rounded", {}, {"Order ID": "5.76461E+17"}, values={"shop_order order_id": [(NUMBER,)]}, aside={"id-damaged": 1}),
)  # fmt: skip
