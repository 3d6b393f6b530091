"""The list of creators: create, edit, list, one by one or as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from core.access import Action, require
from core.creators.model import Creator, CreatorForm, read_handle
from core.entry.edits import Applied, Row, TableEdits, apply_each, merged, version_of
from core.entry.fields import UnreadableError
from core.entry.forms import entry_error, read_form
from core.entry.words import counted
from core.errors import refusal
from core.keys import handle_key
from core.rollups import Touched, rebuild, rebuild_campaign
from core.store.written import add_row, change_row, row_of, table
from core.units import day_number, day_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from core.store.engine import Store

# ------------------------------------------------------------- reading


def list_creators(store: Store, *, campaign_id: int | None = None) -> tuple[Creator, ...]:
    """Return creators by name.

    Args:
        store: where to read.
        campaign_id: only those with a collaboration in a campaign; None returns all, for
            readers who see every campaign.
    """
    require(store.principal, Action.READ, campaign_id)
    creators, rows = table("creator"), table("collaboration")
    wanted = creators.c.id.is_not(None)
    if campaign_id is not None:
        wanted = creators.c.id.in_(select(rows.c.creator_id).where(rows.c.campaign_id == campaign_id))
    with store.reading() as connection:
        return creators_where(connection, wanted)


def get_creator(store: Store, creator_id: int, *, campaign_id: int | None = None) -> Creator:
    """Return one creator, seen from a campaign where one is named.

    Raises:
        PlumblineError: `not-found`, `not-allowed`.
    """
    found = [
        creator
        for creator in list_creators(store, campaign_id=campaign_id)
        if creator.creator_id == creator_id
    ]
    if not found:
        raise refusal(
            "not-found", "This creator is not there.", "Reload the page; somebody may have merged it."
        )
    return found[0]


def creators_where(connection: Connection, wanted: ColumnElement[bool]) -> tuple[Creator, ...]:
    """Return the creators that a condition on the creator table takes, by name."""
    creators, rows = table("creator"), table("collaboration")
    campaigns = select(func.count()).where(rows.c.creator_id == creators.c.id).scalar_subquery()
    found = connection.execute(select(creators, campaigns.label("campaigns")).where(wanted)).mappings().all()
    handles = _handles(connection)
    followers = _newest_typed(connection)
    result = [
        Creator(
            creator_id=row["id"],
            handles=handles.get(row["id"], ()),
            followers=followers.get(row["id"], (None, None))[0],
            followers_day=followers.get(row["id"], (None, None))[1],
            **{name: row[name] for name in ("name", "niche", "country", "notes", "campaigns", "version")},
        )
        for row in found
    ]
    return tuple(sorted(result, key=lambda creator: (creator.name.casefold(), creator.creator_id)))


def _handles(connection: Connection) -> dict[int, tuple[str, ...]]:
    """Return every creator's handles, the main one first."""
    rows = table("creator_handle")
    found: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(select(rows).order_by(rows.c.is_main.desc(), rows.c.handle)):
        found[row.creator_id] = (*found.get(row.creator_id, ()), row.handle)
    return found


def _newest_typed(connection: Connection) -> dict[int, tuple[int | None, date | None]]:
    rows = table("creator_followers")
    query = select(rows.c.creator_id, rows.c.followers, rows.c.day).order_by(rows.c.day)
    return {row.creator_id: (row.followers, day_of(row.day)) for row in connection.execute(query)}


# ------------------------------------------------------------- writing


def create_creator(store: Store, values: Row, *, today: date) -> int:
    """Return the id of a new creator; videos of the handle that are already known become theirs.

    Raises:
        EntryError: `handle-taken` and what the form finds.
    """
    return apply_creator_edits(store, TableEdits(added=[values]), today=today).added[0]


def edit_creator(store: Store, creator_id: int, values: Row, *, version: int, today: date) -> None:
    """Change the given fields of a creator; another main handle keeps the old one as an alias.

    Raises:
        EntryError: `handle-taken` and what the form finds.
        PlumblineError: `changed-meanwhile`, `not-found`.
    """
    edits = TableEdits(changed={creator_id: values}, versions={creator_id: version})
    apply_creator_edits(store, edits, today=today)


