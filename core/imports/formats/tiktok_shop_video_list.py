"""TikTok Shop's affiliate video list: one row per video for the whole period."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.errors import Issue, Severity
from core.imports.cells.ids import video_id_of
from core.imports.formats.context import problems_at
from core.imports.formats.stat_rows import texts_at
from core.imports.formats.tiktok_shop_stats import cut_off, handles, readable, shop_facts
from core.imports.model import Column, ExportFormat, Facts, Kind, RowProblem, TypedTable

_NO_LINK = frozenset({"", "-", "--", "—", "–", "n/a"})


def build(typed: TypedTable) -> Facts:
    """Return what each video sold in the period; deleted videos have no link and are left out."""
    good, problems = readable(typed)
    links = texts_at(typed, "link", good)
    deleted = np.array([link.strip().lower() in _NO_LINK for link in links], dtype=bool)
    ids = np.array([video_id_of(link) for link in links], dtype=object)
    unread = ~deleted & (ids == "")
    rows = good[~deleted & ~unread]
    names = handles(typed, rows)
    videos = ids[~deleted & ~unread]
    statements = pd.DataFrame(
        {"subject_kind": "video", "subject": videos, "video_id": videos, "handle": names}
    )
    return shop_facts(
        typed,
        rows=rows,
        statements=statements,
        problems=(*problems, *_unread(typed, good[unread])),
        ignored={"deleted video": int(deleted.sum())} if deleted.any() else {},
        issues=(*cut_off(typed), *_lost_sales(typed, good[deleted])),
    )


def _unread(typed: TypedTable, rows: np.ndarray) -> tuple[RowProblem, ...]:
    """Return the problems of rows whose link names no video."""
    return problems_at(
        rows, column=typed.headers["link"], code="link-without-video",
        what="The link names no TikTok video.", fix="Use the full link, like https://www.tiktok.com/@name/video/1234567890123456789.",
    )  # fmt: skip


def _lost_sales(typed: TypedTable, rows: np.ndarray) -> tuple[Issue, ...]:
    """Return a warning where deleted videos sold something, which no video can be given."""
    if not len(rows) or not typed.has("shop_gmv"):
        return ()
    selling = rows[(typed.columns["shop_gmv"].values.iloc[rows] > 0).fillna(value=False).to_numpy(dtype=bool)]
    sold = len(selling)
    if not sold:
        return ()
    return (
        Issue(
            code="deleted-video-sold",
            severity=Severity.WARNING,
            what=f"{sold} deleted {'video' if sold == 1 else 'videos'} had sales, which cannot be given to a video.",
            fix="Nothing to do; the sum of the list is higher than the sum of its videos.",
            places=tuple(typed.table.place(int(row)) for row in selling[:3]),
            count=sold,
        ),
    )


FORMAT = ExportFormat(
    name="tiktok_shop_video_list",
    label="TikTok Shop video list",
    system="TikTok Shop",
    grain="one video over the whole period",
    how_to_export="Seller Center → Affiliate → Analytics → Videos → Export.",
    columns=(
        Column(field="caption", headers=("Video name",), kind=Kind.TEXT, words="caption"),
        Column(field="link", headers=("Video link",), kind=Kind.URL, required=True, words="video link"),
        Column(field="posted_day", headers=("Video post date",), kind=Kind.DAY, words="post date"),
        Column(field="handle", headers=("Creator username",), kind=Kind.TEXT, required=True, words="creator"),
        Column(field="shop_gmv", headers=("GMV",), kind=Kind.MONEY, required=True, words="value sold"),
        Column(field="shop_items", headers=("Affiliate items sold",), kind=Kind.COUNT, words="items sold"),
        Column(field="shop_orders", headers=("Affiliate orders",), kind=Kind.COUNT, words="orders"),
        Column(
            field="shop_refunds", headers=("Affiliate refunded GMV",), kind=Kind.MONEY, words="value refunded"
        ),
        Column(
            field="commission", headers=("Est. commission",), kind=Kind.MONEY, words="estimated commission"
        ),
        Column(
            field="product_impressions",
            headers=("Shoppable video impressions",),
            kind=Kind.COUNT,
            words="times products were shown",
        ),
        Column(field="currency", headers=("Currency",), kind=Kind.CODE, words="currency"),
    ),
    build=build,
)
