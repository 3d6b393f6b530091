"""The report in a few lines, to paste into a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.reports.model import Figure, Report

_SPOKEN = (
    "today",
    "worked",
    "renew",
    "cost",
    "pay",
    "next",
)  # parts that a chat message quotes, after the goals


def chat_text(report: Report) -> str:
    """Return the report as a short plain text: what, the goals, what stood out, the next step."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterable[str]:
    yield f"{report.title} ({report.brand})"
    yield f"{report.period}; {report.as_of_words}{'; made-up sample campaign' if report.is_sample else ''}"
    yield ""
    yield report.claim
    goals = report.section("goals")
    figures = goals.figures if goals else _headline_figures(report)
    if figures:
        yield ""
        yield from (f"- {_figure(one)}" for one in figures)
    spoken = [section for key in _SPOKEN if (section := report.section(key)) is not None]
    for section in spoken:
        yield ""
        yield f"{section.title}: {section.claim}"
    yield ""
    yield "Linked orders carried a code or tagged link; what would have been bought anyway is not known."


def _headline_figures(report: Report) -> tuple[Figure, ...]:
    funnel = report.section("funnel")
    return funnel.figures if funnel else ()


def _figure(one: Figure) -> str:
    said = f"{one.label}: {one.written}"
    if one.why_missing and not one.is_known:
        return f"{said} ({one.why_missing})"
    return f"{said} ({one.status_words})" if one.status_words else said
