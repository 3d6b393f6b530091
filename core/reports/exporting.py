"""Handing a report out as a file: who may, under which name, and on the record."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from core.access import Action, require
from core.errors import refusal
from core.reports.cleaning import cleaned
from core.reports.logo import checked_logo
from core.reports.renderers import RENDERERS
from core.units import instant_of

if TYPE_CHECKING:
    from core.reports.model import Report
    from core.store.engine import Store


def export_report(store: Store, campaign_id: int, report: Report, format_name: str) -> bytes:
    """Return the report as a file, and keep on record that it was handed out.

    Raises:
        PlumblineError: `not-allowed`, `no-format`.
    """
    require(store.principal, Action.SHARE, campaign_id)
    render = RENDERERS.get(format_name)
    if render is None:
        known = ", ".join(RENDERERS)
        raise refusal("no-format", f'There is no format "{format_name}".', f"Choose one of {known}.")
    made = render(report)
    detail = {
        "campaign": campaign_id,
        "format": format_name,
        "money": report.audience.show_money,
        "internal": report.audience.internal,
    }
    with store.writing("report exported", report.kind.value, detail):
        return made


def with_brand(report: Report, *, name: str, logo: bytes) -> Report:
    """Return the report under another brand name and logo; an empty one changes nothing.

    Raises:
        PlumblineError: what `checked_logo` finds.
    """
    return cleaned(
        replace(report, brand=name.strip() or report.brand, logo=checked_logo(logo) or report.logo)
    )


def file_name(report: Report, format_name: str) -> str:
    """Return a name that every system takes, for instance `leadership-cold-brew-2026-06-20.pdf`."""
    plain = unicodedata.normalize("NFKD", report.title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "campaign"
    day = instant_of(report.made_at).date().isoformat()
    return f"{report.kind.value}-{words}-{day}.{format_name}"
