"""Bytes that are not plain UTF-8 text."""

from __future__ import annotations

import gzip

from core.imports.model import Ask
from tests.corpus.cases import Accepted, Asked, Case, Refused
from tests.corpus.making import counts, csv_of, link, text_of, video, videos

HEADER = ("Video link", "Views", "Caption", "scraped_at")


def captioned(*captions: str, sep: str = ",", newline: str = "\n") -> str:
    rows = [(link(at), 100 * at, caption, "2026-03-01") for at, caption in enumerate(captions, start=1)]
    return text_of([HEADER, *rows], sep=sep, newline=newline)


def said(*captions: str, warns: tuple[str, ...] = (), quiet: tuple[str, ...] = ()) -> Accepted:
    return Accepted(
        format="video_metadata",
        values={
            "video_fact video_id caption": [
                (video(at), caption) for at, caption in enumerate(captions, start=1)
            ],
            "stat subject views": [(video(at), 100 * at) for at, _ in enumerate(captions, start=1)],
        },
        warns=warns,
        quiet=quiet,
    )


def chosen(encoding: str, *captions: str) -> Asked:
    """Return that the encoding is asked with this one among the choices, and what it leads to."""
    answers = {(Ask.ENCODING, ""): encoding}
    return Asked(asks=(Ask.ENCODING,), offers=(encoding,), answers=answers, then=said(*captions, quiet=SURE))


SURE = ("encoding-guessed", "letters-damaged")
GERMAN = ("Größe für die Küche", "Straße nach Köln", "Äpfel, süß und schön", "über Österreich")
RUSSIAN = (
    "Новая коллекция платьев на весну",
    "Обзор крема для рук и лица",
    "Как я собираю чемодан",
    "Скидка по коду",
)
JAPANESE = ("春の新作ワンピースを紹介します", "このクリームは本当におすすめです", "旅行のパッキング")

CASES = (
    Case(name="utf8", file="a.csv", data=captioned(*GERMAN).encode(), outcome=said(*GERMAN, quiet=SURE)),
    Case(
        name="utf8-bom",
        file="a.csv",
        data=captioned(*GERMAN).encode("utf-8-sig"),
        outcome=said(*GERMAN, quiet=SURE),
    ),
    Case(
        name="two-boms",
        file="a.csv",
        data=b"\xef\xbb\xbf" + captioned("a").encode("utf-8-sig"),
        outcome=said("a", quiet=SURE),
    ),
    Case(
        name="utf16-with-sep-line",
        file="report.csv",
        data=("sep=,\r\n" + captioned(*GERMAN, newline="\r\n")).encode("utf-16"),
        outcome=said(*GERMAN, quiet=SURE),
    ),
    Case(
        name="utf16-tabs",
        file="report.csv",
        data=captioned(*GERMAN, sep="\t", newline="\r\n").encode("utf-16"),
        outcome=said(*GERMAN, quiet=SURE),
    ),
    Case(
        name="utf16-big-endian",
        file="a.csv",
        data=b"\xfe\xff" + captioned(*RUSSIAN).encode("utf-16-be"),
        outcome=said(*RUSSIAN, quiet=SURE),
    ),
    Case(
        name="utf16-without-mark",
        file="a.csv",
        data=captioned("ascii only").encode("utf-16-le"),
        outcome=said("ascii only"),
    ),
    Case(
        name="cp1252",
        file="a.csv",
        data=captioned(*GERMAN).encode("cp1252"),
        outcome=chosen("cp1252", *GERMAN),
    ),
    Case(
        name="cp1252-euro-and-quotes",
        file="a.csv",
        data=captioned("“Größe” für 20 €", "Nur 5 € – schön").encode("cp1252"),
        outcome=chosen("cp1252", "“Größe” für 20 €", "Nur 5 € – schön"),
    ),
    Case(
        name="cp1251",
        file="a.csv",
        data=captioned(*RUSSIAN).encode("cp1251"),
        outcome=chosen("cp1251", *RUSSIAN),
    ),
    Case(
        name="shift-jis",
        file="a.csv",
        data=captioned(*JAPANESE).encode("shift_jis"),
        outcome=chosen("shift_jis", *JAPANESE),
    ),
    Case(
        name="utf8-with-one-bad-byte",
        file="a.csv",
        data=captioned(*GERMAN, "kaputt!").encode().replace(b"kaputt!", b"kaputt\xff"),
        outcome=said(*GERMAN, "kaputt\ufffd", warns=("letters-damaged",)),
    ),
    Case(
        name="utf8-emoji-cut-in-half",
        file="a.csv",
        data=captioned(*GERMAN, "halb X").encode().replace(b"halb X", b"halb \xf0\x9f\x98"),
        outcome=said(*GERMAN, "halb \ufffd", warns=("letters-damaged",)),
    ),
    Case(
        name="mojibake-stays-as-written",
        file="a.csv",
        data=captioned("GrÃ¶ÃŸe").encode(),
        outcome=said("GrÃ¶ÃŸe", quiet=SURE),
    ),
    Case(
        name="many-nul-bytes",
        file="a.csv",
        data=b"\0" * 400 + captioned("a").encode(),
        outcome=Refused(code="nul-bytes", word="zero bytes"),
    ),
    Case(
        name="one-nul-byte-far-down",
        file="a.csv",
        data=captioned(*["x" * 200] * 8, "nul?here").encode().replace(b"nul?here", b"nul\0here"),
        outcome=Refused(code="nul-bytes", word="zero bytes"),
    ),
    Case(
        name="gzip",
        file="a.csv.gz",
        data=gzip.compress(videos("1,234", "17")),
        outcome=Accepted(format="video_metadata", values=counts(1234, 17)),
    ),
    Case(
        name="csv-that-is-tab-separated-with-commas-in-captions",
        file="a.csv",
        data=captioned("one, two", "three, four, five", sep="\t").encode(),
        outcome=said("one, two", "three, four, five"),
    ),
    Case(
        name="only-a-mark",
        file="a.csv",
        data=b"\xef\xbb\xbf",
        outcome=Refused(code="file-empty", word="empty"),
    ),
    Case(
        name="utf16-mark-only",
        file="a.csv",
        data=b"\xff\xfe",
        outcome=Refused(code="file-empty", word="empty"),
    ),
    Case(
        name="header-with-non-breaking-spaces",
        file="a.csv",
        data=csv_of(
            ("Video\u00a0link ", " Views\u200b", "Caption:", "scraped_at"),
            (link(1), "100", "a", "2026-03-01"),
        ),
        outcome=said("a"),
    ),
)
