"""What somebody who signs in may do: rights of every kind, taken away at once, and old sign-ins."""

import pytest

from core.access import Action, Role, may, may_somewhere, require, role_on
from core.campaigns import create_brand, create_campaign, list_campaigns
from core.errors import PlumblineError
from core.team import (
    SignIn,
    add_member,
    give_right,
    list_members,
    note_refusal,
    note_sign_in,
    principal_of,
    remove_member,
    take_right,
)
from core.team import standing as standing_module
from tests.core.written import form

NOW = 1_800_000_000


@pytest.fixture
def world(store, monkeypatch):
    """Return the store with brands Glow (campaigns 1, 2) and Dew (campaign 3)."""
    monkeypatch.setattr(standing_module, "_FRESH", -1)  # ask again each time
    glow, dew = create_brand(store, {"name": "Glow"}), create_brand(store, {"name": "Dew"})
    for code, brand in (("one", glow), ("two", glow), ("three", dew)):
        create_campaign(store, form(brand, code=code, name=code))
    return store


def invite(store, role, email="mara@example.com", name="Mara", **scope):
    return add_member(store, {"email": email, "name": name, "role": role, **scope}, now=NOW)


def signed_in(store, email="mara@example.com", since=NOW, now=NOW, *, verified=True):
    return principal_of(store, SignIn(email=email, is_verified=verified, since=since), clock=lambda: now)


def refused(work, *args, **kwargs):
    with pytest.raises(PlumblineError) as caught:
        work(*args, **kwargs)
    return caught.value.issue.code


def test_a_stranger_an_unverified_address_and_an_old_sign_in_are_told_apart(world):
    invite(world, "viewer")
    assert refused(signed_in, world, email="eve@example.com") == "not-on-the-list"
    assert refused(signed_in, world, verified=False) == "address-not-verified"
    assert refused(signed_in, world, email="") == "address-not-verified"
    assert refused(signed_in, world, since=NOW - 12 * 3600 - 1) == "sign-in-too-old"
    assert refused(signed_in, world, since=None) == "sign-in-too-old"
    assert signed_in(world, since=NOW - 12 * 3600).role is Role.VIEWER


def test_an_address_counts_whatever_its_capitals(world):
    invite(world, "editor", email="  Mara@Example.COM ")
    assert signed_in(world, email="MARA@example.com").name == "Mara"


@pytest.mark.parametrize(
    ("rights", "expected"),
    [
        ([("viewer", {})], {1: "viewer", 2: "viewer", 3: "viewer", None: "viewer"}),
        ([("editor", {"brand_id": 1})], {1: "editor", 2: "editor", 3: None, None: None}),
        ([("viewer", {"campaign_id": 2})], {1: None, 2: "viewer", 3: None, None: None}),
        ([("viewer", {"brand_id": 1}), ("editor", {"campaign_id": 2})], {1: "viewer", 2: "editor", 3: None, None: None}),
        ([("viewer", {}), ("editor", {"brand_id": 2})], {1: "viewer", 2: "viewer", 3: "editor", None: "viewer"}),
        ([("admin", {})], {1: "admin", 2: "admin", 3: "admin", None: "admin"}),
    ],
)  # fmt: skip
def test_rights_add_up_and_reach_no_further(world, rights, expected):
    (role, scope), *more = rights
    member = invite(world, role, **scope)
    for other, reach in more:
        give_right(world, member, {"role": other, **reach})
    asker = signed_in(world)
    assert {number: role_on(asker, number) for number in expected} == expected
    seen = {plan.campaign_id for plan in list_campaigns(world.acting_as(asker))}
    assert seen == {number for number, role in expected.items() if number and role}
    assert may_somewhere(asker, Action.SHARE) == any(
        role in ("editor", "admin") for role in expected.values()
    )


def test_a_new_campaign_of_a_brand_is_covered_at_once(world):
    invite(world, "viewer", brand_id=1)
    number = create_campaign(world, form(1, code="four", name="four"))
    assert may(signed_in(world), Action.READ, number)


def test_whoever_is_removed_can_do_nothing_more_with_what_is_already_on_screen(world):
    member = invite(world, "editor")
    asker = signed_in(world)
    require(asker, Action.PLAN, 1)
    remove_member(world, member)
    assert not may(asker, Action.READ, 1)
    assert refused(require, asker, Action.PLAN, 1) == "not-allowed"
    assert refused(signed_in, world) == "not-on-the-list"


def test_less_rights_hold_at_once_too(world):
    member = invite(world, "editor")
    give_right(world, member, {"role": "viewer", "campaign_id": 1})
    asker = signed_in(world)
    (everything,) = [one for one in list_members(world)[0].rights if one.campaign_id is None]
    take_right(world, everything.right_id)
    assert not may(asker, Action.PLAN, 1)
    assert signed_in(world).campaign_ids == {1}


def test_a_sign_in_ends_while_the_page_stays_open(world):
    invite(world, "viewer")
    moment = [NOW]
    asker = principal_of(
        world, SignIn(email="mara@example.com", is_verified=True, since=NOW), clock=lambda: moment[0]
    )
    assert may(asker, Action.READ)
    moment[0] += 12 * 3600 + 1
    assert not may(asker, Action.READ)


def test_nobody_becomes_an_admin_by_coming_first(world, monkeypatch):
    assert refused(signed_in, world, email="first@example.com") == "not-on-the-list"
    monkeypatch.setenv("PLUMBLINE_ADMIN", "other@example.com, First@Example.com")
    assert signed_in(world, email="first@example.com").role is Role.ADMIN
    member = invite(world, "viewer", email="first@example.com", name="Ana")
    assert signed_in(world, email="first@example.com").name == "Ana"
    assert refused(remove_member, world, member) == "named-in-configuration"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"email": "mara", "name": "M", "role": "viewer"}, "not-an-address"),
        ({"email": "m@example.com", "name": "M", "role": "owner"}, "not-a-choice"),
        ({"email": "m@example.com", "name": "M", "role": "admin", "brand_id": 1}, "admin-of-a-part"),
        ({"email": "m@example.com", "name": "M", "role": "viewer", "brand_id": 1, "campaign_id": 1}, "two-scopes"),
        ({"email": "m@example.com", "name": "M", "role": "viewer", "campaign_id": 99}, "not-found"),
        ({"email": "MARA@example.com", "name": "M", "role": "viewer"}, "address-taken"),
        ({"email": "m@example.com", "name": "mara", "role": "viewer"}, "name-taken"),
    ],
)  # fmt: skip
def test_what_cannot_be_given_is_said(world, values, code):
    invite(world, "viewer")
    assert refused(add_member, world, values, now=NOW) == code
    assert len(list_members(world)) == 1


def test_the_same_reach_is_replaced_not_doubled(world):
    member = invite(world, "viewer")
    give_right(world, member, {"role": "editor"})
    (only,) = list_members(world)
    assert [(one.role, one.covers) for one in only.rights] == [(Role.EDITOR, "everything")]


def test_no_address_gets_into_the_record(world):
    member = invite(world, "viewer")
    sign_in = SignIn(email="mara@example.com", is_verified=True, since=NOW)
    note_sign_in(world, sign_in, signed_in(world), now=NOW)
    note_refusal(world, SignIn(email="eve@evil.example", is_verified=True, since=NOW), "not on the list")
    remove_member(world, member)
    with world.reading() as connection:
        kept = str(connection.exec_driver_sql("SELECT who, action, subject, detail FROM audit_entry").all())
    assert "Mara" in kept
    assert "sign-in refused" in kept
    assert "@" not in kept
    assert "evil" not in kept
