"""Two exports of one account may label the same days one day apart: noticing and asking.

TikTok Studio was seen to give a day's figures the label of the day in one export and
that of the next day in another. Importing both by their labels would overwrite each
day with its neighbour's figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from core.errors import Issue, Severity
from core.imports.model import Ask, Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.imports.model import Known

FEWEST_DAYS = 3  # fewer overlapping days prove nothing
AGREEMENT = 0.9  # share of days that must agree before a move is proposed
STRANGER = 0.2  # below this under every move, it is probably another account
CHOICES = {
    "0": "Keep the days as this file labels them",
    "-1": "Move this file's days one day earlier",
    "1": "Move this file's days one day later",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How a file agrees with what is stored, under one move of its labels.

    Attributes:
        shift: days added to the file's labels.
        agreeing: days on which every figure known to both is the same.
        days: days known to both.
    """

    shift: int
    agreeing: int
    days: int

    @property
    def share(self) -> float:
        """Return the share of days that agree; 0 where none overlap."""
        return self.agreeing / self.days if self.days else 0.0


def overlap(days: pd.Series, figures: Mapping[str, pd.Series], stored: pd.DataFrame, shift: int) -> Overlap:
    """Return how the file agrees with the stored days when its labels move.

    Args:
        days: day numbers of the file, index 0..n-1.
        figures: measure -> values of the file, same index.
        stored: one row per known day: day and measures.
        shift: days added to the labels.
    """
    both = pd.DataFrame({"day": days.astype("Int64") + shift, **figures})
    both = both.dropna(subset=["day"]).merge(stored, on="day", suffixes=("", "_stored"))
    equal = pd.DataFrame({name: both[name].eq(both[f"{name}_stored"]) for name in figures})
    known = pd.DataFrame({name: both[name].notna() & both[f"{name}_stored"].notna() for name in figures})
    comparable = known.any(axis=1)
    agrees = comparable & (equal.astype("boolean").fillna(value=True) | ~known).all(axis=1)
    return Overlap(shift=shift, agreeing=int(agrees.sum()), days=int(comparable.sum()))


def check_labels(
    known: Known, handle: str, days: pd.Series, figures: Mapping[str, pd.Series], *, key: str, lag: int
) -> tuple[int, tuple[Question, ...], tuple[Issue, ...]]:
    """Return by how many days the labels move, what to ask, and what to say.

    Args:
        known: what surrounds the store, with earlier answers.
        handle: the account, '' while unknown.
        days: day numbers of the file as labelled, index 0..n-1.
        figures: measure -> values; only measures that the store keeps by day are compared.
        key: which question it is.
        lag: days between the newest label and the export.
    """
    answer = known.answers.get((Ask.LABEL_SHIFT, key), "")
    if answer in CHOICES:
        return int(answer), (), _moved(int(answer))
    stored = known.account_days(handle) if handle else pd.DataFrame({"day": []})
    figures = {name: values for name, values in figures.items() if name in stored.columns}
    if not figures or not len(stored):
        return 0, (), ()
    tried = {shift: overlap(days, figures, stored, shift) for shift in (0, -1, 1)}
    best = max(tried.values(), key=lambda one: one.share)
    if best.days >= FEWEST_DAYS and best.share < STRANGER and tried[0].days >= FEWEST_DAYS:
        return 0, (), (_stranger(handle, tried[0]),)
    if best.shift == 0 or best.days < FEWEST_DAYS or best.share < AGREEMENT or best.share <= tried[0].share:
        return 0, (), ()
    return 0, (_question(handle, best, tried[0], key=key, lag=lag),), ()


def _question(handle: str, best: Overlap, stands: Overlap, *, key: str, lag: int) -> Question:
    direction = "earlier" if best.shift < 0 else "later"
    hint = {
        1: "This file ends the day before it was downloaded; in such files labels were seen to run a day late.",
        2: "This file ends two days before it was downloaded; in such files labels were seen to be right.",
    }.get(lag)
    return Question(
        ask=Ask.LABEL_SHIFT,
        key=key,
        sentence=(
            f"This file and an earlier one of @{handle} label the same days one day apart. "
            "Shall the days of this file be moved, so that no day is counted twice?"
        ),
        evidence=(
            (
                f"{best.agreeing} of {best.days} overlapping days agree if the labels move one day {direction}, "
                f"{stands.agreeing} of {stands.days} as they stand."
            ),
            *((hint,) if hint else ()),
        ),
        choices=CHOICES,
        suggestion=str(best.shift),
    )


def _moved(shift: int) -> tuple[Issue, ...]:
    if not shift:
        return ()
    direction = "earlier" if shift < 0 else "later"
    return (
        Issue(
            code="labels-moved",
            severity=Severity.NOTE,
            what=f"The days of this file were moved one day {direction}, as chosen in the review.",
        ),
    )


def _stranger(handle: str, stands: Overlap) -> Issue:
    return Issue(
        code="figures-of-another-account",
        severity=Severity.WARNING,
        what=(
            f"Of {stands.days} days already known of @{handle}, only {stands.agreeing} have the figures of this file."
        ),
        fix="Check that the file is of this account; if it is not, choose another account in the review.",
    )
