"""Whom this server answers: this computer only, people who sign in, or everybody by an explicit wish."""

from __future__ import annotations

import ipaddress
import os
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
EVERYBODY = "everyone-is-admin"  # what PLUMBLINE_SERVE_WITHOUT_SIGN_IN must say
_SIGN_IN_SETTINGS = {
    "redirect_uri": "PLUMBLINE_SIGN_IN_REDIRECT_URI",
    "cookie_secret": "PLUMBLINE_SIGN_IN_COOKIE_SECRET",
    "client_id": "PLUMBLINE_SIGN_IN_CLIENT_ID",
    "client_secret": "PLUMBLINE_SIGN_IN_CLIENT_SECRET",
    "server_metadata_url": "PLUMBLINE_SIGN_IN_METADATA_URL",
}
_AT_THE_DOOR = {"stands": False}


class Serving(StrEnum):
    """How it is known who asks."""

    LOCAL = "local"  # no sign-in: whoever sits at this computer
    SIGN_IN = "sign-in"  # OpenID Connect
    PROXY = "proxy"  # a trusted proxy names the person in a header
    EVERYBODY = "everybody"  # no sign-in, by an explicit wish


def serving() -> Serving:
    """Return how this server knows who asks."""
    if user_header():
        return Serving.PROXY
    if _has_sign_in():
        return Serving.SIGN_IN
    if os.environ.get("PLUMBLINE_SERVE_WITHOUT_SIGN_IN", "").strip() == EVERYBODY:
        return Serving.EVERYBODY
    return Serving.LOCAL


def user_header() -> str:
    """Return the header in which a trusted proxy names the person, lower case; '' for none."""
    return os.environ.get("PLUMBLINE_USER_HEADER", "").strip().lower()


def sign_in_secrets() -> Mapping[str, Any] | None:  # Any: Streamlit's own type of secrets
    """Return the sign-in service as the environment states it, as secrets.toml would; None if it does not."""
    stated = {key: os.environ.get(name, "").strip() for key, name in _SIGN_IN_SETTINGS.items()}
    return {"auth": stated} if all(stated.values()) else None


def _has_sign_in() -> bool:
    try:
        return bool(st.secrets.get("auth"))
    except FileNotFoundError:  # no secrets anywhere
        return sign_in_secrets() is not None


def base_path() -> str:
    """Return the path below which the app lies on its server, with a slash before it; '' for the root."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def serving_problem() -> str:
    """Return why this server must not answer anybody as it is set up; '' where nothing stands against it."""
    half = [name for name in _SIGN_IN_SETTINGS.values() if os.environ.get(name, "").strip()]
    if half and sign_in_secrets() is None:
        missing = sorted(set(_SIGN_IN_SETTINGS.values()) - set(half))
        return f"Sign-in is set up by half: {', '.join(missing)} is missing."
    how = serving()
    if how is Serving.PROXY and not trusted_proxies():
        return (
            "PLUMBLINE_USER_HEADER names the header with the person, but PLUMBLINE_TRUSTED_PROXIES does not "
            "say whose word counts. List your proxy's addresses there, for instance 127.0.0.1,10.0.0.0/8."
        )
    if how in (Serving.PROXY, Serving.SIGN_IN) and not os.environ.get("PLUMBLINE_ADMIN", "").strip():
        return "PLUMBLINE_ADMIN is empty. Name the first admin's e-mail address there."
    if how is Serving.LOCAL and (elsewhere := _reachable_from_elsewhere()):
        return (
            f"Plumbline would answer others than this computer ({elsewhere}), and no sign-in is set up. "
            "Set up sign-in as docs/hosting.md says, or serve on localhost. To let everybody who reaches it "
            f"read and change everything, set PLUMBLINE_SERVE_WITHOUT_SIGN_IN={EVERYBODY}."
        )
    return ""


def _reachable_from_elsewhere() -> str:
    address = str(st.get_option("server.address") or "").strip("[]")
    if address not in LOCAL_NAMES:
        return f"server.address is {address or 'empty'}"
    stated = [str(name) for name in st.get_option("server.allowedHosts") or ()]
    foreign = [name for name in stated if name.strip("[]").lower() not in LOCAL_NAMES]
    return f"server.allowedHosts lists {foreign[0]}" if foreign else ""


def stand_at_the_door() -> None:
    """Remember that every request of this process passes the front door."""
    _AT_THE_DOOR["stands"] = True


def is_behind_the_door() -> bool:
    """Return whether requests pass the front door; else only this computer may be answered."""
    return _AT_THE_DOOR["stands"]


def trusted_proxies() -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """Return the networks whose word about the person counts; what cannot be read counts for none."""
    return _networks(os.environ.get("PLUMBLINE_TRUSTED_PROXIES", ""))


@lru_cache(maxsize=8)
def _networks(stated: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    found = []
    for part in stated.split(","):
        try:
            found.append(ipaddress.ip_network(part.strip(), strict=False))
        except ValueError:
            continue
    return tuple(found)
