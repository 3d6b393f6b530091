"""Headers made comparable: two spellings of one header have one key."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[\s\u200b\u200e\u200f\ufeff]+")


def header_key(header: str) -> str:
    """Return a header for comparing: without case, odd spaces, braces, quotes and a trailing colon."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return _SPACES.sub(" ", text).strip(" {}\"'").rstrip(": ").strip()
