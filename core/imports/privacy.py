"""What of a row that is set aside may be kept: figures yes, people no."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from core.imports.model import Column, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

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
_EMAIL = re.compile(r"[^\s@<>\"',;:()]+@[^\s@<>\"',;:()]+\.[^\s@<>\"',;:()]+")
_PHONE = re.compile(r"(?<![\w+])(?:\+|00)[1-9][\d\s().\-/]{6,}\d")
_FIGURES = frozenset({Kind.COUNT, Kind.MONEY, Kind.SHARE, Kind.NUMBER, Kind.SECONDS, Kind.FLAG})
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
    if among_people and kind in _FIGURES and _A_WORD.search(cell):
        return HIDDEN
    return without_people(cell)
