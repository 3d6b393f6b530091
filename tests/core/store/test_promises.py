"""Nothing is lost: kills, full disks, damage, missing and foreign files, two processes."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from core.errors import PlumblineError
from core.store.bulk import insert_rows
from core.store.engine import Store, open_store
from core.store.space import require_space
from core.store.sqlite import version_notice
from core.store.workspace import install_id

ROOT = Path(__file__).resolve().parents[3]
ADD = text("INSERT INTO brand (name, currency, zone) VALUES (:name, 'USD', 'UTC')")
WRITER = """
import sys, time
from sqlalchemy import text
from core.store.engine import open_store
store = open_store(sys.argv[1])
with store.writing("import") as connection:
    for number in range(int(sys.argv[2])):
        connection.execute(
            text("INSERT INTO brand (name, currency, zone) VALUES (:name, 'USD', 'UTC')"),
            {"name": f"{sys.argv[3]} {number}"},
        )
        if number == 0:
            print("begun", flush=True)
print("kept", flush=True)
"""


def start_writer(url: str, rows: int, name: str = "brand") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, url, str(rows), name], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def count_brands(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM brand")).scalar_one())


def refused(url: str) -> PlumblineError:
    with pytest.raises(PlumblineError) as caught:
        open_store(url).close()
    return caught.value


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.05, 0.1, 0.2], ids=lambda delay: f"after {delay} s")
def test_a_kill_at_any_moment_leaves_the_whole_import_or_none(store_url: str, delay: float) -> None:
    rows = 1500
    child = start_writer(store_url, rows)
    assert child.stdout is not None
    assert child.stdout.readline() == "begun\n"
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    said_kept = "kept" in child.communicate()[0]
    store = open_store(store_url)
    found = count_brands(store)
    assert found in (0, rows)
    assert found == rows or not said_kept
    assert store.revision() == (1 if found else 0)
    with store.writing("go on", patience=20) as connection:
        connection.execute(ADD, {"name": "next"})
    assert count_brands(store) == found + 1
    store.close()


def test_two_processes_write_at_once_and_both_are_kept(store_url: str) -> None:
    children = [start_writer(store_url, 400, name) for name in ("one", "two")]
    assert ["kept" in child.communicate(timeout=60)[0] for child in children] == [True, True]
    store = open_store(store_url)
    assert count_brands(store) == 800
    assert store.revision() == 2
    store.close()


def test_eight_threads_open_a_store_that_is_not_there_yet(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/plumbline.db"
    ids: list[str] = []

    def start() -> None:
        store = open_store(url)
        with store.reading() as connection:
            ids.append(install_id(connection))
        store.close()

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 8
    assert len(set(ids)) == 1


@pytest.mark.postgres
def test_threads_open_an_empty_postgres_database_at_once(postgres_databases: object) -> None:
    url = postgres_databases.empty()  # type: ignore[attr-defined]
    failures: list[Exception] = []

    def start() -> None:
        try:
            open_store(url).close()
        except Exception as error:  # noqa: BLE001  (whatever it is, the test must show it)
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    postgres_databases.drop(url)  # type: ignore[attr-defined]
    assert failures == []


def test_a_full_store_says_so_keeps_what_it_had_and_works_again(sqlite_store: Store) -> None:
    with sqlite_store.writing("first") as connection:
        connection.execute(ADD, {"name": "before"})

    def fill() -> None:
        with sqlite_store.writing("too much") as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 5}")
            try:
                for number in range(2000):
                    connection.execute(ADD, {"name": f"{number} {'x' * 500}"})
            finally:
                connection.exec_driver_sql("PRAGMA max_page_count=1073741823")

    with pytest.raises(PlumblineError) as caught:
        fill()
    assert caught.value.issue.code == "disk-full"
    assert count_brands(sqlite_store) == 1
    with sqlite_store.writing("after") as connection:
        connection.execute(ADD, {"name": "after"})
    assert count_brands(sqlite_store) == 2


def mount(folder: Path, *options: str) -> None:
    folder.mkdir(exist_ok=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", *options, "tmpfs", folder], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("mounting is not allowed here; the same is tested by limiting the pages of the store")


@pytest.mark.skipif(not shutil.which("mount") or os.geteuid() != 0, reason="only root may mount")
def test_a_disk_of_four_megabytes_runs_full_and_loses_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    mount(disk, "-o", "size=4m")
    try:
        store = open_store(f"sqlite:///{disk}/plumbline.db")
        with store.writing("first") as connection:
            connection.execute(ADD, {"name": "before"})

        def fill() -> None:
            with store.writing("too much") as connection:
                for number in range(20_000):
                    connection.execute(ADD, {"name": f"{number} {'x' * 2000}"})
                    if number % 100 == 0:  # more than the cache would hold back
                        connection.exec_driver_sql("PRAGMA cache_spill=1")
                        connection.exec_driver_sql("PRAGMA cache_size=10")

        with pytest.raises(PlumblineError) as caught:
            fill()
        assert caught.value.issue.code == "disk-full"
        assert count_brands(store) == 1
        with pytest.raises(PlumblineError) as short:
            require_space(store, 50_000_000)
        assert short.value.issue.code == "disk-too-small"
        assert "50 MB" in str(short.value)
        with store.writing("after") as connection:
            connection.execute(ADD, {"name": "after"})
        store.close()
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.skipif(not shutil.which("mount") or os.geteuid() != 0, reason="only root may mount")
def test_a_disk_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    mount(disk)
    try:
        open_store(f"sqlite:///{disk}/plumbline.db").close()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        error = refused(f"sqlite:///{disk}/plumbline.db")
        assert error.issue.code == "store-read-only"
        assert str(disk) in str(error)
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o500)
    assert refused(f"sqlite:///{folder}/plumbline.db").issue.code == "store-read-only"


def test_a_missing_store_is_not_replaced_by_an_empty_one(sqlite_url: str) -> None:
    open_store(sqlite_url).close()
    path = file_of(sqlite_url)
    path.unlink()
    error = refused(sqlite_url)
    assert error.issue.code == "store-missing"
    assert "restore" in error.issue.fix
    assert not path.exists()


@pytest.mark.parametrize("rest", [b"", None], ids=["no bytes", "a database without tables"])
def test_an_emptied_store_is_not_taken_for_a_new_one(sqlite_url: str, rest: bytes | None) -> None:
    open_store(sqlite_url).close()
    path = file_of(sqlite_url)
    path.unlink()
    if rest is None:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA user_version=1")
        connection.commit()
        connection.close()
    else:
        path.write_bytes(rest)
    before = path.read_bytes()
    assert refused(sqlite_url).issue.code == "store-missing"
    assert path.read_bytes() == before


@pytest.mark.parametrize("at", ["the beginning", "the middle", "cut short"])
def test_a_damaged_store_is_recognised_and_left_alone(sqlite_url: str, at: str) -> None:
    path = file_of(sqlite_url)
    store = open_store(sqlite_url)
    with store.writing("fill") as connection:
        for number in range(500):
            connection.execute(ADD, {"name": f"{number} {'x' * 500}"})
    store.close()
    whole = path.read_bytes()
    if at == "the beginning":
        path.write_bytes(b"\x00" * 4096 + whole[4096:])
    elif at == "the middle":
        middle = len(whole) // 2 // 4096 * 4096
        path.write_bytes(whole[:middle] + b"\xa5" * 40_960 + whole[middle + 40_960 :])
    else:
        path.write_bytes(whole[: len(whole) // 2])
    damaged = path.read_bytes()
    error = refused(sqlite_url)
    assert error.issue.code == "store-damaged"
    assert "backup" in error.issue.fix
    assert path.read_bytes() == damaged


def test_damage_to_a_large_store_is_found_while_it_is_open(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file_of(sqlite_url)
    store = open_store(sqlite_url)
    with store.writing("fill") as connection:
        for number in range(500):
            connection.execute(ADD, {"name": f"{number} {'x' * 500}"})
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:-81_920] + b"\xa5" * 40_960 + whole[-40_960:])
    monkeypatch.setattr("core.store.home.AT_ONCE", 0)

    def use() -> None:
        opened = open_store(sqlite_url)
        try:
            assert opened.home.check is not None
            opened.home.check.finish()
            with opened.writing("anything"):
                pass
        finally:
            opened.close()

    with pytest.raises(PlumblineError) as caught:
        use()
    assert caught.value.issue.code == "store-damaged"


def test_the_database_of_another_program_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (a)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    assert refused(f"sqlite:///{path}").issue.code == "store-foreign"
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("a letter to grandmother " * 500)
    assert refused(f"sqlite:///{path}").issue.code == "store-damaged"
    assert path.read_text().startswith("a letter")


def test_the_settings_of_a_connection_are_those_promised(sqlite_store: Store) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "journal_size_limit": 67_108_864,
        "secure_delete": 1,
        "busy_timeout": 15_000,
    }
    with sqlite_store.reading() as connection:
        assert {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected
        } == expected
        assert connection.exec_driver_sql("PRAGMA query_only").scalar_one() == 1
    with sqlite_store.writing("look") as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected}
    assert found == expected


def test_an_existing_store_opens_in_no_time(sqlite_url: str) -> None:
    open_store(sqlite_url).close()
    started = time.perf_counter()
    open_store(sqlite_url).close()
    assert time.perf_counter() - started < 0.3


def test_an_old_sqlite_is_told_apart_from_a_cured_one() -> None:
    assert "3.51.2" in version_notice((3, 51, 2))
    assert version_notice((3, 51, 3)) == ""


def test_readers_beside_importers_never_see_half_an_import(store: Store) -> None:
    stop = threading.Event()
    seen: list[tuple[int, int]] = []
    failures: list[Exception] = []

    def read() -> None:
        while not stop.is_set():
            try:
                with store.reading() as connection:
                    found = connection.execute(text("SELECT count(*) FROM brand")).scalar_one()
                    seen.append(
                        (found, connection.execute(text("SELECT revision FROM workspace")).scalar_one())
                    )
            except Exception as error:  # noqa: BLE001  (whatever it is, the test must show it)
                failures.append(error)

    def bring_in(name: str) -> None:
        try:
            for part in range(5):
                with store.writing("import", name) as connection:
                    insert_rows(
                        connection, "brand", ("name",), ((f"{name} {part} {row}",) for row in range(200))
                    )
        except Exception as error:  # noqa: BLE001  (whatever it is, the test must show it)
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(8)]
    importers = [threading.Thread(target=bring_in, args=(name,)) for name in ("a", "b", "c", "d")]
    for thread in (*readers, *importers):
        thread.start()
    for thread in importers:
        thread.join()
    stop.set()
    for thread in readers:
        thread.join()
    assert failures == []
    assert len(seen) >= len(readers)
    assert all(found == 200 * revision for found, revision in seen)
    assert count_brands(store) == 4000
