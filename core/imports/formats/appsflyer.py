"""AppsFlyer raw data: app installs and in-app events, with up to three assisting touches."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pandas as pd

from core.errors import Issue, Severity
from core.imports.formats.appsflyer_columns import COLUMNS, CONTRIBUTORS
from core.imports.formats.context import (
    ask_currency,
    local_days,
    one_currency,
    only_value,
    per_text,
    problems_at,
)
from core.imports.formats.export_time import export_time
from core.imports.formats.stat_rows import column_at, sound_rows, texts_at
from core.imports.formats.stat_sums import one_row_per_key
from core.imports.model import Ask, ExportFormat, Facts, TypedTable
from core.keys import link_key
from core.units import minor_digits

if TYPE_CHECKING:
    import numpy as np

_KEY = ["app", "person_key", "event", "at", "value_key"]
_ROW_CAP = 200_000


def build(typed: TypedTable) -> Facts:
    """Return the app's installs and events, each once, and the installs per link and day."""
    good, problems = sound_rows(typed)
    frame = _events(typed, good)
    missing = (frame["at"].isna() | (frame["person_key"] == "")).to_numpy(dtype=bool)
    problems += problems_at(
        good[missing], column=typed.headers["at"], code="event-without-time-or-device",
        what="The row lacks the event time or the AppsFlyer ID.", fix="Download the raw data report again with all its columns.",
    )  # fmt: skip
    frame = frame[~missing].reset_index(drop=True)
    repeated = frame.duplicated(_KEY)
    lesser = frame.pop("is_lesser")
    events = frame[~repeated & ~lesser].reset_index(drop=True)
    zone = typed.known.answers.get((Ask.ZONE, ""), "")
    days = local_days(events["at"], zone)
    asks = bool((events["revenue"].notna() & (events["currency"] == "")).any())
    exported = export_time(typed.known, newest=events["at"].max() if len(events) else None)
    ignored = {
        "repeated event": int((repeated & ~lesser).sum()),
        "second attribution of the same event": int(lesser.sum()),
    }
    return Facts(
        tables={"app_event": events.drop(columns="adset"), "stat": _installs(events, days)},
        problems=problems,
        issues=_cut_off(typed),
        questions=(ask_currency(typed, ["revenue"]),) if asks else (),
        as_of=exported.at,
        as_of_from=exported.known_from,
        first_day=int(days.min()) if len(days) else None,
        last_day=int(days.max()) if len(days) else None,
        currency=only_value(events["currency"]),
        zone=zone,
        rows=len(events),
        ignored={reason: count for reason, count in ignored.items() if count},
    )


def _events(typed: TypedTable, rows: np.ndarray) -> pd.DataFrame:
    """Return one row per stored row of the report; people and values only as digests."""
    frame = pd.DataFrame({"provider": "appsflyer"}, index=pd.RangeIndex(len(rows)))
    for name in ("app", "event", "touch_type", "media_source", "adset", "ad", "sub_param", "country"):
        frame[name] = pd.Series(texts_at(typed, name, rows), dtype="str").str.strip()
    frame["campaign_hint"] = pd.Series(texts_at(typed, "campaign", rows), dtype="str").str.strip()
    for name in ("at", "installed_at", "touched_at"):
        frame[name] = column_at(typed, name, rows).astype("Int64")
    people = pd.Series(texts_at(typed, "person", rows), dtype="str").str.strip()
    frame["person_key"] = per_text(people, typed.known.person_key)
    frame["value_key"] = per_text(pd.Series(texts_at(typed, "value", rows), dtype="str"), _digest)
    frame["currency"] = pd.Series(texts_at(typed, "currency", rows), dtype="str").str.strip().str.upper()
    frame["currency"] = frame["currency"].mask(frame["currency"] == "", one_currency(typed, ["revenue"]))
    amounts = column_at(typed, "revenue", rows).astype("Float64")
    frame["revenue"] = (amounts * frame["currency"].map(_minor_units)).round().astype("Int64")
    frame["currency"] = frame["currency"].where(frame["revenue"].notna(), "")
    frame["assists"] = _assists(typed, rows)
    primary = column_at(typed, "is_primary", rows).astype("boolean")
    frame["is_lesser"] = (~primary).fillna(value=False)
    return frame


def _minor_units(currency: str) -> int:
    return int(10 ** minor_digits(currency)) if currency else 100


def _digest(value: str) -> str:
    """Return a short digest by which equal event values are known, '' for an empty one."""
    return hashlib.sha256(value.strip().encode()).hexdigest()[:16] if value.strip() else ""


def _assists(typed: TypedTable, rows: np.ndarray) -> list[str]:
    """Return the assisting touches of each row as JSON, nearest first; '' where there is none."""
    sources = [texts_at(typed, f"contributor_{number}_media_source", rows) for number in CONTRIBUTORS]
    result = [""] * len(rows)
    touched = [place for place, cells in enumerate(zip(*sources, strict=True)) if any(cells)]
    if not touched:
        return result
    parts = {
        (number, part): texts_at(typed, f"contributor_{number}_{part}", rows)
        for number in CONTRIBUTORS
        for part in ("partner", "media_source", "campaign", "touch_type")
    }
    times = {number: column_at(typed, f"contributor_{number}_touch_time", rows) for number in CONTRIBUTORS}
    for place in touched:
        touches = []
        for number in CONTRIBUTORS:
            if not parts[number, "media_source"][place]:
                continue
            touch: dict[str, str | int] = {
                part: parts[number, part][place]
                for part in ("partner", "media_source", "campaign", "touch_type")
                if parts[number, part][place]
            }
            if not pd.isna(times[number].iloc[place]):
                touch["at"] = int(times[number].iloc[place])
            touches.append(touch)
        result[place] = json.dumps(touches, ensure_ascii=False)
    return result


def _installs(events: pd.DataFrame, days: pd.Series) -> pd.DataFrame:
    """Return the installs per tagged link and day, so that the funnel can count them."""
    is_install = (events["event"].str.lower() == "install").to_numpy(dtype=bool)
    installs, on = events[is_install], days[is_install]
    written = installs["media_source"].str.cat(installs[["campaign_hint", "adset", "ad"]], sep="\x1f")
    frame = pd.DataFrame(
        {
            "subject_kind": "link", "subject": per_text(written, _link_of), "kind": "daily", "first_day": on,
            "last_day": on, "traffic": "total", "breakdown": "", "campaign_hint": installs["campaign_hint"],
            "installs": 1,
        }
    )  # fmt: skip
    return one_row_per_key(frame, ("installs",))


def _link_of(written: str) -> str:
    source, campaign, adset, ad = written.split("\x1f")
    return link_key(source, "app", campaign, adset, ad)


def _cut_off(typed: TypedTable) -> tuple[Issue, ...]:
    """Return a warning where the report is as long as AppsFlyer's limit."""
    if typed.table.row_count < _ROW_CAP:
        return ()
    return (
        Issue(
            code="list-cut-off",
            severity=Severity.WARNING,
            what=f"The report has {typed.table.row_count:,} rows; AppsFlyer cuts downloads off at {_ROW_CAP:,}.",
            fix="Download shorter periods, so that nothing is missing.",
            places=(typed.table.place(),),
        ),
    )


FORMAT = ExportFormat(
    name="appsflyer",
    label="AppsFlyer raw data",
    system="AppsFlyer",
    grain="one install or in-app event",
    how_to_export="AppsFlyer → Reports → Export data → Installs or In-app events → Download CSV.",
    columns=COLUMNS,
    build=build,
)
