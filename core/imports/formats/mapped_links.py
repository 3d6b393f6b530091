"""Mapper target: clicks and installs per link, for instance Bitly, Adjust or Branch."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.imports.cells.ids import video_id_of
from core.imports.formats.context import ask_period, end_of, per_text, problems_at, stated_period
from core.imports.formats.export_time import export_time
from core.imports.formats.mapped_estimates import estimates
from core.imports.formats.order_claims import link_in
from core.imports.formats.stat_rows import column_at, sound_rows, texts_at
from core.imports.formats.stat_sums import one_row_per_key
from core.imports.model import Column, ExportFormat, Facts, Kind, Question, RowProblem, TypedTable
from core.keys import handle_key, link_key

_MEASURES = ("link_clicks", "unique_link_clicks", "installs", "leads")
_NO_LINK = "||||"


def build(typed: TypedTable) -> Facts:
    """Return the clicks of each link, by its UTM values where it has any, else by its address."""
    good, problems = sound_rows(typed)
    subjects = _subjects(typed, good)
    missing = subjects == ""
    problems += problems_at(
        good[missing], column="", code="link-missing", what="The row names no link.",
        fix="Fill in the link or its campaign and import again.",
    )  # fmt: skip
    rows = good[~missing]
    frame = pd.DataFrame({"subject_kind": "link", "subject": subjects[~missing]})
    dated, problems_of_days, questions = _with_days(typed, rows, frame)
    rows = rows[~np.isin(rows, [problem.position for problem in problems_of_days])]
    for name in _MEASURES:
        if typed.has(name):
            dated[name] = column_at(typed, name, rows).astype("Int64")
    dated["traffic"], dated["breakdown"] = "total", ""
    dated["campaign_hint"] = texts_at(typed, "campaign", rows)
    dated["label"] = texts_at(typed, "title", rows)
    dated["handle"] = per_text(pd.Series(texts_at(typed, "handle", rows), dtype="str"), handle_key)
    dated["video_id"] = per_text(pd.Series(texts_at(typed, "video", rows), dtype="str"), video_id_of)
    last = int(dated["last_day"].max()) if len(dated) and not questions else None
    exported = export_time(typed.known, newest=end_of(last))
    return Facts(
        tables={"stat": one_row_per_key(dated, _MEASURES)},
        problems=(*problems, *problems_of_days),
        issues=estimates(typed),
        questions=questions,
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=int(dated["first_day"].min()) if last is not None else None,
        last_day=last,
        rows=len(rows),
    )


def _subjects(typed: TypedTable, rows: np.ndarray) -> np.ndarray:
    """Return the link key of each row: from its long address, its own UTM columns, else the short address."""
    longs = per_text(pd.Series(texts_at(typed, "long_url", rows), dtype="str"), link_in)
    shorts = pd.Series(texts_at(typed, "link", rows), dtype="str")
    tagged = per_text(shorts, link_in)
    parts = [texts_at(typed, name, rows) for name in ("source", "medium", "campaign", "content", "term")]
    own = np.array([link_key(*values) for values in zip(*parts, strict=True)], dtype=object)
    bare = per_text(shorts, short_address)
    result = np.where(longs != "", longs, tagged)
    result = np.where((result == "") & (own != _NO_LINK), own, result)
    return np.where(result == "", bare, result)


def short_address(text: str) -> str:
    """Return a short link as it is compared: without scheme, `www.` and final slash; paths keep their case."""
    plain = text.strip().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    host, slash, path = plain.partition("/")
    return f"{host.lower()}{slash}{path}"


def _with_days(
    typed: TypedTable, rows: np.ndarray, frame: pd.DataFrame
) -> tuple[pd.DataFrame, tuple[RowProblem, ...], tuple[Question, ...]]:
    """Return the rows with their days or period, those without a day set aside, and what to ask."""
    if not typed.has("day"):
        period = stated_period(typed)
        first, last = (period.first, period.last) if period else (0, 0)
        return (
            frame.assign(kind="period", first_day=first, last_day=last),
            (),
            (() if period else (ask_period(typed),)),
        )
    days = column_at(typed, "day", rows).astype("Int64")
    undated = days.isna().to_numpy(dtype=bool)
    problems = problems_at(
        rows[undated], column=typed.headers["day"], code="day-missing", what="The row has no day.",
        fix="Fill in the day, or delete the row if it is a total, and import again.",
    )  # fmt: skip
    dated = frame.assign(kind="daily", first_day=days, last_day=days)[~undated]
    return dated.reset_index(drop=True), problems, ()


FORMAT = ExportFormat(
    name="mapped_links",
    label="Clicks on links",
    system="any",
    grain="one link, per day or for a period",
    how_to_export="Bitly → Analytics → Export; Adjust, Branch, Linktree: export clicks per link as CSV.",
    is_mapped=True,
    build=build,
    columns=(
        Column(field="link", headers=("Link", "Short link", "Bitlink", "Short URL", "Tracking link", "Tracker", "Affiliate link", "bitlink_id"), kind=Kind.URL, required=True, words="the link"),
        Column(field="long_url", headers=("Long URL", "Destination", "Destination URL", "Original URL", "Target URL", "Landing page", "long_url"), kind=Kind.URL, words="where it leads, with its UTM values"),
        Column(field="day", headers=("Date", "Day", "Click date", "Period", "{installed_at}", "installed_at"), kind=Kind.DAY, words="day of the clicks"),
        Column(field="link_clicks", headers=("Clicks", "Engagements", "Total clicks", "Link clicks", "Total engagements", "Clicks + scans"), kind=Kind.COUNT, words="clicks"),
        Column(field="unique_link_clicks", headers=("Unique clicks", "Unique visitors", "Unique engagements"), kind=Kind.COUNT, words="people who clicked"),
        Column(field="installs", headers=("Installs", "App installs", "Installations"), kind=Kind.COUNT, words="installs"),
        Column(field="leads", headers=("Sign-ups", "Signups", "Registrations", "Leads"), kind=Kind.COUNT, words="sign-ups"),
        Column(field="source", headers=("Source", "utm_source", "Media source", "Network", "{network_name}", "network_name", "last_attributed_touch_data_tilde_channel"), kind=Kind.TEXT, words="utm_source"),
        Column(field="medium", headers=("Medium", "utm_medium", "last_attributed_touch_data_tilde_feature"), kind=Kind.TEXT, words="utm_medium"),
        Column(field="campaign", headers=("Campaign", "utm_campaign", "Campaign name", "{campaign_name}", "campaign_name", "last_attributed_touch_data_tilde_campaign"), kind=Kind.TEXT, words="utm_campaign"),
        Column(field="content", headers=("Content", "utm_content", "Adgroup", "{adgroup_name}", "adgroup_name", "last_attributed_touch_data_tilde_ad_set_name"), kind=Kind.TEXT, words="utm_content"),
        Column(field="term", headers=("Term", "utm_term", "Creative", "{creative_name}", "creative_name"), kind=Kind.TEXT, words="utm_term"),
        Column(field="handle", headers=("Creator", "Influencer", "Username", "Handle", "Creator handle"), kind=Kind.TEXT, words="creator"),
        Column(field="video", headers=("Video link", "Post link", "Post URL"), kind=Kind.URL, words="video the link belongs to"),
        Column(field="title", headers=("Title", "Link title", "Name", "Tags"), kind=Kind.TEXT, words="title"),
    ),
)  # fmt: skip
