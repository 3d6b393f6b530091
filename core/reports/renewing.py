"""Who to renew, as scorecards see it: estimates with their range and chances, never a bare rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.reports.holding_back import HELD_BACK, counts_buyers, is_few
from core.reports.model import UNKNOWN, Cell, Column, ColumnKind, Section, Table
from core.scorecards.model import CHOICE_WORDS, Lean
from core.scorecards.words import share_words
from core.units import Unit

if TYPE_CHECKING:
    from core.reports.material import Material
    from core.scorecards.model import Estimate, Scorecard, Scorecards

_MOST = 12  # creators on a page that is to stay one
_HOW = (
    "Where little was counted, an estimate lies nearer to the peers; the range holds the truth in 9 of 10 "
    "cases. The chance is that of lying on the better side of the middle of comparable creators."
)


def renew(material: Material) -> Section | None:
    """Return the creators with what is expected of them, the likeliest better half first."""
    found = material.cards
    if found is None or not found.cards:
        return None
    return Section(
        key="renew",
        title="Who to renew",
        claim=_claim(material, found),
        tables=(_table(material, found),),
        notes=(_HOW,),
    )


def next_words(material: Material) -> str:
    """Return what to do about the creators once the campaign is over; '' where scorecards say nothing."""
    found = material.cards
    if found is None or not material.is_over or not found.cards:
        return ""
    if any(_is_held_back(material, found, card) for card in found.cards):
        return ""
    speak = leaning(found, Lean.RENEW)
    if speak:
        return f"Decide on renewing {_listed(speak[:5])}: the figures speak for it."
    return (
        "Test again before renewing or stopping anybody: no creator stands out clearly yet, "
        "and each further video narrows the ranges."
    )


def leaning(found: Scorecards, lean: Lean) -> list[str]:
    """Return the names of creators for whom the figures lean this way."""
    return [card.name for card in found.cards if card.lean is lean]


def _claim(material: Material, found: Scorecards) -> str:
    """Return for whom the figures speak; scorecards' own claim where they speak for nobody."""
    if any(_is_held_back(material, found, card) for card in found.cards):
        return "Some creators have too few orders to be compared here."
    speak, against = leaning(found, Lean.RENEW), leaning(found, Lean.STOP)
    if not speak and not against:
        return f"There is not enough evidence yet to renew or stop anybody. {found.claim}"
    label = found.header.judged_by.label
    said = (
        f"On {label[0].lower()}{label[1:]}, the figures speak for renewing {_listed(speak) or 'nobody yet'}"
    )
    also = f" and against {_listed(against)}" if against else ""
    open_ones = len(found.cards) - len(speak) - len(against)
    left = f" There is not enough evidence yet on {open_ones} more." if open_ones else ""
    return f"{said}{also}.{left}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _table(material: Material, found: Scorecards) -> Table:
    judged = found.header.judged_by
    has_decisions = material.audience.internal
    columns = [
        Column(label="Creator"),
        Column(label=f"{judged.label}, expected", kind=ColumnKind.NUMBER, unit=judged.unit,
               currency=found.header.currency if judged.unit is Unit.MONEY else ""),
        Column(label="Range, 9 of 10"),
        Column(label="Chance of the better half", kind=ColumnKind.NUMBER, unit=Unit.SHARE),
        Column(label="What the figures say"),
    ]  # fmt: skip
    columns += [Column(label="Decided")] if has_decisions else []
    rows = tuple(
        (*_cells(material, found, card), *([_decided(card)] if has_decisions else []))
        for card in found.cards[:_MOST]
    )
    left = len(found.cards) - len(rows)
    note = f"{left} more stand in the app." if left > 0 else ""
    return Table(title="Creators beside each other", columns=tuple(columns), rows=rows, note=note)


def _cells(material: Material, found: Scorecards, card: Scorecard) -> tuple[Cell, ...]:
    name = Cell(written=card.name)
    own = card.estimates.get(found.header.judged_by.name)
    if _is_held_back(material, found, card):
        return (name, Cell(written=HELD_BACK), UNKNOWN, UNKNOWN, Cell(written="Held back: few orders"))
    lean = Cell(written=card.lean.value)
    if own is None or own.value is None:
        return (name, UNKNOWN, UNKNOWN, UNKNOWN, lean)
    expected = Cell(written=own.written(own.value, locale=material.locale), number=own.value)
    return (name, expected, _range(material, own), _chance(own), lean)


def _range(material: Material, own: Estimate) -> Cell:
    if own.low is None or own.high is None:
        return UNKNOWN
    low, high = (own.written(end, locale=material.locale) for end in (own.low, own.high))
    return Cell(written=f"{low} to {high}")


def _chance(own: Estimate) -> Cell:
    if own.standing is None:
        return UNKNOWN
    chance = own.standing.above_median
    return Cell(written=share_words(chance), number=chance)


def _decided(card: Scorecard) -> Cell:
    return UNKNOWN if card.decision is None else Cell(written=CHOICE_WORDS[card.decision.choice])


def _is_held_back(material: Material, found: Scorecards, card: Scorecard) -> bool:
    """Return whether the estimate rests on so few buyers that readers outside must not see it."""
    own = card.estimates.get(found.header.judged_by.name)
    if own is None or not material.audience.is_outside or not counts_buyers(own.metric):
        return False
    return is_few(own.events) or is_few(own.exposure)
