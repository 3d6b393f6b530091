"""Who brought an order, as order files tell it: promo codes and tagged links."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from core.keys import code_key, link_key

# Discounts that the shop or the channel gives by itself: nobody typed a code.
AUTOMATIC = frozenset(
    {"CUSTOM DISCOUNT", "SELLER DISCOUNT", "PLATFORM DISCOUNT", "TIKTOK SHOP DISCOUNT", "AUTOMATIC DISCOUNT"}
)
CLAIM_COLUMNS = ("system", "order_id", "position", "kind", "key", "written", "video_id", "at")
_STACKED = re.compile(r"[+,;\n]")
_UTM_LINE = re.compile(
    r"^\s*_?utm_(source|medium|campaign|content|term)\s*[:=]\s*(.*)$", re.IGNORECASE | re.MULTILINE
)
_UTM_QUERY = re.compile(r"[?&]utm_(source|medium|campaign|content|term)=([^&\s#]*)", re.IGNORECASE)


def codes_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return the codes stacked in one cell as (key, as written), each once, automatic ones left out."""
    found: dict[str, str] = {}
    for part in _STACKED.split(text):
        key = code_key(part)
        if key and key not in AUTOMATIC:
            found.setdefault(key, part.strip())
    return tuple(found.items())


def link_in(text: str) -> str:
    """Return the link key of the UTM fields in a note or address, '' where there is no source or campaign."""
    fields = {name.lower(): value.strip() for name, value in _UTM_LINE.findall(text)}
    for name, value in _UTM_QUERY.findall(text):
        fields.setdefault(name.lower(), value)
    if not fields.get("source") and not fields.get("campaign"):
        return ""
    names = ("source", "medium", "campaign", "content", "term")
    return link_key(*(fields.get(name, "") for name in names))


def code_claims(system: str, order_ids: pd.Series, codes: pd.Series) -> pd.DataFrame:
    """Return one claim per order and code; the cells are read once per distinct text.

    Args:
        system: the shop system of the orders.
        order_ids: ids, one per order.
        codes: the cell with the codes, same index.
    """
    used = codes[codes.str.strip() != ""]
    numbers, texts = pd.factorize(used)
    read = [codes_in(str(text)) for text in texts]
    repeats = (
        np.array([len(found) for found in read], dtype=np.int64)[numbers]
        if len(used)
        else np.array([], dtype=np.int64)
    )
    pairs = [pair for number in numbers for pair in read[number]]
    starts = np.repeat(np.cumsum(repeats) - repeats, repeats)
    return pd.DataFrame(
        {
            "system": system,
            "order_id": np.repeat(order_ids.loc[used.index].to_numpy(dtype=object), repeats),
            "position": np.arange(len(pairs)) - starts,
            "kind": "code",
            "key": [key for key, _ in pairs],
            "written": [written for _, written in pairs],
            "video_id": "",
            "at": pd.array([pd.NA] * len(pairs), dtype="Int64"),
        },
        columns=list(CLAIM_COLUMNS),
    )


def link_claims(system: str, order_ids: pd.Series, notes: pd.Series) -> pd.DataFrame:
    """Return one claim per order whose notes or landing address carry UTM fields.

    Args:
        system: the shop system of the orders.
        order_ids: ids, one per order.
        notes: note attributes or landing address, same index; nothing else of them is kept.
    """
    written = notes[notes != ""]
    tagged = written[written.str.contains("utm_", case=False, regex=False)]
    keys = tagged.map(link_in)
    keys = keys[keys != ""]
    return claims(
        system=system, order_id=order_ids.loc[keys.index], kind="link", key=keys, written=keys, position=100
    )


def claims(
    *,
    system: str,
    order_id: pd.Series,
    kind: str,
    key: pd.Series,
    written: pd.Series,
    position: int = 0,
    video_id: pd.Series | str = "",
    at: pd.Series | None = None,
) -> pd.DataFrame:
    """Return claims of one kind, one row per order given; the index is dropped."""
    frame = pd.DataFrame({"order_id": order_id, "key": key, "written": written})
    frame["system"], frame["kind"], frame["position"] = system, kind, position
    frame["video_id"] = video_id
    frame["at"] = pd.array([pd.NA] * len(frame), dtype="Int64") if at is None else at
    return frame[list(CLAIM_COLUMNS)].reset_index(drop=True)
