"""What a cell says once spreadsheets, keyboards and scripts are looked through."""

from __future__ import annotations

import re
import unicodedata

# How exports write "not known". None of these is ever zero.
_MISSING = frozenset(
    [
        "-",
        "--",
        "---",
        "–",
        "—",
        "―",
        "−",
        ".",
        "..",
        "...",
        "?",
        "n/a",
        "#n/a",
        "#n/a!",
        "na",
        "n.a.",
        "n.a",
        "nan",
        "null",
        "none",
        "nil",
        "undefined",
        "unknown",
        "(blank)",
        "(none)",
        "(null)",
        "n.d.",
        "nd",
        "k.a.",
        "s/d",
        "\\n",
        "--%",
        "-%",
        "–%",
        "—%",
        "#value!",
        "#ref!",
        "#div/0!",
        "#name?",
        "#null!",
        "#num!",
        "#calc!",
        "#spill!",
        "#getting_data",
        "inf",
        "-inf",
        "infinity",
        "∞",
    ]
) | {"", "(not set)", "(not provided)", "not available", "no data"}
# For ids, codes and labels only what can be nothing else: NA may be Namibia.
_BLANK_WORDS = frozenset(
    {"-", "--", "---", "–", "—", "n/a", "#n/a", "undefined", "(not set)", "#ref!", "#value!"}
)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_SPACES = re.compile(r"\s+")
_LIKE_ASCII = str.maketrans(
    {
        "−": "-", "–": "-", "—": "-", "﹣": "-", "－": "-", "‑": "-", "‐": "-",
        "％": "%", "٪": "%", "﹪": "%", "，": ",", "．": ".", "٫": ".", "٬": "'", "＋": "+",
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "＇": "'", "（": "(", "）": ")", "＜": "<",
        "：": ":", "／": "/", "＄": "$", "￥": "¥", "￦": "₩", "￡": "£",
    }
)  # fmt: skip


def is_tidy(text: str) -> bool:
    """Return whether a text surely needs no cleaning; quick, for long columns."""
    return (
        text.isascii() and text.isprintable() and text[:1].isalnum() and text[-1:] != " " and "  " not in text
    )


def visible(text: str) -> str:
    """Return the text without marks that nobody sees, spaces collapsed and trimmed."""
    if is_tidy(text):
        return text
    if text.isascii():
        return _SPACES.sub(" ", text).strip()
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def is_missing(text: str) -> bool:
    """Return whether a number or date cell says "not known"."""
    if text[:1].isdigit():
        return False
    return not text or (len(text) < 40 and visible(text).casefold() in _MISSING)


def is_blank_word(text: str) -> bool:
    """Return whether the cell of an id, code or label says nothing."""
    return len(text) < 40 and visible(text).casefold() in _BLANK_WORDS


def unquoted(text: str) -> str:
    """Return the text without what protects it from Excel: a leading apostrophe or `="…"`."""
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        return text[2:-1]
    return text.removeprefix("'")


def plain(text: str) -> str:
    """Return a number or date cell in ASCII digits and signs, for reading only."""
    if is_tidy(text):
        return text
    text = unquoted(visible(text))
    if text.isascii():
        return text
    text = text.translate(_LIKE_ASCII)
    return "".join(_ascii_digit(sign) for sign in text)


def _ascii_digit(sign: str) -> str:
    """Return the ASCII digit for a digit of any script; superscripts stay what they are."""
    value = unicodedata.decimal(sign, None) if not sign.isascii() else None
    return sign if value is None else str(value)
