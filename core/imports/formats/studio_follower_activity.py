"""TikTok Studio, tab Followers: how many followers were active in each hour of the last week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.imports.formats.stat_rows import add_counts, column_at, sound_rows
from core.imports.formats.studio_account import HOW_TO_EXPORT, SYSTEM, account_of
from core.imports.formats.studio_days import DATE, UNKNOWN, date_rows
from core.imports.model import Column, ExportFormat, Facts, Kind

if TYPE_CHECKING:
    from core.imports.model import TypedTable

NOT_YET = "hour that had not come yet"


def build(typed: TypedTable) -> Facts:
    """Return the active followers of each hour.

    TikTok fills the hours of the newest day that have not come yet with zeros; those are
    left out, for they are not known.
    """
    handle, questions = account_of(typed)
    dated = date_rows(typed, contiguous=False)
    sound, cell_problems = sound_rows(typed)
    undated = {problem.position for problem in dated.problems}
    rows = sound[dated.days.loc[sound].notna().to_numpy(dtype=bool)] if len(sound) else sound
    hours = pd.DataFrame(
        {
            "day": dated.days.loc[rows].reset_index(drop=True).astype("Int64"),
            "hour": column_at(typed, "hour", rows).astype("Int64"),
            "active": column_at(typed, "active", rows).astype("Int64"),
        }
    )
    unknown = hours["active"].isna() | hours["hour"].isna()
    waiting = _still_to_come(hours) & ~unknown
    kept = hours[~(unknown | waiting)].reset_index(drop=True).assign(handle=handle)
    return Facts(
        tables={"follower_hour": kept},
        problems=(*dated.problems, *(one for one in cell_problems if one.position not in undated)),
        issues=dated.issues,
        questions=(*questions, *dated.questions),
        as_of=dated.exported.at,
        as_of_from=dated.exported.known_from,
        first_day=None if kept.empty else int(kept["day"].min()),
        last_day=None if kept.empty else int(kept["day"].max()),
        account=handle,
        rows=len(kept),
        ignored=add_counts({UNKNOWN: int(unknown.sum()), NOT_YET: int(waiting.sum())}),
    )


def _still_to_come(hours: pd.DataFrame) -> pd.Series:
    """Return which rows are the run of zeros at the end of the newest day."""
    waiting = np.zeros(len(hours), dtype=bool)
    newest = hours[hours["day"] == hours["day"].max()].sort_values("hour", ascending=False)
    for position, active in newest["active"].items():
        if pd.isna(active) or active != 0:
            break
        waiting[int(str(position))] = True
    return pd.Series(waiting)


FORMAT = ExportFormat(
    name="studio_follower_activity",
    label="TikTok Studio follower activity",
    system=SYSTEM,
    grain="one hour of one day of one account",
    how_to_export=HOW_TO_EXPORT.format(tab="Followers"),
    columns=(
        DATE,
        Column(
            field="hour",
            headers=("Hour", "Hora", "Heure", "Stunde", "Ώρα", "Jam", "Giờ", "Ora"),
            kind=Kind.COUNT, required=True, words="hour of the day, 0 to 23",
        ),
        Column(
            field="active",
            headers=("Active followers", "Seguidores ativos", "Seguidores activos", "Abonnés actifs", "Aktive Follower", "Ενεργοί ακόλουθοι", "Pengikut aktif", "Follower attivi"),
            kind=Kind.COUNT, required=True, words="followers active in that hour",
        ),
    ),
    build=build,
)  # fmt: skip
