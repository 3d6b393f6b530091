"""Everything that is stored, to take along: one archive with a table for each kind of row.

`python -m core.store.everything FILE.zip` writes it; the page "Your data" hands it out. Cells are
safe to open in a spreadsheet. Secrets of links and passwords are left out: they open things.
"""

from __future__ import annotations

import csv
import io
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import LargeBinary, select

from core.access import Action, require
from core.errors import PlumblineError
from core.spreadsheet import safe_cell
from core.store import tables
from core.store.engine import open_store
from core.store.migrate import version_of
from core.store.tables import Base
from core.store.workspace import revision
from core.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column, Connection, Table

    from core.store.engine import Store

AT_ONCE = 5_000  # rows
SECRETS = frozenset({"token_digest", "password_hash", "password_salt", "password", "slug", "salt"})
_SECRET_WORDS = ("token", "digest_of", "password", "secret", "salt", "slug")


def everything_bytes(store: Store) -> bytes:
    """Return the archive; for a download of a workspace of usual size.

    Raises:
        PlumblineError: `not-allowed`.
    """
    with tempfile.TemporaryDirectory() as folder:
        return write_everything(store, Path(folder) / "plumbline.zip").read_bytes()


def write_everything(store: Store, path: Path) -> Path:
    """Write the archive and return its path: a CSV for each table, all of one moment, and a README.

    Args:
        store: who asks must look after everything.
        path: the file to write.

    Raises:
        PlumblineError: `not-allowed`.
    """
    require(store.principal, Action.ADMINISTER)
    with store.reading() as connection, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        counts = {rows.name: _write_table(connection, rows, archive) for rows in Base.metadata.sorted_tables}
        archive.writestr("README.txt", _readme(revision(connection), version_of(connection), counts))
    store.note("everything exported", f"{sum(counts.values())} rows")
    return path


def kept_columns(rows: Table) -> list[Column[object]]:
    """Return the columns that are handed out: no secrets, no pictures."""
    return [
        column
        for column in rows.columns
        if not isinstance(column.type, LargeBinary) and not is_secret(column.name)
    ]


def is_secret(name: str) -> bool:
    """Return whether a column may hold something that opens a link or proves who somebody is."""
    return name in SECRETS or any(word in name for word in _SECRET_WORDS)


def _write_table(connection: Connection, rows: Table, archive: zipfile.ZipFile) -> int:
    columns = kept_columns(rows)
    count = 0
    with archive.open(f"{rows.name}.csv", "w", force_zip64=True) as raw:
        raw.write(b"\xef\xbb\xbf")  # so that every spreadsheet reads it as UTF-8
        for block, length in _blocks(connection, rows, columns):
            raw.write(block)
            count += length
    return count


def _blocks(
    connection: Connection, rows: Table, columns: list[Column[object]]
) -> Iterator[tuple[bytes, int]]:
    yield _as_csv([[column.name for column in columns]]), 0
    query = select(*columns).order_by(*rows.primary_key.columns)
    found = connection.execution_options(stream_results=True).execute(query)
    for block in found.partitions(AT_ONCE):
        yield _as_csv([[safe_cell(value) for value in row] for row in block]), len(block)


def _as_csv(rows: list[list[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def _readme(number: int, step: str, counts: dict[str, int]) -> str:
    lines = [
        "Everything that this Plumbline holds, one table a file (CSV, UTF-8).",
        f"Written by Plumbline {VERSION}; tables as of step {step}; data revision {number}.",
        "An empty cell is unknown, never zero.",
        "Days are numbers since 1 January 1970, instants Unix seconds in UTC, money whole minor units",
        "beside its currency, shares 0 to 1. Customers are pseudonyms. What opens a shared link is left out.",
        "A text that a spreadsheet would take for a formula begins with an apostrophe.",
        "",
    ]
    words = {
        str(model.__tablename__): model.__doc__ or ""
        for model in vars(tables).values()
        if isinstance(model, type) and issubclass(model, Base) and model is not Base
    }
    for name, count in counts.items():
        about = words.get(name, "").strip().splitlines()
        lines.append(f"{name}.csv: {count} rows. {about[0] if about else ''}".rstrip())
    return "\r\n".join(lines) + "\r\n"


def main(arguments: list[str]) -> int:
    """Run the command; return 0 if it worked, 1 if not, 2 if it was not understood."""
    if len(arguments) != 1:
        sys.stderr.write("Use: python -m core.store.everything FILE.zip\n")
        return 2
    store = open_store()
    try:
        written = write_everything(store, Path(arguments[0]))
    except (PlumblineError, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    finally:
        store.close()
    sys.stdout.write(f"Everything is in {written}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
