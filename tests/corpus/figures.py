"""Numbers in every way of writing, and cells that are none."""

from __future__ import annotations

from core.imports.model import Ask
from tests.corpus.cases import Accepted, Asked, Case, Outcome, Refused
from tests.corpus.making import ADS, SHOP_LIST_NAME, counts, csv_of, day, gmv, link, shop_list, video, videos


def views(name: str, *cells: str, to: tuple[object, ...], **more: object) -> Case:
    """Return a case of view counts: what each cell is stored as."""
    return Case(
        name=name,
        file="a.csv",
        data=videos(*cells),
        outcome=Accepted(format="video_metadata", values=counts(*to), **more),
    )  # type: ignore[arg-type]


def aside(name: str, bad: str, code: str) -> Case:
    """Return a case in which one cell of three is no count: its row is set aside, the others are stored."""
    values = {"stat subject views": [(video(1), 11), (video(3), 13)]}
    return Case(
        name=name,
        file="a.csv",
        data=videos("11", bad, "13"),
        outcome=Accepted(format="video_metadata", values=values, aside={code: 1}),
    )


def amounts(name: str, *cells: str, outcome: Outcome) -> Case:
    return Case(name=name, file=SHOP_LIST_NAME, data=shop_list(*cells), outcome=outcome)


def stored(currency: str, *to: object, **more: object) -> Accepted:
    values = {**gmv(*to), "stat currency": [(currency,) for _ in to]}
    return Accepted(format="tiktok_shop_video_list", values=values, **more)  # type: ignore[arg-type]


EUR = {(Ask.CURRENCY, ""): "EUR"}
COMMA, POINT = "decimal comma", "decimal point"
MISSING = (
    "--",
    "-",
    "—",
    "–",
    "N/A",
    "n/a",
    "null",
    "undefined",
    "(not set)",
    "NaN",
    "#N/A",
    "",
    "#REF!",
    "NA",
    "None",
)

