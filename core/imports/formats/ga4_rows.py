"""What a table of web analytics says: sessions per tagged link and day, or of the whole site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from core.imports.formats.context import (
    Period,
    ask_currency,
    ask_period,
    compact_day,
    days_after,
    end_of,
    per_text,
    problems_at,
    write_period,
)
from core.imports.formats.export_time import export_time
from core.imports.formats.order_claims import claims
from core.imports.formats.stat_rows import column_at, sound_rows, texts_at
from core.imports.formats.stat_sums import one_row_per_key
from core.imports.model import Ask, Facts, Question, RowProblem, TypedTable
from core.keys import link_key, link_part
from core.units import minor_digits

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

LINK_FIELDS = ("source_medium", "source", "medium", "campaign", "content", "term")
MEASURES = (
    "sessions", "engaged_sessions", "users", "key_events", "web_transactions", "web_revenue", "adds_to_cart", "checkouts",
)  # fmt: skip
_FROM = {"users": ("users_total", "users", "users_active"), "web_revenue": ("revenue", "revenue_total")}
_ONCE_PER_SESSION = ("sessions", "engaged_sessions", "users")
_NO_LINK = "||||"


def fields_of(measure: str) -> tuple[str, ...]:
    """Return the fields that can hold a measure, the best first."""
    return _FROM.get(measure, (measure,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """The rows with their days.

    Attributes:
        rows: positions that are stored.
        days: day number of each, None where the table only has a period.
        period: days that the whole table covers.
        problems: rows set aside.
        questions: what must be asked first.
    """

    rows: np.ndarray
    days: pd.Series | None
    period: Period
    problems: tuple[RowProblem, ...]
    questions: tuple[Question, ...]


def web_facts(typed: TypedTable, period: Period | None, *, checks: Mapping[str, tuple[str, str]]) -> Facts:
    """Return the facts of one table of web analytics.

    Args:
        typed: the table.
        period: the days that the file states, None where it does not.
        checks: control sums of the table.
    """
    has_link = any(typed.has(name) for name in LINK_FIELDS)
    if not has_link and not _is_whole_site(typed):
        return _unused(typed, period, checks, "says nothing about creators or whole days")
    if has_link and typed.has("shared_split"):
        return _unused(typed, period, checks, "counts a visit in several rows, so they cannot be added up")
    if has_link and not any(_field_of(typed, name) for name in MEASURES) and not typed.has("transaction_id"):
        return _unused(typed, period, checks, "repeats in less detail what another table of the file says")
    dated = _dated(typed, period)
    frame = _links(typed, dated.rows) if has_link else _site(dated.rows)
    frame = _with_measures(typed, frame, dated)
    revenue, asked = _revenue(typed, dated.rows)
    frame["web_revenue"] = revenue.mask(revenue.isna(), pd.NA)
    frame["currency"] = (
        typed.known.answers.get((Ask.CURRENCY, ""), "").upper() if revenue.notna().any() else ""
    )
    stat = one_row_per_key(frame.drop(columns="link_key"), MEASURES)
    if typed.has("person") and not has_link and dated.days is None and len(stat) == 1:
        stat["users"] = pd.Series(texts_at(typed, "person", dated.rows)).nunique()  # one row is one person
    exported = export_time(typed.known, newest=end_of(dated.period.last))
    return Facts(
        tables={
            "stat": stat,
            "order_claim": _claims(typed, dated.rows, frame),
            "touch": _touches(typed, dated.rows, frame),
        },
        problems=dated.problems,
        questions=(*dated.questions, *asked),
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=dated.period.first,
        last_day=dated.period.last,
        zone=typed.known.answers.get((Ask.ZONE, ""), ""),
        rows=len(dated.rows),
        checks=checks,
    )


def _is_whole_site(typed: TypedTable) -> bool:
    """Return whether the rows are days or people of the whole site, not slices of it."""
    is_sliced = any(
        typed.has(name) for name in ("event", "landing", "channel", "transaction_id", "shared_split")
    )
    slices = typed.has("split") and not typed.has("person")
    counts = any(_field_of(typed, name) for name in MEASURES)
    timed = any(typed.has(name) for name in ("day", "nth_day", "date_hour", "person"))
    return counts and timed and not is_sliced and not slices


def _unused(
    typed: TypedTable, period: Period | None, checks: Mapping[str, tuple[str, str]], why: str
) -> Facts:
    """Return a table that the funnel has no use for, every row accounted for."""
    exported = export_time(typed.known, newest=end_of(period.last if period else None))
    words = ", ".join(cell.strip() for cell in typed.table.header[:3])
    left = len(typed.kept)
    return Facts(
        tables={},
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=period.first if period else None,
        last_day=period.last if period else None,
        rows=0,
        ignored={f'table "{words}" {why}': left} if left else {},
        checks=checks,
    )


def _dated(typed: TypedTable, period: Period | None) -> Dated:
    """Return the readable rows with their days; days outside the period or the past are set aside."""
    rows, problems = sound_rows(typed)
    questions: tuple[Question, ...] = ()
    days = _days(typed, rows, period)
    if days is None or (typed.has("nth_day") and period is None):
        questions = () if period else (ask_period(typed),)
        return Dated(
            rows=rows,
            days=None,
            period=period or Period(first=0, last=0),
            problems=problems,
            questions=questions,
        )
    header = next(typed.headers[name] for name in ("day", "nth_day", "date_hour") if typed.has(name))
    late = days > days_after(typed.known)
    outside = (
        ((days < period.first) | (days > period.last)) & ~late
        if period
        else pd.Series(data=False, index=days.index)
    )
    stated = write_period(period.first, period.last) if period else ""
    problems += problems_at(
        rows[days.isna()], column=header, code="day-unreadable", what="The row has no day that can be read.",
        fix="Write days like 20260131 and import again.",
    )  # fmt: skip
    problems += problems_at(
        rows[late.fillna(value=False)], column=header, code="date-in-future", what="The day lies in the future.",
        fix="Check whether a spreadsheet filled the dates in; download the report again.",
    )  # fmt: skip
    problems += problems_at(
        rows[outside.fillna(value=False)], column=header, code="day-outside-period",
        what=f"The day lies outside {stated}, the days that the file states.",
        fix="Check whether the dates were edited; download the report again.",
    )  # fmt: skip
    good = (days.notna() & ~late & ~outside).fillna(value=False).to_numpy(dtype=bool)
    kept = days[good].reset_index(drop=True)
    if period is None and len(kept):
        period = Period(first=int(kept.min()), last=int(kept.max()))
    return Dated(
        rows=rows[good], days=kept, period=period or Period(first=0, last=0), problems=problems, questions=()
    )


def _days(typed: TypedTable, rows: np.ndarray, period: Period | None) -> pd.Series | None:
    """Return the day of each row, None where the table has no days."""
    if typed.has("day"):
        return column_at(typed, "day", rows).astype("Int64")
    if typed.has("nth_day"):
        start = period.first if period else 0
        numbers = [
            int(text) if text.strip().isdecimal() else None for text in texts_at(typed, "nth_day", rows)
        ]
        return pd.Series(
            pd.array([None if number is None else start + number for number in numbers], dtype="Int64")
        )
    if typed.has("date_hour"):
        texts = pd.Series(texts_at(typed, "date_hour", rows), dtype="str").str.strip().str.slice(0, 8)
        return pd.Series(pd.array(per_text(texts, compact_day), dtype="Int64"))
    return None


def _links(typed: TypedTable, rows: np.ndarray) -> pd.DataFrame:
    """Return the tagged link of each row."""
    parts = {name: texts_at(typed, name, rows) for name in LINK_FIELDS}
    both = pd.Series(parts["source_medium"], dtype="str")
    if typed.has("source_medium"):
        split = per_text(both, split_source_medium)
        parts["source"], parts["medium"] = [pair[0] for pair in split], [pair[1] for pair in split]
    names = ("source", "medium", "campaign", "content", "term")
    written = pd.Series(
        ["\x1f".join(values) for values in zip(*(parts[name] for name in names), strict=True)], dtype="str"
    )
    keys = pd.Series(per_text(written, lambda text: link_key(*text.split("\x1f"))), dtype="str")
    frame = pd.DataFrame({"subject_kind": "web", "subject": keys, "link_key": keys})
    campaign = pd.Series(parts["campaign"], dtype="str").str.strip()
    frame["campaign_hint"] = campaign.where(per_text(campaign, link_part) != "", "")
    label = both.str.strip()
    frame["label"] = label.mask(
        label == "",
        pd.Series(
            [" / ".join(pair) for pair in zip(parts["source"], parts["medium"], strict=True)], dtype="str"
        ),
    )
    return frame


def split_source_medium(text: str) -> tuple[str, str]:
    """Return source and medium of a cell such as `tiktok / creator`; the medium is '' where there is none."""
    for separator in (" / ", "/"):
        source, found, medium = text.partition(separator)
        if found:
            return source.strip(), medium.strip()
    return text.strip(), ""


def _site(rows: np.ndarray) -> pd.DataFrame:
    """Return rows about the whole site."""
    frame = pd.DataFrame(
        {"subject_kind": "web_total", "subject": "all", "link_key": _NO_LINK}, index=range(len(rows))
    )
    return frame.assign(campaign_hint="", label="")


def _with_measures(typed: TypedTable, frame: pd.DataFrame, dated: Dated) -> pd.DataFrame:
    """Return the rows with their days and counts; counts that repeat on each event are kept once."""
    frame["traffic"], frame["breakdown"] = "total", ""
    frame["kind"] = "daily" if dated.days is not None else "period"
    frame["first_day"] = dated.days if dated.days is not None else dated.period.first
    frame["last_day"] = dated.days if dated.days is not None else dated.period.last
    frame["is_rounded"] = False
    for name in MEASURES:
        field = _field_of(typed, name)
        if not field or name == "web_revenue":
            continue
        counts = column_at(typed, field, dated.rows).astype("Float64")
        frame["is_rounded"] |= (counts.round() != counts).fillna(value=False)
        frame[name] = counts.round().astype("Int64")
    if typed.has("event"):
        starts = pd.Series(texts_at(typed, "event", dated.rows), dtype="str") == "session_start"
        for name in _ONCE_PER_SESSION:
            if name in frame.columns:
                frame[name] = frame[name].where(starts)
    return frame


def _field_of(typed: TypedTable, measure: str) -> str:
    """Return the field that holds a measure in this table, '' where none does."""
    return next((name for name in fields_of(measure) if typed.has(name)), "")


def _revenue(typed: TypedTable, rows: np.ndarray) -> tuple[pd.Series, tuple[Question, ...]]:
    """Return the revenue in minor units, missing where unknown, and the question for its currency."""
    field = _field_of(typed, "web_revenue")
    currency = typed.known.answers.get((Ask.CURRENCY, ""), "").upper()
    if not field:
        return pd.Series(pd.array([pd.NA] * len(rows), dtype="Int64")), ()
    amounts = column_at(typed, field, rows).astype("Float64")
    if not currency:
        asks = bool((amounts != 0).fillna(value=False).any())
        # Nothing earned is nothing earned in every currency, so no currency is needed to drop it.
        return pd.Series(pd.array([pd.NA] * len(rows), dtype="Int64")), (
            ask_currency(typed, [field]),
        ) if asks else ()
    return (amounts * 10 ** minor_digits(currency)).round().astype("Int64"), ()


def _claims(typed: TypedTable, rows: np.ndarray, frame: pd.DataFrame) -> pd.DataFrame:
    """Return which tagged link brought which order, where the table names orders.

    The shop behind the property is not known, so the system stays open and the order is
    found by its number.
    """
    orders = pd.Series(texts_at(typed, "transaction_id", rows), dtype="str").str.strip().str.removeprefix("#")
    keys = frame["link_key"].astype("str")
    known = (orders != "") & (keys != _NO_LINK)
    found = claims(
        system="", order_id=orders[known], kind="link", key=keys[known], written=frame["label"][known]
    )
    found = found.drop_duplicates(["order_id", "key"]).reset_index(drop=True)
    found["position"] = found.groupby("order_id", sort=False).cumcount()
    return found


def _touches(typed: TypedTable, rows: np.ndarray, frame: pd.DataFrame) -> pd.DataFrame:
    """Return tagged visits of single people, where the table says who and in which hour."""
    names = ["person_key", "at", "link_key"]
    if not (typed.has("person") and typed.has("date_hour")):
        return pd.DataFrame(columns=names)
    stamps = pd.Series(texts_at(typed, "date_hour", rows), dtype="str").str.strip()
    moments = pd.to_datetime(stamps.str.slice(0, 10), format="%Y%m%d%H", errors="coerce")
    zone = typed.known.answers.get((Ask.ZONE, ""), "") or "UTC"
    instants = moments.dt.tz_localize(zone, ambiguous="NaT", nonexistent="shift_forward").dt.tz_convert("UTC")
    seconds = (instants.dt.tz_localize(None) - pd.Timestamp(0)) // pd.Timedelta(seconds=1)
    people = per_text(pd.Series(texts_at(typed, "person", rows), dtype="str"), typed.known.person_key)
    touches = pd.DataFrame(
        {"person_key": people, "at": seconds.astype("Int64"), "link_key": frame["link_key"]}
    )
    known = (touches["person_key"] != "") & touches["at"].notna() & (touches["link_key"] != _NO_LINK)
    return touches[known][names].drop_duplicates().reset_index(drop=True)
