"""Organic, paid and both together: each completed from the others where that is honest."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.rollups.columns import ADDITIVE, TWO_SIDED
from core.rollups.series import Values, as_frame

TRAFFICS = ("total", "organic", "paid")
_CODE = {name: position for position, name in enumerate(TRAFFICS)}


def line_of(owner: np.ndarray, traffic: pd.Series[str]) -> np.ndarray:
    """Return the number of the line of an owner (a small number) and its traffic."""
    codes: np.ndarray = owner * len(TRAFFICS) + traffic.map(_CODE).to_numpy(dtype=np.int64)
    return codes


def complete(found: dict[str, Values]) -> pd.DataFrame:
    """Return one row per owner, traffic and day with a float column per measure.

    Only owners with organic or paid figures get organic rows: for the others the total is
    all that is known. Total is as stated, else organic and paid together, else, for what only
    ads have, what was paid. Organic is as stated, else total less paid up to the last day on
    which the total is known, else the total.

    Args:
        found: per measure values by line, as `line_of` numbers them.
    """
    split = _split_owners(found)
    parts = {name: _complete_measure(name, values, split) for name, values in found.items()}
    frame = as_frame(parts)
    owner = (frame["line"] // len(TRAFFICS)).to_numpy(dtype=np.int64)
    traffic = np.array(TRAFFICS, dtype=object)[(frame["line"] % len(TRAFFICS)).to_numpy(dtype=np.int64)]
    return frame.drop(columns="line").assign(owner=owner, traffic=traffic)


def _split_owners(found: dict[str, Values]) -> np.ndarray:
    """Return the owners that have anything but a total."""
    lines = np.unique(np.concatenate([values.line for values in found.values()]))
    owners: np.ndarray = np.unique(lines[lines % len(TRAFFICS) != 0] // len(TRAFFICS))
    return owners


def _complete_measure(name: str, values: Values, split: np.ndarray) -> Values:
    if name not in ADDITIVE or not len(split):
        return values
    owner, traffic = values.line // len(TRAFFICS), values.line % len(TRAFFICS)
    inside = np.isin(owner, split)
    knows = [np.isin(owner, owner[traffic == code]) for code in range(len(TRAFFICS))]
    is_total, is_organic, is_paid = (traffic == code for code in range(len(TRAFFICS)))
    knows_total, knows_organic, knows_paid = knows
    if name in TWO_SIDED:
        to_total = inside & ~knows_total & knows_organic & knows_paid & (is_organic | is_paid)
        to_organic = inside & ~knows_organic & knows_total & is_total
        less = (
            inside
            & ~knows_organic
            & knows_total
            & is_paid
            & (values.day <= _last_total(owner, is_total, values))
        )
    else:
        to_total = inside & ~knows_total & (is_organic | is_paid)
        to_organic = less = np.zeros(len(owner), dtype=bool)
    base = owner * len(TRAFFICS)
    line = np.concatenate([values.line, base[to_total], base[to_organic] + 1, base[less] + 1])
    day = np.concatenate([values.day, values.day[to_total], values.day[to_organic], values.day[less]])
    value = np.concatenate(
        [values.value, values.value[to_total], values.value[to_organic], -values.value[less]]
    )
    summed = pd.Series(value).groupby([line, day]).sum()
    return Values(
        summed.index.get_level_values(0).to_numpy(dtype=np.int64),
        summed.index.get_level_values(1).to_numpy(dtype=np.int64),
        summed.to_numpy(dtype=np.float64),
    )


def _last_total(owner: np.ndarray, is_total: np.ndarray, values: Values) -> np.ndarray:
    """Return for each row the last day on which its owner's total is known."""
    last = np.full(int(owner.max(initial=0)) + 1, np.iinfo(np.int64).min)
    np.maximum.at(last, owner[is_total], values.day[is_total])
    days: np.ndarray = last[owner]
    return days
