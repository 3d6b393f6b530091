"""The store about itself: key, pseudonyms, audit trail, backups."""

from __future__ import annotations

import json
import os
import re
import stat
import threading
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from core.access import Principal, Role
from core.errors import PlumblineError
from core.store import audit, backup
from core.store.engine import Store, open_store
from core.store.workspace import install_id, install_key, key_path, pseudonym

if TYPE_CHECKING:
    from pathlib import Path

KEY = b"k" * 32


def test_the_key_stays_the_same_and_only_its_owner_may_read_it(store: Store) -> None:
    first = install_key(store)
    assert len(first) == 32
    assert install_key(store) == first
    assert stat.S_IMODE(key_path(store).stat().st_mode) == 0o600


def test_threads_that_make_the_key_at_once_get_one_key(sqlite_store: Store) -> None:
    keys: list[bytes] = []
    threads = [threading.Thread(target=lambda: keys.append(install_key(sqlite_store))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_stated_key_is_used_and_a_short_one_refused(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMBLINE_KEY", "x" * 32)
    stated = install_key(sqlite_store)
    assert len(stated) == 32
    assert not key_path(sqlite_store).exists()
    monkeypatch.setenv("PLUMBLINE_KEY", "short")
    with pytest.raises(PlumblineError) as caught:
        install_key(sqlite_store)
    assert caught.value.issue.code == "key-too-short"


def test_a_cut_key_is_not_used(sqlite_store: Store) -> None:
    install_key(sqlite_store)
    key_path(sqlite_store).write_bytes(b"x")
    with pytest.raises(PlumblineError) as caught:
        install_key(sqlite_store)
    assert caught.value.issue.code == "key-damaged"


@given(st.text())
def test_a_pseudonym_does_not_depend_on_how_it_was_typed(words: str) -> None:
    made = pseudonym(KEY, words)
    assert made == pseudonym(KEY, f"  {unicodedata.normalize('NFKC', words)}\n")
    assert made == "" or re.fullmatch("[0-9a-f]{32}", made)


def test_pseudonyms_differ_by_person_and_by_key_and_nobody_has_none() -> None:
    assert pseudonym(KEY, "Anna@Example.com ") == pseudonym(KEY, "anna@example.com")
    assert pseudonym(KEY, "anna@example.com") != pseudonym(KEY, "anne@example.com")
    assert pseudonym(KEY, "anna@example.com") != pseudonym(b"j" * 32, "anna@example.com")
    assert pseudonym(KEY, "") == pseudonym(KEY, " \t") == ""


def test_a_name_cannot_forge_a_line_of_the_record(store: Store) -> None:
    hostile = Principal(name="Eve\n2026-01-01 admin deleted\u202eevil\x1b[2J", role=Role.ADMIN)
    with store.acting_as(hostile).writing("rename", "a\r\nb\u2028c\x00d\ud800", {"to": "x\ny"}):
        pass
    with store.reading() as connection:
        (entry,) = audit.list_entries(connection)
    assert "\n" not in entry.who + entry.subject + entry.detail
    assert not set("\x1b\u202e\r\u2028\x00") & set(entry.who + entry.subject)
    assert json.loads(entry.detail) == {"to": "x\ny"}


def test_the_record_is_read_newest_first(store: Store) -> None:
    for action in ("one", "two", "three"):
        with store.writing(action):
            pass
    with store.reading() as connection:
        assert [entry.action for entry in audit.list_entries(connection, limit=2)] == ["three", "two"]
        assert audit.list_entries(connection, before=0) == ()


def test_what_the_block_learns_reaches_the_record(store: Store) -> None:
    learned: dict[str, object] = {}
    with store.writing("import", "orders.csv", learned):
        learned["rows"] = 3
    with store.reading() as connection:
        assert audit.list_entries(connection)[0].detail == '{"rows": 3}'


def add_brand(store: Store, name: str) -> None:
    with store.writing("add brand", name) as connection:
        connection.execute(
            text("INSERT INTO brand (name, currency, zone) VALUES (:name, 'USD', 'UTC')"), {"name": name}
        )


def brands(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.execute(text("SELECT name FROM brand ORDER BY name")).scalars())


def test_a_backup_made_under_load_is_one_whole_moment_and_can_be_put_back(
    sqlite_store: Store, tmp_path: Path
) -> None:
    stop = threading.Event()

    def keep_writing() -> None:
        number = 0
        while not stop.is_set():
            with sqlite_store.writing("pair") as connection:
                for half in "ab":
                    connection.execute(
                        text("INSERT INTO brand (name, currency, zone) VALUES (:name, '', '')"),
                        {"name": f"{number}{half}"},
                    )
            number += 1

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        made = [backup.backup(sqlite_store, tmp_path / "backups") for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    path = sqlite_store.path
    assert path is not None
    with sqlite_store.reading() as connection:
        identity = install_id(connection)
    sqlite_store.close()
    kept = backup.restore(made[-1], path)
    assert kept is not None
    assert kept.exists()
    store = open_store(f"sqlite:///{path}")
    assert len(brands(store)) % 2 == 0
    assert 2 * store.revision() == len(brands(store))
    with store.reading() as connection:
        assert install_id(connection) == identity
    store.close()


def test_a_lost_store_comes_back_by_one_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = open_store()
    add_brand(store, "Acme")
    store.close()
    assert backup.main(["make"]) == 0
    (made,) = (tmp_path / "backups").glob("*.db")
    (tmp_path / "plumbline.db").unlink()
    with pytest.raises(PlumblineError):
        open_store()
    assert backup.main(["restore", str(made)]) == 0
    store = open_store()
    assert brands(store) == ["Acme"]
    store.close()
    assert "in place" in capsys.readouterr().out


def test_a_store_in_use_is_not_replaced(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PATIENCE", 0.1)
    made = backup.backup(sqlite_store, tmp_path / "backups")
    assert sqlite_store.path is not None
    with pytest.raises(PlumblineError) as caught:
        backup.restore(made, sqlite_store.path)
    assert caught.value.issue.code == "store-in-use"


def test_a_damaged_backup_is_not_put_back(sqlite_store: Store, tmp_path: Path) -> None:
    add_brand(sqlite_store, "Acme")
    made = backup.backup(sqlite_store, tmp_path / "backups")
    whole = made.read_bytes()
    made.write_bytes(whole[: len(whole) // 2] + os.urandom(8192) + whole[len(whole) // 2 + 8192 :])
    path = sqlite_store.path
    assert path is not None
    sqlite_store.close()
    with pytest.raises(PlumblineError):
        backup.restore(made, path)
    store = open_store(f"sqlite:///{path}")
    assert brands(store) == ["Acme"]
    store.close()


@pytest.mark.parametrize("arguments", [[], ["fly"], ["restore"], ["make", "a", "b"]], ids=str)
def test_a_command_that_is_not_understood_says_how_to_use_it(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert backup.main(arguments) == 2
    assert "restore FILE" in capsys.readouterr().err


def test_restoring_a_file_that_is_not_there_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert backup.main(["restore", "nowhere.db"]) == 1
    assert "There is no file nowhere.db" in capsys.readouterr().err


@pytest.mark.postgres
def test_a_server_makes_its_own_backups(postgres_url: str, tmp_path: Path) -> None:
    store = open_store(postgres_url)
    with pytest.raises(PlumblineError) as caught:
        backup.backup(store, tmp_path)
    assert caught.value.issue.code == "backup-by-server"
    store.close()