def delete_creator(store: Store, creator_id: int, *, version: int, today: date) -> None:
    """Remove a creator on whom nothing hangs; their videos stay, without a creator.

    Raises:
        EntryError: `creator-in-use` names what hangs on it.
    """
    edits = TableEdits(deleted=[creator_id], versions={creator_id: version})
    apply_creator_edits(store, edits, today=today)


def apply_creator_edits(store: Store, edits: TableEdits, *, today: date) -> Applied:
    """Return what was done; all edits are applied, or none.

    Args:
        store: where to write.
        edits: rows with the fields of `CreatorForm`, as typed.
        today: the day of a follower count typed without one.

    Raises:
        EntryError: with a remark for each row that cannot be kept.
    """
    require(store.principal, Action.PLAN)
    touched: set[str] = set()
    detail: dict[str, object] = {}
    with store.writing("creators changed", "", detail) as connection:
        done = apply_each(
            edits,
            remove=lambda number: _remove(connection, number, version_of(edits, number), touched),
            change=lambda number, row: touched.update(
                _change(connection, number, version_of(edits, number), row, today)
            ),
            add=lambda row: _add(connection, row, today, touched),
        )
        follow_handles(connection, touched, edits.deleted)
        detail["done"] = done.sentence
    return done


def follow_handles(connection: Connection, handles: set[str], creator_ids: Iterable[int] = ()) -> None:
    """Rebuild what depends on whose these handles are.

    Args:
        connection: in the transaction that changed them.
        handles: those that came to, or left, a creator.
        creator_ids: creators whose earlier figures may have gone to somebody else.
    """
    if not handles:
        return
    videos, sums = table("video"), table("campaign_day")
    theirs = connection.execute(select(videos.c.video_id).where(videos.c.handle.in_(handles))).scalars()
    touched = Touched(
        videos=frozenset(theirs), handles=frozenset(handles), orders=_orders_of(connection, handles)
    )
    before = select(sums.c.campaign_id).where(sums.c.creator_id.in_(list(creator_ids))).distinct()
    campaigns = list(connection.execute(before).scalars())
    rebuild(connection, touched)
    for campaign_id in campaigns:
        rebuild_campaign(connection, campaign_id)


def _orders_of(connection: Connection, handles: set[str]) -> frozenset[tuple[str, str]]:
    """Return the orders that a shop ties to one of these handles."""
    claims = table("order_claim")
    query = select(claims.c.system, claims.c.order_id).distinct()
    query = query.where(claims.c.kind == "affiliate", claims.c.key.in_(handles))
    return frozenset((row.system, row.order_id) for row in connection.execute(query))


def _add(connection: Connection, values: Row, today: date, touched: set[str]) -> int:
    form = read_form(CreatorForm, values)
    _require_free_handle(connection, form.handle, None)
    row = {
        "name": form.name or form.handle,
        "niche": form.niche,
        "country": form.country,
        "notes": form.notes,
    }
    number = add_row(connection, "creator", {**row, "version": 1})
    connection.execute(
        insert(table("creator_handle")).values(handle=form.handle, creator_id=number, is_main=True)
    )
    _keep_followers(connection, number, form, today)
    touched.add(form.handle)
    return number


def _change(connection: Connection, number: int, version: int, values: Row, today: date) -> set[str]:
    """Return the handles whose owner changed."""
    before = row_of(connection, "creator", number, "creator")
    handles = _handles(connection).get(number, ())
    typed = {name: before[name] for name in ("name", "niche", "country", "notes")}
    form = read_form(CreatorForm, merged(typed | {"handle": handles[0] if handles else ""}, values))
    _require_free_handle(connection, form.handle, number)
    row = {
        "name": form.name or form.handle,
        "niche": form.niche,
        "country": form.country,
        "notes": form.notes,
    }
    change_row(connection, "creator", number, version, row, thing="creator")
    _keep_followers(connection, number, form, today)
    if not handles or form.handle != handles[0]:
        _set_main(connection, number, form.handle)
        return {form.handle}
    return set()


