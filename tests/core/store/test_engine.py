"""Opening, reading and writing: on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from core.access import Principal, Role
from core.errors import PlumblineError
from core.store import audit
from core.store.engine import Store, open_store
from core.store.problems import in_words

if TYPE_CHECKING:
    from pathlib import Path

ADD_BRAND = text("INSERT INTO brand (name, currency, zone) VALUES (:name, 'USD', 'UTC')")


def brands(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.execute(text("SELECT name FROM brand ORDER BY name")).scalars())


def test_a_write_is_kept_counted_and_recorded(store: Store) -> None:
    before = store.revision()
    anna = store.acting_as(Principal(name="Anna", role=Role.EDITOR))
    with anna.writing("add brand", "Acme", {"currency": "USD"}) as connection:
        connection.execute(ADD_BRAND, {"name": "Acme"})
    assert brands(store) == ["Acme"]
    assert store.revision() == before + 1
    with store.reading() as connection:
        (entry,) = audit.list_entries(connection)
    assert (entry.who, entry.action, entry.subject, entry.detail) == (
        "Anna",
        "add brand",
        "Acme",
        '{"currency": "USD"}',
    )


def test_a_block_that_fails_leaves_nothing(store: Store) -> None:
    before = store.revision()

    def fail() -> None:
        with store.writing("add brand") as connection:
            connection.execute(ADD_BRAND, {"name": "Acme"})
            raise KeyError("Acme")

    with pytest.raises(KeyError):
        fail()
    assert brands(store) == []
    assert store.revision() == before
    with store.writing("add brand") as connection:  # and the store can be written again
        connection.execute(ADD_BRAND, {"name": "Next"})
    assert brands(store) == ["Next"]


def test_a_value_that_exists_is_the_callers_business(store: Store) -> None:
    def add() -> None:
        with store.writing("add brand") as connection:
            connection.execute(ADD_BRAND, {"name": "Acme"})

    add()
    with pytest.raises(IntegrityError):
        add()


def test_a_reader_cannot_write(store: Store) -> None:
    def write() -> None:
        with store.reading() as connection:
            connection.execute(ADD_BRAND, {"name": "Acme"})

    with pytest.raises(PlumblineError) as caught:
        write()
    assert caught.value.issue.code == "store-read-only"
    assert brands(store) == []


def test_a_reader_sees_one_moment(store: Store) -> None:
    with store.reading() as reader:
        assert reader.execute(text("SELECT count(*) FROM brand")).scalar_one() == 0
        with store.writing("add brand") as writer:
            writer.execute(ADD_BRAND, {"name": "Acme"})
        assert reader.execute(text("SELECT count(*) FROM brand")).scalar_one() == 0
    assert brands(store) == ["Acme"]


def test_nobody_sees_half_a_write(store: Store) -> None:
    with store.writing("add brand") as writer:
        writer.execute(ADD_BRAND, {"name": "Acme"})
        assert brands(store) == []


def test_foreign_keys_hold(store: Store) -> None:
    def point_nowhere() -> None:
        with store.writing("add handle") as connection:
            connection.execute(
                text("INSERT INTO creator_handle (handle, creator_id, is_main) VALUES ('x', 99, false)")
            )

    with pytest.raises(IntegrityError):
        point_nowhere()


def test_the_progress_of_a_job_changes_no_revision_and_no_record(store: Store) -> None:
    before = store.revision()
    with store.tracking() as connection:
        connection.execute(
            text(
                "INSERT INTO import_job (upload, label, state, done, total, sentence, wants_cancel, process, heartbeat,"
                " who, at) VALUES ('u', 'l', 'reading', 1, 2, '', false, '', 0, '', 0)"
            )
        )
    with store.reading() as connection:
        assert connection.execute(text("SELECT done FROM import_job")).scalar_one() == 1
        assert audit.list_entries(connection) == ()
    assert store.revision() == before


def test_a_write_inside_a_write_is_refused_at_once_instead_of_waiting_for_itself(store: Store) -> None:
    with store.writing("outer"), pytest.raises(RuntimeError, match="already open"), store.writing("inner"):
        pass
    assert store.revision() == 1


def test_a_writer_that_waits_too_long_is_told_so(store_url: str) -> None:
    first, second = open_store(store_url), open_store(store_url)

    def write() -> None:
        with second.writing("add brand", patience=0.2):
            pass

    failures: list[PlumblineError] = []

    def try_to_write() -> None:
        try:
            write()
        except PlumblineError as error:
            failures.append(error)

    with first.writing("long import"):
        other = threading.Thread(target=try_to_write)
        other.start()
        other.join(timeout=20)
    assert [failure.issue.code for failure in failures] == ["store-busy"]
    write()
    assert first.revision() == 2
    first.close()
    second.close()


@pytest.mark.parametrize("shared", [True, False], ids=["one store", "a store each"])
def test_six_threads_read_and_then_write_without_losing_any(store_url: str, *, shared: bool) -> None:
    """Each adds one to a number it read; a lost update or a lock error shows in the sum."""
    common = open_store(store_url)
    with common.writing("add") as connection:
        connection.execute(
            text("INSERT INTO creator_followers (creator_id, day, followers) SELECT 1, 1, 0 WHERE false")
        )
        connection.execute(
            text(
                "INSERT INTO creator (id, name, niche, country, notes, version) VALUES (1, 'a', '', '', '', 0)"
            )
        )
    failures: list[Exception] = []

    def work() -> None:
        mine = common if shared else open_store(store_url)
        try:
            for _ in range(10):
                with mine.writing("count") as connection:
                    seen = connection.execute(text("SELECT version FROM creator WHERE id = 1")).scalar_one()
                    connection.execute(
                        text("UPDATE creator SET version = :next WHERE id = 1"), {"next": seen + 1}
                    )
        except Exception as error:  # noqa: BLE001  (whatever it is, the test must show it)
            failures.append(error)
        finally:
            if not shared:
                mine.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with common.reading() as connection:
        assert connection.execute(text("SELECT version FROM creator WHERE id = 1")).scalar_one() == 60
    assert common.revision() == 61
    common.close()


def test_two_processes_of_the_app_agree_on_the_revision(store_url: str) -> None:
    one, other = open_store(store_url), open_store(store_url)
    with one.writing("add brand"):
        pass
    assert other.revision() == one.revision() == 1
    one.close()
    other.close()


def test_two_stores_can_be_written_together(sqlite_store: Store, tmp_path: Path) -> None:
    other = open_store(f"sqlite:///{tmp_path}/other/plumbline.db")
    with sqlite_store.writing("copy") as one, other.writing("copy") as two:
        for connection in (one, two):
            connection.execute(ADD_BRAND, {"name": "Acme"})
    assert brands(sqlite_store) == brands(other) == ["Acme"]
    other.close()


@pytest.mark.postgres
def test_a_lost_connection_is_said_plainly_and_the_next_one_works(postgres_url: str) -> None:
    store = open_store(postgres_url)

    def lose_it() -> None:
        with store.writing("add brand") as connection:
            connection.execute(ADD_BRAND, {"name": "Acme"})
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(PlumblineError) as caught:
        lose_it()
    assert caught.value.issue.code == "store-unreachable"
    assert brands(store) == []
    with store.writing("add brand") as connection:
        connection.execute(ADD_BRAND, {"name": "Next"})
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        )
    assert brands(store) == ["Next"]  # an idle connection that the server closed is replaced unseen
    store.close()


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as the driver says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("original", "code"),
    [
        (sqlite_error(5), "store-busy"),
        (sqlite_error(517), "store-busy"),  # a stale snapshot
        (sqlite_error(6), "store-busy"),
        (sqlite_error(13), "disk-full"),
        (sqlite_error(8), "store-read-only"),
        (sqlite_error(14), "store-read-only"),
        (sqlite_error(11), "store-damaged"),
        (sqlite_error(26), "store-damaged"),
        (sqlite_error(778), "store-trouble"),  # the disk refuses to write
        (psycopg.errors.LockNotAvailable(), "store-busy"),
        (psycopg.errors.SerializationFailure(), "store-busy"),
        (psycopg.errors.TooManyConnections(), "store-busy"),
        (psycopg.errors.DiskFull(), "disk-full"),
        (psycopg.errors.ReadOnlySqlTransaction(), "store-read-only"),
        (psycopg.errors.DataCorrupted(), "store-damaged"),
        (psycopg.errors.AdminShutdown(), "store-unreachable"),
        (psycopg.errors.InvalidPassword(), "store-unreachable"),
        (psycopg.OperationalError("connection refused"), "store-unreachable"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_every_trouble_of_a_database_has_plain_words(original: Exception, code: str, tmp_path: Path) -> None:
    path = tmp_path / "plumbline.db" if isinstance(original, sqlite3.Error) else None
    said = in_words(OperationalError("SELECT 1", None, original), "the store", path)
    assert isinstance(said, PlumblineError)
    assert said.issue.code == code
    assert said.issue.fix
    assert "SELECT" not in str(said)


@pytest.mark.parametrize(
    "original", [sqlite_error(1), psycopg.errors.UndefinedTable()], ids=["SQLite", "PostgreSQL"]
)
def test_a_mistake_of_ours_is_not_dressed_up(original: Exception, tmp_path: Path) -> None:
    error = OperationalError("SELECT 1", None, original)
    assert in_words(error, "the store", tmp_path if isinstance(original, sqlite3.Error) else None) is error
