"""Columns of ids and links: text, with the damage that spreadsheets do to long numbers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.imports.cells.cleaning import is_blank_word, is_tidy, unquoted, visible
from core.imports.cells.distinct import Fault, distinct, spread
from core.imports.cells.numeric import shorten
from core.imports.cells.quick import has_safe_ids
from core.imports.model import State, TypedColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_EXPONENT = re.compile(r"^\d(?:[.,]\d+)?[eE]\+?\d{2}$")
_DECIMAL_TAIL = re.compile(r"^(\d+)\.0+$")
_EXACT_DIGITS = 15  # what a spreadsheet or a float keeps of a whole number
_DAMAGED_SHARE = 0.9
_FIRST_VIDEO = int(datetime(2014, 1, 1, tzinfo=UTC).timestamp())  # musical.ly ids are as old
_ID_IN_URL = (
    re.compile(r"/(?:video|photo|v|embed(?:/v\d+)?|player/v1)/(\d{15,20})(?!\d)"),
    re.compile(r"[?&](?:share_)?item_id=(\d{15,20})(?!\d)"),
    re.compile(r"[?&](?:aweme_id|video_id|item_id|modal_id)=(\d{15,20})(?!\d)"),
    re.compile(r"tiktok\.com/(?:@[^/?#]+/)?(\d{17,20})(?!\d)"),
)
_BARE_ID = re.compile(r"^\d{15,20}$")


def read_ids(values: pd.Series, *, header: str = "") -> TypedColumn:
    """Return ids as text without what Excel put around them; '' where empty or damaged.

    Damage (`7.41E+18`, digits rounded away) is a problem with the code `id-damaged`: such an id must
    not be joined on.
    """
    if has_safe_ids(values):
        return TypedColumn(values=values.astype("str"))
    cells = distinct(values, str)
    texts = [text if is_tidy(text) and text.isdigit() else _bare(text) for text in cells.texts]
    faults = {index: _damaged(cells.texts[index]) for index, text in enumerate(texts) if _is_cut(text)}
    rounded = _rounded([text for index, text in enumerate(texts) if index not in faults])
    faults |= {
        index: _damaged(cells.texts[index])
        for index, text in enumerate(texts)
        if rounded and index not in faults and _is_long(text)
    }
    kept = {index: "" if index in faults else _whole(text) for index, text in enumerate(texts)}
    return TypedColumn(
        values=spread(cells, kept, "str") if texts else values.astype("str"),
        state=State.CONTRADICTORY if faults else State.PROVEN,
        problems=cells.problems(faults, header),
    )


def read_words(values: pd.Series) -> TypedColumn:
    """Return codes, links and labels as text, trimmed; '' where the cell says nothing."""
    cells = distinct(values, str)
    kept = {
        index: text if is_tidy(text) and text[:1].isdigit() else _trimmed(text)
        for index, text in enumerate(cells.texts)
    }
    return TypedColumn(values=spread(cells, kept, "str") if kept else values.astype("str"))


def video_id_of(text: str) -> str:
    """Return TikTok's id of the video that a link or bare id names; '' when it names none.

    Short links (`vm.tiktok.com/…`, `/t/…`) hold no id and give ''.
    """
    bare = unquoted(visible(text))
    if _BARE_ID.match(bare):
        return bare
    for pattern in _ID_IN_URL:
        found = pattern.search(bare)
        if found:
            return found.group(1)
    return ""


def handle_of(text: str) -> str:
    """Return the handle in a profile or video link, or of `@Name`: lower case, without @; '' without one."""
    bare = visible(text)
    found = re.search(r"tiktok\.com/@([\w.]{1,40})", bare) or re.fullmatch(r"@?([\w.]{1,40})", bare)
    return found.group(1).casefold() if found else ""


def posted_from_id(video_id: str, *, now: int | None = None) -> int | None:
    """Return the upload time in an id (Unix seconds UTC), None if it is not a plausible one.

    The upper 32 bits of a TikTok id are the second of its upload.
    """
    if not _BARE_ID.match(video_id):
        return None
    seconds = int(video_id) >> 32
    latest = int(datetime.now(tz=UTC).timestamp()) if now is None else now
    return seconds if _FIRST_VIDEO <= seconds <= latest + 86_400 else None


def _bare(text: str) -> str:
    return "" if is_blank_word(text) else unquoted(visible(text)).strip("\"'")


def _trimmed(text: str) -> str:
    return "" if is_blank_word(text) else " ".join(text.split())


def _is_cut(text: str) -> bool:
    """Return whether one cell alone shows that digits are lost."""
    tail = _DECIMAL_TAIL.match(text)
    return bool(_EXPONENT.match(text)) or bool(tail and len(tail.group(1)) > _EXACT_DIGITS)


def _whole(text: str) -> str:
    """Return an id without the `.0` that a float column adds; such short ids are exact."""
    tail = _DECIMAL_TAIL.match(text)
    return tail.group(1) if tail else text


def _is_long(text: str) -> bool:
    return len(text) > _EXACT_DIGITS and text.isdigit()


def _rounded(texts: Sequence[str]) -> bool:
    """Return whether the long ids of a column were all rounded by a float or a spreadsheet.

    A float keeps multiples of 1024 at 19 digits, a spreadsheet fifteen digits and then zeros; by
    chance that happens to one id in a thousand, or in ten thousand.
    """
    long_ids = [text for text in texts if _is_long(text) and len(text) >= 18]
    if not long_ids:
        return False
    zeros = sum(set(text[_EXACT_DIGITS:]) == {"0"} for text in long_ids)
    if zeros > _DAMAGED_SHARE * len(long_ids):
        return True
    steps = sum(int(text) % (1024 if len(text) >= 19 else 128) == 0 for text in long_ids)
    return len(long_ids) > 1 and steps > _DAMAGED_SHARE * len(long_ids)


def _damaged(text: str) -> Fault:
    return Fault(
        code="id-damaged",
        what=f'The id "{shorten(text)}" has lost its last digits, as spreadsheets do to long numbers.',
        fix="Export the file again and upload it without opening it in a spreadsheet first.",
    )
