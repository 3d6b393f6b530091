"""Stores for the tests: a fresh SQLite file and a fresh PostgreSQL database for each."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from core.sample.load import load_sample
from core.store.engine import Store, open_store
from core.store.locks import held
from tests.postgres import Databases, PostgresMissingError, Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ALLOW_WITHOUT = "PLUMBLINE_TESTS_WITHOUT_POSTGRES"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep tests away from the data of whoever runs them."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("PLUMBLINE_KEY", raising=False)
    monkeypatch.setenv("PLUMBLINE_DATA", str(tmp_path))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store file that was set up once, for copying."""
    path = tmp_path_factory.mktemp("template") / "plumbline.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """Return the address of a fresh SQLite store."""
    path = tmp_path / "plumbline.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgres_databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Return a server that makes databases: the one in TEST_DATABASE_URL, else our own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    stated = os.environ.get("TEST_DATABASE_URL", "").strip()
    try:
        server = None if stated else Server()
    except PostgresMissingError as missing:
        advice = f"Install it (Debian: apt-get install postgresql), set TEST_DATABASE_URL, or set {ALLOW_WITHOUT}=1."
        if os.environ.get(ALLOW_WITHOUT) == "1":
            pytest.skip(f"no PostgreSQL: {missing}")
        pytest.fail(f"No PostgreSQL for the tests: {missing}. {advice}", pytrace=False)
    databases = Databases(stated or server.url(), worker)
    try:
        yield databases
    finally:
        databases.close()
        if server is not None:
            server.stop()


@pytest.fixture
def postgres_url(postgres_databases: Databases) -> Iterator[str]:
    """Return the address of a fresh PostgreSQL store."""
    url = postgres_databases.fresh()
    yield url
    postgres_databases.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a fresh store, once for each kind of database."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """Return a fresh open store; the test runs on SQLite and on PostgreSQL."""
    opened = open_store(store_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    """Return a fresh open store in an SQLite file."""
    opened = open_store(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder that holds the sample campaign, to be copied; the test workers share it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    path = shared / "sample-template"
    with held(shared / "sample.lock", patience=600):
        if not (path / "loaded").exists():
            _load_sample_into(path)
    return path


def _load_sample_into(path: Path) -> None:
    path.mkdir(exist_ok=True)
    store = open_store(f"sqlite:///{path / 'plumbline.db'}")
    load_sample(store)
    store.close()
    (path / "loaded").touch()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that half of the store tests did not run."""
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if "no PostgreSQL" in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.section("PostgreSQL was NOT tested", sep="!", red=True, bold=True)
        terminalreporter.line(
            f"{len(skipped)} tests need PostgreSQL and were skipped because {ALLOW_WITHOUT}=1 is set."
        )
