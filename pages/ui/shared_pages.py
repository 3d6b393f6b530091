"""What visitors of a shared link read: the report with its frame, the password page, the closed door."""

from __future__ import annotations

import base64
import gzip
import hashlib
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from core.reports import RENDERERS, content_policy, render_html
from core.sharing import Mode
from core.units import write_day

if TYPE_CHECKING:
    from core.reports import Report
    from core.sharing import SharedLink

_FOLDER = Path(__file__).parent / "templates"
# What people call the files a report can be had as; other endings are called by their name.
_FORMATS = {
    "pdf": "PDF",
    "pptx": "slides",
    "xlsx": "workbook",
    "html": "web page",
    "txt": "text for chat",
    "csv": "table (CSV)",
}


class Page(NamedTuple):
    """A page and the policy that the browser holds it to: no script, nothing from elsewhere."""

    body: str
    policy: str
    rest: str = ""  # what follows after the line that is one reader's own


class Ready(NamedTuple):
    """A page as it goes out: its bytes, the same packed by gzip, and the policy."""

    body: bytes
    packed: bytes
    policy: str


def make_ready(page: Page, since: str = "") -> Ready:
    """Return a page as bytes, packed once for all who read it.

    Args:
        page: the page of a report.
        since: what changed since the reader last looked, '' for nothing.
    """
    line = _templates().get_template("shared.html").module.since(since) if since else ""  # type: ignore[attr-defined]  # a macro
    body = f"{page.body}{line}{page.rest}".encode()
    return Ready(body, gzip.compress(body, mtime=0), page.policy)


class _File(NamedTuple):
    label: str
    address: str


@lru_cache(maxsize=1)
def say_unavailable() -> Page:
    """Return the page for whatever does not open."""
    return _door(
        "This link is not available",
        says="It may have ended, been replaced, or been copied only in part.",
        advice="If you were reading it a while ago, open the link you were sent again. "
        "Otherwise ask whoever sent it to you for a new one.",
    )


@lru_cache(maxsize=1)
def say_too_many() -> Page:
    """Return the page for an address that tried too often."""
    return _door(
        "Too many tries",
        says="Too many links or passwords from your network did not fit.",
        advice="Wait ten minutes, then open the link again.",
    )


def ask_password(link: SharedLink, *, is_wrong: bool) -> Page:
    """Return the page that asks for the password of a link."""
    return _door("This report has a password", asks_password=True, name=link.name, is_wrong=is_wrong)


def draw_report(link: SharedLink, report: Report, section: str, *, has_pages: bool) -> Page:
    """Return the report as the link shows it.

    Args:
        link: the link, for what stands above and below the report.
        report: what it shows.
        section: key of the one section of the page, '' for all.
        has_pages: whether each section has a page of its own.
    """
    base = f"/shared/{link.slug}"
    address = partial(_address, base) if has_pages or section else None
    page = render_html(report, section=section or None, link=address)
    before, main, rest = page.partition("<main>")
    middle, footer, end = rest.rpartition("<footer>")
    if not main or not footer:
        msg = "the page of a report has another frame than shared pages know"
        raise RuntimeError(msg)
    frame = _templates().get_template("shared.html").module
    above = frame.above(link, report, link.mode is Mode.FROZEN)  # type: ignore[attr-defined]  # a macro
    until = write_day(link.expires_at.date(), locale="en")
    below = frame.below(until, _files(link, base))  # type: ignore[attr-defined]  # a macro
    return Page(
        f"{before}{main}{above}",
        f"{content_policy()}; frame-ancestors 'none'",
        f"{middle}{below}{footer}{end}",
    )


def _address(base: str, key: str) -> str:
    return f"{base}/{key}"


def _files(link: SharedLink, base: str) -> list[_File]:
    if not link.allow_downloads:
        return []
    return [_File(_FORMATS.get(ending, ending), f"{base}/download/{ending}") for ending in RENDERERS]


def _door(
    title: str,
    *,
    says: str = "",
    advice: str = "",
    asks_password: bool = False,
    name: str = "",
    is_wrong: bool = False,
) -> Page:
    style = (_FOLDER / "door.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    body = (
        _templates()
        .get_template("door.html")
        .render(
            title=title,
            css=Markup(style),  # noqa: S704  (our own file)
            says=says,
            advice=advice,
            asks_password=asks_password,
            name=name,
            is_wrong=is_wrong,
        )
    )
    may = f"style-src 'sha256-{digest}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    return Page(body, f"default-src 'none'; {may}")


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
