"""The report as PDF, set by Typst: tagged for screen readers, one page for leadership."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.reports.frozen import as_data
from core.reports.model import Kind

if TYPE_CHECKING:
    from core.reports.model import Report

# Emoji with what joins and colours them.
_PICTOGRAPHS = re.compile("[\U0001f000-\U0001faff\u200d\ufe0f\U000e0020-\U000e007f]")
_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"


def render_pdf(report: Report) -> bytes:
    """Return the report as a PDF; the same report gives the same bytes.

    What people wrote goes in as data, never as Typst's markup.
    """
    import typst  # a report is made now and then; starting the app should not wait for it

    return typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={
            "report": _printable(json.dumps(_on_paper(report), ensure_ascii=False)),
            "logo": json.dumps(list(report.logo) or None),
            "one-page": "yes" if report.kind is Kind.LEADERSHIP else "no",
        },
        timestamp=report.made_at,
    )


def _printable(words: str) -> str:
    """Return words without pictographs where no font here has them: an empty box says less than nothing."""
    has_pictures = any("emoji" in family.lower() for family in _fonts().families())
    return words if has_pictures else _PICTOGRAPHS.sub("", words)


def _on_paper(report: Report) -> dict[str, Any]:
    """Return the report's fields, with what its parts work out themselves."""
    data = as_data(report)
    del data["logo"]
    for section, kept in zip(report.sections, data["sections"], strict=True):
        for figure, one in zip(section.figures, kept["figures"], strict=True):
            one["provenance_words"] = figure.provenance_words
    return data


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Return the fonts, looked up once: Typst's own, and the system's for other scripts."""
    import typst

    return typst.Fonts()
