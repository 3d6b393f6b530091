"""How codes, handles and links are compared: one key per thing, the writing itself is kept.

Two files rarely write the same thing the same way. Whatever joins orders, clicks and
videos to creators compares these keys and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

_HANDLE = re.compile(r"(?=.*\w)[\w.]{1,30}")
_SEPARATOR = "|"
_NOTHING = frozenset({"(not set)", "(none)", "(direct)", "not set"})


def plain_text(text: str) -> str:
    """Return the text in one Unicode form, without marks that nobody sees, single spaces, trimmed."""
    folded = unicodedata.normalize("NFKC", text)
    seen = "".join(
        sign for sign in folded if sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf"}
    )
    return " ".join(seen.split())


def _settled(text: str, step: Callable[[str], str]) -> str:
    """Return the text after the step changes it no more, so that a key of a key is the key."""
    for _ in range(12):  # each decoding shortens the text; twelve is far beyond any redirect chain
        once = step(text)
        if once == text:
            break
        text = once
    return text


def code_key(code: str) -> str:
    """Return how a promo code is compared: one Unicode form, trimmed, upper case.

    Args:
        code: as written in a shop or by a person; '' gives ''.
    """
    return _settled(code, lambda text: plain_text(plain_text(text).upper()))


def link_part(text: str) -> str:
    """Return how one UTM value is compared: decoded, trimmed, lower case, single spaces.

    Args:
        text: as written in a link or an analytics export; `(not set)` and its like give ''.
    """
    plain = _settled(text, _decode_once)
    return "" if plain in _NOTHING else plain


def _decode_once(text: str) -> str:
    decoded = unquote_plus(text, errors="replace").replace(_SEPARATOR, " ")
    return plain_text(plain_text(decoded).lower())


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
    plain = plain_text(text)
    if "/" in plain:
        plain = _handle_in_address(plain)
    handle = plain.removeprefix("@").lower()
    return handle if _HANDLE.fullmatch(handle) else ""


def _handle_in_address(address: str) -> str:
    """Return the part of a TikTok address that names the account, '' where none does."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address.lstrip('/')}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if host != "tiktok.com" and not host.endswith(".tiktok.com"):
        return ""
    first = parts.path.strip("/").split("/")[0]
    return first if first.startswith("@") else ""
