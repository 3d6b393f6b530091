"""Whose account a TikTok Studio file is about: the files themselves rarely say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.imports.formats.export_time import handle_in_name
from core.imports.model import Ask, Question
from core.keys import handle_key

if TYPE_CHECKING:
    from core.imports.model import SheetTable, TypedTable

HOW_TO_EXPORT = (
    "In TikTok Studio on a computer, signed in as the creator: Analytics, choose the period, then "
    "“Download data” on the tab {tab}, as CSV or XLSX. Hand in the ZIP as it comes: its name holds the account and the day."
)
SYSTEM = "TikTok Studio"
_SHOWN = 3  # rows quoted as evidence


def account_of(typed: TypedTable, proven: str = "") -> tuple[str, tuple[Question, ...]]:
    """Return the handle of the account, and the question for it where nothing says it.

    Args:
        typed: the typed table.
        proven: handle that the rows themselves prove, '' where they do not.
    """
    answered = handle_key(typed.known.answers.get((Ask.ACCOUNT, ""), ""))
    handle = proven or handle_in_name(typed.known.file) or answered
    return (handle, ()) if handle else ("", (_question(typed),))


def _question(typed: TypedTable) -> Question:
    return Question(
        ask=Ask.ACCOUNT,
        sentence="Whose TikTok account is this file about? TikTok does not write the handle into it.",
        evidence=first_rows(typed.table),
    )


def first_rows(table: SheetTable) -> tuple[str, ...]:
    """Return the header and the first rows in one line each, to recognise a file by."""
    head = " · ".join(cell.strip("\ufeff ") for cell in table.header)
    rows = range(min(_SHOWN, table.row_count))
    return (head, *(" · ".join(str(column.iloc[row])[:40] for column in table.columns) for row in rows))