CASES = (
    views("commas-group-thousands", "1,234", "56", "7,654,321", to=(1_234, 56, 7_654_321)),
    views("points-group-thousands", "1.234", "56", "7.654.321", to=(1_234, 56, 7_654_321)),
    views("spaces-group-thousands", "1 234", "5\u00a0678", "9\u202f012", "3\u2009456", to=(1_234, 5_678, 9_012, 3_456)),
    views("apostrophes-group-thousands", "1'234", "5’678’901", to=(1_234, 5_678_901)),
    views("lakh-and-crore", "12,34,567", "1,00,000", to=(1_234_567, 100_000)),
    views("magnitudes", "12.3K", "1.2M", "999", "2k", "1.5B", to=(12_300, 1_200_000, 999, 2_000, 1_500_000_000)),
    views("magnitudes-with-comma", "12,3K", "1,2M", to=(12_300, 1_200_000)),
    views("magnitudes-in-words", "1,2 mil", "3,4 Mio.", "5,6 тыс.", to=(1_200, 3_400_000, 5_600)),
    views("magnitudes-in-japanese", "1.2万", "3億", to=(12_000, 300_000_000)),
    views("masked-is-unknown-and-not-zero", "<5", "7", to=(None, 7)),
    views("missing-is-not-zero", *MISSING, "0", to=(*[None] * len(MISSING), 0)),
    views("scientific", "1e5", "1.5E+3", to=(100_000, 1_500)),
    views("whole-numbers-of-a-float-column", "12.0", "7.00", to=(12, 7)),
    views("plus-signs-and-tabs", "+4,900", "100\t", " 17 ", to=(4_900, 100, 17)),
    views("protected-from-excel", "'100", '="200"', to=(100, 200)),
    views("digits-of-other-scripts", "٣٤٥", "１２３", "१२३", to=(345, 123, 123)),
    views("odd-minus-is-missing", "−", "7", to=(None, 7)),
    aside("fraction-of-a-view", "12.5", "not-whole"),
    aside("negative-views", "-12", "below-zero"),
    aside("negative-views-in-brackets", "(12)", "below-zero"),
    aside("per-cent-of-a-view", "12%", "not-whole"),
    aside("words-around-a-number", "about 500 or so", "not-a-number"),
    aside("letter-o-in-a-number", "1O0", "not-a-number"),
    aside("two-numbers-in-a-cell", "100 / 200", "not-a-number"),
    aside("groups-of-the-wrong-size", "1,23,45", "not-whole"),
    aside("a-number-beyond-all-reason", "1" * 30, "not-whole"),
    aside("money-as-views", "€5", "not-whole"),
    aside("a-date-as-views", "2026-03-01", "not-a-number"),
    views("whole-numbers-grouped-in-two-ways-can-be-read-in-one-way-each", "1,234", "5.678", "9", to=(1_234, 5_678, 9)),
    amounts(
        "both-decimal-signs-in-one-column",
        "€1.234,56", "€1,234.56", "€1.234",
        outcome=Accepted(format="tiktok_shop_video_list", values=gmv(123_456, 123_456), aside={"mixed-decimals": 1}),
    ),
    Case(
        name="not-one-count-can-be-read",
        file="a.csv",
        data=videos("many", "lots"),
        outcome=Refused(code="not-a-number", word="many"),
    ),
    amounts("amounts-without-a-currency", "10.50", "2", outcome=Asked(asks=(Ask.CURRENCY,), answers=EUR, then=stored("EUR", 1050, 200))),
    amounts(
        "a-dollar-may-be-of-several-countries",
        "$2,200.00", "$1.50",
        outcome=Asked(asks=(Ask.CURRENCY,), offers=("USD", "AUD"), answers={(Ask.CURRENCY, ""): "USD"}, then=stored("USD", 220_000, 150)),
    ),
    amounts("pounds", "£2,200.50", "£2", outcome=stored("GBP", 220_050, 200)),
    amounts("euros-with-comma", "1.234,56 €", "12,00 €", outcome=stored("EUR", 123_456, 1_200)),
    amounts("spaces-and-code", "EUR 1 234,50", "EUR 2,00", outcome=stored("EUR", 123_450, 200)),
    amounts("rupiah-with-points", "Rp154.530", "Rp1.000", outcome=stored("IDR", 15_453_000, 100_000)),
    amounts("ringgit", "RM12.30", "RM1,200.00", outcome=stored("MYR", 1_230, 120_000)),
    amounts("yen-has-no-cents", "JPY 1,234", "JPY 500", outcome=stored("JPY", 1_234, 500)),
    amounts("dong-with-points", "1.250.000₫", "90.000₫", outcome=stored("VND", 1_250_000, 90_000)),
    amounts("negative-amounts", "-£5.00", "£-6.00", "(£7.00)", "£8.00", outcome=stored("GBP", -500, -600, -700, 800)),
    amounts(
        "one-thousand-or-one-and-a-bit",
        "€1.234", "€5.678",
        outcome=Asked(asks=(Ask.DECIMAL,), offers=(COMMA, POINT), answers={(Ask.DECIMAL, "GMV"): COMMA}, then=stored("EUR", 123_400, 567_800)),
    ),
    amounts(
        "one-thousand-or-one-and-a-bit-with-commas",
        "€1,234", "€5,678",
        outcome=Asked(asks=(Ask.DECIMAL,), offers=(COMMA, POINT), answers={(Ask.DECIMAL, "GMV"): POINT}, then=stored("EUR", 123_400, 567_800)),
    ),
    amounts("one-cell-proves-the-comma-of-all", "€1.234", "€5,60", outcome=stored("EUR", 123_400, 560)),
    Case(
        name="one-column-proves-the-comma-of-another",
        file=SHOP_LIST_NAME,
        data=csv_of(("Video name", "Video link", "Creator username", "GMV", "Est. commission"), ("c", link(1), "mia", "€1.234", "€12,50")),
        outcome=Accepted(format="tiktok_shop_video_list", values={"stat shop_gmv commission": [(123_400, 1_250)]}),
    ),
    Case(
        name="mixed-currencies-in-one-column",
        file=SHOP_LIST_NAME,
        data=shop_list("£1.00", "£2.00", "€3.00", "£4.00"),
        outcome=Accepted(
            format="tiktok_shop_video_list",
            values={"stat subject shop_gmv currency": [(video(1), 100, "GBP"), (video(2), 200, "GBP"), (video(4), 400, "GBP")]},
            aside={"mixed-currencies": 1},
        ),
    ),
    Case(
        name="currencies-row-by-row",
        file="report.csv",
        data=csv_of(ADS, ("a", "2026-03-01", "1.50", "10", "1", "EUR"), ("b", "2026-03-01", "200", "10", "1", "JPY"), ("c", "2026-03-01", "3.00", "10", "1", "USD")),
        outcome=Accepted(format="tiktok_ads", values={"stat campaign_hint cost currency": [("a", 150, "EUR"), ("b", 200, "JPY"), ("c", 300, "USD")]}),
    ),
    Case(
        name="currency-in-the-header",
        file="report.csv",
        data=csv_of(("Campaign name", "By Day", "Cost (EUR)", "Impressions"), ("a", "2026-03-01", "1.50", "10")),
        outcome=Accepted(format="tiktok_ads", values={"stat campaign_hint cost currency": [("a", 150, "EUR")]}),
    ),
    Case(
        name="amount-that-is-a-word",
        file=SHOP_LIST_NAME,
        data=shop_list("£1.00", "free", "£4.00"),
        outcome=Accepted(
            format="tiktok_shop_video_list",
            values={"stat subject shop_gmv": [(video(1), 100), (video(3), 400)]},
            aside={"not-a-number": 1},
        ),
    ),
    Case(
        name="masked-ads-count",
        file="report.csv",
        data=csv_of((*ADS, "Paid follows"), ("a", "2026-03-01", "1", "10", "1", "EUR", "<5"), ("b", "2026-03-01", "1", "10", "1", "EUR", "7")),
        outcome=Accepted(format="tiktok_ads", values={"stat campaign_hint follows": [("a", None), ("b", 7)]}),
    ),
    Case(
        name="ads-clicks-above-impressions",
        file="report.csv",
        data=csv_of(ADS, ("a", "2026-03-01", "1", "10", "900", "EUR"), ("b", "2026-03-01", "1", "1000", "9", "EUR")),
        outcome=Accepted(format="tiktok_ads", values={"stat campaign_hint impressions clicks": [("a", 10, 900), ("b", 1000, 9)]}, warns=("count-above-whole",)),
    ),
    Case(
        name="durations",
        file="a.csv",
        data=videos("19s", "1h39min", "00:00:12", "1:02:03", "7.6", column="Duration"),
        outcome=Accepted(format="video_metadata", values={"video_fact video_id duration_seconds": [(video(at), seconds) for at, seconds in enumerate((19, 5_940, 12, 3_723, 8), start=1)]}),
    ),
    Case(
        name="ads-day-beside-figures",
        file="report.csv",
        data=csv_of(ADS, ("a", "2026-03-01", "€1,234.50", "12,345", "10", "EUR")),
        outcome=Accepted(format="tiktok_ads", values={"stat first_day cost impressions": [(day("2026-03-01"), 123_450, 12_345)]}),
    ),
)  # fmt: skip
