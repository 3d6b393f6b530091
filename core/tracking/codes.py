"""Promo codes: whose they are, from when to when, and what becomes of orders that carry them.

Every change counts the orders again that carry the code, also those imported long ago.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, Select, delete, false, func, select, update

from core.access import Action, may, require
from core.entry.edits import Applied, Row, TableEdits, apply_each, merged
from core.entry.forms import entry_error, read_form
from core.errors import refusal
from core.keys import code_key, handle_key
from core.rollups import Touched, rebuild
from core.rollups.touched import MANY_ORDERS
from core.store.written import add_row, row_of, table
from core.tracking.model import CodeForm, PromoCode
from core.units import day_of, write_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.store.engine import Store

_FIELDS = ("code", "creator_id", "first_day", "last_day", "video_id")


def list_codes(store: Store, *, campaign_id: int | None = None) -> tuple[PromoCode, ...]:
    """Return promo codes by their key.

    Args:
        store: where to read.
        campaign_id: those of a campaign, and the sitewide ones for readers who see every
            campaign; None returns all, for those alone.
    """
    require(store.principal, Action.READ, campaign_id)
    codes = table("promo_code")
    query = _codes()
    if campaign_id is not None:
        sitewide = codes.c.campaign_id.is_(None) if may(store.principal, Action.READ) else false()
        query = query.where((codes.c.campaign_id == campaign_id) | sitewide)
    with store.reading() as connection:
        rows = (
            connection.execute(query.order_by(codes.c.code_key, codes.c.first_day, codes.c.id))
            .mappings()
            .all()
        )
        orders = orders_by_code(connection, {row["code_key"] for row in rows})
    return tuple(_code(row, orders.get(row["code_key"], 0)) for row in rows)


def _codes() -> Select[Any]:
    codes, creators, handles = (table(name) for name in ("promo_code", "creator", "creator_handle"))
    main = select(func.max(handles.c.handle)).where(
        handles.c.creator_id == codes.c.creator_id, handles.c.is_main
    )
    return select(codes, creators.c.name.label("creator"), main.scalar_subquery().label("handle")).outerjoin(
        creators, creators.c.id == codes.c.creator_id
    )


def _code(row: RowMapping, orders: int) -> PromoCode:
    first, last = row["first_day"], row["last_day"]
    return PromoCode(
        code_id=row["id"],
        is_sitewide=row["kind"] == "sitewide",
        creator=row["creator"] or "",
        handle=row["handle"] or "",
        first_day=None if first is None else day_of(first),
        last_day=None if last is None else day_of(last),
        orders=orders,
        **{name: row[name] for name in ("code", "code_key", "campaign_id", "creator_id", "video_id")},
    )


def orders_by_code(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """Return how many orders in the imported files carry each code."""
    claims = table("order_claim")
    one = func.count(func.distinct(claims.c.system + "/" + claims.c.order_id))
    query = select(claims.c.key, one).where(claims.c.kind == "code", claims.c.key.in_(list(keys)))
    found = {row[0]: int(row[1]) for row in connection.execute(query.group_by(claims.c.key))}
    closed = table("closed_credit")
    sums = select(closed.c.key, func.sum(closed.c.credits)).group_by(closed.c.key)
    for key, orders in connection.execute(
        sums.where(closed.c.evidence == "code", closed.c.key.in_(list(keys)))
    ):
        found[key] = found.get(key, 0) + int(orders)
    return found


def add_code(store: Store, campaign_id: int | None, values: Row) -> int:
    """Return the id of a new code; orders that carry it are credited from now on and back in time.

    Args:
        store: where to write.
        campaign_id: the campaign; None for a sitewide code of the whole workspace.
        values: the fields of `CodeForm` as typed, or `handle` instead of `creator_id`.

    Raises:
        EntryError: `code-overlaps`, `unknown-creator`, `no-owner`, and what the form finds.
    """
    return apply_code_edits(store, campaign_id, TableEdits(added=[values])).added[0]


def edit_code(store: Store, campaign_id: int | None, code_id: int, values: Row) -> None:
    """Change the given fields of a code.

    Raises:
        EntryError: as `add_code`, and `not-found`.
    """
    apply_code_edits(store, campaign_id, TableEdits(changed={code_id: values}))


def remove_code(store: Store, campaign_id: int | None, code_id: int) -> None:
    """Remove a code; its orders are listed as carrying an unknown code again."""
    apply_code_edits(store, campaign_id, TableEdits(deleted=[code_id]))


def apply_code_edits(store: Store, campaign_id: int | None, edits: TableEdits) -> Applied:
    """Return what was done; all edits are applied, or none, and the orders counted again.

    Raises:
        EntryError: with a remark for each row that cannot be kept.
    """
    require(store.principal, Action.PLAN, campaign_id)
    keys: set[str] = set()
    detail: dict[str, object] = {"campaign": campaign_id}
    with store.writing("promo codes changed", "", detail) as connection:
        if campaign_id is not None:
            row_of(connection, "campaign", campaign_id, "campaign")
        done = apply_each(
            edits,
            remove=lambda number: _remove(connection, campaign_id, number, keys),
            change=lambda number, values: _change(connection, campaign_id, number, values, keys),
            add=lambda values: _add(connection, campaign_id, values, keys),
        )
        _count_again(connection, campaign_id, keys)
        detail |= {"done": done.sentence, "codes": sorted(keys)}
    return done


def _remove(connection: Connection, campaign_id: int | None, number: int, keys: set[str]) -> None:
    keys.add(str(_own(connection, campaign_id, number)["code_key"]))
    codes = table("promo_code")
    connection.execute(delete(codes).where(codes.c.id == number))


def _change(
    connection: Connection, campaign_id: int | None, number: int, values: Row, keys: set[str]
) -> None:
    before = _own(connection, campaign_id, number)
    typed = {name: before[name] for name in _FIELDS} | {"is_sitewide": before["kind"] == "sitewide"}
    if values.get("is_sitewide"):
        typed["creator_id"] = None
    form = _read(connection, merged(typed, values))
    _require_free(connection, form, but=number)
    keys.update((str(before["code_key"]), code_key(form.code)))
    codes = table("promo_code")
    connection.execute(update(codes).where(codes.c.id == number).values(_columns(form)))


def _add(connection: Connection, campaign_id: int | None, values: Row, keys: set[str]) -> int:
    form = _read(connection, values)
    if campaign_id is None and not form.is_sitewide:
        raise entry_error(
            "creator_id", "no-campaign", "A creator's code needs a campaign.", "Choose the campaign."
        )
    _require_free(connection, form)
    keys.add(code_key(form.code))
    return add_row(connection, "promo_code", _columns(form) | {"campaign_id": campaign_id})


def _columns(form: CodeForm) -> dict[str, object]:
    kind = "sitewide" if form.is_sitewide else "creator"
    return form.model_dump(exclude={"is_sitewide"}) | {"kind": kind, "code_key": code_key(form.code)}


def _read(connection: Connection, values: Row) -> CodeForm:
    """Return the form of a row that names its creator by id or by handle, and its video by any name."""
    typed = dict(values)
    written = str(typed.pop("handle", None) or "")
    if "video" in typed:
        typed["video_id"] = typed.pop("video")
    if written:
        handles = table("creator_handle")
        query = select(handles.c.creator_id).where(handles.c.handle == handle_key(written))
        typed["creator_id"] = connection.execute(query).scalar()
        if typed["creator_id"] is None:
            what = f'No creator has the handle "{written}".'
            raise entry_error(
                "handle", "unknown-creator", what, "Add the creator first, then paste the row again."
            )
    form = read_form(CodeForm, typed)
    if form.creator_id is not None:
        row_of(connection, "creator", form.creator_id, "creator")
    return form


def _own(connection: Connection, campaign_id: int | None, number: int) -> RowMapping:
    """Return a code of this campaign; one of another campaign is not found."""
    row = row_of(connection, "promo_code", number, "promo code")
    if row["campaign_id"] != campaign_id:
        raise refusal("not-found", "This code belongs to another campaign.", "Edit it there.")
    return row


def _require_free(connection: Connection, form: CodeForm, but: int | None = None) -> None:
    """Do nothing unless the same code is somebody else's on one of these days."""
    codes = table("promo_code")
    for row in connection.execute(_codes().where(codes.c.code_key == code_key(form.code))).mappings():
        if row["id"] == but or not _overlap(form, row):
            continue
        owner = "nobody (sitewide)" if row["kind"] == "sitewide" else f'"{row["creator"]}"'
        raise entry_error(
            "code",
            "code-overlaps",
            f'"{form.code}" already belongs to {owner} {_days_in_words(row)}.',
            "An order must have one owner: choose other days or another code, or edit the one that is there.",
        )


def _overlap(form: CodeForm, row: RowMapping) -> bool:
    starts_before_end = form.first_day is None or row["last_day"] is None or form.first_day <= row["last_day"]
    ends_after_start = form.last_day is None or row["first_day"] is None or form.last_day >= row["first_day"]
    return starts_before_end and ends_after_start


def _days_in_words(row: RowMapping) -> str:
    first, last = (
        None if row[name] is None else write_day(day_of(row[name])) for name in ("first_day", "last_day")
    )
    if first and last:
        return f"from {first} to {last}"
    return f"from {first} on" if first else f"until {last}" if last else "without end"


def _count_again(connection: Connection, campaign_id: int | None, keys: set[str]) -> None:
    """Rebuild the credit of every order that carries one of these codes."""
    claims = table("order_claim")
    query = select(claims.c.system, claims.c.order_id).distinct()
    query = query.where(claims.c.kind == "code", claims.c.key.in_(list(keys)))
    found = frozenset((row.system, row.order_id) for row in connection.execute(query.limit(MANY_ORDERS + 1)))
    orders = found if len(found) <= MANY_ORDERS else None
    campaigns = frozenset() if campaign_id is None else frozenset({campaign_id})
    rebuild(connection, Touched(orders=orders, campaigns=campaigns))
