"""What somebody who signs in may do at this moment, looked up afresh each time."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select, update

from core.access import NOBODY, STRENGTH, Principal, Role
from core.errors import refusal
from core.store.workspace import install_key, pseudonym
from core.store.written import table
from core.team.model import address_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from core.errors import PlumblineError
    from core.store.engine import Store

LONGEST_SIGN_IN = 12 * 3600  # seconds
_FRESH = 0.25  # seconds for which an answer about somebody's standing is not asked again
_FIRST_ADMIN = "first admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What a sign-in service or a trusted proxy says about who is asking.

    Attributes:
        email: the address; '' if none came.
        is_verified: whether the service vouches for the address.
        since: Unix seconds of the sign-in; None where a proxy vouches for each request.
        needs_age: whether a sign-in without a time is refused.
    """

    email: str
    is_verified: bool
    since: int | None = None
    needs_age: bool = True


def configured_admins() -> frozenset[str]:
    """Return the addresses that PLUMBLINE_ADMIN names, parted by commas."""
    stated = os.environ.get("PLUMBLINE_ADMIN", "")
    return frozenset(address_key(part) for part in stated.split(",") if part.strip())


def principal_of(store: Store, sign_in: SignIn, *, clock: Callable[[], float] = time.time) -> Principal:
    """Return who is asking, with what they may do now; it lapses when their rights or the sign-in end.

    Args:
        store: where the list of people is.
        sign_in: what is known about who asks.
        clock: gives Unix seconds.

    Raises:
        PlumblineError: `address-not-verified`, `sign-in-too-old`, `not-on-the-list`.
    """
    _require_good(sign_in, clock())
    found = _look_up(store, address_key(sign_in.email))
    if found is NOBODY:
        raise _not_on_the_list()
    return replace(found, still_holds=_Standing(store, sign_in, found, clock))


class _Standing:
    """Tells whether somebody may still do what they could when their page was drawn."""

    def __init__(self, store: Store, sign_in: SignIn, was: Principal, clock: Callable[[], float]) -> None:
        self._store, self._sign_in, self._was, self._clock = store, sign_in, was, clock
        self._asked, self._held = float("-inf"), False

    def __call__(self) -> bool:
        """Return whether nothing was taken away and the sign-in is not too old."""
        if _problem_of(self._sign_in, self._clock()) is not None:
            return False
        now = time.monotonic()
        if now - self._asked > _FRESH:
            self._held = _look_up(self._store, address_key(self._sign_in.email)) == self._was
            self._asked = now
        return self._held


def _require_good(sign_in: SignIn, now: float) -> None:
    problem = _problem_of(sign_in, now)
    if problem is not None:
        raise problem


def _problem_of(sign_in: SignIn, now: float) -> PlumblineError | None:
    if not sign_in.email or not sign_in.is_verified:
        return refusal(
            "address-not-verified",
            "The sign-in service does not vouch for your e-mail address.",
            "Confirm the address there, then sign in again.",
        )
    if sign_in.needs_age and (sign_in.since is None or now - sign_in.since > LONGEST_SIGN_IN):
        return refusal(
            "sign-in-too-old",
            f"A sign-in lasts {LONGEST_SIGN_IN // 3600} hours, and yours is older.",
            "Sign in again.",
        )
    return None


def _not_on_the_list() -> PlumblineError:
    return refusal(
        "not-on-the-list",
        "You are signed in, but nobody has given you access to this workspace.",
        "Ask an admin of this workspace to add your e-mail address.",
    )


def note_sign_in(store: Store, sign_in: SignIn, principal: Principal, *, now: int) -> None:
    """Write down that somebody signed in."""
    people = table("person")
    with store.tracking(patience=15) as connection:
        connection.execute(
            update(people).where(people.c.email == address_key(sign_in.email)).values(seen_at=now)
        )
    store.acting_as(principal).note("signed in")


def note_refusal(store: Store, sign_in: SignIn, reason: str) -> None:
    """Write down that somebody was not let in: the reason, and a pseudonym that tells repeats apart."""
    who = pseudonym(install_key(store), address_key(sign_in.email))[:8]
    store.acting_as(NOBODY).note("sign-in refused", reason, {"pseudonym": who} if who else None)


def _look_up(store: Store, email: str) -> Principal:
    people, rights, plans = table("person"), table("person_right"), table("campaign")
    with store.reading() as connection:
        person = connection.execute(select(people.c.id, people.c.name).where(people.c.email == email)).first()
        if email in configured_admins():
            return Principal(name=person.name if person else _FIRST_ADMIN, role=Role.ADMIN)
        if person is None:
            return NOBODY
        of_person = select(rights).where(rights.c.person_id == person.id)
        granted = connection.execute(of_person).mappings().all()
        brands = [row["brand_id"] for row in granted if row["brand_id"] is not None]
        owned = connection.execute(
            select(plans.c.brand_id, plans.c.id).where(plans.c.brand_id.in_(brands))
        ).all()
    everywhere = [Role(row["role"]) for row in granted if row["brand_id"] is row["campaign_id"] is None]
    single = [(row["campaign_id"], Role(row["role"])) for row in granted if row["campaign_id"] is not None]
    by_brand = [
        (campaign.id, Role(row["role"]))
        for row in granted
        for campaign in owned
        if row["brand_id"] == campaign.brand_id
    ]
    return _put_together(person.name, everywhere, [*single, *by_brand])


def _put_together(name: str, everywhere: Iterable[Role], parts: Iterable[tuple[int, Role]]) -> Principal:
    """Return one principal of several rights: the strongest counts where they overlap."""
    base = max(everywhere, key=STRENGTH.__getitem__, default=None)
    best: dict[int, Role] = {}
    for number, role in parts:
        best[number] = max(role, best.get(number, role), key=STRENGTH.__getitem__)
    if base is None and not best:
        return NOBODY
    least = base or Role.VIEWER
    return Principal(
        name=name,
        role=least,
        campaign_ids=None if base else frozenset(best),
        more=frozenset((number, role) for number, role in best.items() if STRENGTH[role] > STRENGTH[least]),
    )


def role_by_campaign(connection: Connection, campaign_id: int) -> dict[int, Role]:
    """Return person id -> the strongest role on a campaign, for everybody who has one."""
    rights, plans = table("person_right"), table("campaign")
    brand = connection.execute(select(plans.c.brand_id).where(plans.c.id == campaign_id)).scalar()
    covers = (
        (rights.c.brand_id.is_(None) & rights.c.campaign_id.is_(None))
        | (rights.c.campaign_id == campaign_id)
        | (rights.c.brand_id == brand)
    )
    found: dict[int, Role] = {}
    for row in connection.execute(select(rights.c.person_id, rights.c.role).where(covers)):
        role = Role(row.role)
        found[row.person_id] = max(role, found.get(row.person_id, role), key=STRENGTH.__getitem__)
    return found
