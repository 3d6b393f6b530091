"""Shared links: one campaign's report for somebody without an account, and nothing else."""

from core.sharing.links import (
    Audience,
    create_link,
    list_links,
    list_visits,
    live_campaigns,
    renew_link,
    replace_address,
    revoke_link,
    who_can_see,
)
from core.sharing.logos import get_logo, may_set_logo, remove_logo, set_logo
from core.sharing.model import (
    SHORTEST_PASSWORD,
    USUAL_DAYS,
    LinkState,
    MadeLink,
    Mode,
    SharedLink,
    VisitDay,
    longest_days,
)
from core.sharing.opening import (
    PASS_SECONDS,
    OpenLink,
    find_link,
    fits,
    open_slug,
    open_token,
    read_pass,
    write_pass,
)
from core.sharing.shelf import Shelf
from core.sharing.showing import link_report, report_of
from core.sharing.visits import VisitBook, count_visits

__all__ = [
    "PASS_SECONDS",
    "SHORTEST_PASSWORD",
    "USUAL_DAYS",
    "Audience",
    "LinkState",
    "MadeLink",
    "Mode",
    "OpenLink",
    "SharedLink",
    "Shelf",
    "VisitBook",
    "VisitDay",
    "count_visits",
    "create_link",
    "find_link",
    "fits",
    "get_logo",
    "link_report",
    "list_links",
    "list_visits",
    "live_campaigns",
    "longest_days",
    "may_set_logo",
    "open_slug",
    "open_token",
    "read_pass",
    "remove_logo",
    "renew_link",
    "replace_address",
    "report_of",
    "revoke_link",
    "set_logo",
    "who_can_see",
    "write_pass",
]
