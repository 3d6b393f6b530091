"""What videos are tagged with: the standing tags, who gave them and when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection


class Dimension(StrEnum):
    """In which respects videos are told apart; length and posting time are worked out and never typed."""

    THEME = "theme"
    HOOK = "hook"
    FORMAT = "format"
    CALL_TO_ACTION = "call to action"
    OFFER = "offer"
    LENGTH = "length"
    POSTING_TIME = "posting time"


TYPED = (Dimension.THEME, Dimension.HOOK, Dimension.FORMAT, Dimension.CALL_TO_ACTION, Dimension.OFFER)
SEVERAL = frozenset({Dimension.THEME, Dimension.CALL_TO_ACTION})  # a video may have several of these
WORDS: Mapping[Dimension, str] = MappingProxyType(
    {
        Dimension.THEME: "What the video is about.",
        Dimension.HOOK: "How the first two seconds catch the eye.",
        Dimension.FORMAT: "What kind of video it is.",
        Dimension.CALL_TO_ACTION: "What viewers are asked to do.",
        Dimension.OFFER: "What they get for it.",
        Dimension.LENGTH: "Worked out from the video's length.",
        Dimension.POSTING_TIME: "Worked out from when it was posted, in the campaign's time zone.",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A word of the vocabulary.

    Attributes:
        tag_id: 0 for a word that is only suggested, or worked out, and not kept.
        is_listed: still offered when tagging.
    """

    tag_id: int
    dimension: Dimension
    value: str
    is_listed: bool = True

    @property
    def label(self) -> str:
        """Return the tag as people say it, for instance `Hook: question`."""
        return f"{self.dimension.value.capitalize()}: {self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A tag on a video.

    Attributes:
        at: Unix seconds when it was given.
    """

    video_id: str
    tag: Tag
    who: str
    at: int


_STANDING = text(
    "SELECT e.video_id, e.tag_id, t.dimension, t.value, t.is_listed, c.who, c.at FROM tag_event e"
    " JOIN (SELECT s.video_id, s.tag_id, MAX(s.change_id) AS change_id FROM tag_event s"
    " JOIN tag_change d ON d.id = s.change_id WHERE d.undone_at IS NULL GROUP BY s.video_id, s.tag_id) n"
    " ON n.video_id = e.video_id AND n.tag_id = e.tag_id AND n.change_id = e.change_id"
    " JOIN tag_change c ON c.id = e.change_id JOIN tag_value t ON t.id = e.tag_id"
    " WHERE e.is_on ORDER BY e.video_id, t.dimension, t.value_key"
)


def standing_tags(connection: Connection) -> dict[str, tuple[Given, ...]]:
    """Return the tags of every tagged video, by video id."""
    found: dict[str, list[Given]] = {}
    for row in connection.execute(_STANDING).mappings():
        found.setdefault(row["video_id"], []).append(
            Given(
                video_id=row["video_id"],
                tag=Tag(
                    tag_id=row["tag_id"],
                    dimension=Dimension(row["dimension"]),
                    value=row["value"],
                    is_listed=bool(row["is_listed"]),
                ),
                who=row["who"],
                at=row["at"],
            )
        )
    return {video_id: tuple(given) for video_id, given in found.items()}


def all_tags(connection: Connection) -> tuple[Tag, ...]:
    """Return every kept word of the vocabulary, also those no longer offered."""
    rows = connection.execute(
        text("SELECT id, dimension, value, is_listed FROM tag_value ORDER BY dimension, value_key")
    )
    return tuple(
        Tag(tag_id=row.id, dimension=Dimension(row.dimension), value=row.value, is_listed=bool(row.is_listed))
        for row in rows
    )


def tested_tags(connection: Connection) -> frozenset[int]:
    """Return the words that stand for a version of an experiment that was started."""
    rows = connection.execute(
        text(
            "SELECT DISTINCT a.tag_id FROM experiment_arm a JOIN experiment e ON e.id = a.experiment_id"
            " WHERE a.tag_id IS NOT NULL AND e.status <> 'draft'"
        )
    )
    return frozenset(rows.scalars())
