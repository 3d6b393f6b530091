"""How codes, handles and links are compared: one key per thing, the writing itself is kept.

Two files rarely write the same thing the same way. Whatever joins orders, clicks and
videos to creators compares these keys and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote_plus, urlsplit

_HANDLE = re.compile(r"[^\W\s][\w.]{0,23}\Z")
_SEPARATOR = "|"
_NOTHING = frozenset({"(not set)", "(none)", "(direct)", "not set"})


def _plain(text: str) -> str:
    """Return the text in one Unicode form, without marks that nobody sees, trimmed."""
    folded = unicodedata.normalize("NFKC", text)
    seen = "".join(sign for sign in folded if unicodedata.category(sign) not in {"Cc", "Cf"} or sign.isspace())
    return " ".join(seen.split())


def code_key(code: str) -> str:
    """Return how a promo code is compared: one Unicode form, trimmed, upper case.

    Args:
        code: as written in a shop or by a person; '' gives ''.
    """
    return unicodedata.normalize("NFKC", _plain(code).upper())


def link_part(text: str) -> str:
    """Return how one UTM value is compared: decoded, trimmed, lower case, single spaces.

    Args:
        text: as written in a link or an analytics export; `(not set)` and its like give ''.
    """
    decoded = text
    for _ in range(3):  # a redirect may have encoded an encoded link again
        once = unquote_plus(decoded, errors="replace") if "%" in decoded else decoded.replace("+", " ")
        if once == decoded:
            break
        decoded = once
    plain = unicodedata.normalize("NFKC", _plain(decoded).lower())
    return "" if plain in _NOTHING else plain.replace(_SEPARATOR, " ")


def link_key(source: str, medium: str, campaign: str, content: str = "", term: str = "") -> str:
    """Return how a tagged link is compared: its five UTM values as one text.

    Args:
        source: utm_source as written.
        medium: utm_medium as written.
        campaign: utm_campaign as written.
        content: utm_content as written, '' where there is none.
        term: utm_term as written, '' where there is none.
    """
    return _SEPARATOR.join(link_part(part) for part in (source, medium, campaign, content, term))


def handle_key(text: str) -> str:
    """Return the TikTok handle in a text, lower case without @; '' where there is none.

    Args:
        text: `@Name`, `name`, or the address of a profile or video.
    """
    plain = _plain(text)
    if "/" in plain:
        plain = _handle_in_address(plain)
    handle = plain.removeprefix("@").strip().lower()
    return handle if _HANDLE.match(handle) else ""


def _handle_in_address(address: str) -> str:
    """Return the part of a TikTok address that names the account, '' where none does."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address.lstrip('/')}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
    if host != "tiktok.com" and not host.endswith(".tiktok.com"):
        return ""
    first = parts.path.strip("/").split("/")[0]
    return first if first.startswith("@") else ""
