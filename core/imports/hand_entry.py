"""Figures that only exist on a screenshot: typed by a person, imported like a file."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import Issue, Severity
from core.imports.file_review import FileReview, ReviewState
from core.imports.model import Column, ExportFormat, Facts, FileText, Kind, SheetTable, TypedTable
from core.imports.portions import Material, Portion
from core.imports.profiles import fingerprint
from core.imports.settling import settle
from core.imports.surroundings import surroundings
from core.keys import handle_key
from core.units import day_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.store.engine import Store

_ID = re.compile(r"(?<!\d)\d{15,20}(?!\d)")
_COUNTS = ("views", "likes", "comments", "shares", "saves", "reach", "follows", "profile_views")
_DIMENSIONS = ("gender", "age", "territory")
_LONGEST_VIDEO = 3600.0  # seconds; TikTok uploads end at 60 minutes
_ROUNDING = 0.02  # shares on a screenshot are rounded, so that a whole may read 101 per cent


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedFigures:
    """What a person read off a screenshot; None and empty mean that it is not on it.

    Attributes:
        video: id or address of the video; '' when the figures are the account's.
        account: handle; needed without a video.
        first_day: first day the figures cover; None for a video's figures since it was posted.
        day: the day of the screenshot, or the last day the figures cover.
        views, likes, comments, shares, saves, reach, follows, profile_views: counts.
        average_watch_seconds: per view.
        completion: share of views that saw it to the end, 0 to 1.
        audience: dimension (gender, age, territory) -> value -> share, 0 to 1.
    """

    video: str = ""
    account: str = ""
    first_day: date | None = None
    day: date
    views: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    saves: int | None = None
    reach: int | None = None
    follows: int | None = None
    profile_views: int | None = None
    average_watch_seconds: float | None = None
    completion: float | None = None
    audience: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def video_id(self) -> str:
        """Return TikTok's id of the video, '' where none can be seen."""
        found = _ID.findall(self.video)
        return found[-1] if found else ""

    @property
    def handle(self) -> str:
        """Return the account's handle, from its own field or the video's address, else ''."""
        return handle_key(self.account) or (handle_key(self.video) if "@" in self.video else "")


def check_figures(figures: TypedFigures, *, today: date) -> tuple[Issue, ...]:
    """Return everything that speaks against storing the figures, one issue each.

    Args:
        figures: as typed.
        today: figures of a later day cannot be.
    """
    found: list[tuple[str, str, str]] = [*_about_whom(figures), *_days(figures, today), *_numbers(figures)]
    found += [one for dimension, values in figures.audience.items() for one in _audience(dimension, values)]
    return tuple(Issue(code=code, severity=Severity.ERROR, what=what, fix=fix) for code, what, fix in found)


def typed_review(store: Store, figures: TypedFigures, *, now: int | None = None) -> FileReview:
    """Return the review of typed figures, to be committed like that of a file.

    Args:
        store: who asks must be allowed to import.
        figures: as typed; typing the very same again changes nothing.
        now: Unix seconds; None means the clock.

    Raises:
        PlumblineError: `not-allowed`. Figures that cannot be are refused in the review.
    """
    world = surroundings(store, now=now)
    today = datetime.fromtimestamp(world.now, tz=UTC).date()
    about = f"video {figures.video_id}" if figures.video_id else f"@{figures.handle}"
    written = json.dumps(dataclasses.asdict(figures), sort_keys=True, default=str).encode()
    name = f"screenshot of {about}, {figures.day.isoformat()}"
    table = SheetTable(
        file=name,
        header=("figures",),
        columns=(pd.Series(["typed"], dtype="str"),),
        row_numbers=np.array([1]),
    )
    chosen = replace(SCREENSHOT, build=lambda _typed: _build(figures))
    material = Material(
        text=FileText(
            file=name,
            sha256=hashlib.sha256(written).hexdigest(),
            size=len(written),
            encoding="",
            tables=(table,),
        ),
        portions=(Portion(table=table, format=chosen, matched={"figures": 0}),),
        parts=(chosen.name,),
        fingerprint=fingerprint(table.header),
        surroundings=world,
    )
    issues = check_figures(figures, today=today)
    if issues:
        return _refused(material, issues)
    return settle(f"{material.text.sha256}:{chosen.name}", material, {})


def _refused(material: Material, issues: Sequence[Issue]) -> FileReview:
    return FileReview(
        key=f"{material.text.sha256}:{SCREENSHOT.name}",
        file=material.text.file,
        sha256=material.text.sha256,
        size=material.text.size,
        format=SCREENSHOT.name,
        label=SCREENSHOT.label,
        state=ReviewState.REFUSED,
        sentence=" ".join(str(issue) for issue in issues),
        issues=tuple(issues),
    )


def _about_whom(figures: TypedFigures) -> list[tuple[str, str, str]]:
    if figures.video.strip() and not figures.video_id:
        return [
            (
                "video-unknown",
                f"“{figures.video.strip()}” holds no video id.",
                "Paste the whole address of the video; open a short link such as vm.tiktok.com first.",
            )
        ]
    if not figures.video_id and not figures.handle:
        return [("subject-missing", "It is not said whose figures these are.", "Give a video or an account.")]
    return []


def _days(figures: TypedFigures, today: date) -> list[tuple[str, str, str]]:
    found = []
    if figures.day > today:
        found.append(
            (
                "day-in-future",
                f"{figures.day.isoformat()} has not come yet.",
                "Give the day of the screenshot.",
            )
        )
    if figures.first_day and figures.first_day > figures.day:
        found.append(("days-reversed", "The first day is after the last day.", "Swap the two days."))
    if not figures.video_id and figures.first_day is None:
        found.append(
            (
                "period-missing",
                "An account's figures cover a period, and its first day is missing.",
                "Give the first day shown on the screenshot.",
            )
        )
    return found


