"""Rows that are no data: totals, averages, repeated headers, blank rows, footnotes.

Structure comes before words: a row with an id is data whatever its title says, and a row
without any dimension is a total whatever it is called.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from core.imports.cells import read_column
from core.imports.cells.cleaning import is_blank_word, is_missing, plain, visible
from core.imports.cells.numbers import take_apart
from core.imports.headers import header_key
from core.imports.model import Kind, SheetTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TOTALS, AVERAGES, BLANK, REPEATED, FOOTNOTE = (
    "totals row",
    "averages row",
    "blank",
    "repeated header",
    "footnote",
)
_SURE = (
    r"total of [\d.,]+ (?:results?|rows?|items?|records?)|(?:grand|overall|sub) ?totals?|"
    r"gesamtsumme|gesamtergebnis|total general|total geral|total général|"
    r"totale complessivo|eindtotaal|общий итог|γενικό σύνολο|genel toplam|tổng cộng|总计|總計|総計|합계|총계"
)
_LIKELY = (
    r"totals?|sum|summary|overall|summe|gesamt|insgesamt|suma|somme|totale|totaal|totaalsom|итого|всего|σύνολο|"
    r"toplam|jumlah|tổng|รวม|ยอดรวม|合计|合計|小计|小計|المجموع|الإجمالي|"
    r"celkem|razem|łącznie|összesen|yhteensä|summa|sammanlagt|i alt"
)
_COUNTED = (  # `Total of 12 results` in other languages: the word, a little word, a number, a noun
    r"(?:totals?|gesamt|insgesamt|summe|totale|totaal|toplam|suma|razem|итого|всего|celkem|σύνολο|tổng)"
    r"(?:\s[^\W\d]{1,4})?\s[\d.,]+\s[^\W\d]+"
)
_MEAN = (
    r"averages?|avg\.?|mean|median|durchschnitt|mittelwert|promedio|média|moyenne|rata-rata|среднее|"
    r"μέσος όρος|ortalama|平均|평균"
)
_SURE_LABEL = re.compile(rf"^(?:{_SURE})\s*:?$", re.IGNORECASE)
_COUNTED_LABEL = re.compile(rf"^(?:{_COUNTED})\s*:?$", re.IGNORECASE)
_ANY_LABEL = re.compile(rf"^(?:{_SURE}|{_LIKELY})\s*:?(?:\s*\(?[\d.,]+\)?)?$", re.IGNORECASE)
_MEAN_LABEL = re.compile(rf"^(?:{_MEAN})\s*:?$", re.IGNORECASE)
_IDS = frozenset({Kind.ID, Kind.URL})
_FIGURES = frozenset({Kind.COUNT, Kind.MONEY, Kind.NUMBER, Kind.SHARE, Kind.SECONDS})
_FIGURE = re.compile(r"[-+]?[^\w\s]?\d[\d.,\s]*%?")  # in a column that no format knows
_ADDED = frozenset({Kind.COUNT, Kind.MONEY})
_NAMES_A_ROW = frozenset({Kind.ID, Kind.URL, Kind.DAY, Kind.INSTANT})
_SUMMED_ROWS = 50_000  # longer tables are by day or id, which tells their totals already
_ROUNDING = 0.005  # money is rounded row by row
_EDGE = 5  # rows from the top and the bottom among which an unlabelled total is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The rows of a table by what they are.

    Attributes:
        kept: positions of the rows that are data, ascending.
        ignored: reason -> how many rows of the columns are no data.
        beside: spreadsheet row of a ragged row that is no data either -> reason.
    """

    kept: np.ndarray
    ignored: Mapping[str, int]
    beside: Mapping[int, str] = field(default_factory=dict)


