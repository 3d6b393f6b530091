"""Who is at the other end of a request: its address, and whether a proxy we trust stands between."""

from __future__ import annotations

import ipaddress
import os
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from pages.ui.serving import trusted_proxies, user_header

if TYPE_CHECKING:
    from starlette.types import Scope

_LOOPBACK = "127.0.0.1"
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
UNKNOWN = "unknown"


def peer_of(scope: Scope) -> str:
    """Return the address that the connection came from, 'unknown' where it is not told.

    The server itself believes a proxy on this computer about whom it speaks for, and marks that
    by port 0; the peer is then that proxy. Where it was told to believe others, nobody is believed.
    """
    client = scope.get("client")
    if not client:
        return UNKNOWN
    host, port = str(client[0]), int(client[1])
    if port:
        return host
    return _LOOPBACK if os.environ.get("FORWARDED_ALLOW_IPS", _LOOPBACK) == _LOOPBACK else UNKNOWN


def is_trusted(scope: Scope) -> bool:
    """Return whether the request comes from a proxy listed in PLUMBLINE_TRUSTED_PROXIES."""
    address = _address(peer_of(scope))
    return address is not None and any(address in network for network in trusted_proxies())


def is_this_computer(scope: Scope) -> bool:
    """Return whether the request was made on this computer and not passed on for somebody else."""
    address = _address(peer_of(scope))
    headers = Headers(scope=scope)
    return (
        address is not None
        and address.is_loopback
        and bool((scope.get("client") or ("", 0))[1])
        and not any(name in headers for name in _FORWARDED)
    )


def visitor_of(scope: Scope) -> str:
    """Return what tries are counted by: the visitor's address, or its network where IPv6 gives many."""
    said = _forwarded_for(scope) if is_trusted(scope) else None
    client = scope.get("client")
    address = said or _address(str(client[0]) if client else "")
    if address is None:
        return UNKNOWN
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def without_claims(scope: Scope) -> Scope:
    """Return the request without the header that names a person, unless a trusted proxy wrote it once."""
    name = user_header().encode("latin-1", "ignore")
    if not name:
        return scope
    headers = list(scope["headers"])
    claims = [value for key, value in headers if key.lower() == name]
    if len(claims) <= 1 and is_trusted(scope):
        return scope
    return {**scope, "headers": [(key, value) for key, value in headers if key.lower() != name]}


def is_encrypted(scope: Scope) -> bool:
    """Return whether the visitor's own connection is encrypted, by us or by a trusted proxy."""
    if str(scope.get("scheme")) in ("https", "wss"):
        return True
    return is_trusted(scope) and Headers(scope=scope).get("x-forwarded-proto", "") == "https"


def _forwarded_for(scope: Scope) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the last address in X-Forwarded-For that is not one of our proxies."""
    written = Headers(scope=scope).get("x-forwarded-for", "")
    for part in reversed(written.split(",")):
        address = _address(part.strip())
        if address is None:
            return None
        if not any(address in network for network in trusted_proxies()):
            return address
    return None


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None
    mapped = getattr(found, "ipv4_mapped", None)
    return mapped or found
