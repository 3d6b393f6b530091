"""A backup is put back while the app runs; nothing stale shows, and the store before is kept."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from core.access import Principal, Role
from core.campaigns import create_brand, list_brands
from core.errors import PlumblineError
from core.store import restoring
from core.store.backup import backup
from core.store.engine import Store, open_store
from core.store.restoring import restore_running
from core.store.shelf import DAY, Backup, daily_backup, folder_of, list_backups, remove_backups, too_many
from core.store.upgrade import find_fault


def names(store):
    return [brand.name for brand in list_brands(store)]


def test_the_backup_is_what_everybody_sees_next(sqlite_store):
    create_brand(sqlite_store, {"name": "Before"})
    made = backup(sqlite_store, folder_of(sqlite_store))
    create_brand(sqlite_store, {"name": "After"})
    revision = sqlite_store.revision()
    kept = restore_running(sqlite_store, made)
    assert names(sqlite_store) == ["Before"]
    assert sqlite_store.revision() > revision, "no kept figure of the other store may show"
    assert kept is not None
    assert kept.exists()
    create_brand(sqlite_store, {"name": "Later"})
    assert sorted(names(sqlite_store)) == ["Before", "Later"]
    with sqlite_store.reading() as connection:
        actions = connection.exec_driver_sql("SELECT action FROM audit_entry ORDER BY id").scalars().all()
    assert "backup restored" in actions


def test_the_store_before_can_be_put_back_in_turn(sqlite_store):
    made = backup(sqlite_store, folder_of(sqlite_store))
    create_brand(sqlite_store, {"name": "Mine"})
    kept = restore_running(sqlite_store, made)
    assert names(sqlite_store) == []
    restore_running(sqlite_store, kept)
    assert names(sqlite_store) == ["Mine"]


def test_a_backup_made_under_load_is_whole(sqlite_store):
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            create_brand(sqlite_store, {"name": f"Brand {number}"})
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(names(sqlite_store)) < 5:
            stop.wait(0.01)
        made = backup(sqlite_store, folder_of(sqlite_store))
    finally:
        stop.set()
        writer.join()
    restore_running(sqlite_store, made)
    found = names(sqlite_store)
    assert len(found) >= 5
    assert sorted(found) == sorted(f"Brand {number}" for number in range(len(found))), "a whole beginning"


def test_a_reader_in_the_middle_finishes_with_the_store_before(sqlite_store):
    create_brand(sqlite_store, {"name": "Old"})
    made = backup(sqlite_store, folder_of(sqlite_store))
    create_brand(sqlite_store, {"name": "New"})
    with sqlite_store.reading() as connection:
        query = "SELECT COUNT(*) FROM brand"
        assert connection.exec_driver_sql(query).scalar() == 2
        restore_running(sqlite_store, made)
        assert connection.exec_driver_sql(query).scalar() == 2
    assert names(sqlite_store) == ["Old"]


def test_another_process_that_uses_the_store_stands_against_it(sqlite_store, sqlite_url, monkeypatch):
    monkeypatch.setattr("core.store.restoring.PATIENCE", 0.2)
    made = backup(sqlite_store, folder_of(sqlite_store))
    create_brand(sqlite_store, {"name": "Mine"})
    other = open_store(sqlite_url)
    try:
        with pytest.raises(PlumblineError, match="another Plumbline"):
            restore_running(sqlite_store, made)
    finally:
        other.close()
    assert names(sqlite_store) == ["Mine"]
    restore_running(sqlite_store, made)


@pytest.mark.parametrize(
    "content", [b"", b"not a database", b"SQLite format 3\x00" + b"\0" * 200], ids=["empty", "text", "cut"]
)
def test_what_is_no_backup_is_refused_and_changes_nothing(sqlite_store, tmp_path, content):
    create_brand(sqlite_store, {"name": "Mine"})
    bad = tmp_path / "bad.db"
    bad.write_bytes(content)
    with pytest.raises(PlumblineError):
        restore_running(sqlite_store, bad)
    assert names(sqlite_store) == ["Mine"]
    assert not list(sqlite_store.folder.glob("*.restore*"))


def test_only_an_admin_puts_back_lists_or_removes(sqlite_store):
    made = backup(sqlite_store, folder_of(sqlite_store))
    editor = Store(home=sqlite_store.home, principal=Principal(name="e", role=Role.EDITOR))
    for work in (
        lambda: restore_running(editor, made),
        lambda: list_backups(editor),
        lambda: remove_backups(editor, [made.name]),
    ):
        with pytest.raises(PlumblineError, match="right"):
            work()


def test_one_backup_a_day_is_made_and_old_ones_go(sqlite_store):
    now = 1_800_000_000
    first = daily_backup(sqlite_store, now=now)
    assert first is not None
    assert daily_backup(sqlite_store, now=int(first.stat().st_mtime) + DAY - 1) is None
    assert daily_backup(sqlite_store, now=int(first.stat().st_mtime) + DAY) is not None


def test_seven_daily_and_four_weekly_backups_are_kept():
    listed = [
        Backup(name=f"b{day}", path=Path(f"b{day}"), at=20_000 * DAY - day * DAY, size=1, is_backup=True)
        for day in range(60)
    ]
    gone = {one.name for one in too_many(listed)}
    kept = [one.name for one in listed if one.name not in gone]
    assert kept[:7] == [f"b{day}" for day in range(7)]
    assert 9 <= len(kept) <= 11


def test_no_copy_of_any_kind_is_kept_longer_than_a_month(sqlite_store):
    made = backup(sqlite_store, folder_of(sqlite_store))
    kept = restore_running(sqlite_store, made)
    now = 1_900_000_000
    for path, age in ((made, 31), (kept, 30)):
        os.utime(path, (now - age * DAY, now - age * DAY))
    new = daily_backup(sqlite_store, now=now)
    assert {one.path for one in list_backups(sqlite_store)} == {new, kept}
    os.utime(kept, (now - 31 * DAY, now - 31 * DAY))
    os.utime(new, (now - 2 * DAY, now - 2 * DAY))
    newest = daily_backup(sqlite_store, now=now)
    assert {one.path for one in list_backups(sqlite_store)} == {new, newest}


def test_backups_are_removed_by_name_and_nothing_else(sqlite_store):
    made = backup(sqlite_store, folder_of(sqlite_store))
    assert [one.name for one in list_backups(sqlite_store)] == [made.name]
    with pytest.raises(PlumblineError, match="not there"):
        remove_backups(sqlite_store, ["../plumbline.db"])
    assert remove_backups(sqlite_store, [made.name]) == 1
    assert list_backups(sqlite_store) == ()
    assert sqlite_store.path.exists()


def fault_of(path):
    return find_fault(path), [
        ending for ending in ("-wal", "-shm") if path.with_name(path.name + ending).exists()
    ]


def test_the_store_before_is_kept_whole_even_while_somebody_reads_it(sqlite_store):
    made = backup(sqlite_store, folder_of(sqlite_store))
    create_brand(sqlite_store, {"name": "Mine"})
    with sqlite_store.reading() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM brand").scalar() == 1
        kept = restore_running(sqlite_store, made)
    assert fault_of(kept) == ("", []), "one file, nothing beside it"
    restore_running(sqlite_store, kept)
    assert names(sqlite_store) == ["Mine"]


def test_whoever_reads_an_earlier_moment_is_waited_for(sqlite_store, monkeypatch):
    made = backup(sqlite_store, folder_of(sqlite_store))
    monkeypatch.setattr("core.store.restoring.PATIENCE", 0.3)
    with sqlite_store.reading() as connection:
        connection.exec_driver_sql("SELECT COUNT(*) FROM brand").scalar()
        create_brand(sqlite_store, {"name": "Since"})
        with pytest.raises(PlumblineError, match="reads a large report"):
            restore_running(sqlite_store, made)
    assert names(sqlite_store) == ["Since"]
    assert not list(sqlite_store.folder.glob("*.before-restore-*")), "no copy for nothing"
    restore_running(sqlite_store, made)


def test_no_two_states_share_a_revision(sqlite_store, monkeypatch):
    made = backup(sqlite_store, folder_of(sqlite_store))
    prepare = restoring._prepare

    def write_meanwhile(source, draft):
        prepare(source, draft)
        create_brand(sqlite_store, {"name": "Meanwhile"})

    monkeypatch.setattr("core.store.restoring._prepare", write_meanwhile)
    restore_running(sqlite_store, made)
    before = sqlite_store.revision()
    assert before > 1, "past the write that came while the backup was prepared"
    monkeypatch.undo()
    kept = restore_running(sqlite_store, made)
    assert kept is not None
    assert sqlite_store.revision() > before


def test_the_backup_is_in_the_journal_mode_of_the_store_before_anybody_opens_it(sqlite_store, monkeypatch):
    made = backup(sqlite_store, folder_of(sqlite_store))
    seen = []
    place = restoring._put_in_place

    def look(store, path, draft):
        seen.append(draft.read_bytes()[18:20])
        place(store, path, draft)

    monkeypatch.setattr("core.store.restoring._put_in_place", look)
    restore_running(sqlite_store, made)
    assert seen == [b"\x02\x02"], "the header says WAL"


def test_a_failure_right_before_the_swap_leaves_the_store_as_it_was(sqlite_store, monkeypatch):
    made = backup(sqlite_store, folder_of(sqlite_store))
    create_brand(sqlite_store, {"name": "Mine"})
    move = Path.replace

    def fail(self, target):
        if target == sqlite_store.path:
            raise KeyboardInterrupt
        return move(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KeyboardInterrupt):
        restore_running(sqlite_store, made)
    monkeypatch.undo()
    assert find_fault(sqlite_store.path) == ""
    assert names(sqlite_store) == ["Mine"]


def test_restores_while_everybody_works_lose_nothing_and_confuse_nobody(sqlite_store):
    """Writers and readers go on; every revision stands for one state, and every copy is whole."""
    made = [backup(sqlite_store, folder_of(sqlite_store))]
    create_brand(sqlite_store, {"name": "Second"})
    made.append(backup(sqlite_store, folder_of(sqlite_store)))
    stop = threading.Event()
    seen: dict[int, set[tuple[str, ...]]] = {}
    problems: list[Exception] = []
    lock = threading.Lock()

    def look() -> None:
        while not stop.is_set():
            try:
                with sqlite_store.reading() as connection:
                    number = connection.exec_driver_sql("SELECT revision FROM workspace").scalar()
                    rows = connection.exec_driver_sql("SELECT name FROM brand ORDER BY id").scalars().all()
                with lock:
                    seen.setdefault(number, set()).add(tuple(rows))
            except Exception as problem:  # noqa: BLE001  (whatever it is, it is reported)
                problems.append(problem)

    def write(name: str) -> None:
        number = 0
        while not stop.is_set():
            try:
                create_brand(sqlite_store, {"name": f"{name} {number}"})
            except Exception as problem:  # noqa: BLE001  (whatever it is, it is reported)
                problems.append(problem)
            number += 1
            stop.wait(0.003)

    def put_back(path) -> None:
        for _ in range(4):
            try:
                kept.append(restore_running(sqlite_store, path))
            except Exception as problem:  # noqa: BLE001  (whatever it is, it is reported)
                problems.append(problem)

    kept: list[Path] = []
    workers = [threading.Thread(target=look) for _ in range(4)]
    workers += [threading.Thread(target=write, args=(f"Brand {one}",)) for one in range(2)]
    restorers = [threading.Thread(target=put_back, args=(path,)) for path in made]
    for worker in (*workers, *restorers):
        worker.start()
    for restorer in restorers:
        restorer.join()
    stop.set()
    for worker in workers:
        worker.join()
    assert problems == []
    assert len(set(kept)) == 8
    assert {len(states) for states in seen.values()} == {1}, "one state to a revision"
    assert all(fault_of(path) == ("", []) for path in kept)
    assert find_fault(sqlite_store.path) == ""
    restore_running(sqlite_store, kept[0])
