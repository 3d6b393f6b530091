"""Words of people and files as every format can carry them: what is not seen is taken out, the rest stays."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

Part = TypeVar("Part")

LONGEST = 4_000
# Control characters no document format can hold, marks that turn the reading order of what
# follows around, and halves of characters that cannot be written as UTF-8.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)


def clean(text: str, *, longest: int = LONGEST) -> str:
    """Return text without what is not seen, shortened if very long."""
    words = _UNSEEN.sub("", text)
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def cleaned(part: Part) -> Part:
    """Return a report or a part of it with every text cleaned."""
    return _cleaned(part)  # type: ignore[no-any-return]


def _cleaned(part: Any) -> Any:
    if type(part) is str:  # an enum is a closed set and stays
        return clean(part)
    if isinstance(part, tuple):
        return tuple(_cleaned(one) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{one.name: _cleaned(getattr(part, one.name)) for one in fields(part)})
    return part
