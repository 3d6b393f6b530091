"""Text that must survive as written, and text that looks like something else."""

from __future__ import annotations

import json
import unicodedata

from core.imports.model import Ask
from tests.corpus.cases import Accepted, Asked, Case, Refused
from tests.corpus.making import ADS, SHOPIFY, csv_of, link, order, video


def captions(name: str, *texts: str, never: tuple[str, ...] = ()) -> Case:
    rows = [(link(at), 10, text, "2026-03-01") for at, text in enumerate(texts, start=1)]
    return Case(
        name=name,
        file="a.csv",
        data=csv_of(("Video link", "Views", "Caption", "scraped_at"), *rows),
        outcome=Accepted(
            format="video_metadata",
            values={
                "video_fact video_id caption": [(video(at), text) for at, text in enumerate(texts, start=1)]
            },
        ),
        never=never,
    )


def campaigns(name: str, *texts: str, stored: tuple[str, ...] = ()) -> Case:
    rows = [(text, "2026-03-01", "1.00", "10", "1", "EUR") for text in texts]
    return Case(
        name=name,
        file="report.csv",
        data=csv_of(ADS, *rows),
        outcome=Accepted(
            format="tiktok_ads", values={"stat campaign_hint cost": [(text, 100) for text in stored or texts]}
        ),
    )


def codes(name: str, *cells: str, keys: tuple[tuple[str, str], ...]) -> Case:
    rows = [order(at, Discount_Code=cell) for at, cell in enumerate(cells, start=1)]
    return Case(
        name=name,
        file="orders_export_1.csv",
        data=csv_of(SHOPIFY, *rows),
        outcome=Accepted(format="shopify_orders", values={"order_claim key written": keys}),
    )


NFD = unicodedata.normalize("NFD", "Café Zoë ñandú")
THREAD = {
    "video_url": link(1),
    "comments": [
        {
            "comment_id": "7600000000000000001", "comment": "first", "create_time": 1_772_000_000,
            "replies": [{"comment_id": "7600000000000000002", "comment": "second", "create_time": 1_772_000_100,
                         "replies": [{"comment_id": "7600000000000000003", "comment": "third", "create_time": 1_772_000_200}]}],
        }
    ],
}  # fmt: skip


def comments(name: str, data: object, **more: object) -> Case:
    return Case(name=name, file="comments.json", data=json.dumps(data).encode(), **more)  # type: ignore[arg-type]


CASES = (
    captions("emoji-and-families", "🧶✨", "👩‍👩‍👧‍👦 family", "🇳🇦 flag", "skin 👍🏽"),
    captions("right-to-left", "مرحبا بالعالم #تخفيضات", "שלום עולם", "mixed עברית and English"),
    captions("decomposed-letters-stay-so", NFD, "Café"),
    captions("styled-letters", "𝔻𝕠𝕟𝕖", "ＦＵＬＬ", "ﬁne"),
    captions("words-that-mean-missing-elsewhere", "NA", "null", "None", "nan", "undefined", "true", "0"),
    captions("zero-width", "a\u200bb", "\u200dstart", "soft\u00adhyphen"),
    captions("formula-like", "=1+1", "+49 is my code", "-50% today", "@mia knows", '=HYPERLINK("http://evil.example")', "＝1+1"),
    captions("line-breaks-tabs-and-spaces-inside", "one\ntwo\tthree", "  two  spaces  inside "),
    captions("quotes", 'she said "wow"', "it's", "“curly”", '"'),
    captions("backslashes-and-per-cent", "C:\\new\\table", "100%s {0} %(x)s", "\\u0041"),
    captions("a-caption-of-90-kilobytes", "ä" * 45_000),
    captions("hash-first", "# not a comment", "#ad #glow"),
    Case(
        name="a-cell-of-200-kilobytes",
        file="a.csv",
        data=csv_of(("Video link", "Views", "Caption"), (link(1), 10, "x" * 200_000)),
        outcome=Refused(code="cell-too-large", word="cell"),
    ),
    campaigns("campaigns-with-strange-names", "NA", "null", "Total glow up", "Totally", "Sum 41", "0", "TRUE", "1e5"),
    campaigns("campaign-names-with-spaces-at-the-ends", "  Spring  ", stored=("Spring",)),
    Case(
        name="a-campaign-called-total-with-other-figures",
        file="report.csv",
        data=csv_of(("Campaign ID", *ADS), ("1780000000000001", "Total", "2026-03-01", "1.00", "10", "1", "EUR"), ("1780000000000002", "b", "2026-03-01", "2.00", "20", "1", "EUR")),
        outcome=Accepted(format="tiktok_ads", values={"stat subject campaign_hint cost": [("campaign:1780000000000001", "Total", 100), ("campaign:1780000000000002", "b", 200)]}),
    ),
    codes("codes-in-full-width-and-with-zero-width", "mia20", "ＭＩＡ２０", "MIA\u200b20", " Mia20 ", keys=(("MIA20", "mia20"), ("MIA20", "ＭＩＡ２０"), ("MIA20", "MIA\u200b20"), ("MIA20", "Mia20"))),
    codes("look-alike-codes-are-not-merged", "MIA20", "\u041c\u0406\u041020", "M1A20", keys=(("MIA20", "MIA20"), ("\u041c\u0406\u041020", "\u041c\u0406\u041020"), ("M1A20", "M1A20"))),
    codes("code-called-null", "NULL", "NA", "none", keys=(("NULL", "NULL"), ("NA", "NA"), ("NONE", "none"))),
    comments(
        "replies-to-replies-keep-their-parent",
        THREAD,
        outcome=Accepted(
            format="comments",
            values={"comment comment_id parent_id text": [("7600000000000000001", "", "first"), ("7600000000000000002", "7600000000000000001", "second"), ("7600000000000000003", "7600000000000000002", "third")]},
        ),
    ),
    comments(
        "half-an-emoji-in-json",
        [{"videoWebUrl": link(1), "cid": "7600000000000000001", "text": "cut \ud83d", "createTime": 1_772_000_000, "diggCount": 1}],
        outcome=Accepted(format="comments", values={"comment comment_id text": [("7600000000000000001", "cut \ufffd")]}),
    ),
    comments(
        "a-zero-sign-in-json",
        [{"videoWebUrl": link(1), "cid": "7600000000000000001", "text": "zero\u0000sign", "createTime": 1_772_000_000}],
        outcome=Accepted(format="comments", values={"comment comment_id text": [("7600000000000000001", "zerosign")]}),
        never=("\0",),
    ),
    comments(
        "a-sticker-without-text-and-a-status",
        [{"videoWebUrl": link(1), "cid": "7600000000000000001", "text": "", "createTime": 1_772_000_000}, {"error": "no_items"}],
        outcome=Accepted(format="comments", values={"comment comment_id text": [("7600000000000000001", "")]}, ignored={"status message instead of a comment": 1}),
    ),
    comments(
        "comments-that-name-no-video",
        [{"cid": "7600000000000000001", "text": "wow", "createTime": 1_772_000_000}],
        outcome=Asked(
            asks=(Ask.VIDEO,),
            answers={(Ask.VIDEO, ""): link(4)},
            then=Accepted(format="comments", values={"comment video_id text": [(video(4), "wow")]}),
        ),
    ),
)  # fmt: skip
