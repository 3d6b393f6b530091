"""The shape of the store: models and steps agree, upgrades keep everything or change nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.errors import PlumblineError
from core.metrics.measures import IMPORTED
from core.store import locks, upgrade
from core.store.engine import Store, open_store
from core.store.migrate import FOLDER, alembic_config, known_versions, newest_version, version_of, write_step
from core.store.sqlite_home import file_version, use_path
from core.store.tables import Base

ROOT = Path(__file__).resolve().parents[3]
STEP = '''"""A later step, only for this test."""

import sqlalchemy as sa
from alembic import op

revision = "{number:04}"
down_revision = "{before:04}"


def upgrade() -> None:
    with op.batch_alter_table("brand") as brand:
        brand.add_column(sa.Column("motto", sa.String(), nullable=False, server_default="none"))
    {more}
'''


def path_of(store: Store) -> Path:
    assert store.path is not None
    return store.path


def later_steps(folder: Path, more: str = "pass") -> Path:
    """Return a copy of the steps with one more."""
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    newest = int(newest_version())
    step = STEP.format(number=newest + 1, before=newest, more=more)
    (folder / "versions" / f"{newest + 1:04}_later.py").write_text(step)
    return folder


def contents(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


@pytest.fixture
def used(sqlite_store: Store) -> Path:
    """Return the closed file of a store that holds something."""
    with sqlite_store.writing("add brand", "Acme") as connection:
        connection.execute(text("INSERT INTO brand (name, currency, zone) VALUES ('Acme', 'USD', 'UTC')"))
    path = path_of(sqlite_store)
    sqlite_store.close()
    return path


def test_models_and_steps_agree(store: Store) -> None:
    """If this fails after a change of tables.py: python -m core.store.migrate "what changes"."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_both_databases_and_the_models_know_the_same_columns(store: Store) -> None:
    from sqlalchemy import inspect

    with store.reading() as connection:
        inspector = inspect(connection)
        found = {
            name: {column["name"] for column in inspector.get_columns(name)} for name in Base.metadata.tables
        }
    assert found == {name: set(table.columns.keys()) for name, table in Base.metadata.tables.items()}


def test_every_imported_measure_has_a_column() -> None:
    names = {measure.name for measure in IMPORTED}
    for table in ("stat", "video_day", "account_day", "campaign_day"):
        assert names <= set(Base.metadata.tables[table].columns.keys())


def test_steps_are_numbered_without_a_gap() -> None:
    assert [int(number) for number in known_versions()] == list(range(1, len(known_versions()) + 1))


def test_the_audit_trail_cannot_be_changed(store: Store) -> None:
    with store.writing("first", "thing"):
        pass

    for change in (
        "UPDATE audit_entry SET who = 'nobody'",
        "DELETE FROM audit_entry",
        "INSERT OR REPLACE INTO audit_entry (id, at, who, action, subject, detail) SELECT id, 0, '', '', '', '' FROM audit_entry"
        if store.dialect == "sqlite"
        else "TRUNCATE audit_entry",
    ):
        with pytest.raises(DBAPIError, match="cannot be changed"), store.writing("tamper") as connection:
            connection.execute(text(change))
    with store.reading() as connection:
        assert connection.execute(text("SELECT action FROM audit_entry")).scalars().all() == ["first"]
    assert store.revision() == 1


def test_a_store_of_a_newer_program_is_left_alone(store_url: str) -> None:
    store = open_store(store_url)
    with store.home.write.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(PlumblineError) as caught:
        open_store(store_url)
    assert caught.value.issue.code == "store-newer"
    assert "9999" in str(caught.value)


def go_back_to_the_first_step(url: str) -> None:
    """Turn a fresh store into one that an older program has written."""
    from alembic import command

    store = open_store(url)
    with store.home.write.begin() as connection:
        command.downgrade(alembic_config(connection, FOLDER), "0001")
    with store.writing("add brand") as connection:
        connection.execute(text("INSERT INTO brand (name, currency, zone) VALUES ('Acme', 'USD', 'UTC')"))
    store.close()


