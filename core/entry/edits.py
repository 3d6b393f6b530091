"""Edits made in a table on screen: added, changed and deleted rows, applied all or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from core.entry.forms import EntryError, Remark
from core.errors import Place, PlumblineError

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableEdits:
    """What a person did to a table.

    Attributes:
        added: new rows, field -> value as typed.
        changed: id of the row -> changed fields only.
        deleted: ids of the rows taken out.
        versions: id -> version that was on screen, for every changed or deleted row of a
            table whose rows have versions.
    """

    added: Sequence[Row] = ()
    changed: Mapping[int, Row] = field(default_factory=dict)
    deleted: Sequence[int] = ()
    versions: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What applying edits did.

    Attributes:
        added: ids of the new rows, in the order given.
        changed: how many rows were changed.
        deleted: how many rows were taken out.
    """

    added: tuple[int, ...] = ()
    changed: int = 0
    deleted: int = 0

    @property
    def sentence(self) -> str:
        """Return what happened in words."""
        counts = ((len(self.added), "added"), (self.changed, "changed"), (self.deleted, "removed"))
        parts = [f"{count:,} {word}" for count, word in counts if count]
        return ", ".join(parts) + "." if parts else "Nothing was changed."


def edits_of_table(
    state: Mapping[str, object], ids: Sequence[int], versions: Sequence[int] = ()
) -> TableEdits:
    """Return the edits that an editable table on screen reports.

    Args:
        state: `edited_rows` (position -> changed fields), `added_rows`, `deleted_rows` (positions).
        ids: id of the row at each position.
        versions: version of the row at each position; empty where rows have none.
    """
    edited, added, deleted = (state.get(name) for name in ("edited_rows", "added_rows", "deleted_rows"))
    gone = {int(position) for position in deleted} if isinstance(deleted, list) else set()
    changed = {
        ids[int(position)]: row
        for position, row in (edited.items() if isinstance(edited, Mapping) else ())
        if int(position) not in gone and row
    }
    new = [
        row
        for row in (added if isinstance(added, list) else [])
        if any(cell not in (None, "") for cell in row.values())
    ]
    return TableEdits(
        added=new,
        changed=changed,
        deleted=[ids[position] for position in sorted(gone)],
        versions=dict(zip(ids, versions, strict=True)) if versions else {},
    )


def apply_each(
    edits: TableEdits,
    *,
    remove: Callable[[int], None],
    change: Callable[[int, Row], None],
    add: Callable[[Row], int],
) -> Applied:
    """Return what was done: rows removed, then changed, then added.

    Every row is tried, so that all problems are said at once; the caller's transaction
    takes everything back when there is one.

    Raises:
        EntryError: one remark for each problem of each row.
    """
    remarks: list[Remark] = []
    added: list[int] = []
    is_only = len(edits.added) + len(edits.changed) + len(edits.deleted) == 1
    for number in edits.deleted:
        remarks += _problems(partial(remove, number), row_id=number)
    for number, values in edits.changed.items():
        remarks += _problems(partial(change, number, values), row_id=number)
    for position, values in enumerate(edits.added):
        remarks += _problems(partial(_append, added, add, values), row=position, is_only=is_only)
    if remarks:
        raise EntryError(remarks)
    return Applied(added=tuple(added), changed=len(edits.changed), deleted=len(edits.deleted))


def _append(added: list[int], add: Callable[[Row], int], values: Row) -> None:
    added.append(add(values))


def _problems(
    work: Callable[[], None], *, row: int | None = None, row_id: int | None = None, is_only: bool = False
) -> list[Remark]:
    """Return what is wrong with one row; nothing if its work was done.

    The only row of a form needs no number in its message.
    """
    try:
        work()
    except EntryError as error:
        return [_placed(remark, row, row_id, is_only=is_only) for remark in error.remarks]
    except PlumblineError as error:
        return [_placed(Remark(field="", issue=error.issue), row, row_id, is_only=is_only)]
    return []


def _placed(remark: Remark, row: int | None, row_id: int | None, *, is_only: bool) -> Remark:
    """Return the remark with its row, counted from 1 in the message."""
    places = remark.issue.places or ((Place(row=row + 1),) if row is not None and not is_only else ())
    return replace(remark, row=row, row_id=row_id, issue=replace(remark.issue, places=places))


def merged(before: Row, changes: Row) -> dict[str, object]:
    """Return a row as it would be typed after changes; a cell that was emptied becomes ''."""
    return {**before, **{name: "" if value is None else value for name, value in changes.items()}}


def version_of(edits: TableEdits, number: int) -> int:
    """Return the version that was on screen; an unknown one matches no row."""
    return edits.versions.get(number, -1)
