"""Where the store is: an address from the caller, the environment, or a file under data/."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from core.errors import PlumblineError, refusal

FILE_NAME = "plumbline.db"
MOUNTS = Path("/proc/mounts")
NETWORK_KINDS = frozenset({"nfs", "nfs4", "cifs", "smbfs", "smb3"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A checked address.

    Attributes:
        url: for SQLAlchemy, with its driver.
        path: the SQLite file; None for a server.
        folder: where files that belong to the store lie (marker, key, backups).
    """

    url: URL
    path: Path | None
    folder: Path

    def __str__(self) -> str:
        """Return the address as it may be shown: without user and password."""
        return str(self.path) if self.path else f"{self.url.database} on {self.url.host or 'this computer'}"


def data_folder() -> Path:
    """Return the folder for data: PLUMBLINE_DATA, else data/ beside the program."""
    stated = os.environ.get("PLUMBLINE_DATA", "").strip()
    return Path(stated).expanduser().resolve() if stated else Path(__file__).resolve().parents[2] / "data"


def find_address(url: str | None = None) -> Address:
    """Return where the store is: the argument, else DATABASE_URL, else an SQLite file.

    Raises:
        PlumblineError: `store-address` if the address cannot be understood.
    """
    text = (url if url is not None else os.environ.get("DATABASE_URL", "")).strip()
    if not text:
        return _file_address(data_folder() / FILE_NAME)
    try:
        parsed = make_url(text)
    except (ArgumentError, ValueError):
        raise _not_understood("an address that cannot be read") from None
    kind = parsed.drivername.partition("+")[0]
    if kind in ("postgres", "postgresql"):
        return Address(url=parsed.set(drivername="postgresql+psycopg"), path=None, folder=data_folder())
    if kind == "sqlite" and parsed.database and parsed.database != ":memory:":
        return _file_address(Path(parsed.database).expanduser().resolve())
    raise _not_understood(
        f'an address that begins with "{kind}" and names no file' if kind == "sqlite" else f'"{kind}"'
    )


def _file_address(path: Path) -> Address:
    return Address(url=URL.create("sqlite", database=str(path)), path=path, folder=path.parent)


def _not_understood(found: str) -> PlumblineError:
    """Return the refusal; the address itself is not quoted, for it may hold a password."""
    return refusal(
        "store-address",
        f"DATABASE_URL holds {found}, which Plumbline cannot use as its store.",
        "Use postgresql://user:password@host/name or sqlite:////folder/plumbline.db, or leave it empty.",
    )


def network_kind(folder: Path, mounts: Path = MOUNTS) -> str:
    """Return the kind of network file system that holds the folder, '' if none is known."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""  # not Linux: nothing can be said
    best, kind = "", ""
    for line in lines:
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        if (folder == Path(point) or Path(point) in folder.parents) and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind if kind in NETWORK_KINDS else ""


def refuse_network(folder: Path, mounts: Path = MOUNTS) -> None:
    """Do nothing if the folder is on a disk of this computer, as far as can be told.

    Raises:
        PlumblineError: `store-on-network`, since SQLite loses data there.
    """
    kind = network_kind(folder, mounts)
    if kind:
        raise refusal(
            "store-on-network",
            f"{folder} is on a network drive ({kind}), where the built-in database can lose data.",
            "Choose a folder on this computer with PLUMBLINE_DATA, or use PostgreSQL through DATABASE_URL.",
        )
