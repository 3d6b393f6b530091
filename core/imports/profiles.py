"""Column mappings that people confirmed, remembered by the header of the file."""

from __future__ import annotations

import hashlib
import json
import time
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select

from core.imports.frames import table_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A confirmed mapping.

    Attributes:
        fingerprint: of the header it was confirmed for.
        name: the file it was first used for.
        grain: name of the mapped format.
        mapping: field -> column label, as `column_labels` gives them.
    """

    fingerprint: str
    name: str
    grain: str
    mapping: Mapping[str, str]


def fingerprint(header: Sequence[str]) -> str:
    """Return what tells one shape of file from another: its headers in order, spelling of case aside."""
    plain = [" ".join(unicodedata.normalize("NFKC", text).casefold().split()) for text in header]
    return hashlib.sha256("\x1f".join(plain).encode()).hexdigest()[:32]


def column_labels(header: Sequence[str]) -> tuple[str, ...]:
    """Return one different label per column: the header as written, numbered where it repeats or is empty."""
    labels: list[str] = []
    for position, text in enumerate(header, start=1):
        base = text.strip() or f"(column {position}, no header)"
        label, repeat = base, 2
        while label in labels:
            label, repeat = f"{base} ({repeat})", repeat + 1
        labels.append(label)
    return tuple(labels)


def saved_profiles(connection: Connection) -> dict[str, Profile]:
    """Return every confirmed mapping by fingerprint."""
    table = table_of("mapping_profile")
    return {
        row.fingerprint: Profile(
            fingerprint=row.fingerprint, name=row.name, grain=row.grain, mapping=json.loads(row.mapping)
        )
        for row in connection.execute(select(table))
    }


def save_profile(connection: Connection, profile: Profile, who: str) -> None:
    """Keep a mapping, replacing an earlier one for the same header."""
    table = table_of("mapping_profile")
    forget_profile(connection, profile.fingerprint)
    connection.execute(
        insert(table).values(
            fingerprint=profile.fingerprint,
            name=profile.name,
            grain=profile.grain,
            mapping=json.dumps(dict(profile.mapping), ensure_ascii=False),
            who=who,
            at=int(time.time()),
        )
    )


def forget_profile(connection: Connection, header_fingerprint: str) -> None:
    """Forget a mapping, so that the next file of that shape is asked about again."""
    table = table_of("mapping_profile")
    connection.execute(delete(table).where(table.c.fingerprint == header_fingerprint))
