"""Passwords of shared links: kept as scrypt, compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata

_COST, _BLOCK, _LANES = 2**14, 8, 1  # about 50 ms and 16 MB a try
_SALT_BYTES = 16


def hash_password(password: str) -> str:
    """Return what is kept of a password: cost, salt and digest."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return f"scrypt${_COST}${salt.hex()}${_digest(password, salt, _COST).hex()}"


def fits_password(kept: str, typed: str) -> bool:
    """Return whether a password is the one that was kept; never for '' kept."""
    name, _, rest = kept.partition("$")
    cost, _, rest = rest.partition("$")
    salt, _, digest = rest.partition("$")
    if name != "scrypt":
        return False
    return hmac.compare_digest(_digest(typed, bytes.fromhex(salt), int(cost)), bytes.fromhex(digest))


def _digest(password: str, salt: bytes, cost: int) -> bytes:
    plain = unicodedata.normalize("NFKC", password).encode("utf-8", "replace")
    return hashlib.scrypt(plain, salt=salt, n=cost, r=_BLOCK, p=_LANES)
