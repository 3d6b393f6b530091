"""What erasing would remove, in words that a marketer knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.entry.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS = {
    "video": "video",
    "stat": "row of figures",
    "collaboration": "collaboration",
    "promo_code": "code",
    "tracking_link": "tagged link",
    "note": "note",
    "creator_decision": "decision",
    "experiment": "experiment",
    "check_in_record": "check-in",
    "shared_link": "shared link",
    "shop_order": "order",
    "comment": "comment",
    "app_event": "app event",
}
_PLURALS = {"row of figures": "rows of figures"}


def foreseen_words(removed: Mapping[str, int], struck: int) -> str:
    """Return what would go, the kinds that people know first.

    Args:
        removed: rows by table.
        struck: texts in which a name would be struck out.
    """
    parts = [_said(removed[name], word) for name, word in _WORDS.items() if removed.get(name)]
    rest = sum(count for name, count in removed.items() if name not in _WORDS)
    if rest:
        parts.append(counted(rest, "other row"))
    if struck:
        parts.append(f"a name in {counted(struck, 'text')}")
    if not parts:
        return "Nothing of it is stored here."
    return f"This would erase {', '.join(parts)}."


def _said(count: int, word: str) -> str:
    if word in _PLURALS:
        return f"{count:,} {word if count == 1 else _PLURALS[word]}"
    return counted(count, word)
