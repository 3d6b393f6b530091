"""Columns of yes and no, in the languages that exports come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.imports.cells.cleaning import plain
from core.imports.cells.distinct import Fault, Gathered, distinct, spread
from core.imports.cells.numeric import shorten
from core.imports.model import TypedColumn

if TYPE_CHECKING:
    import pandas as pd

_YES = frozenset(
    [
        "yes",
        "y",
        "true",
        "t",
        "1",
        "1.0",
        "on",
        "x",
        "✓",
        "✔",
        "sí",
        "si",
        "s",
        "sim",
        "oui",
        "o",
        "ja",
        "j",
        "да",
        "tak",
        "evet",
        "ya",
        "có",
        "co",
        "ναι",
        "igen",
        "ano",
        "是",
        "はい",
        "예",
        "네",
        "ใช่",
    ]
)
_NO = frozenset(
    [
        "no",
        "n",
        "false",
        "f",
        "0",
        "0.0",
        "off",
        "✗",
        "✘",
        "não",
        "nao",
        "non",
        "nein",
        "нет",
        "nie",
        "hayır",
        "hayir",
        "tidak",
        "không",
        "khong",
        "όχι",
        "nem",
        "ne",
        "否",
        "いいえ",
        "아니요",
        "아니오",
        "ไม่",
    ]
)


def read_flags(values: pd.Series, *, header: str = "") -> TypedColumn:
    """Return yes and no as booleans, pd.NA where the cell says neither."""
    cells = distinct(values, plain)
    gathered = Gathered()
    for index, text in enumerate(cells.cleaned):
        word = text.casefold()
        if word in _YES:
            gathered.values[index] = True
        elif word in _NO:
            gathered.values[index] = False
        elif word:
            gathered.faults[index] = Fault(
                code="not-yes-or-no",
                what=f'"{shorten(cells.texts[index])}" is neither yes nor no.',
                fix="Write Yes or No, or leave the cell empty if it is not known.",
            )
    return TypedColumn(
        values=spread(cells, gathered.values, "boolean"), problems=cells.problems(gathered.faults, header)
    )
