"""The words that all of the import path speaks.

A file goes through: guard → sheets (child process) → recognise → type the columns →
build facts → review → one transaction → receipt. Nothing before the transaction
writes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from core.errors import Issue, Place

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

# ------------------------------------------------------------- a file as text


@dataclass(frozen=True, slots=True, kw_only=True)
class RaggedRow:
    """A row whose number of cells is not that of the header."""

    row: int  # as a spreadsheet counts
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """One table of one file, every cell still text exactly as written.

    Attributes:
        file: display name of the file (a ZIP member is `archive.zip/member.csv`).
        sheet: sheet name of a workbook, else ''.
        part: which table of the sheet it is, from 0.
        preamble: lines above the header, as written (titles, `# Start date: …`).
        header: the header cells as written, trimmed of nothing.
        columns: one pandas `str` series per header cell; '' is an empty cell; all the same
            length; index 0..n-1.
        row_numbers: spreadsheet row of each data row (1 = first line), shape (n,).
        ragged: rows that did not fit the header; they are not in `columns`.
        header_row: spreadsheet row of the header.
        is_date_1904: workbook counts days from 1904.
    """

    file: str
    sheet: str = ""
    part: int = 0
    preamble: tuple[str, ...] = ()
    header: tuple[str, ...]
    columns: tuple[pd.Series, ...]
    row_numbers: np.ndarray
    ragged: tuple[RaggedRow, ...] = ()
    header_row: int = 1
    is_date_1904: bool = False

    @property
    def row_count(self) -> int:
        """Return the number of data rows."""
        return len(self.row_numbers)

    def place(self, position: int | None = None, column: str = "") -> Place:
        """Return where a data row (by position, from 0) or a column sits in the file."""
        row = None if position is None else int(self.row_numbers[position])
        return Place(file=self.file, sheet=self.sheet, row=row, column=column)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """A guarded file read into tables of text.

    Attributes:
        file: display name.
        sha256: of the bytes as given.
        size: bytes as given.
        encoding: what it was decoded as, '' for workbooks.
        tables: every table found, in order; empty ones included.
        issues: what reading noticed (hidden sheets, odd bytes), none of them fatal.
        modified_at: Unix seconds from the archive or the browser, where known.
    """

    file: str
    sha256: str
    size: int
    encoding: str
    tables: tuple[SheetTable, ...]
    issues: tuple[Issue, ...] = ()
    modified_at: int | None = None


# ------------------------------------------------------------- columns


class Kind(StrEnum):
    """What the cells of a column are, which decides how they are read.

    The typed column (a pandas series, index 0..n-1) is:
        TEXT, ID, CODE, URL, LABEL: `str`, '' where empty
        COUNT: Int64 (whole numbers), MONEY: Int64 minor units, SHARE: Float64 0 to 1,
        NUMBER: Float64, SECONDS: Float64, DAY: Int64 day number,
        INSTANT: Int64 Unix seconds UTC, FLAG: boolean; pd.NA where not known.
    """

    TEXT = "text"
    ID = "id"  # ids of other systems: text, damage by spreadsheets is flagged
    CODE = "code"
    URL = "url"
    LABEL = "label"  # one of few words, for instance a status
    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    NUMBER = "number"
    SECONDS = "seconds"
    DAY = "day"
    INSTANT = "instant"
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that a format knows.

    Attributes:
        field: our name for it.
        headers: spellings met, any language; compared without case, accents of spacing,
            non-breaking spaces and a trailing colon.
        kind: how cells are read.
        required: the format is not itself without it.
        words: for the mapper: what it is, in a few words.
    """

    field: str
    headers: tuple[str, ...]
    kind: Kind
    required: bool = False
    words: str = ""


class State(StrEnum):
    """How sure the reading of a column is."""

    PROVEN = "proven"
    AMBIGUOUS = "ambiguous"  # two readings fit all values: ask
    CONTRADICTORY = "contradictory"  # no reading fits all values: rows are set aside


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """A data row that cannot be stored, with the reason and the remedy."""

    position: int  # data row, from 0
    column: str  # header as written, '' for the whole row
    code: str
    what: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedColumn:
    """A column read as its kind.

    Attributes:
        values: as `Kind` says; missing where the cell is empty, masked or a problem.
        state: how sure the reading is.
        convention: the reading chosen, in words for people (`decimal comma`, `day first`).
        choices: when ambiguous, the readings that fit: convention -> example in words.
        problems: cells that no reading fits.
        masked: positions of cells such as `<5`, known to be small but not how small.
        is_rounded: values were written rounded (`1.2K`).
        currency: ISO code the cells themselves carry, '' where none.
    """

    values: pd.Series
    state: State = State.PROVEN
    convention: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[RowProblem, ...] = ()
    masked: tuple[int, ...] = ()
    is_rounded: bool = False
    currency: str = ""


# ------------------------------------------------------------- questions


