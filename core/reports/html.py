"""The report as one web page: no script, nothing loaded from elsewhere, good on a phone and on paper."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from core.errors import refusal
from core.reports.logo import media_type
from core.reports.svg import draw

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Template

    from core.reports.model import Report, Section

    Link = Callable[[str], str]  # key of a section -> address of its page

_FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    key: str
    title: str
    address: str
    is_current: bool


def render_html(report: Report, *, section: str | None = None, link: Link | None = None) -> str:
    """Return the report as a page.

    Args:
        report: what to draw.
        section: key of the one section to show; None shows all.
        link: gives the address of a section's page; None links to anchors of the same page.

    Raises:
        PlumblineError: `no-section`.
    """
    shown = report.sections if section is None else (_section(report, section),)
    entries = tuple(
        _Entry(
            key=one.key,
            title=one.title,
            address=link(one.key) if link else f"#{one.key}",
            is_current=one.key == section,
        )
        for one in report.sections
    )
    place = next((number for number, one in enumerate(entries) if one.is_current), None)
    return _template().render(
        report=report,
        sections=shown,
        entries=entries,
        before=None if not place else entries[place - 1],
        after=None if place is None or place + 1 == len(entries) else entries[place + 1],
        logo=_data_address(report.logo),
        css=_style(),
        policy=content_policy(),
        draw=draw,
    )


def content_policy() -> str:
    """Return the Content-Security-Policy the page keeps to: its own style sheet and pictures inside it."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _section(report: Report, key: str) -> Section:
    found = report.section(key)
    if found is None:
        raise refusal("no-section", "This report has no such part.", "Go back to its first page.")
    return found


def _data_address(logo: bytes) -> str:
    if not logo:
        return ""
    return f"data:{media_type(logo)};base64,{base64.b64encode(logo).decode('ascii')}"


@lru_cache(maxsize=1)
def _style() -> Markup:
    return Markup((_FOLDER / "report.css").read_text(encoding="utf-8"))  # noqa: S704  (our own file)


@lru_cache(maxsize=1)
def _template() -> Template:
    pages = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("report.html")
