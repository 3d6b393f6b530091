"""Text from people and files, shown as typed.

Streamlit reads markdown in nearly every label; a caption with an image in it would
load from elsewhere. Whatever a person or file wrote goes through `plain` first.
"""

from __future__ import annotations

import re

# ASCII punctuation that markdown, its tables, Streamlit's colour and icon directives
# or its LaTeX could read as more than a character.
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&\"'])")
_UNSEEN = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# Where markdown would see an address and make it a link: it looks for `://`, `www.` and
# `name@host` in the finished text, where a backslash no longer stands. A character that
# is not seen and takes no room keeps the parts apart.
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=[\w.+-]@)(?=\w)", re.IGNORECASE)
_JOINER = "\u2060"


def plain(text: object, *, longest: int = 200) -> str:
    """Return text that markdown shows exactly as typed, on one line, shortened if very long."""
    words = " ".join(_UNSEEN.sub("", str(text)).split())
    if len(words) > longest:
        words = words[: longest - 1] + "…"
    return _SPECIAL.sub(r"\\\1", _ADDRESS.sub(_JOINER, words))
