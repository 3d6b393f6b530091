"""What TikTok Shop attributes to a video, creator or product over some days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import Issue, Severity
from core.imports.formats.context import (
    Period,
    ask_period,
    currency_question,
    end_of,
    one_currency,
    only_value,
    stated_period,
)
from core.imports.formats.export_time import export_time
from core.imports.formats.stat_rows import column_at, measures_at, sound_rows, texts_at
from core.imports.formats.stat_sums import one_row_per_key, total_checks
from core.imports.model import Facts, Question, RowProblem, TypedTable
from core.keys import handle_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MONEY = ("shop_gmv", "shop_refunds", "commission")
MEASURES = (*MONEY, "shop_orders", "shop_items", "product_impressions", "product_clicks")
_ROW_CAP = 5_000


def shop_facts(
    typed: TypedTable,
    *,
    rows: np.ndarray,
    statements: pd.DataFrame,
    problems: Sequence[RowProblem],
    ignored: Mapping[str, int] | None = None,
    issues: Sequence[Issue] = (),
    periods: Sequence[Period] | None = None,
) -> Facts:
    """Return the facts of a TikTok Shop list.

    Args:
        typed: the list.
        rows: positions of the rows that are stored.
        statements: one row per stored row: subject_kind, subject and what else is known of it.
        problems: rows set aside.
        ignored: reason -> rows left out on purpose.
        issues: warnings about the whole.
        periods: the days of each row; None means that the file or a person states them.
    """
    questions: list[Question] = []
    if periods is None:
        stated = stated_period(typed)
        if stated is None:
            questions.append(ask_period(typed))
        periods = [stated or Period(first=0, last=0)] * len(rows)
    frame = statements.assign(**measures_at(typed, MEASURES, rows))
    frame["first_day"] = [period.first for period in periods]
    frame["last_day"] = [period.last for period in periods]
    frame["kind"] = np.where(frame["first_day"] == frame["last_day"], "daily", "period")
    frame["traffic"], frame["breakdown"] = "total", ""
    frame["currency"], asked = _currencies(typed, rows)
    facts = one_row_per_key(frame, MEASURES)
    last = None if questions else max((period.last for period in periods), default=None)
    exported = export_time(typed.known, newest=end_of(last))
    return Facts(
        tables={"stat": facts, "video_fact": _videos(typed, rows, statements)},
        problems=tuple(problems),
        issues=tuple(issues),
        questions=(*questions, *asked),
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=None if last is None else min(period.first for period in periods),
        last_day=last,
        currency=only_value(facts["currency"]),
        rows=len(rows),
        ignored=dict(ignored or {}),
        checks=total_checks(typed, MEASURES),
    )


def _currencies(typed: TypedTable, rows: np.ndarray) -> tuple[pd.Series, tuple[Question, ...]]:
    """Return the currency of each row, and the question where no one says it."""
    named = [name for name in MONEY if typed.has(name)]
    fallback = one_currency(typed, named)
    stated = pd.Series(texts_at(typed, "currency", rows), dtype="str").str.strip().str.upper()
    result = stated.mask(stated == "", fallback)
    asks = bool(named) and bool((result == "").any())
    return result, (currency_question(typed, named) if asks else ())


def _videos(typed: TypedTable, rows: np.ndarray, statements: pd.DataFrame) -> pd.DataFrame:
    """Return what the list says about its videos, each once; shops date posts in their own zone."""
    names = ["video_id", "handle", "url", "caption", "posted_day", "posted_from"]
    if "video_id" not in statements.columns:
        return pd.DataFrame(columns=names)
    posted = column_at(typed, "posted_day", rows).astype("Int64")
    posted = posted.mask((posted <= 0).fillna(value=False))  # 1970-01-01 is how TikTok writes an unknown day
    frame = pd.DataFrame(
        {
            "video_id": statements["video_id"].to_numpy(),
            "handle": statements["handle"].to_numpy(),
            "url": texts_at(typed, "link", rows),
            "caption": texts_at(typed, "caption", rows),
            "posted_day": posted,
        }
    )
    frame["posted_from"] = np.where(posted.notna(), "file", "")
    frame["caption"] = frame["caption"].mask(frame["caption"] == "", None)
    return frame[frame["video_id"] != ""].drop_duplicates("video_id").reset_index(drop=True)


def readable(typed: TypedTable) -> tuple[np.ndarray, tuple[RowProblem, ...]]:
    """Return the positions of the rows whose every figure can be read, and the problems of the others."""
    return sound_rows(typed, (*MEASURES, "video_id", "product_id"))


def handles(typed: TypedTable, rows: np.ndarray) -> list[str]:
    """Return the creators' handles, '' where the list has none (`--`)."""
    return [handle_key(text) for text in texts_at(typed, "handle", rows)]


def cut_off(typed: TypedTable) -> tuple[Issue, ...]:
    """Return a warning where the list is as long as TikTok's limit, so that rows may be missing."""
    if typed.table.row_count < _ROW_CAP or typed.table.row_count % _ROW_CAP:
        return ()
    return (
        Issue(
            code="list-cut-off",
            severity=Severity.WARNING,
            what=f"The list has exactly {typed.table.row_count:,} rows, which is where TikTok cuts long lists off.",
            fix="Export a shorter period, or filter by creator, so that nothing is missing.",
            places=(typed.table.place(),),
        ),
    )
