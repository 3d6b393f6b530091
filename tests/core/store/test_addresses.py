"""Where the store is, and which places are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.errors import PlumblineError
from core.store import addresses
from core.store.engine import open_store

if TYPE_CHECKING:
    from pathlib import Path


def refused(url: str) -> PlumblineError:
    with pytest.raises(PlumblineError) as caught:
        open_store(url).close()
    return caught.value


@pytest.mark.parametrize(
    ("kind", "is_network"), [("nfs4", True), ("cifs", True), ("ext4", False), ("9p", False)], ids=str
)
def test_a_network_drive_is_refused(tmp_path: Path, kind: str, *, is_network: bool) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda / ext4 rw 0 0\nserver:/x {tmp_path} {kind} rw 0 0\n/dev/sda {tmp_path}x ext4 rw 0 0\n"
    )
    assert (addresses.network_kind(tmp_path / "data", mounts) == kind) or not is_network
    if is_network:
        with pytest.raises(PlumblineError) as caught:
            addresses.refuse_network(tmp_path / "data", mounts)
        assert caught.value.issue.code == "store-on-network"
    else:
        addresses.refuse_network(tmp_path / "data", mounts)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://root:hunter2@db/x",
        "no address with hunter2",
        "http://hunter2",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_its_password(url: str) -> None:
    error = refused(url)
    assert error.issue.code == "store-address"
    assert "hunter2" not in str(error)


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    error = refused("postgres://anna:hunter2@127.0.0.1:9/campaigns")
    assert error.issue.code == "store-unreachable"
    assert "campaigns on 127.0.0.1" in str(error)
    assert "hunter2" not in str(error)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+psycopg2"])
def test_every_way_to_write_postgresql_is_understood(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://u:p@h:1/d")
    assert (
        addresses.find_address().url.render_as_string(hide_password=False) == "postgresql+psycopg://u:p@h:1/d"
    )


def test_without_an_address_the_store_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    store = open_store()
    assert store.path == tmp_path / "plumbline.db"
    store.close()
