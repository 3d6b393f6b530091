"""Content of videos: the vocabulary, tagging, and which content went with better results."""

from core.content.model import (
    DEFAULTS,
    MOST_VALUES,
    PastedTags,
    TaggedVideo,
    TagRow,
    TagWork,
)
from core.content.pasted import read_pasted_tags
from core.content.patterns import Example, Pattern, Patterns, find_patterns
from core.content.tagging import (
    list_tag_changes,
    list_tagged_videos,
    set_tags,
    tag_videos,
    undo_tag_change,
)
from core.content.vocabulary import (
    add_word,
    keep_usual_words,
    list_vocabulary,
    rename_word,
    set_listed,
)

__all__ = [
    "DEFAULTS",
    "MOST_VALUES",
    "Example",
    "PastedTags",
    "Pattern",
    "Patterns",
    "TagRow",
    "TagWork",
    "TaggedVideo",
    "add_word",
    "find_patterns",
    "keep_usual_words",
    "list_tag_changes",
    "list_tagged_videos",
    "list_vocabulary",
    "read_pasted_tags",
    "rename_word",
    "set_listed",
    "set_tags",
    "tag_videos",
    "undo_tag_change",
]
