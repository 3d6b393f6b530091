"""Which pages exist for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.access import Action, may, may_somewhere

if TYPE_CHECKING:
    from core.access import Principal

# What a page is for; one that is not named here is for reading. Files are read for the whole
# workspace, so bringing them in is too; the others exist for whoever may do it on some campaign.
EVERYWHERE: dict[str, Action] = {
    "uploads.py": Action.IMPORT,
    "figures.py": Action.IMPORT,
    "history.py": Action.IMPORT,
    "settings.py": Action.PLAN,
    "data.py": Action.ADMINISTER,
    "team.py": Action.ADMINISTER,
    "audit.py": Action.ADMINISTER,
}
SOMEWHERE: dict[str, Action] = {
    "shares.py": Action.SHARE,
    "plan.py": Action.PLAN,
    "people.py": Action.PLAN,
    "videos.py": Action.PLAN,
    "links.py": Action.PLAN,
}


def exists_for(asker: Principal, file: str) -> bool:
    """Return whether a page exists for somebody."""
    if file in EVERYWHERE:
        return may(asker, EVERYWHERE[file])
    return may_somewhere(asker, SOMEWHERE.get(file, Action.READ))


def is_for_campaign(asker: Principal, file: str, campaign_id: int) -> bool:
    """Return whether somebody may use a page on one campaign, where they may on some."""
    return file not in SOMEWHERE or may(asker, SOMEWHERE[file], campaign_id)
