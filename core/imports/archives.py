"""ZIP and gzip read in memory, their directory checked before a byte is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.errors import Place, PlumblineError, refusal
from core.imports.guard import member_name
from core.imports.limits import MEGABYTE, Limits, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCK = 1 << 20
_RATIO_FROM = 10 * MEGABYTE
_IGNORED = re.compile(r"(?:^|/)(?:__MACOSX/|\.(?!\.?/)|Thumbs\.db$|desktop\.ini$)")
_ENTITY = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file out of an archive.

    Attributes:
        name: its name in the archive, fit to show.
        data: its bytes.
        modified_at: as the archive states it, read as UTC; None where it states none.
    """

    name: str
    data: bytes
    modified_at: int | None


def unpack_zip(data: bytes, file: str, limits: Limits) -> tuple[Member, ...]:
    """Return the files of an archive, without those that systems add.

    Raises:
        PlumblineError: `archive-damaged`, `archive-locked`, `archive-empty`, `archive-too-many`,
            `archive-too-large`.
    """
    place = Place(file=file)
    entries = _entries(data, place)
    useful = [
        entry
        for entry in entries
        if not entry.is_dir() and not _IGNORED.search(entry.filename.replace("\\", "/"))
    ]
    if not useful:
        raise refusal(
            "archive-empty", "The archive holds no files.", "Export it again and upload the new copy.", place
        )
    if len(useful) > limits.members:
        raise refusal(
            "archive-too-many",
            f"The archive holds {len(useful)} files; {limits.members} is the most.",
            f"Upload it in parts. {setting('members')}",
            place,
        )
    _check_sizes(useful, len(data), limits, place)
    left = limits.unpacked_mb * MEGABYTE
    members = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in useful:
            unpacked = _read_entry(archive, entry, left, limits, place)
            left -= len(unpacked)
            name = member_name(entry.filename)
            members.append(Member(name=name, data=unpacked, modified_at=_modified(entry)))
    return tuple(members)


def check_workbook(data: bytes, file: str, limits: Limits) -> int:
    """Return the size of a workbook once unpacked, after checking that it is a harmless one.

    Raises:
        PlumblineError: `archive-damaged`, `workbook-too-many-parts`, `workbook-hostile`,
            `archive-too-large`, `archive-locked`.
    """
    place = Place(file=file)
    entries = _entries(data, place)
    if len(entries) > limits.parts:
        raise refusal(
            "workbook-too-many-parts",
            f"The workbook is made of {len(entries)} parts; {limits.parts} is the most.",
            f"Copy the sheet with the export into a new workbook and upload that. {setting('parts')}",
            place,
        )
    _check_sizes(entries, len(data), limits, place)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")) and _ENTITY.search(_head(archive, entry, place)):
                raise refusal(
                    "workbook-hostile",
                    "The workbook holds definitions that no spreadsheet program writes.",
                    "Open it, save it again as .xlsx, and upload that.",
                    place,
                )
    return sum(entry.file_size for entry in entries)


def unpack_gzip(data: bytes, file: str, limits: Limits) -> bytes:
    """Return the bytes of a gzip file, never more than the limit.

    Raises:
        PlumblineError: `archive-damaged`, `archive-too-large`.
    """
    place = Place(file=file)
    most = limits.unpacked_mb * MEGABYTE
    parts: list[bytes] = []
    total, rest = 0, data
    while rest:
        unpacker = zlib.decompressobj(wbits=31)
        pending = rest
        try:
            while not unpacker.eof:
                part = unpacker.decompress(pending, _BLOCK)
                pending = unpacker.unconsumed_tail
                total += len(part)
                parts.append(part)
                if total > most or (total > _RATIO_FROM and total > limits.ratio * len(data)):
                    raise _too_large(limits, place)
                if not part and not pending and not unpacker.eof:
                    raise _damaged(place)
        except zlib.error:
            raise _damaged(place) from None
        rest = unpacker.unused_data.lstrip(b"\0")
    return b"".join(parts)


def _entries(data: bytes, place: Place) -> list[zipfile.ZipInfo]:
    """Return the directory of an archive; locked archives are refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError):
        raise _damaged(place) from None
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise refusal(
            "archive-locked",
            "The archive is protected by a password.",
            "Unpack it and upload the files in it.",
            place,
        )
    return entries


def _check_sizes(entries: Sequence[zipfile.ZipInfo], packed: int, limits: Limits, place: Place) -> None:
    """Raise if the directory announces more than may be unpacked."""
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked_mb * MEGABYTE or (total > _RATIO_FROM and total > limits.ratio * packed):
        raise _too_large(limits, place)


def _read_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, limits: Limits, place: Place
) -> bytes:
    """Return the bytes of one member; a directory that lies about sizes is found out here."""
    inner = Place(file=f"{place.file}/{member_name(entry.filename)}")
    try:
        with archive.open(entry) as part:
            data = part.read(min(most, entry.file_size) + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError):
        raise _damaged(inner) from None
    if len(data) > most or len(data) > entry.file_size:
        raise _too_large(limits, inner)
    return data


def _head(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Place) -> bytes:
    """Return the first kilobyte of a part."""
    try:
        with archive.open(entry) as part:
            return part.read(1024)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError):
        raise _damaged(place) from None


def _modified(entry: zipfile.ZipInfo) -> int | None:
    """Return when a member was written, None for the zero dates that TikTok's archives carry."""
    try:
        written = datetime(*entry.date_time, tzinfo=UTC)
    except ValueError:
        return None
    return int(written.timestamp()) if written.year > 1980 else None


def _damaged(place: Place) -> PlumblineError:
    return refusal(
        "archive-damaged",
        "The archive is damaged or was not downloaded completely.",
        "Export or download it again and upload the new copy.",
        place,
    )


def _too_large(limits: Limits, place: Place) -> PlumblineError:
    return refusal(
        "archive-too-large",
        f"Unpacked, this would be more than {limits.unpacked_mb} MB or {limits.ratio} times its size.",
        f"Upload the files that matter, unpacked. {setting('unpacked_mb')}",
        place,
    )
