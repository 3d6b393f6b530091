"""The store about itself: who it is, how often it changed, the key of its pseudonyms."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import time
import unicodedata
from typing import TYPE_CHECKING

from sqlalchemy import text

from core.errors import refusal

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from core.store.engine import Store

KEY_BYTES = 32
PSEUDONYM_LENGTH = 32  # hex digits, 128 bits


def ensure_workspace(connection: Connection) -> str:
    """Return the install id, made at the first use of the store."""
    found = connection.execute(text("SELECT install_id FROM workspace")).scalar()
    if found is not None:
        return str(found)
    made = secrets.token_hex(16)
    connection.execute(
        text(
            "INSERT INTO workspace (id, install_id, revision, created_at, tier_cutoffs)"
            " VALUES (1, :made, 0, :now, '')"
        ),
        {"made": made, "now": int(time.time())},
    )
    return made


def install_id(connection: Connection) -> str:
    """Return the id of this installation."""
    return str(connection.exec_driver_sql("SELECT install_id FROM workspace").scalar_one())


def revision(connection: Connection) -> int:
    """Return how often the contents changed."""
    return int(connection.exec_driver_sql("SELECT revision FROM workspace").scalar_one())


def bump_revision(connection: Connection) -> None:
    """Count one change of the contents."""
    connection.exec_driver_sql("UPDATE workspace SET revision = revision + 1")


def install_key(store: Store) -> bytes:
    """Return the secret that pseudonyms are made with: PLUMBLINE_KEY, else a file beside the store.

    The file is readable by its owner only and is in no backup. Without it old and new
    pseudonyms of one person differ.

    Raises:
        PlumblineError: `key-too-short` if PLUMBLINE_KEY has under 32 characters,
            `key-damaged` if the file does not hold a key.
    """
    stated = os.environ.get("PLUMBLINE_KEY", "").strip()
    if stated:
        if len(stated) < KEY_BYTES:
            raise refusal(
                "key-too-short",
                f"PLUMBLINE_KEY has {len(stated)} characters, which is too few to be safe.",
                f"Set it to at least {KEY_BYTES} random characters, or leave it empty.",
            )
        return hashlib.sha256(stated.encode()).digest()
    path = key_path(store)
    if not path.exists():
        _make_key(path)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise refusal(
            "key-damaged",
            f"The file {path} does not hold a key of this store.",
            "Put the original file back. If it is lost, remove it; customers seen before then count as new.",
        )
    return key


def key_path(store: Store) -> Path:
    """Return where the key file lies."""
    return store.path.with_suffix(".key") if store.path else store.folder / "plumbline.key"


def _make_key(path: Path) -> None:
    """Write a new key whole, and never over one that another process just made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()


def pseudonym(key: bytes, text: str) -> str:
    """Return the same 32 hex digits for the same person, however the text was typed; '' for ''.

    Args:
        key: the secret of this installation.
        text: what tells a person apart, for instance an e-mail address.
    """
    plain = (text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()).strip()
    if not plain:
        return ""
    return hmac.digest(key, plain.encode(), "sha256").hex()[:PSEUDONYM_LENGTH]
