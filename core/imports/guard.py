"""The first look at an upload: what it is by its bytes, whether name, content and size agree.

Nothing is parsed here beyond first bytes and archive directories, and nothing is written to disk.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from core.errors import Place, PlumblineError, refusal
from core.imports.limits import MEGABYTE, Limits, setting


class Form(StrEnum):
    """What kind of file this is, which decides who reads it."""

    TEXT = "text"
    JSON = "json"
    WORKBOOK = "workbook"
    ARCHIVE = "archive"
    GZIP = "gzip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """A file that may be read.

    Attributes:
        file: name to show: no folders, no control signs, at most 120 characters.
        form: what it is.
    """

    file: str
    form: Form


_TEXT_ENDINGS = frozenset({"csv", "tsv", "txt", "tab"})
_JSON_ENDINGS = frozenset({"json", "jsonl", "ndjson"})
_BOOK_ENDINGS = frozenset({"xlsx", "xlsm", "xls"})
ENDINGS = (
    *sorted(_TEXT_ENDINGS - {"tab"}),
    *sorted(_BOOK_ENDINGS - {"xlsm"}),
    *sorted(_JSON_ENDINGS),
    "zip",
    "csv.gz",
)
_LONGEST_NAME = 120
_DEEPEST = 4  # folders and name that are shown of a file in an archive
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"SQLite format 3\0", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"bplist", "a property list of a Mac"),
    (b"ID3", "a sound file"),
    (b"\x1aE\xdf\xa3", "a video"),
)
_HTML = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table|script|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"^\s*<\?xml|^\s*<[A-Za-z][\w:.-]*[\s>]")


def guard(name: str, data: bytes, limits: Limits, *, inside: str = "") -> Guarded:
    """Return what an upload is.

    Args:
        name: as the browser or the archive gives it; used for its ending and for show only.
        data: all bytes.
        limits: sizes to hold.
        inside: display name of the archive that the file came from, '' for an upload.

    Raises:
        PlumblineError: `file-empty`, `file-too-large`, `file-type`, `file-disguised`, `workbook-locked`,
            `archive-nested`.
    """
    file = f"{inside}/{member_name(name)}" if inside else display_name(name)
    place = Place(file=file)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0" if len(data) < 10_000 else b""):
        raise refusal("file-empty", "The file is empty.", "Export it again and upload the new copy.", place)
    if len(data) > limits.file_mb * MEGABYTE:
        raise refusal(
            "file-too-large",
            f"The file has {len(data) / MEGABYTE:,.0f} MB; {limits.file_mb} MB is the most.",
            f"Export a shorter period. {setting('file_mb')}",
            place,
        )
    ending = ending_of(name)
    form = _form(data, ending, place)
    if inside and form in {Form.ARCHIVE, Form.GZIP}:
        raise refusal(
            "archive-nested",
            "The archive holds another archive.",
            "Unpack it and upload the files, or one archive with the files in it.",
            place,
        )
    return Guarded(file=file, form=form)


def display_name(name: str) -> str:
    """Return a file name fit to show: no folders, control or direction signs, at most 120 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(
        sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    )
    shown = " ".join(shown.split()) or "file"
    if len(shown) <= _LONGEST_NAME:
        return shown
    stem, dot, ending = shown.rpartition(".")
    keep = _LONGEST_NAME - len(ending) - 2
    return f"{stem[:keep]}…{dot}{ending}" if dot and len(ending) <= 8 else shown[: _LONGEST_NAME - 1] + "…"


def member_name(name: str) -> str:
    """Return the name of a file in an archive fit to show, its folders kept and made harmless.

    Nothing is ever written under it; it tells the files of two accounts apart.
    """
    parts = [part for part in re.split(r"[/\\]", name) if part.strip(" .")]
    shown = [display_name(part) for part in parts[-_DEEPEST:]]
    return "/".join(shown) or display_name(name)


def ending_of(name: str) -> str:
    """Return the ending of a file name in lower case without the dot, '' without one."""
    shown = display_name(name).casefold()
    return shown.rpartition(".")[2] if "." in shown else ""


