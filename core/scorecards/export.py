"""Scorecards as a table to hand out: one row per creator and metric, safe to open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.scorecards.model import CHOICE_WORDS
from core.scorecards.words import age_words
from core.spreadsheet import csv_bytes, xlsx_bytes
from core.units import Unit, minor_digits

if TYPE_CHECKING:
    from core.scorecards.model import Estimate, Scorecard, Scorecards

HEADER = (
    "Campaign", "Creator", "Handle", "Tier", "Video length", "Metric", "Formula", "Currency",
    "Videos read at",
    "Videos", "Measured", "Expected", "Low (90%)", "High (90%)", "Next video low", "Next video high", "Peers",
    "Peers measured", "Peers low", "Peers middle", "Peers high", "Chance above peers' middle", "Percentile",
    "Percentile low", "Percentile high", "What is missing", "Decision", "Reason",
)  # fmt: skip


def scorecard_rows(scorecards: Scorecards) -> list[tuple[object, ...]]:
    """Return one row per creator and metric; money in whole units, shares 0 to 1, unknown is empty."""
    return [
        _row(scorecards, card, one)
        for card in scorecards.cards
        for one in (
            *(card.estimates[metric.name] for metric in scorecards.metrics if metric.name in card.estimates),
        )
    ] or [_bare(scorecards, card) for card in scorecards.cards]


def _row(scorecards: Scorecards, card: Scorecard, one: Estimate) -> tuple[object, ...]:
    peers, standing = one.peers, one.standing

    def shown(value: float | None) -> float | None:
        if value is None or one.metric.unit is not Unit.MONEY:
            return value
        return value / 10 ** minor_digits(one.currency) if one.currency else value

    return (
        *_who(scorecards, card),
        one.metric.label,
        one.metric.formula,
        one.currency,
        age_words(scorecards.header.age) if one.is_of_videos else "campaign so far",
        one.videos if one.is_of_videos else None,
        *(shown(value) for value in (one.raw, one.value, one.low, one.high, one.next_low, one.next_high)),
        None if peers is None else peers.label,
        None if peers is None else peers.creators,
        *(
            None if peers is None else shown(value)
            for value in (() if peers is None else (peers.low, peers.middle, peers.high))
        ),
        *((None,) * 3 if peers is None else ()),
        *(
            (None,) * 4
            if standing is None
            else (standing.above_median, standing.percentile, standing.low, standing.high)
        ),
        one.gap,
        *_decided(card),
    )


def _who(scorecards: Scorecards, card: Scorecard) -> tuple[object, ...]:
    return (scorecards.header.campaign, card.name, card.handle, card.tier, card.length)


def _decided(card: Scorecard) -> tuple[object, ...]:
    if card.decision is None:
        return (None, None)
    return (CHOICE_WORDS[card.decision.choice], card.decision.reason)


def _bare(scorecards: Scorecards, card: Scorecard) -> tuple[object, ...]:
    """Return the row of a creator of whom no metric is known."""
    return (*_who(scorecards, card), *((None,) * (len(HEADER) - 8)), "Nothing measured yet.", *_decided(card))


def scorecards_csv(scorecards: Scorecards) -> bytes:
    """Return the scorecards as CSV that a spreadsheet opens as text, never as a formula."""
    return csv_bytes(HEADER, scorecard_rows(scorecards))


def scorecards_xlsx(scorecards: Scorecards) -> bytes:
    """Return the scorecards as an XLSX workbook without formulas or links."""
    return xlsx_bytes("Scorecards", HEADER, scorecard_rows(scorecards))
