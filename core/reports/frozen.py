"""A report as text that can be kept and read again: the declared fields and nothing else."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from core.errors import refusal
from core.reports.model import Report

SCHEMA = 1  # raised when a field changes its meaning or goes away
_REPORT = TypeAdapter(Report)


def as_data(report: Report) -> dict[str, Any]:
    """Return the report's fields as JSON knows them."""
    return _REPORT.dump_python(report, mode="json")  # type: ignore[no-any-return]


def to_json(report: Report) -> str:
    """Return the report as JSON text with its schema version."""
    return json.dumps({"schema": SCHEMA, "report": as_data(report)})


def from_json(text: str | bytes) -> Report:
    """Return the report that `to_json` wrote.

    Raises:
        PlumblineError: `report-unreadable` for damaged text, unknown fields or another schema version.
    """
    try:
        kept = json.loads(text)
        if not isinstance(kept, dict) or set(kept) != {"schema", "report"} or kept["schema"] != SCHEMA:
            raise _unreadable()
        return _REPORT.validate_json(json.dumps(kept["report"]))
    except (ValueError, ValidationError, RecursionError) as problem:
        raise _unreadable() from problem


def _unreadable() -> Exception:
    return refusal(
        "report-unreadable",
        "This kept report cannot be read by this version of Plumbline.",
        "Make the report again, or share it again.",
    )
