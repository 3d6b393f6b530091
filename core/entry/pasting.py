"""Rows pasted from a spreadsheet or a mail: found apart, columns named, nothing lost.

The values stay text; the service that stores them reads and checks them.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from core.entry.forms import Remark, remark
from core.keys import handle_key, plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_ROWS = 5_000


class PasteKind(StrEnum):
    """What the pasted rows are."""

    CREATORS = "creators"
    COLLABORATIONS = "collaborations"
    CODES = "codes"
    PEOPLE = "people"  # creators and what was agreed with them, in one row each


_OF_KIND: Mapping[PasteKind, Mapping[str, tuple[str, ...]]] = {
    PasteKind.CREATORS: {
        "handle": (
            "handle",
            "tiktok",
            "tiktok handle",
            "username",
            "account",
            "profile",
            "profile link",
            "url",
        ),
        "name": ("name", "creator", "creator name", "full name", "display name"),
        "followers": ("followers", "follower count", "audience"),
        "followers_day": ("followers day", "followers date", "followers as of", "as of", "date"),
        "niche": ("niche", "category", "topic", "vertical"),
        "country": ("country", "market", "location"),
    },
    PasteKind.COLLABORATIONS: {
        "handle": ("handle", "creator", "tiktok", "tiktok handle", "username", "account"),
        "fee": ("fee", "price", "cost", "amount", "payment", "rate"),
        "currency": ("currency", "ccy"),
        "deliverables": ("deliverables", "videos", "number of videos", "posts"),
        "due_day": ("due", "due day", "due date", "deadline", "delivery date"),
        "notes": ("notes", "note", "comment", "remarks"),
    },
    PasteKind.CODES: {
        "code": ("code", "promo code", "discount code", "coupon", "coupon code", "voucher"),
        "handle": ("handle", "creator", "tiktok", "tiktok handle", "username", "account"),
        "first_day": ("first day", "from", "valid from", "start", "start date"),
        "last_day": ("last day", "to", "until", "valid to", "valid until", "end", "end date", "expires"),
        "video": ("video", "video id", "asset"),
    },
}
COLUMNS: Mapping[PasteKind, Mapping[str, tuple[str, ...]]] = {
    **_OF_KIND,
    PasteKind.PEOPLE: {
        **_OF_KIND[PasteKind.CREATORS],
        **{
            name: headings
            for name, headings in _OF_KIND[PasteKind.COLLABORATIONS].items()
            if name != "handle"  # a column "creator" beside the handle is a name
        },
    },
}
"""Field -> headings met, by kind; the order is that of a paste without headings."""

REQUIRED: Mapping[PasteKind, str] = {
    PasteKind.CREATORS: "handle",
    PasteKind.COLLABORATIONS: "handle",
    PasteKind.CODES: "code",
    PasteKind.PEOPLE: "handle",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What a paste holds.

    Attributes:
        kind: what the rows are.
        has_header: whether the first line named the columns.
        fields: the columns found, in order; '' is a column that we do not know.
        rows: one mapping of field -> text for each line that can be used.
        remarks: what could not be used, by line of the paste (row 0 is the first line).
    """

    kind: PasteKind
    has_header: bool
    fields: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...] = field(default=())
    remarks: tuple[Remark, ...] = field(default=())


