"""What a report of ads says: one statement per ad and day (or period), always bought delivery."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from core.errors import Issue, Severity
from core.imports.cells.cleaning import is_blank_word
from core.imports.cells.ids import posted_from_id, video_id_of
from core.imports.formats.context import (
    ask_period,
    currency_question,
    end_of,
    one_currency,
    only_value,
    per_text,
    problems_at,
    stated_period,
    zone_in,
)
from core.imports.formats.export_time import export_time
from core.imports.formats.repeated_rows import TWICE, word_for_word
from core.imports.formats.stat_rows import add_counts, column_at, sound_rows, texts_at
from core.imports.formats.stat_sums import one_row_per_key, total_checks
from core.imports.model import Facts, Question, RowProblem, TypedTable
from core.imports.typing_columns import not_above
from core.keys import handle_key
from core.metrics.measures import BY_NAME

MONEY = ("cost", "claimed_revenue", "shop_revenue")
_ADDED = (("claimed_purchases", "shop_purchases"), ("claimed_revenue", "shop_revenue"))
_AUDIENCE = ("age", "gender", "country", "region", "interest", "search_term", "placement")
_LONG_NUMBER = re.compile(r"(?<!\d)(\d{15,21})(?!\d)")
_AGE_GENDER = re.compile(r"^\s*([\d+\-–]+)\s*[-–,/]\s*(\w+)\s*$")
_LEVELS = (("ad_id", "ad", ""), ("group_id", "group", "group:"), ("campaign_id", "campaign", "campaign:"))
_ENOUGH_IMPRESSIONS = 1_000  # below, rounding alone explains a different rate


def build_ads(typed: TypedTable) -> Facts:
    """Return the delivery and claimed results of ads."""
    good, problems = sound_rows(typed)
    twice = _twice(typed, good)
    good = good[~np.isin(good, twice)]
    frame = _identified(typed, good)
    frame["position"] = good
    frame, lost, ignored = _without_strays(typed, frame)
    rows = frame.pop("position").to_numpy()
    frame, undated, questions = _dated(typed, rows, frame)
    rows = rows[~np.isin(rows, [problem.position for problem in undated])]
    measures = _measures(typed, rows)
    frame = pd.concat([frame, measures], axis=1)
    frame["currency"], asked = _currency(typed, rows)
    stats = one_row_per_key(frame, measures.columns)
    last = int(stats["last_day"].max()) if len(stats) and not questions else None
    exported = export_time(typed.known, newest=end_of(last))
    return Facts(
        tables={"stat": stats, "video_fact": _videos(typed, rows, frame)},
        problems=(*problems, *lost, *undated),
        issues=(*_disagreements(typed, rows), *not_above(typed, "clicks", "impressions")),
        questions=(*questions, *asked),
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=int(stats["first_day"].min()) if last is not None else None,
        last_day=last,
        currency=only_value(stats["currency"]),
        zone=zone_in(typed.table.file, typed.table.sheet, *typed.table.preamble),
        rows=len(rows),
        ignored=add_counts({**ignored, TWICE: len(twice)}),
        checks=total_checks(typed, measures.columns),
    )


def _twice(typed: TypedTable, rows: np.ndarray) -> np.ndarray:
    """Return the rows that repeat another word for word; told only where a row has an id and a day.

    Ads of one name can be several, whose rows may be equal by chance.
    """
    if not typed.has("ad_id") or not typed.has("day"):
        return rows[:0]
    days = column_at(typed, "day", rows).astype("str")
    ids = _texts(typed, "ad_id", rows)
    return word_for_word(typed, rows, (ids + days).where(ids != "", pd.Series(rows, dtype="str")))


def _texts(typed: TypedTable, name: str, rows: np.ndarray) -> pd.Series:
    """Return a text field of some rows, index 0..n-1."""
    texts = pd.Series(texts_at(typed, name, rows), dtype="str").str.strip()
    return texts.mask(per_text(texts, is_blank_word).astype(bool), "")


def _identified(typed: TypedTable, rows: np.ndarray) -> pd.DataFrame:
    """Return which ad each row is about; '' as subject where the row does not say."""
    frame = pd.DataFrame(index=pd.RangeIndex(len(rows)))
    frame["subject_kind"], frame["subject"] = "ad", _subjects(typed, rows)
    frame["traffic"] = "paid"
    frame["breakdown"] = _breakdowns(typed, rows)
    frame["campaign_hint"] = _texts(typed, "campaign", rows)
    frame["label"] = _texts(typed, "ad", rows)
    stated = per_text(_texts(typed, "video_id", rows), video_id_of)
    named = per_text(frame["label"], lambda name: video_in_name(name, typed.known.now))
    frame["video_id"] = np.where(stated != "", stated, named)
    frame["handle"] = per_text(_texts(typed, "handle", rows), handle_key)
    return frame


def _subjects(typed: TypedTable, rows: np.ndarray) -> pd.Series:
    """Return a key for each row's ad that stays the same from report to report.

    The finest level the report has decides: its id, else the names down to it.
    """
    names = _name_keys(typed, rows)
    for number, name, prefix in _LEVELS:
        if typed.has(number):
            ids = _texts(typed, number, rows)
            return (prefix + ids).mask(ids == "", names)
        if typed.has(name) or (name == "ad" and typed.has("video_id")):
            return names
    return pd.Series("account", index=pd.RangeIndex(len(rows)), dtype="str")


def _name_keys(typed: TypedTable, rows: np.ndarray) -> pd.Series:
    """Return `name:` and the names of campaign, group, ad and video; '' where all are blank."""
    joined = pd.Series("", index=pd.RangeIndex(len(rows)), dtype="str")
    for name in ("campaign_id", "campaign", "group", "ad", "video_id", "creative"):
        if typed.has(name):
            joined = joined + "|" + _texts(typed, name, rows)
    return ("name:" + joined.str.slice(1)).mask(joined.str.strip("|") == "", "")


def video_in_name(name: str, now: int) -> str:
    """Return the video id that people write into the name of a Spark ad, '' where there is none.

    Args:
        name: the ad's name as written.
        now: Unix seconds; an id whose upload time lies after it is no video's.
    """
    found = [digits for digits in _LONG_NUMBER.findall(name) if posted_from_id(digits, now=now) is not None]
    return found[0] if len(set(found)) == 1 else ""


def _breakdowns(typed: TypedTable, rows: np.ndarray) -> pd.Series:
    """Return the audience each row is about, for instance `age=18-24;gender=male`; '' is everybody."""
    result = pd.Series("", index=pd.RangeIndex(len(rows)), dtype="str")
    for name in _AUDIENCE:
        if typed.has(name):
            values = _texts(typed, name, rows).str.lower()
            result = result + f";{name}=" + values.mask(values == "", "unknown")
    if typed.has("audience"):
        result = result + ";" + pd.Series(per_text(_texts(typed, "audience", rows), _audience), dtype="str")
    return result.str.strip(";")


def _audience(text: str) -> str:
    """Return `18-24 - Male` as `age=18-24;gender=male`, anything else as `audience=…`."""
    found = _AGE_GENDER.match(text)
    if found:
        return f"age={found.group(1)};gender={found.group(2).lower()}"
    return f"audience={text.lower() or 'unknown'}"


def _without_strays(
    typed: TypedTable, frame: pd.DataFrame
) -> tuple[pd.DataFrame, tuple[RowProblem, ...], dict[str, int]]:
    """Return the rows that name an ad; a nameless row that equals the sum of the others is a total."""
    nameless = frame["subject"] == ""
    if not nameless.any():
        return frame, (), {}
    rest = frame[~nameless].reset_index(drop=True)
    cost = typed.columns["cost"].values
    strays = frame.loc[nameless, "position"]
    if (
        len(strays) == 1
        and len(rest)
        and cost.loc[strays.iloc[0]] == cost.loc[rest["position"].to_numpy()].sum()
    ):
        return rest, (), {"totals row": 1}
    problems = problems_at(
        strays, column="", code="ad-unknown", what="The row has figures but names no campaign or ad.",
        fix="Fill in the name, or delete the row if it is a total, and import again.",
    )  # fmt: skip
    return rest, problems, {}


def _dated(
    typed: TypedTable, rows: np.ndarray, frame: pd.DataFrame
) -> tuple[pd.DataFrame, tuple[RowProblem, ...], tuple[Question, ...]]:
    """Return the rows with their days, those without one set aside, and the question for a period."""
    if not typed.has("day"):
        period = stated_period(typed)
        first, last = (period.first, period.last) if period else (0, 0)
        kind = "daily" if first == last else "period"
        dated = frame.assign(kind=kind, first_day=first, last_day=last)
        return dated, (), (() if period else (ask_period(typed),))
    days = column_at(typed, "day", rows).astype("Int64")
    missing = days.isna().to_numpy(dtype=bool)
    problems = problems_at(
        rows[missing], column=typed.headers["day"], code="day-missing", what="The row has no day.",
        fix="Fill in the day, or delete the row if it is a total, and import again.",
    )  # fmt: skip
    dated = frame.assign(kind="daily", first_day=days, last_day=days)[~missing].reset_index(drop=True)
    return dated, problems, ()


def _measures(typed: TypedTable, rows: np.ndarray) -> pd.DataFrame:
    """Return the measures of the rows, index 0..n-1; rates are left out, sums are made of averages."""
    found: dict[str, pd.Series] = {}
    for name in typed.columns:
        if name in BY_NAME:
            found[name] = column_at(typed, name, rows).astype("Int64")
    for web, shop in _ADDED:  # the website and TikTok Shop are two places, so their purchases add up
        if typed.has(shop):
            sides = pd.concat(
                [found.get(web, pd.Series(dtype="Int64")), column_at(typed, shop, rows)], axis=1
            )
            found[web] = sides.astype("Int64").sum(axis=1, min_count=1)
    views = found.get("views")
    if views is not None and typed.has("play_seconds"):
        seconds = column_at(typed, "play_seconds", rows).astype("Float64")
        found["watch_seconds"] = (seconds * views).round().astype("Int64")
        found["watched_views"] = views.mask(seconds.isna())
    if views is not None and "completions" in found:
        found["completion_views"] = views.mask(found["completions"].isna())
    return pd.DataFrame(found, index=pd.RangeIndex(len(rows)))


def _currency(typed: TypedTable, rows: np.ndarray) -> tuple[pd.Series, tuple[Question, ...]]:
    """Return the currency of each row, and the question where amounts have none."""
    money = [name for name in MONEY if typed.has(name)]
    stated = _texts(typed, "currency", rows).str.upper()
    result = stated.mask(stated == "", one_currency(typed, money))
    asks = bool(money) and bool((result == "").any())
    return result, (currency_question(typed, money) if asks else ())


def _videos(typed: TypedTable, rows: np.ndarray, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the videos that a creative report names together with their account, each once."""
    names = ["video_id", "handle", "caption"]
    if not typed.has("video_id") or not typed.has("handle"):
        return pd.DataFrame(columns=names)
    videos = pd.DataFrame(
        {"video_id": frame["video_id"], "handle": frame["handle"], "caption": texts_at(typed, "ad", rows)}
    )
    known = videos[(videos["video_id"] != "") & (videos["handle"] != "")].drop_duplicates("video_id")
    return known.assign(caption=known["caption"].mask(known["caption"] == "", None)).reset_index(drop=True)


def _disagreements(typed: TypedTable, rows: np.ndarray) -> tuple[Issue, ...]:
    """Return a warning where the stated click rate is not clicks by impressions."""
    if not (typed.has("stated_ctr") and typed.has("clicks") and typed.has("impressions")):
        return ()
    stated = column_at(typed, "stated_ctr", rows).astype("Float64")
    shown = column_at(typed, "impressions", rows).astype("Float64")
    made = column_at(typed, "clicks", rows).astype("Float64") / shown.mask(shown < _ENOUGH_IMPRESSIONS)
    off = ((stated - made).abs() > 0.0006) & ((stated / 100 - made).abs() > 0.0006)
    wrong = rows[off.fillna(value=False).to_numpy(dtype=bool)]
    if not len(wrong):
        return ()
    header = typed.headers["stated_ctr"]
    return (
        Issue(
            code="rate-disagrees",
            severity=Severity.WARNING,
            what=f'"{header}" is not clicks divided by impressions in {len(wrong)} row{"" if len(wrong) == 1 else "s"}; our rate uses the counts.',
            fix="Check that the click column is the one to the destination and that no cell was edited.",
            places=tuple(typed.table.place(int(row), header) for row in wrong[:3]),
            count=len(wrong),
        ),
    )