def _numbers(figures: TypedFigures) -> list[tuple[str, str, str]]:
    found = []
    values = {name: getattr(figures, name) for name in _COUNTS}
    for name, value in values.items():
        words = name.replace("_", " ")
        if value is not None and value < 0:
            found.append(
                ("count-below-zero", f"{value:,} {words} cannot be.", "Leave it empty if it is not known.")
            )
    watch, completion = figures.average_watch_seconds, figures.completion
    if (watch is not None or completion is not None) and not figures.views:
        found.append(
            (
                "views-missing",
                "Average watch time and completion need the views they were taken over.",
                "Give the views of the same screenshot.",
            )
        )
    if watch is not None and not 0 <= watch <= _LONGEST_VIDEO:
        found.append(
            (
                "watch-time-odd",
                f"An average watch time of {watch:,.1f} seconds cannot be.",
                "Give seconds, for instance 12.4.",
            )
        )
    if completion is not None and not 0 <= completion <= 1:
        found.append(
            (
                "completion-odd",
                f"{completion:.0%} of views cannot have seen it to the end.",
                "Give a share from 0% to 100%.",
            )
        )
    if all(value is None for value in (*values.values(), watch, completion)) and not figures.audience:
        found.append(("nothing-typed", "No figure was typed.", "Type at least one figure of the screenshot."))
    if figures.views is not None:
        found += [
            (
                "more-than-views",
                f"{values[name]:,} {name} on {figures.views:,} views cannot be.",
                "Check both figures.",
            )
            for name in ("likes", "saves", "reach")
            if values[name] is not None and values[name] > figures.views
        ]
    return found


def _audience(dimension: str, values: Mapping[str, float]) -> list[tuple[str, str, str]]:
    if dimension not in _DIMENSIONS:
        return [
            (
                "audience-unknown",
                f"“{dimension}” is no part of an audience we know.",
                "Use gender, age or territory.",
            )
        ]
    if any(not 0 <= share <= 1 for share in values.values()):
        return [
            (
                "share-odd",
                f"A share of the audience by {dimension} is below 0% or above 100%.",
                "Check the shares.",
            )
        ]
    total = sum(values.values())
    if total > 1 + _ROUNDING:
        return [
            (
                "shares-too-large",
                f"The shares by {dimension} add up to {total:.0%}.",
                "Check them: they share one audience.",
            )
        ]
    return []


def _build(figures: TypedFigures) -> Facts:
    """Return the typed figures as facts: averages as totals, so that they can be added and divided."""
    last = day_number(figures.day)
    first = day_number(figures.first_day) if figures.first_day else last
    kind = "lifetime" if figures.first_day is None else ("daily" if first == last else "period")
    subject_kind, subject = ("video", figures.video_id) if figures.video_id else ("account", figures.handle)
    counts = {name: getattr(figures, name) for name in _COUNTS if getattr(figures, name) is not None}
    if figures.views and figures.average_watch_seconds is not None:
        counts |= {
            "watch_seconds": round(figures.views * figures.average_watch_seconds),
            "watched_views": figures.views,
        }
    if figures.views and figures.completion is not None:
        counts |= {
            "completions": round(figures.views * figures.completion),
            "completion_views": figures.views,
        }
    tables: dict[str, pd.DataFrame] = {}
    if counts:
        tables["stat"] = pd.DataFrame(
            [
                {
                    "subject_kind": subject_kind,
                    "subject": subject,
                    "kind": kind,
                    "first_day": first,
                    "last_day": last,
                    "video_id": figures.video_id,
                    "handle": figures.handle,
                    **counts,
                }
            ]
        )
    if figures.video_id:
        tables["video_fact"] = pd.DataFrame([_video(figures)])
    shares = [
        {
            "subject_kind": subject_kind,
            "subject": subject,
            "day": last,
            "dimension": dimension,
            "value": value,
            "share": share,
        }
        for dimension, values in figures.audience.items()
        for value, share in values.items()
    ]
    if shares:
        tables["audience_share"] = pd.DataFrame(shares)
    noon = datetime(figures.day.year, figures.day.month, figures.day.day, 12, tzinfo=UTC)
    return Facts(
        tables=tables,
        as_of=int(noon.timestamp()),
        as_of_from="stated",
        first_day=first if figures.first_day else None,
        last_day=last,
        account=figures.handle,
        rows=1,
    )


def _video(figures: TypedFigures) -> dict[str, object]:
    """Return what typing a video's figures says about the video: its id carries the moment of upload."""
    url = figures.video.strip() if "/" in figures.video else ""
    posted = int(figures.video_id) >> 32
    return {
        "video_id": figures.video_id,
        "handle": figures.handle,
        "url": url.split("?")[0],
        "posted_at": posted,
        "posted_from": "id",
    }


def _not_typed(typed: TypedTable) -> Facts:
    """Refuse to read a file as a screenshot: figures are typed, never recognised."""
    msg = f"{typed.table.file} cannot be read as a screenshot"
    raise ValueError(msg)


SCREENSHOT = ExportFormat(
    name="screenshot",
    label="Figures typed from a screenshot",
    system="TikTok app",
    grain="one video or account on one day",
    how_to_export="Open the video's analytics in the TikTok app and read the figures off the screen.",
    columns=(Column(field="figures", headers=("figures",), kind=Kind.LABEL, words="typed figures"),),
    provenance="typed",
    build=_not_typed,
)
