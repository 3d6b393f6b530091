"""Tagged links: one pattern, so that each click says which creator and which asset it came from.

source=tiktok, medium=creator, campaign=<campaign code>, content=<handle>-<asset>.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from core.entry.forms import entry_error
from core.keys import link_key, link_part

SOURCE = "tiktok"
MEDIUM = "creator"
_ASSET = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 2_000  # characters that every browser and shop accepts


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedLink:
    """A link as built.

    Attributes:
        url: the whole address.
        landing_page: the address without the tags.
        link_key: how the link is compared.
    """

    url: str
    landing_page: str
    link_key: str
    utm_source: str
    utm_medium: str
    utm_campaign: str
    utm_content: str


def build_link(landing_page: str, *, campaign_code: str, handle: str, asset: str) -> TaggedLink:
    """Return the tagged link of a creator and asset.

    Args:
        landing_page: where the click should arrive; its own query parameters stay.
        campaign_code: as in the campaign.
        handle: the creator's main handle.
        asset: what the link is for, for instance `v1` or `bio`.

    Raises:
        EntryError: `not-a-web-address`, `already-tagged`, `not-an-asset`, `too-long`.
    """
    plain = check_landing_page(landing_page)
    name = read_asset(asset)
    values = (SOURCE, MEDIUM, campaign_code, f"{handle}-{name}")
    _require_no_other_tags(plain, values)
    url = _with_tags(plain, values)
    if len(url) > _LONGEST:
        raise entry_error(
            "landing_page",
            "too-long",
            f"The link would have {len(url):,} characters.",
            "Use a shorter landing page.",
        )
    return TaggedLink(
        url=url,
        landing_page=plain,
        link_key=link_key(*values),
        utm_source=values[0],
        utm_medium=values[1],
        utm_campaign=values[2],
        utm_content=values[3],
    )


def read_asset(asset: str) -> str:
    """Return the name of an asset as it stands in links.

    Raises:
        EntryError: `not-an-asset`, with a spelling that would do.
    """
    typed = asset.strip()
    if _ASSET.fullmatch(typed) and len(typed) <= 40:
        return typed
    plain = re.sub(r"[^a-z0-9]+", "-", typed.lower()).strip("-")[:40].strip("-")
    fix = "Use small letters, digits and hyphens"
    raise entry_error(
        "asset",
        "not-an-asset",
        f'"{asset}" cannot be used in a link.',
        f"{fix}, for instance {plain}." if plain else f"{fix}, for instance v1.",
    )


def check_landing_page(address: str) -> str:
    """Return the address if a tagged link can be made of it.

    Raises:
        EntryError: `not-a-web-address`.
    """
    typed = address.strip()
    problem = _problem_of(typed)
    if problem:
        raise entry_error(
            "landing_page",
            "not-a-web-address",
            f'"{typed[:200]}" {problem}.',
            "Copy the address from the browser, https:// included.",
        )
    return typed


def _problem_of(typed: str) -> str:
    """Return why a text is no address that a customer can open, '' if it is one."""
    if not typed:
        return "is empty"
    if any(sign.isspace() or not sign.isprintable() for sign in typed) or set(typed) & set('<>"\\^`{|}'):
        return "holds a space or a sign that addresses cannot have"
    try:
        parts = urlsplit(typed)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return "is not a web address"
    if parts.scheme.lower() not in {"http", "https"}:
        return "does not begin with http:// or https://"
    if parts.username is not None or parts.password is not None:
        return "holds a user name or password"
    labels = host.split(".")
    if len(labels) < 2 or not all(labels) or len(host) > 253:
        return "names no web site"
    return ""


def tags_of(address: str) -> dict[str, str]:
    """Return the UTM values in an address by name, lower case names; nothing for an unreadable one."""
    try:
        query = urlsplit(address).query
    except ValueError:
        return {}
    pairs = parse_qsl(query, keep_blank_values=True)
    return {name.lower(): value for name, value in pairs if name.lower().startswith("utm_")}


def _require_no_other_tags(address: str, values: tuple[str, str, str, str]) -> None:
    """Do nothing unless the landing page carries tags that say something else."""
    names = ("utm_source", "utm_medium", "utm_campaign", "utm_content")
    own = dict(zip(names, values, strict=True))
    others = {
        name: value
        for name, value in tags_of(address).items()
        if link_part(value) != link_part(own.get(name, ""))
    }
    if others:
        shown = ", ".join(f"{name}={value}" for name, value in others.items())
        raise entry_error(
            "landing_page",
            "already-tagged",
            f"The landing page already carries {shown[:200]}.",
            "Take everything from utm_ on out of the address; the tags are added here.",
        )


def _with_tags(address: str, values: tuple[str, str, str, str]) -> str:
    """Return the address with the tags behind its own parameters, which stay as they are."""
    parts = urlsplit(address)
    kept = [piece for piece in parts.query.split("&") if piece and not piece.lower().startswith("utm_")]
    names = ("utm_source", "utm_medium", "utm_campaign", "utm_content")
    tags = [f"{name}={quote(value, safe='')}" for name, value in zip(names, values, strict=True)]
    return urlunsplit(parts._replace(query="&".join([*kept, *tags])))
