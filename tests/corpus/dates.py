"""Days and moments: which order, which zone, which century."""

from __future__ import annotations

from core.imports.model import Ask
from tests.corpus.cases import Accepted, Asked, Case, Outcome, Refused
from tests.corpus.making import ADS, AFFILIATE, SHOPIFY, csv_of, day, link, order, second, video

ORDERS = ("day first", "month first")


def by_day(name: str, *cells: str, outcome: Outcome, answers: object = None) -> Case:
    rows = [(f"c{at}", cell, "€1.00", "10", "1", "EUR") for at, cell in enumerate(cells, start=1)]
    return Case(name=name, file="report.csv", data=csv_of(ADS, *rows), outcome=outcome, answers=answers or {})  # type: ignore[arg-type]


def days(*found: str, **more: object) -> Accepted:
    """Return the days of the rows in order, '' for a row that is set aside."""
    rows = [(f"c{at}", "daily", day(one), day(one)) for at, one in enumerate(found, start=1) if one]
    return Accepted(format="tiktok_ads", values={"stat campaign_hint kind first_day last_day": rows}, **more)  # type: ignore[arg-type]


def ordered(
    name: str, *moments: str, values: list[tuple[object, ...]], aside: dict[str, int] | None = None
) -> Case:
    """Return Shopify orders created at moments; values are (order name, created_at, day)."""
    rows = [order(at, Created_at=moment, Paid_at="") for at, moment in enumerate(moments, start=1)]
    return Case(
        name=name,
        file="orders_export_1.csv",
        data=csv_of(SHOPIFY, *rows),
        outcome=Accepted(
            format="shopify_orders",
            values={"shop_order order_name created_at day": values},
            aside=aside or {},
        ),
    )


def created(*moments: str) -> bytes:
    rows = [
        (
            f"57700011122233344{at}",
            "1729000000000000101",
            "Hat",
            "30.00",
            "30.00",
            "EUR",
            "1",
            "No",
            "Completed",
            "mia",
            "Video",
            video(at),
            moment,
        )
        for at, moment in enumerate(moments)
    ]
    return csv_of(AFFILIATE, *rows)


def at(*found: str, **more: object) -> Accepted:
    rows = [(f"57700011122233344{place}", second(one)) for place, one in enumerate(found)]
    return Accepted(
        format="tiktok_shop_affiliate_orders", values={"shop_order order_id created_at": rows}, **more
    )  # type: ignore[arg-type]


BERLIN = {(Ask.ZONE, ""): "Europe/Berlin"}
FEBRUARY = ("2026-02-01", "2026-02-02")

