"""A backup is put back while the app runs; nothing stale shows, and the store before is kept."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from core.access import Principal, Role
from core.campaigns import create_brand, list_brands
from core.errors import PlumblineError
from core.store.backup import backup
from core.store.engine import Store, open_store
from core.store.restoring import restore_running
from core.store.shelf import DAY, Backup, daily_backup, folder_of, list_backups, remove_backups, too_many


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


def test_backups_are_removed_by_name_and_nothing_else(sqlite_store):
    made = backup(sqlite_store, folder_of(sqlite_store))
    assert [one.name for one in list_backups(sqlite_store)] == [made.name]
    with pytest.raises(PlumblineError, match="not there"):
        remove_backups(sqlite_store, ["../plumbline.db"])
    assert remove_backups(sqlite_store, [made.name]) == 1
    assert list_backups(sqlite_store) == ()
    assert sqlite_store.path.exists()
