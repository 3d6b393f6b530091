"""Removing rows, and striking names out of texts, in whatever tables there are.

Tables are looked up by the columns they have, so that a table added later is covered
without a word here: whatever carries a `campaign_id`, a `handle` or a `video_id` goes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import String, and_, delete, false, func, or_, select, true, update

from core.store.tables import Base

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import ColumnElement, Connection, Table

    from core.erasing.model import Trace

STRUCK = "[erased]"
_KEPT = frozenset({"workspace", "audit_entry", "import_batch"})  # headers and the record stay, without names
_AT_ONCE = 400  # values of one IN list; databases limit how many there may be
_SHORTEST = 3  # characters; shorter names would be struck out of the middle of other words
_SEARCHED = 20  # words the database is asked for; with more, every text is looked at here
_PEOPLE = ("customer_key", "person_key", "author_key")


def remove_rows(connection: Connection, trace: Trace) -> dict[str, int]:
    """Remove every row that belongs to the trace; return how many by table."""
    removed: dict[str, int] = defaultdict(int)
    orders = _orders_of(connection, trace)
    for rows in reversed(Base.metadata.sorted_tables):  # what refers to a row goes before the row
        if rows.name in _KEPT:
            continue
        for where in _conditions(rows, trace):
            _remove(connection, rows, where, removed)
        for system, order_id in orders:
            if {"system", "order_id"} <= set(rows.c.keys()):
                _remove(connection, rows, and_(rows.c.system == system, rows.c.order_id == order_id), removed)
    return {name: count for name, count in removed.items() if count}


def _orders_of(connection: Connection, trace: Trace) -> list[tuple[str, str]]:
    """Return the orders of a customer, whose lines and claims carry no pseudonym of their own."""
    orders = Base.metadata.tables["shop_order"]
    return [
        (row.system, row.order_id)
        for where in _among(orders.c.customer_key, trace.people)
        for row in connection.execute(select(orders.c.system, orders.c.order_id).where(where).distinct())
    ]


def _remove(connection: Connection, rows: Table, where: ColumnElement[bool], removed: dict[str, int]) -> None:
    """Remove rows, and first whatever refers to them."""
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is rows and other is not rows and other.name not in _KEPT:
                referred = select(key.column).where(where)
                _remove(connection, other, key.parent.in_(referred), removed)
    removed[rows.name] += connection.execute(delete(rows).where(where)).rowcount


def _conditions(rows: Table, trace: Trace) -> Iterator[ColumnElement[bool]]:
    """Give what to remove from a table, as far as its columns can tell."""
    columns = rows.c
    own = {"campaign": trace.campaign_ids, "creator": trace.creator_ids}.get(rows.name)
    if own:
        yield columns.id.in_(own)
    for name, values in (
        ("campaign_id", trace.campaign_ids),
        ("creator_id", trace.creator_ids),
        ("handle", trace.handles),
        ("video_id", trace.video_ids),
        ("link_key", trace.link_keys),
        *((name, trace.people) for name in _PEOPLE),
    ):
        if name in columns:
            yield from _among(columns[name], values)
    if "subject" in columns and "subject_kind" in columns:
        yield from _subjects(rows, trace)
    if rows.name == "order_claim":
        for values in (trace.codes, trace.link_keys, trace.handles):
            yield from _among(columns.key, values)


def _subjects(rows: Table, trace: Trace) -> Iterator[ColumnElement[bool]]:
    columns = rows.c
    for kinds, values in (
        (("video",), trace.video_ids),
        (("account", "shop_creator"), trace.handles),
        (("link", "web"), trace.link_keys),
    ):
        for where in _among(columns.subject, values):
            yield and_(columns.subject_kind.in_(kinds), where)
    if "campaign_hint" in columns and trace.campaign_ids:
        for where in _among(func.lower(columns.campaign_hint), {word.lower() for word in trace.words}):
            yield where


def _among(column: ColumnElement[str], values: Collection[object]) -> Iterator[ColumnElement[bool]]:
    listed = sorted(values, key=str)
    for start in range(0, len(listed), _AT_ONCE):
        yield column.in_(listed[start : start + _AT_ONCE])


# ------------------------------------------------------------- texts


def strike_out(connection: Connection, trace: Trace) -> int:
    """Replace names of the trace in every text that is left; return how many texts changed."""
    words = sorted({word for word in trace.words if len(word) >= _SHORTEST}, key=len, reverse=True)
    words += sorted(trace.video_ids)
    if not words:
        return 0
    return sum(
        _strike_out_of(connection, rows, words[start : start + _AT_ONCE])
        for rows in Base.metadata.sorted_tables
        for start in range(0, len(words), _AT_ONCE)
        if rows.name != "workspace"
    )


def _strike_out_of(connection: Connection, rows: Table, words: list[str]) -> int:
    names = [column for column in rows.columns if _is_text(column) and _is_free(column)]
    keys = list(rows.primary_key.columns)
    if not names:
        return 0
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), re.IGNORECASE)
    likely = or_(
        *(
            func.lower(column).contains(word.lower(), autoescape=True)
            for column in names
            for word in words[:_SEARCHED]
        ),
        false() if len(words) <= _SEARCHED else true(),
    )
    changed = 0
    for row in connection.execute(select(*keys, *names).where(likely)).mappings().all():
        new = {name.key: pattern.sub(STRUCK, row[name.key] or "") for name in names}
        differing = {key: text for key, text in new.items() if text != (row[key] or "")}
        if differing:
            here = and_(*(key == row[key.key] for key in keys))
            connection.execute(update(rows).where(here).values(differing))
            changed += len(differing)
    return changed


def _is_text(column: ColumnElement[str]) -> bool:
    return isinstance(getattr(column.type, "impl", column.type), String)


def _is_free(column: ColumnElement[str]) -> bool:
    """Return whether a column holds words: keys and references are removed with their rows."""
    return not getattr(column, "primary_key", False) and not getattr(column, "foreign_keys", None)


def empty_headers(connection: Connection, trace: Trace) -> int:
    """Take the names off imports of which nothing is left, and drop their rejected rows.

    The number, the digest and the counts of an import stay for the record.
    """
    batches = Base.metadata.tables["import_batch"]
    mine = or_(
        false(),
        *_among(batches.c.campaign_id, trace.campaign_ids),
        *_among(batches.c.account, trace.handles),
    )
    found = [int(number) for number in connection.execute(select(batches.c.id).where(mine)).scalars()]
    for rows in Base.metadata.sorted_tables:
        if "batch_id" in rows.c:
            for where in _among(rows.c.batch_id, found):
                connection.execute(delete(rows).where(where))
    for where in _among(batches.c.id, found):
        connection.execute(
            update(batches)
            .where(where)
            .values(
                file_name=STRUCK, account="", campaign_id=None, answers="{}", receipt="{}", rows_digest=""
            )
        )
    return len(found)
