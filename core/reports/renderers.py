"""The formats a report can be had in."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from core.reports.html import render_html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.reports.model import Report


def html_bytes(report: Report) -> bytes:
    """Return the whole report as a web page in UTF-8."""
    return render_html(report).encode("utf-8")


# file ending -> renderer
RENDERERS: Mapping[str, Callable[[Report], bytes]] = MappingProxyType({"html": html_bytes})