def parse_pasted(text: str, kind: PasteKind) -> Pasted:
    """Return the rows of a paste, tab-, semicolon- or comma-separated, with or without headings.

    Args:
        text: as it came from the clipboard.
        kind: what the rows are; decides the column names.
    """
    lines = cells_of_paste(text)
    first = next((number for number, cells in lines if any(cells)), None)
    if first is None:
        return Pasted(kind=kind, has_header=False, fields=())
    filled = [(number, cells) for number, cells in lines if any(cells)]
    named = _named(filled[0][1], kind)
    fields = named or tuple(COLUMNS[kind])
    body = filled[1:] if named else filled
    remarks = _unknown_columns(filled[0], fields) if named else []
    rows: list[Mapping[str, str]] = []
    met: dict[str, int] = {}
    for number, cells in body[:MOST_ROWS]:
        row = _row(fields, cells)
        problem = _too_many(number, cells, fields) or _lacking(kind, number, row, met)
        if problem:
            remarks.append(problem)
        else:
            rows.append(row)
    if len(body) > MOST_ROWS:
        what = f"The paste has {len(body):,} rows; the first {MOST_ROWS:,} were taken."
        remarks.append(
            remark("", "too-many-rows", what, "Paste the others afterwards.", row=body[MOST_ROWS][0])
        )
    return Pasted(kind=kind, has_header=bool(named), fields=fields, rows=tuple(rows), remarks=tuple(remarks))


def cells_of_paste(text: str) -> list[tuple[int, list[str]]]:
    """Return line number (from 0) and trimmed cells of every record."""
    body = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    reader = csv.reader(io.StringIO(body), delimiter=_separator(body), skipinitialspace=True)
    records: list[tuple[int, list[str]]] = []
    start = 0
    csv.field_size_limit(max(csv.field_size_limit(), len(body) + 1))
    for cells in reader:
        records.append((start, [plain_text(cell) for cell in cells]))
        start = reader.line_num
    return records


def _separator(text: str) -> str:
    """Return what parts the cells: a tab if there is one, else what the first line holds."""
    if "\t" in text:
        return "\t"
    first = next((line for line in text.splitlines() if line.strip()), "")
    return ";" if first.count(";") > first.count(",") or (";" in first and "," not in first) else ","


def _named(cells: Sequence[str], kind: PasteKind) -> tuple[str, ...]:
    """Return the field of each cell if the line names columns, else nothing.

    A line is a heading when it names the column that every row needs, and is not data itself.
    """
    by_heading = {heading: name for name, headings in COLUMNS[kind].items() for heading in headings}
    found: list[str] = []
    for cell in cells:
        name = by_heading.get(cell.casefold().rstrip(":*").replace("_", " ").strip(), "")
        found.append("" if name in found else name)
    known = [name for name in found if name]
    if REQUIRED[kind] in known and len(known) * 2 >= len([cell for cell in cells if cell]):
        return tuple(found)
    return ()


def _unknown_columns(line: tuple[int, Sequence[str]], fields: Sequence[str]) -> list[Remark]:
    number, cells = line
    return [
        remark(
            "",
            "unknown-column",
            f'The column "{cell}" is not used.',
            "Nothing to do if you do not need it.",
            row=number,
        )
        for cell, name in zip(cells, fields, strict=True)
        if cell and not name
    ]


def _row(fields: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(fields, cells, strict=False) if name and cell}


def _too_many(number: int, cells: Sequence[str], fields: Sequence[str]) -> Remark | None:
    """Return why a line that is longer than the others cannot be used, None if it is not."""
    if not any(cells[len(fields) :]):
        return None
    what = f'This line has {len(cells)} cells; there are {len(fields)} columns: "{" | ".join(cells)[:80]}".'
    fix = "Put an amount with a comma in quotes, or paste from the sheet."
    return remark("", "too-many-cells", what, fix, row=number)


def _lacking(kind: PasteKind, number: int, row: Mapping[str, str], met: dict[str, int]) -> Remark | None:
    """Return why a line without its key, or with that of another line, cannot be used; None if it can."""
    needed = REQUIRED[kind]
    if needed not in row:
        return remark(
            needed, "missing-field", f"This line has no {needed}.", f"Add the {needed}.", row=number
        )
    if kind is PasteKind.CODES:
        return None  # the same code may stand twice, for different days
    key = handle_key(row[needed]) or row[needed].casefold()
    if key in met:
        what = f'"{row[needed]}" is already on line {met[key] + 1} of the paste.'
        return remark(needed, "repeated-row", what, "Keep one of the two lines.", row=number)
    met[key] = number
    return None
