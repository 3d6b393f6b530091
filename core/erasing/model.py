"""What is to be erased, and what was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Everything by which one campaign, creator or customer can be told in the store.

    Attributes:
        campaign_ids, creator_ids: numbers of the plans.
        handles: account names, lower case, without @.
        video_ids: TikTok's ids.
        codes: promo codes as they are compared.
        link_keys: tagged links as they are compared.
        people: pseudonyms.
        words: names as written, to be struck out wherever they stand in texts.
    """

    campaign_ids: frozenset[int] = frozenset()
    creator_ids: frozenset[int] = frozenset()
    handles: frozenset[str] = frozenset()
    video_ids: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    link_keys: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What was erased.

    Attributes:
        removed: rows removed, by table.
        struck_out: texts in which a name was struck out.
        is_compact: the file was rewritten, so that no old byte is left in it.
        sentence: the same in words.
    """

    removed: Mapping[str, int]
    struck_out: int
    is_compact: bool
    sentence: str
