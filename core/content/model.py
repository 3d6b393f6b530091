"""What tagging speaks of: words of the vocabulary, tagged videos, and each act of tagging."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, field_validator

from core.entry.fields import UnreadableError
from core.entry.forms import Form
from core.evidence.tags import TYPED, Dimension
from core.keys import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from core.entry.forms import Remark
    from core.evidence.tags import Given, Tag

MOST_VALUES = 60  # words a dimension may have: more is no vocabulary but a second caption
SEPARATORS = ("|", ";", "\n")  # between several words in one cell; a comma may be part of a word

DEFAULTS: Mapping[Dimension, tuple[str, ...]] = MappingProxyType(
    {
        Dimension.THEME: (
            "product in use", "problem and solution", "how it is made", "day in the life", "comparison",
            "customer story", "season or trend",
        ),
        Dimension.HOOK: (
            "question", "bold claim", "mistake to avoid", "result first", "unboxing", "price or saving",
            "sound or trend", "no hook",
        ),
        Dimension.FORMAT: (
            "talking to camera", "tutorial", "review", "skit", "voice-over", "text on screen",
            "before and after", "duet or stitch",
        ),
        Dimension.CALL_TO_ACTION: (
            "link in bio", "use the code", "comment", "follow", "save for later", "shop now", "none",
        ),
        Dimension.OFFER: ("none", "discount", "free shipping", "gift", "limited time", "giveaway"),
    }
)  # fmt: skip
"""What is offered in a new workspace; kept as soon as somebody tags or changes the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedVideo:
    """A video of a campaign with its tags.

    Attributes:
        posted_on: None where not known.
        length, posting_time: worked out; '' where not known.
        views: newest total; None where no file counts it.
        given: its tags, each with who gave it and when.
    """

    video_id: str
    handle: str
    creator: str
    caption: str
    url: str
    posted_on: date | None
    length: str
    posting_time: str
    views: float | None
    given: tuple[Given, ...]

    def of(self, dimension: Dimension) -> tuple[Tag, ...]:
        """Return its tags of a dimension."""
        return tuple(one.tag for one in self.given if one.tag.dimension is dimension)


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRow:
    """What the tags of a video are to be, in the dimensions named; the others stay as they are.

    Attributes:
        words: dimension -> words as written; an empty tuple takes all tags of the dimension away.
    """

    video_id: str
    words: Mapping[Dimension, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagWork:
    """One act of tagging.

    Attributes:
        about: what was done, in words.
        undone_at: None while it stands.
    """

    change_id: int
    about: str
    who: str
    at: datetime
    videos: int
    undone_by: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedTags:
    """What a paste holds.

    Attributes:
        rows: what can be used.
        new_words: words of the paste that are not in the vocabulary yet.
        remarks: what cannot be used, by line (row 0 is the first line).
    """

    rows: tuple[TagRow, ...]
    new_words: tuple[tuple[Dimension, str], ...]
    remarks: tuple[Remark, ...]


class WordForm(Form):
    """A word of the vocabulary as typed."""

    dimension: Annotated[Dimension, Field(title="Kind")]
    value: Annotated[str, Field(title="Word", min_length=1, max_length=60)]

    @field_validator("dimension")
    @classmethod
    def _typed(cls, value: Dimension) -> Dimension:
        if value not in TYPED:
            raise UnreadableError(
                "worked-out", f'"{value.value}" is worked out and not typed.', "Choose another kind."
            )
        return value

    @field_validator("value")
    @classmethod
    def _visible(cls, value: str) -> str:
        plain = plain_text(value)
        if not plain:
            raise UnreadableError(
                "missing-field", f'"{value}" holds no sign that can be seen.', "Type a word."
            )
        if any(mark in plain for mark in SEPARATORS):
            raise UnreadableError(
                "separator", f'"{plain}" holds a sign that parts words.', "Leave out | and ; in a word."
            )
        return plain


def word_key(value: str) -> str:
    """Return how words are compared: one Unicode form, case aside."""
    return plain_text(value).casefold()
