"""Forms: what was typed becomes checked values, or every problem at once in plain words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isnan
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from core.entry.fields import UnreadableError
from core.errors import Issue, Place, PlumblineError, Severity
from core.keys import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Form(BaseModel):
    """The base of every form: trimmed texts, no unknown fields, nothing changed afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, validate_default=False)


F = TypeVar("F", bound=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One problem with one field.

    Attributes:
        field: name of the field, '' for the whole form or row.
        row: position of a new row from 0 in what was handed over; None outside tables.
        row_id: id of a row that is there already; None for new rows and outside tables.
        issue: the message.
    """

    field: str
    row: int | None = None
    row_id: int | None = None
    issue: Issue


class EntryError(PlumblineError):
    """What was typed cannot be kept; nothing was changed.

    Attributes:
        remarks: every problem found, each with its field and row.
    """

    def __init__(self, remarks: Sequence[Remark]) -> None:
        """Keep the remarks; the message is the first one and how many follow."""
        first = remarks[0].issue
        more = len(remarks) - 1
        what = first.what if not more else f"{first.what} ({more} more to correct.)"
        super().__init__(replace(first, what=what))
        self.remarks = tuple(remarks)


def entry_error(field: str, code: str, what: str, fix: str, *, row: int | None = None) -> EntryError:
    """Return an error about one field."""
    return EntryError([remark(field, code, what, fix, row=row)])


def remark(field: str, code: str, what: str, fix: str, *, row: int | None = None, column: str = "") -> Remark:
    """Return one problem with one field; the place counts rows from 1 as people do."""
    places = () if row is None else (Place(row=row + 1, column=column),)
    issue = Issue(code=code, severity=Severity.ERROR, what=what, fix=fix, places=places)
    return Remark(field=field, row=row, issue=issue)


def read_form(form: type[F], values: Mapping[str, object], *, row: int | None = None) -> F:
    """Return the checked form.

    Args:
        form: the form's class.
        values: what was typed, by field name.
        row: position of the row from 0, where the form is a row of a table.

    Raises:
        EntryError: with one remark for each problem.
    """
    try:
        return form.model_validate({name: value for name, value in values.items() if _is_typed(value)})
    except ValidationError as error:
        raise EntryError([_remark_of(form, detail, row) for detail in error.errors()]) from None


def _is_typed(value: object) -> bool:
    """Return whether something was filled in; an empty cell takes the field's default."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and not (isinstance(value, float) and isnan(value))


def _remark_of(form: type[Form], detail: Mapping[str, object], row: int | None) -> Remark:
    """Return one problem found by the form's class, in our words."""
    path = detail["loc"]
    field = str(path[0]) if isinstance(path, tuple) and path else ""
    label = label_of(form, field)
    context = detail.get("ctx")
    raised = context.get("error") if isinstance(context, dict) else None
    if isinstance(raised, UnreadableError):
        what = f"{label}: {raised.what}" if label else raised.what
        return remark(field, raised.code, what, raised.fix, row=row, column=label)
    code, what, fix = _words(str(detail["type"]), label, detail.get("input"), context)
    return remark(field, code, what, fix, row=row, column=label)


def label_of(form: type[Form], field: str) -> str:
    """Return how the field is called on screen."""
    known = form.model_fields.get(field)
    if known is not None and known.title:
        return known.title
    return field.replace("_", " ").capitalize()


def _words(kind: str, label: str, value: object, context: object) -> tuple[str, str, str]:
    """Return code, what and fix for the checks that every form shares."""
    written = plain_text(str(value))[:60]
    limit = context if isinstance(context, dict) else {}
    if kind == "missing" or (kind == "string_too_short" and not written):
        return "missing-field", f"{label} is empty.", f"Fill in {label.lower()}."
    if kind == "extra_forbidden":
        return "unknown-field", f'"{label}" is not a field of this form.', "Leave it out."
    if kind == "string_too_long":
        most = limit.get("max_length")
        return "too-long", f'{label}: "{written}…" is too long.', f"Use at most {most} characters."
    if kind in {"int_parsing", "int_type", "int_from_float"}:
        return (
            "not-a-number",
            f'{label}: "{written}" is not a whole number.',
            "Write a whole number, like 12.",
        )
    if kind in {"greater_than_equal", "less_than_equal", "greater_than"}:
        bound = limit.get("ge", limit.get("le", limit.get("gt")))
        side = (
            "at most"
            if kind == "less_than_equal"
            else "at least"
            if kind == "greater_than_equal"
            else "more than"
        )
        return "out-of-range", f'{label}: "{written}" is out of range.', f"Write a number of {side} {bound}."
    if kind in {"enum", "literal_error"}:
        return (
            "not-a-choice",
            f'{label}: "{written}" is not one of the choices.',
            f"Choose {limit.get('expected')}.",
        )
    return "not-readable", f'{label}: "{written}" is not what belongs here.', "Check the value."
