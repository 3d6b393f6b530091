"""Days of many instants at once, in a zone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

_DAY = 86_400


def days_in_zone(instants: npt.NDArray[np.int64], zone: str) -> npt.NDArray[np.int64]:
    """Return the day number on which each instant (Unix seconds) falls in a zone."""
    if zone == "UTC" or not len(instants):
        return np.asarray(instants, dtype=np.int64) // _DAY
    moments = (
        pd.DatetimeIndex(np.asarray(instants, dtype="datetime64[s]")).tz_localize("UTC").tz_convert(zone)
    )
    wall = moments.tz_localize(None).to_numpy().astype("datetime64[D]")
    return wall.astype(np.int64)


def days_in_zones(instants: npt.NDArray[np.int64], zones: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
    """Return the day number of each instant in its own zone."""
    days = np.zeros(len(instants), dtype=np.int64)
    for zone in pd.unique(zones):
        here = zones == zone
        days[here] = days_in_zone(np.asarray(instants)[here], str(zone))
    return days
