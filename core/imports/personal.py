"""Which columns hold people's details that nothing in Plumbline needs.

Their cells are left out before a file reaches the app's memory. E-mail addresses and ids of
customers are not among them: they become pseudonyms in the next step. Runs in the child
process: standard library only.
"""

from __future__ import annotations

import re

_WHO = r"(?:billing|shipping|recipient|receiver|buyer|customer|delivery|consignee|ship to|bill to)"
_WHAT = (
    r"(?:name|first ?name|last ?name|surname|street|address ?\d?|address line ?\d|company|city|"
    r"zip|zip ?code|post ?code|postal ?code|phone|phone ?number|phone #|tel|telephone|mobile)"
)
_PERSONAL = re.compile(
    rf"^(?:{_WHO}[ _]?{_WHAT}|{_WHO}_(?:first|last)_name|phone(?: ?number| ?#)?|"
    r"mobile(?: ?number)?|telephone|detail(?:ed)? ?address|additional ?address(?: ?information)?|"
    r"street ?address|home ?address|recipient|zip ?code|postal ?code|post ?code|"
    r"ip|ip[ _]?address|imei|idfa|idfv|android id|advertising id|user agent|wifi|mac address|"
    r"location ?latitude|location ?longitude|date ?of ?birth|birthday|avatar|avatar[ _]?thumbnail|"
    r"first ?name|last ?name|full ?name|surname|national ?id|tax ?id|passport)$"
)


def is_personal(header: str) -> bool:
    """Return whether a column of this name holds details that are not needed."""
    name = re.sub(r"[\s_]+", " ", header.casefold().replace("-", "")).strip(" :\"'")
    return bool(_PERSONAL.match(name))
