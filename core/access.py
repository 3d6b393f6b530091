"""Who may do what: one table of rights, deny by default.

Every service that reads or writes calls `require` first, so that a page reached
in an unforeseen way still shows and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003  (a field's type is read while the program runs)
from dataclasses import dataclass, field
from enum import StrEnum

from core.errors import refusal


class Role(StrEnum):
    """What a person is to a brand or campaign."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"


class Action(StrEnum):
    """Everything that can be asked of the product."""

    READ = "read"  # look at campaigns and what was measured
    IMPORT = "import"  # bring in files, undo imports, type figures
    PLAN = "plan"  # create and edit campaigns, creators, codes, links
    DECIDE = "decide"  # record decisions and learnings
    SHARE = "share"  # make and revoke links, export
    ADMINISTER = "administer"  # people, backups, erasing


RIGHTS: dict[Role, frozenset[Action]] = {
    Role.VIEWER: frozenset({Action.READ}),
    Role.EDITOR: frozenset({Action.READ, Action.IMPORT, Action.PLAN, Action.DECIDE, Action.SHARE}),
    Role.ADMIN: frozenset(Action),
}


STRENGTH = {role: position for position, role in enumerate(Role)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Someone who asks: a name for the record, a role, and which campaigns it covers.

    Attributes:
        name: how the audit trail names them.
        role: what they may do; None may do nothing.
        campaign_ids: the campaigns the role covers; None covers all.
        more: campaigns on which they are more than `role` says.
        still_holds: asked before each action where rights can end while somebody is at work,
            as a person's can; None where they cannot.
    """

    name: str
    role: Role | None
    campaign_ids: frozenset[int] | None = None
    more: frozenset[tuple[int, Role]] = frozenset()
    still_holds: Callable[[], bool] | None = field(default=None, compare=False, repr=False)


NOBODY = Principal(name="nobody", role=None, campaign_ids=frozenset())
LOCAL_OWNER = Principal(name="this computer", role=Role.ADMIN)


def role_on(principal: Principal, campaign_id: int | None) -> Role | None:
    """Return what the principal is to a campaign, or to the whole workspace; None is nothing."""
    covers = principal.campaign_ids is None or campaign_id in principal.campaign_ids
    roles = [role for number, role in principal.more if number == campaign_id]
    if principal.role is not None and covers:
        roles.append(principal.role)
    return max(roles, key=STRENGTH.__getitem__, default=None)


def may(principal: Principal, action: Action, campaign_id: int | None = None) -> bool:
    """Return whether the principal may do this, on this campaign when one is named.

    Without a campaign the question is about the whole workspace, which only a
    principal who covers all campaigns may touch.
    """
    role = role_on(principal, campaign_id)
    if role is None or action not in RIGHTS[role]:
        return False
    return principal.still_holds is None or principal.still_holds()


def may_somewhere(principal: Principal, action: Action) -> bool:
    """Return whether the principal may do this on the workspace or on at least one campaign."""
    some = principal.campaign_ids or frozenset()
    numbers: set[int | None] = {None, *some, *(number for number, _ in principal.more)}
    return any(may(principal, action, number) for number in numbers)


def require(principal: Principal, action: Action, campaign_id: int | None = None) -> None:
    """Do nothing if allowed.

    Raises:
        PlumblineError: `not-allowed`, which does not say whether the thing exists.
    """
    if not may(principal, action, campaign_id):
        raise refusal(
            "not-allowed",
            "You do not have the right to do this here.",
            "Ask an admin of this workspace for access.",
        )
