"""The decimal mark of a column, decided from all of its cells, never from one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.imports.cells.distinct import Fault
from core.imports.cells.numbers import Mark, Written
from core.imports.model import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

MAJORITY = 0.9  # share of decisive cells above which the others are slips


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Numbers of the distinct cells, and how sure they are.

    Attributes:
        values: distinct cell -> number, for the cells that could be read.
        faults: distinct cell -> why not.
        state: how sure the mark is.
        convention: the mark in words, '' where no cell depends on it.
        choices: the marks that fit, with what they would mean, when both do.
    """

    values: Mapping[int, Decimal]
    faults: Mapping[int, Fault]
    state: State
    convention: str = ""
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """What the ways of deciding share."""

    written: Mapping[int, Written]
    texts: Sequence[str]
    refused: Callable[[str], Fault]


def decide(
    written: Mapping[int, Written],
    texts: Sequence[str],
    accepts: Callable[[Decimal, Written], bool],
    refused: Callable[[str], Fault],
    convention: str = "",
) -> Decided:
    """Return the numbers under the one decimal mark that fits all cells.

    Args:
        written: distinct cell -> its parts.
        texts: the distinct cells as written, for messages.
        accepts: whether a number can be what the column holds, for instance a whole number.
        refused: the fault of a cell that has no acceptable reading.
        convention: a `Mark` value that a person has chosen; '' lets the cells decide.
    """
    column = _Column(written=written, texts=texts, refused=refused)
    readings = {
        mark: {
            index: value
            for index, cell in written.items()
            if (value := cell.read(mark)) is not None and accepts(value, cell)
        }
        for mark in Mark
    }
    if convention in set(Mark):
        return _under(readings[Mark(convention)], column, State.PROVEN, convention)
    point, comma = readings[Mark.POINT], readings[Mark.COMMA]
    only_point, only_comma = point.keys() - comma.keys(), comma.keys() - point.keys()
    if only_point and only_comma:
        return _contradictory(readings, len(only_point), len(only_comma), column)
    if only_point or only_comma:
        mark = Mark.POINT if only_point else Mark.COMMA
        return _under(readings[mark], column, State.PROVEN, mark.value)
    differing = [index for index in point if point[index] != comma[index]]
    if not differing:
        return _under(point, column, State.PROVEN, "")
    shown = differing[0]
    choices = {mark.value: f"{texts[shown]} means {readings[mark][shown]:f}" for mark in Mark}
    decided = _under(point, column, State.AMBIGUOUS, "")
    return Decided(values=decided.values, faults=decided.faults, state=State.AMBIGUOUS, choices=choices)


def _under(
    values: Mapping[int, Decimal],
    column: _Column,
    state: State,
    convention: str,
) -> Decided:
    """Return the column under one mark; cells that do not fit it are faults."""
    faults = {index: column.refused(column.texts[index]) for index in column.written if index not in values}
    return Decided(values=values, faults=faults, state=state, convention=convention, choices={})


def _contradictory(
    readings: Mapping[Mark, Mapping[int, Decimal]],
    points: int,
    commas: int,
    column: _Column,
) -> Decided:
    """Return a column in which both marks are proven.

    Where one mark clearly prevails the other cells are slips and become faults. Else each cell
    that can be read in one way only is read so, and the rest are faults.
    """
    for mark, count in ((Mark.POINT, points), (Mark.COMMA, commas)):
        if count / (points + commas) >= MAJORITY:
            return _under(readings[mark], column, State.CONTRADICTORY, mark.value)
    point, comma = readings[Mark.POINT], readings[Mark.COMMA]
    certain = {
        index: value
        for index, value in {**comma, **point}.items()
        if index not in point or index not in comma or point[index] == comma[index]
    }

    def mixed(text: str) -> Fault:
        return Fault(
            code="mixed-decimals",
            what=f'"{text}" could mean two numbers: the column uses both comma and point for decimals.',
            fix="Write all numbers of the column in one way and upload again.",
        )

    faults = {
        index: (mixed if index in point or index in comma else column.refused)(column.texts[index])
        for index in column.written
        if index not in certain
    }
    return Decided(values=certain, faults=faults, state=State.CONTRADICTORY, choices={})
