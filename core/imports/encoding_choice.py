"""Which letters a file means, where its bytes leave that open: a short list with previews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import Severity
from core.imports.model import Ask, Question

if TYPE_CHECKING:
    from core.imports.model import FileText

GUESSED = "encoding-guessed"  # the issue by which reading says that the encoding is a guess
_ENCODINGS = {
    "cp1252": "Western European",
    "cp1250": "Central European",
    "cp1251": "Cyrillic",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "cp1255": "Hebrew",
    "cp1256": "Arabic",
    "cp1258": "Vietnamese",
    "cp874": "Thai",
    "shift_jis": "Japanese",
    "euc_kr": "Korean",
    "gb18030": "Chinese (simplified)",
    "big5": "Chinese (traditional)",
}
_LOOKED_AT = 500  # cells of a column that are enough to tell two encodings apart
_SHOWN = 60  # signs of a preview


def encoding_question(text: FileText, remembered: str = "") -> tuple[Question, ...]:
    """Return the question for a file's encoding, none where the bytes settle it.

    Encodings in which the file reads the same are offered once.

    Args:
        text: the file as it was read.
        remembered: what a person chose for an earlier file of the source, '' for nothing.
    """
    if not any(one.code == GUESSED and one.severity is Severity.WARNING for one in text.issues):
        return ()
    raw = _odd_cells(text)
    offered: dict[tuple[str, ...], str] = {}
    for encoding in (remembered or text.encoding, *_ENCODINGS):
        read = _read(raw, encoding)
        if read and encoding in _ENCODINGS:
            offered.setdefault(read, encoding)
    if len(offered) < 2:
        return ()
    return (
        Question(
            ask=Ask.ENCODING,
            sentence=f"Which of these looks right? The letters of {text.file} can be read in several ways.",
            evidence=tuple(cell for cell in _read(raw, text.encoding)[:3]),
            choices={
                encoding: f"{_ENCODINGS[encoding]}: {' · '.join(read)[:_SHOWN]}"
                for read, encoding in offered.items()
            },
            suggestion=next(iter(offered.values())),
        ),
    )


def _odd_cells(text: FileText) -> list[bytes]:
    """Return the bytes of different cells that hold letters beyond ASCII, headers first."""
    found: dict[bytes, None] = {}
    for table in text.tables:
        for cells in (table.header, *(column.head(_LOOKED_AT) for column in table.columns)):
            for cell in cells:
                if not str(cell).isascii():
                    try:
                        found.setdefault(str(cell).encode(text.encoding))
                    except (UnicodeEncodeError, LookupError):
                        continue  # a letter that was lost tells nothing
    return list(found)


def _read(raw: list[bytes], encoding: str) -> tuple[str, ...]:
    """Return the cells in an encoding, nothing where they do not fit it or hold control signs."""
    try:
        cells = tuple(cell.decode(encoding) for cell in raw)
    except (UnicodeDecodeError, LookupError):
        return ()
    return cells if all(sign.isprintable() or sign.isspace() for cell in cells for sign in cell) else ()
