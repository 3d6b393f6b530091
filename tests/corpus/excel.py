"""Workbooks, most of them written by hand as XML, as no library would write them."""

from __future__ import annotations

import functools

from core.imports.model import Ask
from tests.corpus.cases import Accepted, Case, Outcome, Refused
from tests.corpus.making import (
    ADS,
    SHOP_LIST_NAME,
    book,
    counts,
    csv_of,
    day,
    gmv,
    link,
    sheet,
    video,
    workbook,
)

HEADER = ("Video link", "Views", "scraped_at")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SEEN = "2026-03-01"


def rows(*views: object) -> list[tuple[object, ...]]:
    return [HEADER, *[(link(at), value, SEEN) for at, value in enumerate(views, start=1)]]


def xlsx(name: str, data: bytes, outcome: Outcome, file: str = "a.xlsx", **more: object) -> Case:
    return Case(name=name, file=file, data=data, outcome=outcome, **more)  # type: ignore[arg-type]


def ok(*views: object, **more: object) -> Accepted:
    return Accepted(format="video_metadata", values=counts(*views), **more)  # type: ignore[arg-type]


def typed(kind: str, value: str) -> str:
    """Return a cell of a type, for instance a formula's text or an error."""
    return f'<c t="{kind}"><v>{value}</v></c>'


def formula(cached: str = "") -> str:
    return f"<c ><f>SUM(1,2)</f>{cached}</c>"


def ads(*days: object, settings: str = "") -> bytes:
    lines = [(f"c{at}", one, 1, 10, 1, "EUR") for at, one in enumerate(days, start=1)]
    return workbook({"Ads": sheet([ADS, *lines])}, settings=settings)


def dated(*days: str, **more: object) -> Accepted:
    found = [(f"c{at}", day(one)) for at, one in enumerate(days, start=1) if one]
    return Accepted(format="tiktok_ads", values={"stat campaign_hint first_day": found}, **more)  # type: ignore[arg-type]


@functools.cache
def corner(place: str, row: int) -> bytes:
    extra = f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'
    return workbook({"Sheet 1": sheet(rows(10, 20), extra_rows=extra)})


MERGED = '<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>'
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
SHARED = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>x</t></si></sst>'

