"""The days that an analytics table states above itself, in a report's way or in an exploration's."""

from __future__ import annotations

import re

from core.imports.formats.context import Period, compact_day, periods_in

_DAY_LINE = re.compile(r"^#?.*:\s*(20\d{6})[\s,;]*$")
_RANGE_LINE = re.compile(r"^\"?#\s*20\d{6}\s*-\s*20\d{6}[\s,\"]*$")


def report_days(preamble: tuple[str, ...]) -> Period | None:
    """Return the period of a report's table: the last two days stated above it, whatever the language."""
    days = [
        compact_day(found.group(1))
        for line in preamble
        if (found := _DAY_LINE.match(line.strip().strip('"')))
    ]
    known = [day for day in days if day is not None]
    if len(known) < 2 or known[-2] > known[-1]:
        return None
    return Period(first=known[-2], last=known[-1])


def is_exploration(preamble: tuple[str, ...]) -> bool:
    """Return whether a comment line above the table holds two days and nothing else."""
    return any(_RANGE_LINE.match(line.strip()) for line in preamble)


def exploration_days(preamble: tuple[str, ...]) -> Period | None:
    """Return the days of an exploration; only its own line counts, names may hold dates too."""
    for line in preamble:
        if _RANGE_LINE.match(line.strip()):
            return next(periods_in(line), None)
    return None


def stated_span(preamble: tuple[str, ...]) -> Period | None:
    """Return the days stated above a table in either way, None where none are."""
    return exploration_days(preamble) or report_days(preamble)
