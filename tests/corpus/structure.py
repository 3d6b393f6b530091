"""Rows and columns that are not where they should be."""

from __future__ import annotations

from tests.corpus.cases import Accepted, AlreadyImported, Case, Nothing, Refused, Unknown
from tests.corpus.making import counts, csv_of, link, overview, text_of, video, videos

HEADER = ("Video link", "Views", "Likes", "Caption", "scraped_at")


def row(
    number: int, views: object, likes: object = "", caption: str = "cap", seen: str = "2026-03-01"
) -> tuple[object, ...]:
    return (link(number), views, likes, caption, seen)


def ok(*views: object, **more: object) -> Accepted:
    return Accepted(format="video_metadata", values=counts(*views), **more)  # type: ignore[arg-type]


THREE = (row(1, 10), row(2, 20), row(3, 30))
PLAIN = csv_of(HEADER, *THREE)
SUM = csv_of(HEADER, *THREE, ("", "60", "", "", ""))

CASES = (
    Case(name="crlf", file="a.csv", data=PLAIN.replace(b"\n", b"\r\n"), outcome=ok(10, 20, 30)),
    Case(name="cr-only", file="a.csv", data=PLAIN.replace(b"\n", b"\r"), outcome=ok(10, 20, 30)),
    Case(name="no-final-newline", file="a.csv", data=PLAIN[:-1], outcome=ok(10, 20, 30)),
    Case(name="mixed-newlines", file="a.csv", data=PLAIN.replace(b"\n", b"\r\n", 2), outcome=ok(10, 20, 30)),
    Case(
        name="semicolons",
        file="a.csv",
        data=text_of([HEADER, *THREE], sep=";").encode(),
        outcome=ok(10, 20, 30),
    ),
    Case(
        name="tabs", file="a.tsv", data=text_of([HEADER, *THREE], sep="\t").encode(), outcome=ok(10, 20, 30)
    ),
    Case(
        name="pipes", file="a.txt", data=text_of([HEADER, *THREE], sep="|").encode(), outcome=ok(10, 20, 30)
    ),
    Case(
        name="semicolons-with-decimal-commas",
        file="a.csv",
        data=text_of(
            [
                ("Video link", "Views", "Duration", "scraped_at"),
                (link(1), "10", "12,5", "2026-03-01"),
                (link(2), "20", "7,25", "2026-03-01"),
            ],
            sep=";",
        ).encode(),
        outcome=Accepted(
            format="video_metadata",
            values={
                **counts(10, 20),
                "video_fact video_id duration_seconds": [(video(1), 12), (video(2), 7)],
            },
        ),
    ),
    Case(
        name="row-too-long",
        file="a.csv",
        data=csv_of(HEADER, *THREE, (*row(4, 40), "surplus")),
        outcome=ok(10, 20, 30, aside={"row-of-other-width": 1}, warns=("ragged-rows",)),
        never=("surplus",),
    ),
    Case(
        name="row-too-short",
        file="a.csv",
        data=csv_of(HEADER, *THREE, *[row(at, 40) for at in range(4, 10)], (link(10), "50")),
        outcome=ok(10, 20, 30, *[40] * 6, aside={"row-of-other-width": 1}, warns=("ragged-rows",)),
    ),
    Case(
        name="unquoted-comma-in-a-caption-shifts-nothing",
        file="a.csv",
        data=PLAIN + f"{link(4)},40,,glow up, fast,2026-03-01\n".encode(),
        outcome=ok(10, 20, 30, aside={"row-of-other-width": 1}),
    ),
    Case(
        name="lone-quote-in-a-cell",
        file="a.csv",
        data=PLAIN + f'{link(4)},40,,6" heels,2026-03-01\n'.encode(),
        outcome=Accepted(
            format="video_metadata",
            values={**counts(10, 20, 30, 40), "video_fact caption": [("cap",)] * 3 + [('6" heels',)]},
        ),
    ),
    Case(
        name="quote-never-closed",
        file="a.csv",
        data=csv_of(HEADER, row(1, 10))
        + f'{link(2)},20,,"never closed,2026-03-01\n'.encode()
        + csv_of(row(3, 30)),
        outcome=Accepted(
            format="video_metadata",
            values={"stat subject views": [(video(1), 10), (video(3), 30)]},
            aside={"row-of-other-width": 1},
            warns=("quotes-damaged",),
        ),
    ),
    Case(
        name="line-breaks-in-a-cell",
        file="a.csv",
        data=csv_of(HEADER, row(1, 10, caption="one\ntwo\n\nthree")),
        outcome=Accepted(format="video_metadata", values={"video_fact caption": [("one\ntwo\n\nthree",)]}),
    ),
    Case(
        name="needed-column-twice-with-other-contents",
        file="a.csv",
        data=csv_of(("Video link", "Views", "Views", "scraped_at"), (link(1), 10, 99, "2026-03-01")),
        outcome=Refused(code="column-twice", word="twice"),
    ),
    Case(
        name="needed-column-twice-with-equal-contents",
        file="a.csv",
        data=csv_of(("Video link", "Views", "Views", "scraped_at"), (link(1), 10, 10, "2026-03-01")),
        outcome=ok(10),
    ),
    Case(
        name="unneeded-column-twice",
        file="a.csv",
        data=csv_of(
            ("Video link", "Views", "Note", "Note", "scraped_at"), (link(1), 10, "x", "y", "2026-03-01")
        ),
        outcome=ok(10),
    ),
    Case(
        name="swapped-columns-are-told",
        file="a.csv",
        data=csv_of(
            ("Video link", "Likes", "Views", "scraped_at"),
            (link(1), 50_000, 900, "2026-03-01"),
            (link(2), 70_000, 1_000, "2026-03-01"),
        ),
        outcome=ok(900, 1_000, warns=("count-above-whole",)),
    ),
    Case(
        name="columns-in-another-order",
        file="a.csv",
        data=csv_of(
            ("scraped_at", "Caption", "Likes", "Views", "Video link"), ("2026-03-01", "c", 1, 10, link(1))
        ),
        outcome=ok(10, quiet=("count-above-whole",)),
    ),
    Case(
        name="header-in-row-four",
        file="a.csv",
        data=b"Creator report\nMade by the agency\n\n" + PLAIN,
        outcome=ok(10, 20, 30),
    ),
    Case(
        name="preamble-with-hashes",
        file="a.csv",
        data=b"# exported by a tool\n# 2026-03-01\n" + PLAIN,
        outcome=ok(10, 20, 30),
    ),
    Case(
        name="title-row-padded-with-commas",
        file="a.csv",
        data=b"Creator report,,,,\n,,,,\n" + PLAIN,
        outcome=ok(10, 20, 30),
    ),
    Case(
        name="unnamed-index-column",
        file="a.csv",
        data=csv_of(("", *HEADER), *[(at, *cells) for at, cells in enumerate(THREE)]),
        outcome=ok(10, 20, 30),
    ),
    Case(
        name="trailing-comma-in-every-row",
        file="a.csv",
        data=PLAIN.replace(b"\n", b",\n"),
        outcome=ok(10, 20, 30),
    ),
    Case(
        name="trailing-comma-in-data-rows-only",
        file="a.csv",
        data=csv_of(HEADER) + csv_of(*THREE).replace(b"\n", b",\n"),
        outcome=ok(10, 20, 30),
    ),
    Case(name="blank-lines-at-the-end", file="a.csv", data=PLAIN + b"\n\n,,,,\n\n", outcome=ok(10, 20, 30)),
    Case(
        name="blank-line-in-the-middle",
        file="a.csv",
        data=csv_of(HEADER, row(1, 10)) + b"\n" + csv_of(row(2, 20)),
        outcome=ok(10, 20, ignored={"blank": 1}),
    ),
    Case(
        name="row-of-empty-cells",
        file="a.csv",
        data=csv_of(HEADER, row(1, 10), ("", "", "", "", ""), row(2, 20)),
        outcome=ok(10, 20, ignored={"blank": 1}),
    ),
    Case(
        name="header-once-more-in-the-middle",
        file="a.csv",
        data=csv_of(HEADER, row(1, 10), HEADER, row(2, 20)),
        outcome=ok(10, 20, ignored={"repeated header": 1}),
    ),
    Case(
        name="totals-row-last",
        file="a.csv",
        data=csv_of(HEADER, *THREE, ("Total", "60", "", "", "")),
        outcome=ok(10, 20, 30, ignored={"totals row": 1}),
    ),
    Case(
        name="totals-row-first",
        file="a.csv",
        data=csv_of(HEADER, ("Total of 3 results", "60", "", "", ""), *THREE),
        outcome=ok(10, 20, 30, ignored={"totals row": 1}),
    ),
    Case(
        name="totals-row-in-german",
        file="a.csv",
        data=csv_of(HEADER, *THREE, ("Gesamtsumme", "60", "", "", "")),
        outcome=ok(10, 20, 30, ignored={"totals row": 1}),
    ),
    Case(
        name="totals-row-without-a-label",
        file="a.csv",
        data=SUM,
        outcome=ok(10, 20, 30, ignored={"totals row": 1}),
    ),
    Case(
        name="averages-row",
        file="a.csv",
        data=csv_of(HEADER, *THREE, ("Average", "20", "", "", "")),
        outcome=ok(10, 20, 30, ignored={"averages row": 1}),
    ),
    Case(
        name="a-video-called-total",
        file="a.csv",
        data=csv_of(
            ("Caption", "Video link", "Views", "scraped_at"),
            ("hi", link(1), 10, "2026-03-01"),
            ("Total glow up", link(2), 20, "2026-03-01"),
            ("Total", link(3), 30, "2026-03-01"),
        ),
        outcome=ok(10, 20, 30),
    ),
    Case(
        name="a-video-whose-views-are-the-sum-of-the-others",
        file="a.csv",
        data=csv_of(HEADER, row(1, 10), row(2, 20), row(3, 30), row(4, 60)),
        outcome=ok(10, 20, 30, 60),
    ),
    Case(
        name="footnote",
        file="a.csv",
        data=PLAIN + b"* figures may change for up to three days,,,,\n",
        outcome=ok(10, 20, 30, ignored={"footnote": 1}),
    ),
    Case(
        name="footnote-after-a-blank-line",
        file="a.csv",
        data=PLAIN + b"\nSource: the agency's own tracking sheet\n",
        outcome=ok(10, 20, 30, ignored={"blank": 1, "footnote": 1}),
    ),
    Case(
        name="two-tables-under-each-other",
        file="a.csv",
        data=PLAIN + b"\n\nHandle,Followers\nmia,1200\nleo,900\n",
        outcome=ok(10, 20, 30, ignored={"not read: the table with the header Handle, Followers": 2}),
    ),
    Case(
        name="one-export-twice-under-each-other",
        file="a.csv",
        data=csv_of(HEADER, row(1, 10)) + b"\n" + csv_of(HEADER, row(2, 20)),
        outcome=ok(10, 20, ignored={"blank": 1, "repeated header": 1}),
    ),
    Case(
        name="same-row-twice",
        file="a.csv",
        data=csv_of(HEADER, row(1, 10), row(1, 10)),
        outcome=ok(10, ignored={"same video twice": 1}),
    ),
    Case(
        name="same-video-with-other-figures",
        file="a.csv",
        data=csv_of(HEADER, row(1, 10), row(1, 12)),
        outcome=ok(12, ignored={"same video twice, with other figures": 1}, warns=("video-twice",)),
    ),
    Case(name="header-only", file="a.csv", data=csv_of(HEADER), outcome=Nothing()),
    Case(name="studio-header-only", file="Overview.csv", data=overview([]), outcome=Nothing()),
    Case(name="empty", file="a.csv", data=b"", outcome=Refused(code="file-empty", word="empty")),
    Case(
        name="whitespace-only",
        file="a.csv",
        data=b" \r\n\t\r\n  \n",
        outcome=Refused(code="file-empty", word="empty"),
    ),
    Case(
        name="commas-only",
        file="a.csv",
        data=b",,,\n,,,\n",
        outcome=Refused(code="file-empty", word="no table"),
    ),
    Case(
        name="prose",
        file="a.txt",
        data=b"Dear team,\nplease find the numbers below.\nBest\n",
        outcome=Nothing(),
    ),
    Case(
        name="another-platform",
        file="meta.csv",
        data=csv_of(
            ("Ad set name", "Campaign name", "Amount spent (EUR)", "Reach", "Impressions"),
            ("x", "y", "10.00", "5", "9"),
        ),
        outcome=Unknown(),
    ),
    Case(name="figures-without-a-header", file="a.csv", data=csv_of(*THREE), outcome=Unknown()),
    Case(
        name="web-page",
        file="a.csv",
        data=b"<!DOCTYPE html><html><body>Please log in</body></html>",
        outcome=Refused(code="file-disguised", word="web page"),
    ),
    Case(
        name="picture",
        file="a.csv",
        data=b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        outcome=Refused(code="file-disguised", word="picture"),
    ),
    Case(
        name="pdf",
        file="report.csv",
        data=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        outcome=Refused(code="file-disguised", word="PDF"),
    ),
    Case(name="no-ending", file="report", data=PLAIN, outcome=Refused(code="file-type", word="ending")),
    Case(name="program", file="report.exe", data=b"MZ\x90\0", outcome=Refused(code="file-type", word=".exe")),
    Case(
        name="the-very-file-again",
        file="b.csv",
        data=PLAIN,
        before=(("a.csv", PLAIN),),
        outcome=AlreadyImported(),
    ),
    Case(
        name="five-hundred-columns-more",
        file="a.csv",
        data=csv_of([*HEADER, *(f"c{at}" for at in range(600))], [*row(1, 10), *[""] * 600]),
        outcome=Refused(code="too-many-columns", word="columns"),
    ),
    Case(
        name="json-that-breaks-off",
        file="a.json",
        data=b'[{"webVideoUrl": "x", "playCount": 1}, {"webVi',
        outcome=Refused(code="json-damaged", word="breaks off"),
    ),
    Case(
        name="json-of-numbers",
        file="a.json",
        data=b"[1, 2, 3]",
        outcome=Refused(code="json-not-a-table", word="JSON"),
    ),
    Case(
        name="json-nested-too-deep",
        file="a.json",
        data=b"[" * 100_000 + b"]" * 100_000,
        outcome=Refused(code="json-damaged", word="nested"),
    ),
    Case(
        name="json-lines-with-a-missing-field",
        file="a.jsonl",
        data=(
            f'{{"webVideoUrl": "{link(1)}", "playCount": 10, "scrapedAt": "2026-03-01"}}\n\n{{"webVideoUrl": "{link(2)}", "scrapedAt": "2026-03-01", "playCount": null}}\n'
        ).encode(),
        outcome=ok(10, None),
    ),
    Case(
        name="json-status-object-among-videos",
        file="a.json",
        data=(
            f'[{{"webVideoUrl": "{link(1)}", "playCount": 10, "scrapedAt": "2026-03-01"}}, {{"error": "no_items"}}]'
        ).encode(),
        outcome=ok(10, ignored={"status message instead of a video": 1}),
    ),
    Case(name="views-only-and-nothing-else", file="a.csv", data=videos("7"), outcome=ok(7)),
)
