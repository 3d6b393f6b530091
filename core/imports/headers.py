"""Headers made comparable: two spellings of one header have one key."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"[\s\u200b\u200e\u200f\ufeff]+")


@lru_cache(maxsize=4096)
def header_key(header: str) -> str:
    """Return a header for comparing: without case, odd spaces, braces, quotes and a trailing colon."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return _SPACES.sub(" ", text).strip(" {}\"'").rstrip(": ").strip()
