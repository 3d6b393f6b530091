"""What of a row that is set aside may be kept: figures yes, people no."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from core.imports.model import Column, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_PERSONAL_WORDS = frozenset(
    {
        "email",
        "mail",
        "phone",
        "mobile",
        "customer",
        "buyer",
        "recipient",
        "receiver",
        "address",
        "street",
        "author",
        "person",
        "user",
        "username",
        "nickname",
        "ip",
        "idfa",
        "idfv",
        "gaid",
        "device",
        "billing",
        "firstname",
        "attributes",
        "tags",
        "note",
        "notes",
        "message",
        "lastname",
        "fullname",
        "surname",
        "zip",
        "postcode",
        "commenter",
        "owner",
    }
)
_PERSONAL_HEADER = re.compile(
    r"e-?mail|phone|billing|shipping (name|street|address|city)|customer|recipient|address|advertising id|"
    r"idfa|idfv|\bip\b|first name|last name|username|nickname",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^\s@<>\"',;:()/]+@[^\s@<>\"',;:()]+\.[^\s@<>\"',;:()]+")
_PHONE = re.compile(r"(?<![\w+])(?:\+|00)[1-9][\d\s().\-/]{6,}\d")
_FIGURES = frozenset({Kind.COUNT, Kind.MONEY, Kind.SHARE, Kind.NUMBER, Kind.SECONDS, Kind.FLAG})
_DATES = frozenset({Kind.DAY, Kind.INSTANT})
_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')
_A_WORD = re.compile(r"[^\W\d_]{4,}")
HIDDEN = "(text, not kept)"


def is_personal(column: Column) -> bool:
    """Return whether a column says who somebody is; such a cell is never written down as it stands."""
    words = set(re.split(r"[_\W]+", column.field.lower()))
    return bool(words & _PERSONAL_WORDS) or any(_PERSONAL_HEADER.search(text) for text in column.headers[:3])


def has_people(headers: Iterable[str]) -> bool:
    """Return whether a table carries columns about people, by its headers."""
    return any(_PERSONAL_HEADER.search(header) for header in headers)


def without_people(text: str) -> str:
    """Return the text with e-mail addresses and phone numbers taken out."""
    plain = unicodedata.normalize("NFKC", text)
    if not (_EMAIL.search(plain) or _PHONE.search(plain)):
        return text
    return _PHONE.sub("(phone number)", _EMAIL.sub("(e-mail address)", plain))


def cell_to_keep(cell: str, kind: Kind, *, among_people: bool) -> str:
    """Return what may be kept of the cell of a row that was set aside.

    Args:
        cell: as written.
        kind: what the column should hold.
        among_people: whether the table has columns about people. In such a table a word where a
            figure belongs may be somebody's name that slipped over by one column.
    """
    has_word = among_people and bool(_A_WORD.search(cell))
    if has_word and (kind in _FIGURES or (kind in _DATES and not _A_YEAR.search(cell))):
        return HIDDEN
    return without_people(cell)


def without_quotes(sentence: str, allowed: Collection[str]) -> str:
    """Return a sentence that quotes no cell; it may have quoted only the beginning of one.

    Args:
        sentence: about a row that holds somebody's details.
        allowed: what may go on being quoted, for instance headers.
    """

    def unquoted(found: re.Match[str]) -> str:
        return found.group(0) if (found.group(1) or found.group(2)) in allowed else HIDDEN

    return _QUOTED.sub(unquoted, sentence)
