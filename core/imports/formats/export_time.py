"""When a file was exported, and how that is known.

Best evidence first: what a person answered, a day in the file itself, the clock in the
name that the platform gives its downloads, the file's own modification time, the newest
moment that the rows speak of, the upload.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from core.imports.model import Ask, Question
from core.keys import handle_key
from core.units import instant_of

if TYPE_CHECKING:
    from core.imports.model import Known

_CLOCK = re.compile(r"_(\d{10})_([^/]*?)(?:\s*\(\d+\))?\.zip", re.IGNORECASE)
_STAMP = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?!\d)")
_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTime:
    """The moment of an export.

    Attributes:
        at: Unix seconds.
        known_from: stated | file | name | modified | upload.
    """

    at: int
    known_from: str

    @property
    def day(self) -> date:
        """Return the calendar day in UTC; the exporter's own day may be one off."""
        return instant_of(self.at).date()

    @property
    def is_stated(self) -> bool:
        """Return whether a person, the file or its name says it."""
        return self.known_from in {"stated", "file", "name"}


def noon(day: date) -> int:
    """Return midday UTC of a day in Unix seconds, the best guess where only a day is known."""
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())


def handle_in_name(name: str) -> str:
    """Return the handle in the name of a TikTok Studio archive, '' where there is none."""
    found = _CLOCK.search(name)
    return handle_key(found.group(2)) if found else ""


def export_time(
    known: Known, *, key: str = "", file_day: date | None = None, newest: float | None = None
) -> ExportTime:
    """Return when the file was exported, from the best evidence there is.

    Args:
        known: what surrounds the store.
        key: which question about the export day an answer belongs to.
        file_day: the export day that the file's own cells state, where they do.
        newest: the latest moment the rows speak of (Unix seconds); a file is at least that young.
    """
    stated = day_in(known.answers.get((Ask.EXPORT_DAY, key), ""))
    if stated:
        return ExportTime(at=noon(stated), known_from="stated")
    named = _clock_in_name(known)
    if file_day:
        return ExportTime(at=_clock_on(known, named, file_day), known_from="file")
    if named is not None:
        return ExportTime(at=named, known_from="name")
    if known.modified_at and known.modified_at <= known.now + _DAY_SECONDS:
        return ExportTime(at=known.modified_at, known_from="modified")
    if newest is not None and not pd.isna(newest):
        return ExportTime(at=int(min(newest, known.now)), known_from="file")
    return ExportTime(at=known.now, known_from="upload")


def _clock_in_name(known: Known) -> int | None:
    """Return the moment in the name of the file, as Unix seconds or as digits; None without one in the past."""
    found, stamp = _CLOCK.search(known.file), _STAMP.search(known.file)
    moment: int | None = None
    if found:
        moment = int(found.group(1))
    elif stamp:
        try:
            year, month, day, hour, minute, second = map(int, stamp.groups())
            moment = int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp())
        except ValueError:
            return None
    return moment if moment is not None and moment <= known.now + _DAY_SECONDS else None


def _clock_on(known: Known, named: int | None, day: date) -> int:
    """Return the moment in the name or of modification where it falls on the day, else midday."""
    for moment in (named, known.modified_at):
        if moment is not None and abs(moment - noon(day)) <= _DAY_SECONDS:
            return moment
    return noon(day)


def day_in(text: str) -> date | None:
    """Return the day in an answer such as 2026-03-25, None where it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def ask_export_day(known: Known, *, about: str, key: str = "") -> Question:
    """Return the question on which day a file was exported.

    Args:
        known: what surrounds the store; the day of the upload is suggested.
        about: what the day decides, in words, for instance `these shares`.
        key: which question it is.
    """
    return Question(
        ask=Ask.EXPORT_DAY,
        key=key,
        sentence=f"On which day was this file downloaded? It does not say so itself, and {about} hold for that day.",
        evidence=(f"The file was handed in on {instant_of(known.now).date().isoformat()}.",),
        suggestion=instant_of(known.now).date().isoformat(),
    )


def is_close(earlier: date, later: date, *, days: int = 4) -> bool:
    """Return whether a day lies shortly before another, as the last row before its export does."""
    return timedelta(days=-1) <= later - earlier <= timedelta(days=days)
