"""Bytes to text: byte order mark, else strict UTF-8, else the likeliest old encoding.

Runs in the child process: standard library, and chardet only when it is needed.
"""

from __future__ import annotations

import codecs
import re

from core.errors import refusal
from core.imports.rawtable import Noticed

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_SURE = 0.8
_LATIN_1 = frozenset({"latin-1", "latin1", "iso-8859-1", "iso8859-1", "iso-8859-15", "iso8859-15"})
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_ODD_SHARE = 0.6


def decode(data: bytes, encoding: str = "") -> tuple[str, str, list[Noticed]]:
    """Return the text, the encoding it was read as, and what was noticed.

    Args:
        data: the bytes of a text file.
        encoding: what a person chose; '' decides by the bytes.

    Raises:
        PlumblineError: `encoding-wrong` when the chosen encoding does not fit, `nul-bytes` when the
            file holds bytes that no text has.
    """
    noticed: list[Noticed] = []
    if encoding:
        try:
            text, used = data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            raise refusal(
                "encoding-wrong",
                f"The file is not text in the encoding {encoding}.",
                "Choose another encoding, or save the file as UTF-8 and upload it again.",
            ) from None
    else:
        text, used, noticed = _decode(data)
    if "\0" in text:
        raise refusal(
            "nul-bytes",
            "The file is damaged: it holds zero bytes, which no text file has.",
            "Export the file again and upload the new copy.",
        )
    return text.removeprefix("\ufeff"), used, noticed


def _decode(data: bytes) -> tuple[str, str, list[Noticed]]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _marked(data, name)
    wide = _wide_without_mark(data)
    if wide:
        return data.decode(wide, errors="replace"), wide, []
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        return _not_utf8(data)


def _marked(data: bytes, name: str) -> tuple[str, str, list[Noticed]]:
    """Return the text of a file whose first bytes name its encoding."""
    try:
        return data.decode(name), name, []
    except UnicodeDecodeError:
        text = data.decode(name, errors="replace")
        return text, name, [_damaged(text)]


def _wide_without_mark(data: bytes) -> str:
    """Return the name of a two-byte encoding that lacks its mark, '' for any other."""
    head = data[:2000]
    if len(head) < 4 or b"\0" not in head:
        return ""
    even, odd = head[0::2].count(0) / (len(head) / 2), head[1::2].count(0) / (len(head) / 2)
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.1 else ""


def _not_utf8(data: bytes) -> tuple[str, str, list[Noticed]]:
    """Return the text of a file that is not valid UTF-8: slightly damaged, or an older encoding."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    intact = sum(not sign.isascii() for sign in text[:_SAMPLE]) - broken
    if intact > 4 * broken:
        return text, "utf-8", [_damaged(text)]
    import chardet

    found = chardet.detect(data[:_SAMPLE])
    name = str(found.get("encoding") or "cp1252")
    confidence = float(found.get("confidence") or 0)
    if name.lower() in _LATIN_1 or (confidence < _SURE and _is_western(data[:_SAMPLE])):
        name = "cp1252"  # what nearly everybody means by Latin-1, with € and curly quotes
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        name, text, confidence = "cp1252", data.decode("cp1252", errors="replace"), 0.0
    noticed = Noticed(
        code="encoding-guessed",
        severity="note" if confidence >= _SURE else "warning",
        what=f"The file is not UTF-8; its letters were read as {name}.",
        fix="If names or captions look wrong, choose another encoding.",
    )
    return text, name, [noticed]


def _is_western(sample: bytes) -> bool:
    """Return whether odd letters are few within their words, as in `Größe` and unlike in Cyrillic."""
    words: list[bytes] = [word for word in _WORD.findall(sample) if not word.isascii()]
    odd = sum(sign >= 0x80 for word in words for sign in word)
    return odd < _ODD_SHARE * sum(len(word) for word in words)


def _damaged(text: str) -> Noticed:
    count = text.count("\ufffd")
    return Noticed(
        code="letters-damaged",
        severity="warning",
        what=f"{count} letter{'s' if count != 1 else ''} of the file could not be read and show as \ufffd.",
        fix="If it matters, export the file again.",
    )