def sort_rows(table: SheetTable, kinds: Mapping[int, Kind]) -> Sorted:
    """Return which rows of a table are data.

    Args:
        table: the text.
        kinds: column index -> kind, for the columns that a format knows.
    """
    reasons: dict[int, str] = dict.fromkeys(_blank_rows(table), BLANK)
    reasons |= dict.fromkeys(_repeated_headers(table), REPEATED)
    filled = [position for position in _edge(table, reasons) if position not in reasons]
    candidates = sorted({*filled, *_labelled(table)} - reasons.keys())
    for position in _footnotes(table, filled):
        reasons[position] = FOOTNOTE
    for position in _sums(table, kinds, [one for one in filled if one not in reasons]):
        reasons[position] = TOTALS
    for position in candidates:
        row = [str(column.iloc[position]) for column in table.columns]
        reason = "" if position in reasons else _summary(row, kinds, is_edge=position in filled)
        if reason:
            reasons[position] = reason
    is_data = np.ones(table.row_count, dtype=bool)
    is_data[np.fromiter(reasons, dtype=np.int64, count=len(reasons))] = False
    return Sorted(kept=np.flatnonzero(is_data), ignored=_counted(reasons.values()), beside=_beside(table))


def _summary(row: Sequence[str], kinds: Mapping[int, Kind], *, is_edge: bool) -> str:
    """Return `totals row` or `averages row` if a row sums up others, else ''."""
    figures = [index for index, kind in kinds.items() if kind in _FIGURES]
    ids = [visible(row[index]) for index, kind in kinds.items() if kind in _IDS and not _is_blank(row[index])]
    if not figures or any(not (_ANY_LABEL.match(word) or _MEAN_LABEL.match(word)) for word in ids):
        return ""
    words = [visible(cell) for index, cell in enumerate(row) if index not in figures and not _is_blank(cell)]
    has_figure = any(_is_number(row[index]) for index in figures)
    if not words:
        return TOTALS if is_edge and has_figure else ""
    if is_edge and len(words) == 1 and _MEAN_LABEL.match(words[0]):
        return AVERAGES
    if any(_SURE_LABEL.match(word) for word in words):
        return TOTALS
    labels = [word for word in words if _ANY_LABEL.match(word)]
    others = len(words) - len(labels)
    return TOTALS if labels and has_figure and is_edge and others <= 1 else ""


def _sums(table: SheetTable, kinds: Mapping[int, Kind], edge: Sequence[int]) -> list[int]:
    """Return the first or last row if its figures are the sums of all other rows, whatever it is called.

    A row with an id or a day is data. Two columns have to agree, and three rows have to be there, so
    that two small figures do not make a total of a third; of a single row only a word, or that there
    is none, can tell.
    """
    added = [index for index, kind in kinds.items() if kind in _ADDED]
    if not 0 < table.row_count <= _SUMMED_ROWS or not added:
        return []
    nameless = [index for index, kind in kinds.items() if kind in _NAMES_A_ROW]
    some = [
        position
        for position in edge
        if not any(_names_a_row(str(table.columns[index].iloc[position])) for index in nameless)
    ]
    for position in (one for one in some if one in {edge[0], edge[-1]}):
        words = [visible(cell) for cell in (str(c.iloc[position]) for c in table.columns) if cell.strip()]
        is_worded = any(_COUNTED_LABEL.match(word) for word in words)
        is_bare = all(_FIGURE.fullmatch(word) for word in words)
        agreeing = [_is_sum(table.columns[index], position) for index in added]
        known = [one for one in agreeing if one is not None]
        least = 1 if is_worded else 2
        if all(known) and len(known) >= least and (is_worded or is_bare or table.row_count > 2):
            return [position]
    return []


def _names_a_row(cell: str) -> bool:
    return not _is_blank(cell) and not (_ANY_LABEL.match(visible(cell)) or _MEAN_LABEL.match(visible(cell)))


def _is_sum(column: pd.Series, position: int) -> bool | None:
    """Return whether a cell is the sum of all other cells of its column; None where it says nothing."""
    values = read_column(column.reset_index(drop=True), Kind.NUMBER).values
    stated, rest = values.iloc[position], values.drop(values.index[position]).dropna()
    if pd.isna(stated) or len(rest) < 1 or not float(rest.abs().sum()):
        return None
    return bool(abs(float(stated) - float(rest.sum())) <= _ROUNDING * len(rest))


