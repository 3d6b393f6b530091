"""A throw-away PostgreSQL server for the tests, from the binaries of this computer."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

SERVICE_USER = "postgres"  # PostgreSQL refuses to run as root
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "jit": "off",
    "log_min_messages": "error",
}


_ROOM = 2_000_000_000  # bytes; a worker's databases take about 200 MB


class PostgresMissingError(Exception):
    """PostgreSQL cannot be had here; the message says why."""


def find_binaries() -> Path:
    """Return the folder of initdb and postgres, the newest version first."""
    found = sorted(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0,
        reverse=True,
    )
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    for folder in found:
        if (folder / "postgres").exists():
            return folder
    raise PostgresMissingError("its programs (initdb, postgres) are not installed")


def quick_folder() -> str | None:
    """Return a folder in memory where this computer has one with room, else None for the usual one."""
    memory = Path("/dev/shm")  # noqa: S108  (a server that is thrown away)
    has_room = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM
    return str(memory) if has_room else None


class Server:
    """A server with its data in a temporary folder, stopped and removed at the end."""

    def __init__(self) -> None:
        """Start the server and wait until it answers."""
        self._binaries = find_binaries()
        self._folder = Path(tempfile.mkdtemp(prefix="plumbline-pg-", dir=quick_folder()))
        self._process: subprocess.Popen[bytes] | None = None
        self._as_user: dict[str, object] = {}
        try:
            self._choose_user()
            self._create()
            self.port = self._start()
        except PostgresMissingError:
            self.stop()
            raise
        except (OSError, subprocess.SubprocessError, KeyError) as error:
            self.stop()
            raise PostgresMissingError(f"it could not be started: {error}") from error

    def url(self, database: str = "postgres") -> str:
        """Return the address of a database on this server."""
        return f"postgresql://{SERVICE_USER}@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        """Stop the server and remove its data."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _choose_user(self) -> None:
        if os.name == "posix" and os.geteuid() == 0:
            user = pwd.getpwnam(SERVICE_USER)
            os.chown(self._folder, user.pw_uid, user.pw_gid)
            self._as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def _create(self) -> None:
        command = [self._binaries / "initdb", "-D", self._folder / "data", "-U", SERVICE_USER]
        made = subprocess.run(
            [*command, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            capture_output=True,
            text=True,
            check=False,
            cwd=self._folder,
            **self._as_user,
        )
        if made.returncode:
            raise PostgresMissingError(f"initdb failed: {made.stderr.strip()[-300:]}")

    def _start(self) -> int:
        for _attempt in range(3):  # the port may be taken between asking and using
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = int(probe.getsockname()[1])
            settings = {**SETTINGS, "port": str(port), "unix_socket_directories": str(self._folder)}
            command = [str(self._binaries / "postgres"), "-D", str(self._folder / "data")]
            command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
            with (self._folder / "log").open("wb") as log:
                self._process = subprocess.Popen(
                    command, stdout=log, stderr=log, cwd=self._folder, **self._as_user
                )
            if self._answers(port):
                return port
        raise PostgresMissingError(f"it did not start: {(self._folder / 'log').read_text()[-300:]}")

    def _answers(self, port: int) -> bool:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self._process is not None and self._process.poll() is None:
            try:
                psycopg.connect(
                    f"postgresql://{SERVICE_USER}@127.0.0.1:{port}/postgres", connect_timeout=2
                ).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return True
        return False


class Databases:
    """Fresh databases on one server, copied from a template that holds the tables."""

    def __init__(self, server_url: str, worker: str) -> None:
        """Make the template; names carry the worker, so that workers can share a server."""
        self._prefix = f"plumbline_{worker}_{os.getpid()}"
        self._server_url = server_url
        self._admin = psycopg.connect(server_url, autocommit=True)
        self._made = 0
        self._template = ""

    def empty(self) -> str:
        """Return the address of a new database without any table."""
        self._made += 1
        return self._create(f"{self._prefix}_{self._made}", "template1")

    def fresh(self) -> str:
        """Return the address of a new database with the tables of the store."""
        if not self._template:
            from core.store.engine import open_store

            name = f"{self._prefix}_template"
            open_store(self._create(name, "template1")).close()
            self._template = name
        self._made += 1
        return self._create(f"{self._prefix}_{self._made}", self._template)

    def drop(self, url: str) -> None:
        """Remove a database."""
        name = url.rpartition("/")[2]
        self._admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Remove the template and let go of the server."""
        if self._template:
            self._admin.execute(f'DROP DATABASE IF EXISTS "{self._template}" WITH (FORCE)')
        self._admin.close()

    def _create(self, name: str, template: str) -> str:
        self._admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return f"{self._server_url.rpartition('/')[0]}/{name}"
