"""The list of people who may sign in, and what each may do. For admins only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, delete, select

from core.access import STRENGTH, Action, Role, require
from core.entry.forms import entry_error, read_form
from core.errors import refusal
from core.store.written import add_row, row_of, table
from core.team.model import Member, MemberForm, Reader, Right, RightForm
from core.team.standing import configured_admins, role_by_campaign
from core.units import instant_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.store.engine import Store

EVERYTHING = "everything"


def list_members(store: Store) -> tuple[Member, ...]:
    """Return everybody who may sign in, by name."""
    require(store.principal, Action.ADMINISTER)
    people = table("person")
    with store.reading() as connection:
        rights = _rights(connection)
        rows = connection.execute(select(people)).mappings().all()
    found = [_member(row, rights.get(row["id"], ())) for row in rows]
    return tuple(sorted(found, key=lambda member: member.name.casefold()))


def add_member(store: Store, values: Mapping[str, object], *, now: int) -> int:
    """Return the id of a new member, who may sign in from now on.

    Args:
        store: who asks must be an admin.
        values: the fields of `MemberForm` as typed.
        now: Unix seconds.

    Raises:
        EntryError: `address-taken`, `name-taken`, and what the form finds.
    """
    require(store.principal, Action.ADMINISTER)
    form = read_form(MemberForm, values)
    with store.writing("person added", "", detail := _scope_detail(form)) as connection:
        _require_free(connection, form)
        person = {"email": form.email, "name": form.name, "added_at": now, "added_by": store.principal.name}
        number = add_row(connection, "person", person)
        detail["person"] = number
        _add_right(connection, number, form)
    return number


def give_right(store: Store, member_id: int, values: Mapping[str, object]) -> int:
    """Return the id of a right that a member has from now on; one of the same reach is replaced.

    Raises:
        EntryError: what the form finds.
        PlumblineError: `not-found`.
    """
    require(store.principal, Action.ADMINISTER)
    form = read_form(RightForm, values)
    detail = _scope_detail(form) | {"person": member_id}
    with store.writing("right given", "", detail) as connection:
        row_of(connection, "person", member_id, "person")
        rights = table("person_right")
        same = (
            (rights.c.person_id == member_id)
            & rights.c.brand_id.is_not_distinct_from(form.brand_id)
            & rights.c.campaign_id.is_not_distinct_from(form.campaign_id)
        )
        connection.execute(delete(rights).where(same))
        return _add_right(connection, member_id, form)


def take_right(store: Store, right_id: int) -> None:
    """Take a right away, which holds from the member's next click on.

    Raises:
        PlumblineError: `not-found`.
    """
    require(store.principal, Action.ADMINISTER)
    detail: dict[str, object] = {}
    with store.writing("right taken away", "", detail) as connection:
        row = row_of(connection, "person_right", right_id, "right")
        detail |= {"person": row["person_id"], "role": row["role"]}
        rights = table("person_right")
        connection.execute(delete(rights).where(rights.c.id == right_id))


def remove_member(store: Store, member_id: int) -> None:
    """Take somebody off the list: from their next click on they see nothing.

    What they wrote keeps their name; the e-mail address goes.

    Raises:
        PlumblineError: `not-found`, or `named-in-configuration`.
    """
    require(store.principal, Action.ADMINISTER)
    with store.writing("person removed", "", {"person": member_id}) as connection:
        row = row_of(connection, "person", member_id, "person")
        if row["email"] in configured_admins():
            raise refusal(
                "named-in-configuration",
                f'"{row["name"]}" is an admin by the configuration (PLUMBLINE_ADMIN).',
                "Take the address out of the configuration and restart, then remove the person here.",
            )
        people = table("person")
        connection.execute(delete(people).where(people.c.id == member_id))


def readers_of(store: Store, campaign_id: int) -> tuple[Reader, ...]:
    """Return the members who can see a campaign, by name. Admins by configuration alone are not listed."""
    require(store.principal, Action.SHARE, campaign_id)
    people = table("person")
    with store.reading() as connection:
        named = {row.id: row.name for row in connection.execute(select(people.c.id, people.c.name))}
        roles = role_by_campaign(connection, campaign_id)
    found = [Reader(name=named[number], role=role) for number, role in roles.items()]
    return tuple(sorted(found, key=lambda reader: reader.name.casefold()))


def _require_free(connection: Connection, form: MemberForm) -> None:
    people = table("person")
    for row in connection.execute(select(people.c.email, people.c.name)):
        if row.email == form.email:
            raise entry_error(
                "email",
                "address-taken",
                f'"{form.email}" is on the list already, as {row.name}.',
                "Give them another right below instead.",
            )
        if row.name.casefold() == form.name.casefold():
            raise entry_error(
                "name",
                "name-taken",
                f'Somebody else is called "{row.name}" already.',
                "Add a family name or a team, so that the record says who did what.",
            )


def _add_right(connection: Connection, member_id: int, form: RightForm) -> int:
    for name, number in (("brand", form.brand_id), ("campaign", form.campaign_id)):
        if number is not None:
            row_of(connection, name, number, name)
    values = {"person_id": member_id, "role": form.role.value}
    return add_row(
        connection, "person_right", values | {"brand_id": form.brand_id, "campaign_id": form.campaign_id}
    )


def _scope_detail(form: RightForm) -> dict[str, Any]:
    return {
        name: value
        for name, value in form.model_dump(include={"role", "brand_id", "campaign_id"}).items()
        if value is not None
    }


def _rights(connection: Connection) -> dict[int, list[Right]]:
    rights, brands, plans = table("person_right"), table("brand"), table("campaign")
    query = (
        select(rights, brands.c.name.label("brand"), plans.c.name.label("campaign"))
        .outerjoin(brands, brands.c.id == rights.c.brand_id)
        .outerjoin(plans, plans.c.id == rights.c.campaign_id)
    )
    found: dict[int, list[Right]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["person_id"], []).append(_right(row))
    return found


def _right(row: RowMapping) -> Right:
    return Right(
        right_id=row["id"],
        role=Role(row["role"]),
        brand_id=row["brand_id"],
        campaign_id=row["campaign_id"],
        covers=row["campaign"] or row["brand"] or EVERYTHING,
    )


def _member(row: RowMapping, rights: Sequence[Right]) -> Member:
    return Member(
        member_id=row["id"],
        email=row["email"],
        name=row["name"],
        added_at=instant_of(row["added_at"]),
        seen_at=None if row["seen_at"] is None else instant_of(row["seen_at"]),
        rights=tuple(sorted(rights, key=lambda right: (-STRENGTH[right.role], right.covers))),
        is_named_in_configuration=row["email"] in configured_admins(),
    )
