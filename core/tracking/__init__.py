"""Promo codes and tagged links: what ties an order or a visit to a creator."""

from core.tracking.builder import TaggedLink, build_link
from core.tracking.codes import add_code, apply_code_edits, edit_code, list_codes, remove_code
from core.tracking.links import (
    LinksMade,
    add_link,
    add_links,
    links_csv,
    list_links,
    remove_link,
    set_short_url,
)
from core.tracking.model import MappedCode, PromoCode, TrackingLink, UnknownCode
from core.tracking.naming import NamingCheck, NamingProblem, check_naming
from core.tracking.unknown import map_code_to_creator, map_code_to_nobody, unknown_codes

__all__ = [
    "LinksMade",
    "MappedCode",
    "NamingCheck",
    "NamingProblem",
    "PromoCode",
    "TaggedLink",
    "TrackingLink",
    "UnknownCode",
    "add_code",
    "add_link",
    "add_links",
    "apply_code_edits",
    "build_link",
    "check_naming",
    "edit_code",
    "links_csv",
    "list_codes",
    "list_links",
    "map_code_to_creator",
    "map_code_to_nobody",
    "remove_code",
    "remove_link",
    "set_short_url",
    "unknown_codes",
]