def _is_blank(cell: str) -> bool:
    """Return whether a name or id is not there; NA may be a country."""
    return not cell.strip() or is_blank_word(cell)


def _is_number(cell: str) -> bool:
    return not is_missing(cell) and take_apart(plain(cell)) is not None


def _arrow(column: pd.Series) -> pa.ChunkedArray:
    """Return a column as Arrow text, not copied."""
    found = pa.array(column.array, type=pa.large_string(), from_pandas=True)
    return found if isinstance(found, pa.ChunkedArray) else pa.chunked_array([found])


def _blank_rows(table: SheetTable) -> list[int]:
    """Return the rows in which no cell shows anything."""
    left: np.ndarray | None = None
    for column in table.columns:
        cells = column if left is None else column.iloc[left]
        empty = np.asarray(pc.equal(pc.utf8_trim_whitespace(_arrow(cells)), ""))
        left = np.flatnonzero(empty) if left is None else left[empty]
        if not len(left):
            return []
    return [] if left is None else [int(position) for position in left]


def _repeated_headers(table: SheetTable) -> list[int]:
    """Return the rows that are the header once more, as when files are pasted together."""
    named = [index for index, header in enumerate(table.header) if header.strip()]
    if not named or not table.row_count:
        return []
    first = np.flatnonzero(np.asarray(pc.equal(_arrow(table.columns[named[0]]), table.header[named[0]])))
    keys = [header_key(table.header[index]) for index in named]
    return [
        int(position)
        for position in first
        if [header_key(str(table.columns[index].iloc[position])) for index in named] == keys
    ]


def _labelled(table: SheetTable) -> list[int]:
    """Return rows whose first cell is a word for totals or averages, wherever they stand."""
    if not table.columns or not table.row_count:
        return []
    cells = _arrow(table.columns[0])
    short = pc.less_equal(pc.utf8_length(cells), 40)
    worded = pc.and_(short, pc.match_substring_regex(cells, r"^\s*[^\d\s#@]"))
    chosen = np.flatnonzero(np.asarray(worded))
    if len(chosen) > 50_000:
        return []
    texts = table.columns[0].iloc[chosen]
    return [
        int(position)
        for position, text in zip(chosen, texts, strict=True)
        if _ANY_LABEL.match(word := visible(str(text))) or _MEAN_LABEL.match(word)
    ]


def _edge(table: SheetTable, reasons: Mapping[int, str]) -> list[int]:
    """Return the first and the last rows that show something."""
    rows = range(table.row_count)
    first = [position for position in rows[:_EDGE] if position not in reasons][:1]
    last: list[int] = []
    for position in reversed(rows):
        if position not in reasons:
            last.append(position)
            if len(last) == _EDGE:
                break
    return sorted({*first, *last[:2], *last})


def _footnotes(table: SheetTable, edge: Sequence[int]) -> list[int]:
    """Return the rows at the end that hold one sentence and nothing else."""
    found: list[int] = []
    if len(table.columns) < 3:
        return found
    for position in reversed(edge):
        cells = [text for column in table.columns if (text := str(column.iloc[position]).strip())]
        if len(cells) != 1 or not _is_sentence(cells[0]):
            break
        found.append(position)
    return found


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= 3 or text.startswith("*")


def _beside(table: SheetTable) -> dict[int, str]:
    """Return the ragged rows that are no data, by spreadsheet row, with the reason.

    GA4 explorations write a totals row with one cell more than the header: `Grand total`.
    """
    reasons: dict[int, str] = {}
    for row in table.ragged:
        words = [visible(cell) for cell in row.cells if cell.strip()]
        if not words:
            reasons[row.row] = BLANK
        elif any(_SURE_LABEL.match(word) for word in words) or _ANY_LABEL.match(words[0]):
            reasons[row.row] = TOTALS
        elif len(words) == 1 and len(table.header) >= 3 and _is_sentence(words[0]):
            reasons[row.row] = FOOTNOTE
    return reasons


def _counted(reasons: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for reason in reasons:
        counts[reason] = counts.get(reason, 0) + 1
    return counts
