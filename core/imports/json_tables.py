"""JSON arrays, JSON Lines and single objects as tables of text with column paths.

Objects inside objects become `a.b`, lists `a/0` and what is inside them `a/0/b`. Numbers stay as
written. Runs in the child process: standard library only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from core.errors import Place, refusal
from core.imports.limits import Limits, setting
from core.imports.rawtable import RawTable
from core.imports.records import too_many_rows

_THREAD = ("comments", "replies")
_WRAPPERS = ("data", "items", "results", "videos", "rows", "records", "itemList", *_THREAD)
ROW = "_row"
PARENT = "_parent"
_DEEPEST = 8


def read_json(text: str, limits: Limits) -> list[RawTable]:
    """Return the one table of a JSON file.

    A list of objects is one row each. An object that wraps one list (`data`, `comments`, …) gives the
    rows of that list, with the object's own fields repeated beside them. Comments with replies
    become rows of their own: `_row` numbers the rows from 1, `_parent` holds the number of the
    comment that a reply answers, '' for comments.

    Raises:
        PlumblineError: `json-damaged`, `json-not-a-table`, `too-many-columns`, `too-many-rows`.
    """
    records = _records(_parse(text))
    rows: list[dict[str, str]] = []
    for record in records:
        for row in _threaded(record):
            rows.append(row)
            if len(rows) > limits.rows:
                raise too_many_rows(limits)
    header: dict[str, None] = {}
    for row in rows:
        header.update(dict.fromkeys(row))
        if len(header) > limits.columns:
            raise too_many_columns(len(header), limits)
    _number(rows, header)
    columns = [[row.get(name, "") for row in rows] for name in header]
    numbers = list(range(1, len(rows) + 1))
    return [RawTable(header=list(header), columns=columns, row_numbers=numbers, header_row=0)]


def too_many_columns(count: int, limits: Limits) -> Exception:
    """Return the refusal of a table with more columns than the limit."""
    return refusal(
        "too-many-columns",
        f"The table has {count:,} columns or more; {limits.columns:,} is the most.",
        f"Check whether this is the export you meant. {setting('columns')}",
    )


def _parse(text: str) -> object:
    """Return the value of a JSON file or, for JSON Lines, the list of its lines; numbers as text."""
    try:
        return _loads(text)
    except RecursionError:
        raise _damaged("it is nested too deeply", None) from None
    except json.JSONDecodeError as whole:
        values = []
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            try:
                values.append(_loads(line))
            except (json.JSONDecodeError, RecursionError):
                raise _damaged("it breaks off or is not JSON", number if values else whole.lineno) from None
        if not values:
            raise _damaged("it holds nothing", None) from None
        return values


def _loads(text: str) -> object:
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=lambda _name: "")


def _damaged(how: str, row: int | None) -> Exception:
    return refusal(
        "json-damaged",
        f"The file is called JSON but {how}.",
        "Export the file again and upload the new copy.",
        Place(row=row) if row else None,
    )


def _records(value: object) -> list[tuple[Mapping[str, object], Mapping[str, object]]]:
    """Return (row, fields of what wraps it) of the objects in the file."""
    if isinstance(value, Mapping):
        wrapped = [
            name for name in _WRAPPERS if isinstance(value.get(name), list) and _are_objects(value[name])
        ]
        if wrapped and isinstance(inner := value[wrapped[0]], list):
            outer = {name: part for name, part in value.items() if name != wrapped[0]}
            return [(row, outer) for row in inner if isinstance(row, Mapping)]
        return [(value, {})]
    if isinstance(value, list) and _are_objects(value):
        return [pair for row in value if isinstance(row, Mapping) for pair in _unwrapped(row)]
    raise refusal(
        "json-not-a-table",
        "The file is JSON, but not a list of records with named fields.",
        "Export the data as CSV, or as JSON with one object per row.",
    )


def _unwrapped(row: Mapping[str, object]) -> list[tuple[Mapping[str, object], Mapping[str, object]]]:
    """Return the comments of a record that wraps them, else the record itself."""
    comments = row.get("comments")
    if isinstance(comments, list) and comments and _are_objects(comments):
        return _records(row)
    return [(row, {})]


def _are_objects(value: object) -> bool:
    """Return whether a value is a filled list whose members are objects."""
    return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)


def _threaded(record: tuple[Mapping[str, object], Mapping[str, object]]) -> Iterator[dict[str, str]]:
    """Yield the flat row of a record and those of its replies, which name it by a private mark."""
    row, outer = record
    replies = [name for name in _THREAD if _are_objects(row.get(name))]
    own = dict(_fields({name: part for name, part in row.items() if name not in replies}))
    flat = {(name if name not in own else f"../{name}"): text for name, text in _fields(outer)} | own
    yield flat
    for name in replies:
        inner = row[name]
        for reply in inner if isinstance(inner, list) else []:
            for answer in _threaded((reply, outer)):
                # Not a copy: the answer's own replies name it by its identity.
                answer.setdefault(PARENT, str(id(flat)))
                yield answer


def _number(rows: Sequence[dict[str, str]], header: dict[str, None]) -> None:
    """Replace the private marks of parents by row numbers, where some row is a reply."""
    if PARENT not in header:
        return
    numbers = {str(id(row)): str(number) for number, row in enumerate(rows, start=1)}
    header[ROW] = None
    for number, row in enumerate(rows, start=1):
        row[ROW] = str(number)
        row[PARENT] = numbers.get(row.get(PARENT, ""), "")


def _fields(value: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of the fields of an object, none for an empty one."""
    if value:
        yield from _flat(value)


def _flat(value: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of every plain value inside a value."""
    if isinstance(value, Mapping) and value and depth < _DEEPEST:
        for name, part in value.items():
            mark = "/" if "/" in path else "."
            yield from _flat(part, f"{path}{mark}{name}" if path else str(name), depth + 1)
    elif isinstance(value, list) and value and depth < _DEEPEST:
        for position, part in enumerate(value):
            yield from _flat(part, f"{path}/{position}", depth + 1)
    else:
        yield path, _text(value)


def _text(value: object) -> str:
    """Return a plain value as text: numbers as written, '' for nothing."""
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else _sound(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or value in ([], {}) else json.dumps(value, ensure_ascii=False)


def _sound(text: str) -> str:
    """Return a text without zero signs, halves of cut emoji as \ufffd: no database keeps either."""
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