def test_a_store_of_an_older_program_is_taken_forward_when_it_is_opened(store_url: str) -> None:
    go_back_to_the_first_step(store_url)
    store = open_store(store_url)
    with store.reading() as connection:
        assert version_of(connection) == newest_version()
        assert connection.execute(text("SELECT name FROM brand")).scalars().all() == ["Acme"]
    with pytest.raises(DBAPIError, match="cannot be changed"), store.writing("tamper") as connection:
        connection.execute(text("DELETE FROM audit_entry"))
    assert store.revision() == 1
    store.close()


def test_a_damaged_store_is_not_upgraded(sqlite_url: str) -> None:
    go_back_to_the_first_step(sqlite_url)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(PlumblineError) as caught:
        open_store(sqlite_url)
    assert caught.value.issue.code == "store-damaged"
    assert not list(path.parent.glob("*before-upgrade*"))


def test_the_next_step_is_written_from_the_tables(tmp_path: Path) -> None:
    folder = tmp_path / "steps"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    made = Path(write_step("nothing new", folder))
    assert made.name == f"{int(newest_version()) + 1:04}_nothing_new.py"
    assert "create_table" not in made.read_text()


def test_an_upgrade_keeps_every_row_and_the_old_file(used: Path, tmp_path: Path) -> None:
    kept = upgrade.upgrade_file(used, use_path(used), later_steps(tmp_path / "steps"))
    connection = sqlite3.connect(used)
    assert connection.execute("SELECT name, motto FROM brand").fetchall() == [("Acme", "none")]
    assert connection.execute("SELECT count(*) FROM audit_entry").fetchone() == (1,)
    assert connection.execute("PRAGMA application_id").fetchone()[0] != 0
    with pytest.raises(sqlite3.IntegrityError, match="cannot be changed"):
        connection.execute("DELETE FROM audit_entry")
    connection.close()
    assert int(file_version(used)) == int(newest_version()) + 1
    assert file_version(kept) == newest_version()


@pytest.mark.parametrize(
    "fault",
    [
        'raise ValueError("no")',
        'op.execute("DELETE FROM brand")',
        """op.execute("INSERT INTO creator_handle VALUES ('x', 99, 0)")""",
    ],
    ids=["a step that fails", "a step that loses rows", "a step that leaves a row without its owner"],
)
def test_an_upgrade_that_goes_wrong_leaves_the_old_store(used: Path, tmp_path: Path, fault: str) -> None:
    before = contents(used)
    with pytest.raises(PlumblineError) as caught:
        upgrade.upgrade_file(used, use_path(used), later_steps(tmp_path / "steps", fault))
    assert caught.value.issue.code == "store-upgrade-failed"
    assert contents(used) == before
    assert not list(used.parent.glob("*.upgrade*"))
    open_store(f"sqlite:///{used}").close()


@pytest.mark.parametrize("delay", [0.3, 0.45, 0.55, 0.65, 0.8], ids=lambda delay: f"after {delay} s")
def test_an_upgrade_that_is_killed_leaves_a_whole_store(used: Path, tmp_path: Path, delay: float) -> None:
    steps = later_steps(tmp_path / "steps")
    program = "import sys; from pathlib import Path; from core.store.upgrade import upgrade_file; upgrade_file(*map(Path, sys.argv[1:]))"
    child = subprocess.Popen(
        [sys.executable, "-c", program, used, use_path(used), steps], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert upgrade.find_fault(used) == ""
    connection = sqlite3.connect(used)
    assert connection.execute("SELECT name FROM brand").fetchall() == [("Acme",)]
    connection.close()
    if file_version(used) == newest_version():  # and the next start finishes the work
        upgrade.upgrade_file(used, use_path(used), steps)
    assert int(file_version(used)) == int(newest_version()) + 1


def test_a_store_in_use_is_not_upgraded_under_its_users(
    used: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "PATIENCE", 0.1)
    store = open_store(f"sqlite:///{used}")
    with pytest.raises(PlumblineError) as caught:
        upgrade.upgrade_file(used, use_path(used), later_steps(tmp_path / "steps"))
    assert caught.value.issue.code == "store-in-use"
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="no such lock there")
def test_a_lock_is_held_by_one_or_shared_by_many(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first, second = (locks.take(path, shared=True, patience=0) for _ in range(2))
    assert first is not None
    assert second is not None
    with locks.held(path, patience=0.05) as alone:
        assert not alone
    first.close()
    second.close()
    with locks.held(path, patience=0.05) as alone:
        assert alone
        assert locks.take(path, shared=True, patience=0) is None