def _remove(connection: Connection, number: int, version: int, touched: set[str]) -> None:
    row_of(connection, "creator", number, "creator")
    held = []
    for name, word in {
        "collaboration": "collaboration",
        "promo_code": "promo code",
        "tracking_link": "link",
        "creator_rating": "rating",
        "creator_decision": "decision",
        "experiment_slot": "planned video",
    }.items():
        rows = table(name)
        count = connection.execute(select(func.count()).where(rows.c.creator_id == number)).scalar_one()
        held += [counted(count, word)] if count else []
    if held:
        raise entry_error(
            "",
            "creator-in-use",
            f"This creator still has {', '.join(held)}.",
            "Remove these first, or merge the creator.",
        )
    change_row(connection, "creator", number, version, {}, thing="creator")
    touched.update(_handles(connection).get(number, ()))
    for name in ("creator_handle", "creator_followers"):
        connection.execute(delete(table(name)).where(table(name).c.creator_id == number))
    connection.execute(delete(table("creator")).where(table("creator").c.id == number))


def _require_free_handle(connection: Connection, handle: str, owner: int | None) -> None:
    handles, creators = table("creator_handle"), table("creator")
    query = select(creators.c.id, creators.c.name).join(handles, handles.c.creator_id == creators.c.id)
    row = connection.execute(query.where(handles.c.handle == handle)).first()
    if row is not None and row.id != owner:
        raise entry_error(
            "handle",
            "handle-taken",
            f'@{handle} already belongs to "{row.name}".',
            "Edit that creator, or merge the two if they are one person.",
        )


def _keep_followers(connection: Connection, number: int, form: CreatorForm, today: date) -> None:
    """Keep a typed follower count; one typed for the same day is replaced."""
    if form.followers is None:
        return
    rows = table("creator_followers")
    day = form.followers_day if form.followers_day is not None else day_number(today)
    connection.execute(delete(rows).where(rows.c.creator_id == number, rows.c.day == day))
    connection.execute(insert(rows).values(creator_id=number, day=day, followers=form.followers))


# ------------------------------------------------------------- handles


def add_handle(store: Store, creator_id: int, written: str, *, is_main: bool = False) -> str:
    """Return the handle added to a creator, for instance an earlier name of the account.

    Raises:
        EntryError: `not-a-handle`, `handle-taken`.
    """
    require(store.principal, Action.PLAN)
    try:
        handle = read_handle(written)
    except UnreadableError as error:
        raise entry_error("handle", error.code, error.what, error.fix) from None
    with store.writing("handle added", f"@{handle}", {"creator": creator_id}) as connection:
        row_of(connection, "creator", creator_id, "creator")
        _require_free_handle(connection, handle, creator_id)
        rows = table("creator_handle")
        if is_main:
            _set_main(connection, creator_id, handle)
        elif connection.execute(select(rows.c.handle).where(rows.c.handle == handle)).first() is None:
            connection.execute(insert(rows).values(handle=handle, creator_id=creator_id, is_main=False))
        follow_handles(connection, {handle})
    return handle


def remove_handle(store: Store, creator_id: int, written: str) -> None:
    """Take a handle from a creator; its videos stay, without a creator.

    Raises:
        PlumblineError: `not-found`, or `last-handle`.
    """
    require(store.principal, Action.PLAN)
    handle = handle_key(written)
    rows = table("creator_handle")
    with store.writing("handle removed", f"@{handle}", {"creator": creator_id}) as connection:
        own = _handles(connection).get(creator_id, ())
        if handle not in own:
            raise refusal("not-found", f"@{handle} is not a handle of this creator.", "Reload the page.")
        if len(own) == 1:
            raise refusal("last-handle", f"@{handle} is the creator's only handle.", "Add another one first.")
        connection.execute(delete(rows).where(rows.c.handle == handle))
        if handle == own[0]:
            _set_main(connection, creator_id, own[1])
        follow_handles(connection, {handle}, [creator_id])


def _set_main(connection: Connection, creator_id: int, handle: str) -> None:
    """Make a handle the main one of a creator, adding it where it is new."""
    rows = table("creator_handle")
    connection.execute(update(rows).where(rows.c.creator_id == creator_id).values(is_main=False))
    done = connection.execute(update(rows).where(rows.c.handle == handle).values(is_main=True))
    if done.rowcount == 0:
        connection.execute(insert(rows).values(handle=handle, creator_id=creator_id, is_main=True))