def _form(data: bytes, ending: str, place: Place) -> Form:
    """Return the form of a file whose name and bytes agree."""
    if ending not in _TEXT_ENDINGS | _JSON_ENDINGS | _BOOK_ENDINGS | {"zip", "gz"}:
        raise _wrong_type(ending, looks_like(data), place)
    if data.startswith(_OLE):
        return _old_container(data, ending, place)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_container(data, ending, place)
    if data.startswith(b"\x1f\x8b"):
        return _agree(Form.GZIP, "a compressed file (gzip)", ending == "gz", ending, place)
    other = looks_like(data)
    if other:
        raise _disguised(other, ending, place)
    if ending in _JSON_ENDINGS:
        return Form.JSON
    is_text = ending in _TEXT_ENDINGS
    return _agree(Form.TEXT, "a plain text file", is_text, ending, place)


def looks_like(data: bytes) -> str:
    """Return what the bytes are in words when they are no table at all, '' otherwise."""
    for magic, words in _MAGIC:
        if data.startswith(magic) and not (
            magic in {b"BM", b"MZ", b"ID3"} and data[:200].isascii() and b"\0" not in data[:200]
        ):
            return words
    head = data[:1000].removeprefix(b"\xef\xbb\xbf")
    if data[4:8] == b"ftyp":
        return "a video or picture of a phone"
    if data[:4] == b"RIFF":
        return "a sound, video or picture file"
    if _HTML.match(head):
        return "a web page, perhaps an error or log-in page"
    if _XML.match(head):
        return "an XML document"
    if b"\0" in head and not _is_wide_text(data):
        return "not text: its bytes are those of a program or a damaged file"
    return ""


def _is_wide_text(data: bytes) -> bool:
    """Return whether zero bytes come from a two-byte encoding."""
    head = data[:1000]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return max(head[0::2].count(0), head[1::2].count(0)) > 0.4 * len(head) / 2


def _old_container(data: bytes, ending: str, place: Place) -> Form:
    """Return the form of a file in Microsoft's old container: an .xls, or a locked workbook."""
    if "EncryptedPackage".encode("utf-16-le") in data[:200_000] + data[-200_000:]:
        raise refusal(
            "workbook-locked",
            "The workbook is protected by a password.",
            "Open it, save a copy without a password, and upload that.",
            place,
        )
    is_book = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))
    if not is_book:
        raise _disguised("an old Office document", ending, place)
    return _agree(Form.WORKBOOK, "an old Excel workbook (.xls)", ending == "xls", ending, place)


def _zip_container(data: bytes, ending: str, place: Place) -> Form:
    """Return the form of a file that is a ZIP inside: a workbook or an archive."""
    if b"xl/workbook" in data:
        return _agree(Form.WORKBOOK, "an Excel workbook (.xlsx)", ending in {"xlsx", "xlsm"}, ending, place)
    for mark, words in (
        (b"word/", "a Word document"),
        (b"ppt/", "a PowerPoint presentation"),
        (b"mimetypeapplication/vnd.oasis", "an OpenDocument file"),
    ):
        if mark in data[:4000] or mark in data[-4000:]:
            raise _disguised(words, ending, place)
    return _agree(Form.ARCHIVE, "a ZIP archive", ending == "zip", ending, place)


def _agree(form: Form, words: str, is_named_so: bool, ending: str, place: Place) -> Form:  # noqa: FBT001  (the claim reads as one)
    if not is_named_so:
        raise _disguised(words, ending, place)
    return form


def _disguised(words: str, ending: str, place: Place) -> PlumblineError:
    return refusal(
        "file-disguised",
        f"The file is called .{ending}, but it is {words}.",
        "Export it again as CSV or XLSX, or give the file its right ending, and upload it.",
        place,
    )


def _wrong_type(ending: str, words: str, place: Place) -> PlumblineError:
    what = (
        f"Files ending in .{ending[:12]} cannot be read" if ending else "The file has no ending such as .csv"
    )
    return refusal(
        "file-type",
        f"{what}{f'; this one is {words}' if words else ''}.",
        f"Upload one of these: {', '.join('.' + each for each in ENDINGS)}.",
        place,
    )
