"""Who may do what: one table of rights, deny by default.

Every service that reads or writes calls `require` first, so that a page reached
in an unforeseen way still shows and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Someone who asks: a name for the record, a role, and which campaigns it covers.

    Attributes:
        name: how the audit trail names them.
        role: what they may do; None may do nothing.
        campaign_ids: the campaigns the role covers; None covers all.
    """

    name: str
    role: Role | None
    campaign_ids: frozenset[int] | None = None


NOBODY = Principal(name="nobody", role=None, campaign_ids=frozenset())
LOCAL_OWNER = Principal(name="this computer", role=Role.ADMIN)


def may(principal: Principal, action: Action, campaign_id: int | None = None) -> bool:
    """Return whether the principal may do this, on this campaign when one is named.

    Without a campaign the question is about the whole workspace, which only a
    principal who covers all campaigns may touch.
    """
    if principal.role is None or action not in RIGHTS[principal.role]:
        return False
    if principal.campaign_ids is None:
        return True
    return campaign_id is not None and campaign_id in principal.campaign_ids


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
