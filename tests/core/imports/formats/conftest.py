"""Files written in a test, read the whole way to facts."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.imports.formats import FORMATS
from core.imports.model import Answers, Facts, Known
from core.imports.reading import read_file
from core.imports.recognise import recognise
from core.imports.typing_columns import type_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ACCOUNT_DAYS = ("day", "views", "likes", "comments", "shares", "followers", "viewers")


def instant(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def pseudonym(text: str) -> str:
    return hashlib.sha256(f"test:{text}".encode()).hexdigest()[:32] if text else ""


@pytest.fixture
def facts_of() -> Callable[..., Facts]:
    """Return a function that reads one file of one table and returns its facts."""

    def read(
        name: str,
        content: str | bytes,
        *,
        answers: Answers | None = None,
        now: str = "2026-11-22T12:00",
        modified: str | None = None,
        stored: pd.DataFrame | None = None,
        handles: Mapping[str, str] | None = None,
        expected: str = "",
    ) -> Facts:
        data = content.encode() if isinstance(content, str) else content
        (text,) = read_file(name.rsplit("/", 1)[-1], data)
        (table,) = text.tables
        known = Known(
            now=instant(now),
            file=name,
            modified_at=instant(modified) if modified else None,
            answers=answers or {},
            customer_key=pseudonym,
            person_key=pseudonym,
            account_days=lambda _handle: (
                pd.DataFrame(columns=ACCOUNT_DAYS, dtype="Int64") if stored is None else stored
            ),
            video_handles=lambda videos: {
                one: (handles or {})[one] for one in videos if one in (handles or {})
            },
        )
        found = recognise(table, FORMATS)
        assert found is not None
        assert not expected or found.format.name == expected
        typed, questions, _issues = type_table(table, found.format, found.matched, known)
        assert not questions
        return found.format.build(typed)

    return read