CASES = (
    xlsx("inline-text-and-no-dimension", book(*rows("10", "20")), ok(10, 20)),
    xlsx("numbers", book(*rows(10, 20.0, 1_234_567)), ok(10, 20, 1_234_567)),
    xlsx("text-numbers-with-separators", book(*rows("1,234", "5.6K")), ok(1_234, 5_600)),
    xlsx("a-cell-in-the-last-corner", corner("XFD1048576", 1_048_576), Refused(code="reading-failed", word="memory")),
    xlsx("a-cell-far-to-the-right", corner("XFD5", 5), Refused(code="too-many-columns", word="columns")),
    xlsx("a-cell-far-below", corner("A20000", 20_000), ok(10, 20, aside={"no-video-id": 1}, ignored={"blank": 19_996})),
    xlsx("cells-without-places", workbook({"S": sheet(rows(10, 20)).replace('r="A1"', "").replace('r="B1"', "").replace('r="C1"', "")}), ok(10, 20)),
    xlsx("missing-cells-in-the-middle", book(HEADER, (link(1), None, SEEN), (link(2), 20, SEEN)), ok(None, 20)),
    xlsx("empty-rows-in-the-middle", book(HEADER, (link(1), 10, SEEN), (), (link(2), 20, SEEN)), ok(10, 20, ignored={"blank": 1})),
    xlsx("header-in-row-three", book(("Report of the agency",), (), *rows(10, 20)), ok(10, 20)),
    xlsx(
        "pivot-sheet-first",
        workbook({"Pivot": sheet([("Row Labels", "Sum of Views"), ("mia", 30)]), "Data": sheet(rows(10, 20))}),
        ok(10, 20, ignored={'not read: sheet "Pivot"': 1}),
    ),
    xlsx(
        "two-sheets-of-one-export",
        workbook({"A": sheet(rows(10)), "B": sheet([HEADER, (link(2), 20, SEEN)])}),
        ok(10, 20),
    ),
    xlsx(
        "a-hidden-sheet-is-told",
        workbook({"Data": sheet(rows(10)), "Old": sheet([HEADER, (link(2), 20, SEEN)])}, hidden=("Old",)),
        ok(10, 20, warns=("hidden-sheet",)),
    ),
    xlsx("merged-cells-are-told", workbook({"S": sheet([HEADER, (link(1), 10, SEEN), (link(2), 20, None)], after=MERGED)}), Accepted(format="video_metadata", values=counts(10, 20), warns=("merged-cells",)), modified_at=1_772_366_400),
    xlsx("formula-with-its-result", book(*rows(formula("<v>33</v>"), 20)), ok(33, 20)),
    xlsx("formula-never-calculated", book(*rows(formula(), 20)), ok(None, 20)),
    xlsx("error-cells", book(*rows(typed("e", "#N/A"), typed("e", "#DIV/0!"), 30)), ok(None, None, 30)),
    xlsx("true-as-views", book(*rows(typed("b", "1"), 20)), Accepted(format="video_metadata", values={"stat subject views": [(video(2), 20)]}, aside={"not-a-number": 1})),
    xlsx("dates-from-1900", ads(46054, 46055), dated("2026-02-01", "2026-02-02")),
    xlsx("dates-from-1904", ads(44592, 44593, settings='<workbookPr date1904="1"/>'), dated("2026-02-01", "2026-02-02")),
    xlsx("dates-from-1904-as-text", ads("2026-02-01", "2026-02-02", settings='<workbookPr date1904="true"/>'), dated("2026-02-01", "2026-02-02")),
    xlsx("serials-with-a-time", ads(46054.5, 46055.25), dated("2026-02-01", "2026-02-02")),
    xlsx(
        "video-ids-as-numbers",
        book(("video_id", "Views", "scraped_at"), (int(video(1)), 10, SEEN), (video(2), 20, SEEN)),
        Accepted(format="video_metadata", values={"stat subject views": [(video(2), 20)]}, aside={"id-damaged": 1}),
    ),
    xlsx(
        "amounts-with-float-dust",
        book(("Video name", "Video link", "Creator username", "GMV"), ("a", link(1), "mia", 0.1 + 0.2), ("b", link(2), "mia", 1234.5600000000001)),
        Accepted(format="tiktok_shop_video_list", values=gmv(30, 123_456)),
        file=SHOP_LIST_NAME.replace(".csv", ".xlsx"),
        answers={(Ask.CURRENCY, ""): "EUR"},
    ),
    xlsx("sheet-without-rows", workbook({"S": sheet([])}), Refused(code="file-empty", word="no table")),
    xlsx("sheet-names-with-markup", workbook({"<b>&'=1+1": sheet(rows(10))}), ok(10)),
    xlsx("protected-by-a-password", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, Refused(code="workbook-locked", word="password")),
    xlsx("old-workbook-called-xlsx", OLE + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 600, Refused(code="file-disguised", word=".xls")),
    xlsx("old-workbook-damaged", OLE + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 600, Refused(code="workbook-damaged", word="damaged"), file="a.xls"),
    xlsx("old-word-document", OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), Refused(code="file-disguised", word="old Office document"), file="a.xls"),
    xlsx("web-page-called-xls", b"<html><table><tr><td>Views</td></tr></table></html>", Refused(code="file-disguised", word="web page"), file="a.xls"),
    xlsx("csv-called-xlsx", csv_of(*rows(10)), Refused(code="file-disguised", word="plain text")),
    xlsx("workbook-called-csv", book(*rows(10)), Refused(code="file-disguised", word="Excel workbook"), file="a.csv"),
    xlsx("entity-bomb", workbook({"S": sheet(rows(10))}, parts={"xl/sharedStrings.xml": BOMB}), Refused(code="workbook-hostile", word="definitions")),
    xlsx("entity-that-reads-files", workbook({"S": sheet(rows(10))}, parts={"docProps/app.xml": OUTSIDE}), Refused(code="workbook-hostile", word="definitions"), never=("root:",)),
    xlsx("six-hundred-parts", workbook({"S": sheet(rows(10))}, parts={f"xl/media/{at}.bin": b"x" for at in range(600)}), Refused(code="workbook-too-many-parts", word="parts")),
    xlsx("sixty-sheets", workbook({f"S{at}": sheet(rows(10)) for at in range(60)}), Refused(code="too-many-sheets", word="sheets")),
    xlsx("cut-in-half", book(*rows(10, 20, 30))[:900], Refused(code="archive-damaged", word="damaged")),
    xlsx("sheet-that-is-no-xml", workbook({"S": "<worksheet><sheetData><row r="}), Refused(code="workbook-damaged", word="damaged")),
    xlsx("zeros-that-unpack-to-much", workbook({"S": sheet(rows(10))}, parts={"xl/media/z.bin": b"\0" * 60_000_000}), Refused(code="archive-too-large", word="unpacked")),
)  # fmt: skip