class Ask(StrEnum):
    """What only a person can know. The question's text is written in one place."""

    CURRENCY = "currency"
    ZONE = "zone"
    ACCOUNT = "account"  # handle of the TikTok account
    CAMPAIGN = "campaign"  # which campaign the file belongs to
    VIDEO = "video"  # which video the comments belong to
    EXPORT_DAY = "export_day"  # the day the file was exported
    PERIOD = "period"  # first and last day, 'YYYY-MM-DD/YYYY-MM-DD'
    DAY_ORDER = "day_order"  # day first or month first
    DECIMAL = "decimal"  # decimal point or comma
    LABEL_SHIFT = "label_shift"  # overlapping exports label the same days differently
    ENCODING = "encoding"
    GRAIN = "grain"  # mapper: what one row is
    MAPPING = "mapping"  # mapper: which column is what
    SHOP = "shop"  # name of the shop, where several use one system


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to ask, with the evidence beside it.

    Attributes:
        ask: what is asked.
        key: which column or table it is about, '' for the file; answers are kept by (ask, key).
        sentence: the question in plain words.
        evidence: sample values or facts that help to answer.
        choices: value -> words; empty means free text.
        suggestion: the value to preselect, '' for none. A suggestion is never taken silently.
        remembered: an earlier answer for this source, taken and shown.
    """

    ask: Ask
    key: str = ""
    sentence: str
    evidence: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    suggestion: str = ""
    remembered: bool = False


Answers = Mapping[tuple[Ask, str], str]


# ------------------------------------------------------------- formats


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What surrounds the store can tell a format before anything is written.

    Attributes:
        now: Unix seconds, injected.
        file: display name of the file.
        modified_at: of the file, where known.
        answers: what people answered, also earlier for the same source.
        customer_key: pseudonym of an e-mail address (keyed hash); '' for an empty one.
        person_key: pseudonym of any other person's id or name.
        account_days: handle -> what is known of the account, one row per day, for telling whether
            labels moved: day, views, likes, comments, shares, followers, viewers.
        video_handles: video id -> handle, for videos already known.
        closed_before: orders made before this instant (Unix seconds) are closed and not taken in again;
            None where none are.
    """

    now: int
    file: str
    modified_at: int | None
    answers: Answers
    customer_key: Callable[[str], str]
    person_key: Callable[[str], str]
    account_days: Callable[[str], pd.DataFrame]
    video_handles: Callable[[Sequence[str]], Mapping[str, str]]
    closed_before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTable:
    """A recognised table with its columns read.

    Attributes:
        table: the text it came from.
        columns: field -> typed column, only for fields found.
        headers: field -> header as written.
        kept: positions of the data rows that are data (totals, repeats and blanks are out).
        ignored: reason -> number of rows (`totals row`, `blank`, `repeated header`).
        known: what surrounds the store knows.
        beside: spreadsheet row of a ragged row that is no data (a totals row one cell longer than
            the header, a footnote) -> reason; the other ragged rows are set aside.
    """

    table: SheetTable
    columns: Mapping[str, TypedColumn]
    headers: Mapping[str, str]
    kept: np.ndarray
    ignored: Mapping[str, int]
    known: Known
    beside: Mapping[int, str] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Return whether the file has this field."""
        return name in self.columns

    def values(self, name: str) -> pd.Series:
        """Return the values of a field for the kept rows, index = position in the table."""
        return self.columns[name].values.iloc[self.kept]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a file says, ready to be stored.

    Attributes:
        tables: table name (`stat`, `shop_order`, …) -> frame whose columns are columns of that
            table (without id and batch_id) and whose missing values are pd.NA/None.
        problems: rows that could not become facts.
        issues: warnings about the whole.
        questions: what must be asked before these facts may be stored; when not empty the
            frames may be incomplete.
        as_of: Unix seconds of the export, and how that is known (file | name | modified | upload | stated).
        first_day, last_day: period covered (day numbers), None where it has none.
        account: handle, where the file is one account's.
        currency, zone: where they apply.
        rows: how many kept data rows became facts (the rest are problems).
        ignored: reason -> rows left out on purpose (added to the totals and blanks of the table).
        checks: control sums: label -> (stated, computed) as text, for the receipt.
    """

    tables: Mapping[str, pd.DataFrame]
    problems: tuple[RowProblem, ...] = ()
    issues: tuple[Issue, ...] = ()
    questions: tuple[Question, ...] = ()
    as_of: int
    as_of_from: str
    first_day: int | None = None
    last_day: int | None = None
    account: str = ""
    currency: str = ""
    zone: str = ""
    rows: int
    ignored: Mapping[str, int] = field(default_factory=dict)
    checks: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """One kind of export, declared: how it is recognised, which columns, what the rows mean.

    Attributes:
        name: stable, snake case; also the folder of its sample under tests/exports.
        label: as people call it, for instance `Shopify orders`.
        system: whose export it is.
        grain: what one row is.
        how_to_export: where to click to get it.
        columns: the columns it may have.
        forbidden: header spellings that prove it is something else.
        provenance: platform | shop | analytics | typed | estimated.
        is_mapped: offered in the column mapper instead of being recognised.
        recognise: extra proof beyond the required columns, for instance a preamble; returns
            whether the table may be this format.
        build: the facts of a typed table.
        apart: of several tables of one file, the columns to read of each (field -> index), so that
            nothing is stated twice; by default all of all.
        sheets: `one` reads each table alone; `all` hands every table of the file to `build_file`.
    """

    name: str
    label: str
    system: str
    grain: str
    how_to_export: str
    columns: tuple[Column, ...]
    forbidden: tuple[str, ...] = ()
    provenance: str = "platform"
    is_mapped: bool = False
    version: int = 1
    recognise: Callable[[SheetTable], bool] = field(default=lambda _table: True)
    build: Callable[[TypedTable], Facts]
    apart: Callable[[Sequence[tuple[SheetTable, Mapping[str, int]]]], Sequence[Mapping[str, int]]] = field(
        default=lambda tables: [matched for _, matched in tables]
    )