CASES = (
    by_day("iso", "2026-02-01", "2026-02-02", outcome=days(*FEBRUARY)),
    by_day("iso-with-slashes", "2026/02/01", "2026/2/2", outcome=days(*FEBRUARY)),
    by_day("iso-with-a-time-of-zero", "2026-02-01 00:00:00", "2026-02-02T00:00:00Z", outcome=days(*FEBRUARY)),
    by_day("compact", "20260201", "20260202", outcome=days(*FEBRUARY)),
    by_day("months-in-words", "1 February 2026", "Feb 2, 2026", "2-Mar-2026", "3. März 2026", outcome=days(*FEBRUARY, "2026-03-02", "2026-03-03")),
    by_day("months-in-japanese", "2026年2月1日", "2026年2月2日", outcome=days(*FEBRUARY)),
    by_day("points-and-a-day-above-twelve", "13.02.2026", "01.02.2026", outcome=days("2026-02-13", "2026-02-01")),
    by_day(
        "day-or-month-first",
        "01/02/2026", "02/02/2026",
        outcome=Asked(asks=(Ask.DAY_ORDER,), offers=ORDERS, answers={(Ask.DAY_ORDER, "By Day"): "month first"}, then=days("2026-01-02", "2026-02-02")),
    ),
    by_day(
        "day-or-month-first-answered-otherwise",
        "01/02/2026", "02/02/2026",
        outcome=Asked(asks=(Ask.DAY_ORDER,), answers={(Ask.DAY_ORDER, "By Day"): "day first"}, then=days(*FEBRUARY)),
    ),
    by_day("a-thirteenth-proves-day-first", "13/02/2026", "01/02/2026", outcome=days("2026-02-13", "2026-02-01")),
    by_day("a-thirteenth-proves-month-first", "02/13/2026", "01/02/2026", outcome=days("2026-02-13", "2026-01-02")),
    by_day("the-future-proves-day-first", "03/02/2026", "04/02/2026", outcome=days("2026-02-03", "2026-02-04")),
    by_day("both-orders-in-one-column", "13/02/2026", "02/14/2026", "01/02/2026", outcome=days("2026-02-13", "2026-02-14", "", aside={"mixed-day-order": 1})),
    by_day("two-digit-years", "13/02/26", "01/02/26", outcome=days("2026-02-13", "2026-02-01")),
    by_day("excel-serials", "46054", "46055", outcome=days(*FEBRUARY)),
    by_day("unix-seconds", "1769904000", "1769990400", outcome=days(*FEBRUARY)),
    by_day("unix-milliseconds", "1769904000000", "1769990400000", outcome=days(*FEBRUARY)),
    by_day("the-future-is-set-aside", "2026-02-01", "2027-01-01", outcome=days("2026-02-01", "", aside={"date-in-future": 1})),
    by_day("drag-filled-years", "2026-02-01", "2032-12-31", "2041-02-02", outcome=days("2026-02-01", "", "", aside={"date-in-future": 2})),
    by_day("the-thirtieth-of-february", "2026-02-01", "2026-02-30", outcome=days("2026-02-01", "", aside={"not-a-date": 1})),
    by_day("the-29th-of-february-of-no-leap-year", "2026-02-01", "29/02/2026", "13/02/2026", outcome=days("2026-02-01", "", "2026-02-13", aside={"not-a-date": 1})),
    by_day("day-zero-is-missing", "2026-02-01", "1970-01-01", outcome=days("2026-02-01", "", aside={"day-missing": 1})),
    by_day("an-empty-day", "2026-02-01", "", "--", outcome=days("2026-02-01", "", "", aside={"day-missing": 2})),
    by_day("the-year-1905", "2026-02-01", "1905-02-01", outcome=days("2026-02-01", "", aside={"date-too-early": 1})),
    by_day("words", "2026-02-01", "yesterday", outcome=days("2026-02-01", "", aside={"not-a-date": 1})),
    by_day("a-month-is-not-its-first-day", "2026-02-01", "Feb 2026", outcome=days("2026-02-01", "", aside={"not-a-date": 1})),
    by_day("a-year-is-not-a-day", "2026-02-01", "2026", outcome=days("2026-02-01", "", aside={"not-a-date": 1})),
    by_day("a-week-is-not-a-day", "2026-02-01", "2026-02-02 ~ 2026-02-08", outcome=days("2026-02-01", "", aside={"not-a-date": 1})),
    by_day("weeks-only-are-refused", "2026-02-02 ~ 2026-02-08", "2026-02-09 ~ 2026-02-15", outcome=Refused(code="not-a-date", word="not a date")),
    Case(
        name="post-date-of-1970-is-unknown",
        file="Video_List_20260201-20260228_20260301024652.csv",
        data=csv_of(("Video name", "Video link", "Video post date", "Creator username", "GMV"), ("c", link(1), "1970-01-01", "mia", "£1")),
        outcome=Accepted(format="tiktok_shop_video_list", values={"video_fact video_id posted_day": [(video(1), None)]}),
    ),
    ordered(
        "offsets-go-to-utc-and-days-stay-as-written",
        "2026-02-10 00:34:19 +0100", "2026-02-10 23:30:00 -0500",
        values=[("#1001", second("2026-02-09T23:34:19"), day("2026-02-10")), ("#1002", second("2026-02-11T04:30:00"), day("2026-02-10"))],
    ),
    ordered(
        "iso-with-z-and-fractions",
        "2026-02-10T00:34:19Z", "2026-02-10T00:34:19.123+01:00",
        values=[("#1001", second("2026-02-10T00:34:19"), day("2026-02-10")), ("#1002", second("2026-02-09T23:34:19"), day("2026-02-10"))],
    ),
    ordered(
        "order-of-the-future",
        "2026-02-10 10:00:00 +0000", "2027-02-10 10:00:00 +0000",
        values=[("#1001", second("2026-02-10T10:00:00"), day("2026-02-10"))],
        aside={"date-in-future": 1},
    ),
    ordered(
        "order-without-a-time",
        "2026-02-10 10:00:00 +0000", "",
        values=[("#1001", second("2026-02-10T10:00:00"), day("2026-02-10"))],
        aside={"order-without-time": 1},
    ),
    Case(
        name="times-without-a-zone",
        file="affiliate.csv",
        data=created("2026-02-10 11:00:00"),
        outcome=Asked(asks=(Ask.ZONE,), answers=BERLIN, then=at("2026-02-10T10:00:00")),
    ),
    Case(name="the-hour-that-comes-twice", file="affiliate.csv", data=created("26/10/2025 02:30:00", "26/10/2025 03:30:00"), answers=BERLIN, outcome=at("2025-10-26T00:30:00", "2025-10-26T02:30:00")),
    Case(name="the-hour-that-never-was", file="affiliate.csv", data=created("30/03/2025 02:30:00", "30/03/2025 03:30:00"), answers=BERLIN, outcome=at("2025-03-30T01:00:00", "2025-03-30T01:30:00")),
    Case(
        name="a-time-in-the-american-way",
        file="affiliate.csv",
        data=created("2/13/2026 5:04 PM", "2/1/2026 12:05 AM"),
        answers={(Ask.ZONE, ""): "America/New_York"},
        outcome=at("2026-02-13T22:04:00", "2026-02-01T05:05:00"),
    ),
    Case(
        name="times-with-both-order-and-zone-open",
        file="affiliate.csv",
        data=created("01/02/2026 11:00:00"),
        outcome=Asked(
            asks=(Ask.DAY_ORDER, Ask.ZONE),
            answers={**BERLIN, (Ask.DAY_ORDER, "Time Created"): "day first"},
            then=at("2026-02-01T10:00:00"),
        ),
    ),
    Case(
        name="posting-time-in-the-zone-that-the-ids-show",
        file="a.csv",
        data=csv_of(("Video link", "Views", "create_time", "scraped_at"), *[(link(place), 10, "2026-02-01 19:00:05", "2026-03-01") for place in (1, 2, 3)]),
        outcome=Accepted(format="video_metadata", values={"video_fact video_id posted_at": [(video(place), second("2026-02-01T12:00:05")) for place in (1, 2, 3)]}),
    ),
    Case(
        name="trends-by-week-with-less-than-one",
        file="multiTimeline.csv",
        data=b"Category: All categories\n\nWeek,glow serum: (United Kingdom)\n2026-02-01,88\n2026-02-08,<1\n2026-02-15,0\n",
        outcome=Accepted(
            format="google_trends",
            values={"search_interest at grain interest is_below_one": [(second("2026-02-01"), "week", 88, 0), (second("2026-02-08"), "week", None, 1), (second("2026-02-15"), "week", 0, 0)]},
        ),
    ),
    Case(
        name="trends-by-month-in-ukrainian",
        file="multiTimeline.csv",
        data="Категорія: Усі категорії,\n,\nМісяць,glow serum: (Україна)\n2025-12,40\n2026-01,100\n".encode(),
        outcome=Accepted(format="google_trends", values={"search_interest at grain interest": [(second("2025-12-01"), "month", 40), (second("2026-01-01"), "month", 100)]}),
    ),
    Case(
        name="trends-above-a-hundred",
        file="multiTimeline.csv",
        data=b"Category: All categories\n\nDay,serum: (UK)\n2026-02-01,88\n2026-02-02,188\n2026-02-03,7\n",
        outcome=Accepted(format="google_trends", values={"search_interest at interest": [(second("2026-02-01"), 88), (second("2026-02-03"), 7)]}, aside={"not-an-index": 1}),
    ),
)  # fmt: skip
