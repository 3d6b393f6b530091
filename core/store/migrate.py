"""From one shape of the store to the next: which steps are known, and taking them.

Alembic is loaded only when there is a step to take, so that opening stays quick.
`python -m core.store.migrate "what changes"` writes the next step from the tables.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect

from core.errors import PlumblineError, refusal

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

FOLDER = Path(__file__).resolve().parent / "migrations"


def known_versions(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the numbers of all steps this program knows, oldest first."""
    return tuple(sorted(path.name[:4] for path in (folder / "versions").glob("[0-9]*.py")))


def newest_version() -> str:
    """Return the number of the newest step this program knows."""
    return known_versions()[-1]


def version_of(connection: Connection) -> str:
    """Return the step the store stands at; '' if it was never set up."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def needs_steps(version: str) -> bool:
    """Return whether a store at this step has to be taken forward.

    Raises:
        PlumblineError: `store-newer` if the store was written by a newer program.
    """
    if version and version not in known_versions():
        raise store_newer(version)
    return version != newest_version()


def store_newer(version: str) -> PlumblineError:
    """Return the refusal of a store that a newer program has written."""
    return refusal(
        "store-newer",
        f"This store was last used by a newer Plumbline (its version is {version}; "
        f"this program knows up to {newest_version()}). It was left as it is.",
        "Start the newer Plumbline again, or restore a backup made before the upgrade.",
    )


def migrate(connection: Connection, folder: Path = FOLDER) -> None:
    """Take all missing steps inside the transaction of the connection."""
    from alembic import command

    command.upgrade(alembic_config(connection, folder), "head")


def write_step(message: str, folder: Path = FOLDER) -> str:
    """Return the file of a new step that brings the steps up to the tables."""
    from alembic import command
    from sqlalchemy import create_engine

    number = f"{int((known_versions(folder) or ('0000',))[-1]) + 1:04}"
    with tempfile.TemporaryDirectory() as scratch:
        engine = create_engine(f"sqlite:///{scratch}/steps.db")
        with engine.connect() as connection:
            config = alembic_config(connection, folder)
            if number != "0001":
                command.upgrade(config, "head")
            script = command.revision(config, message, autogenerate=True, rev_id=number)
        engine.dispose()
    return str(getattr(script, "path", ""))


def alembic_config(connection: Connection, folder: Path) -> Config:
    """Return what Alembic needs to work on this connection with these steps."""
    from alembic.config import Config

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


if __name__ == "__main__":
    sys.stdout.write(write_step(" ".join(sys.argv[1:]) or "change") + "\n")
