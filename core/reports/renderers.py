"""The formats a report can be had in."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from core.reports.csv_file import render_csv
from core.reports.html import render_html
from core.reports.pdf import render_pdf
from core.reports.slides import render_pptx
from core.reports.text import chat_text
from core.reports.xlsx import render_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.reports.model import Report


def html_bytes(report: Report) -> bytes:
    """Return the whole report as a web page in UTF-8."""
    return render_html(report).encode("utf-8")


def text_bytes(report: Report) -> bytes:
    """Return the chat text in UTF-8."""
    return chat_text(report).encode("utf-8")


# file ending -> renderer
RENDERERS: Mapping[str, Callable[[Report], bytes]] = MappingProxyType(
    {
        "pdf": render_pdf,
        "pptx": render_pptx,
        "html": html_bytes,
        "xlsx": render_xlsx,
        "csv": render_csv,
        "txt": text_bytes,
    }
)
