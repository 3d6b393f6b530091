"""Tags pasted from a spreadsheet: one line for each video, one column for each kind of word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.access import Action, require
from core.content.model import PastedTags, TagRow, word_key
from core.content.tagging import list_tagged_videos
from core.content.vocabulary import list_vocabulary
from core.entry.forms import Remark, remark
from core.entry.pasting import MOST_ROWS, cells_of_paste
from core.evidence.tags import TYPED, Dimension
from core.keys import plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.store.engine import Store

_VIDEO = ("video", "video id", "id", "link", "video link", "url", "post", "post url", "address")
_HEADINGS = {
    "theme": Dimension.THEME, "themes": Dimension.THEME, "topic": Dimension.THEME, "angle": Dimension.THEME,
    "hook": Dimension.HOOK, "hooks": Dimension.HOOK,
    "format": Dimension.FORMAT, "content type": Dimension.FORMAT,
    "call to action": Dimension.CALL_TO_ACTION, "cta": Dimension.CALL_TO_ACTION,
    "offer": Dimension.OFFER, "promotion": Dimension.OFFER,
}  # fmt: skip
_ID = re.compile(r"(?<!\d)(\d{5,24})(?!\d)")
_SEVERAL = re.compile(r"[|;\n]")


def read_pasted_tags(store: Store, campaign_id: int, text: str) -> PastedTags:
    """Return what a paste says about the videos of a campaign; nothing is written.

    The first column, or the one headed video or link, names the video by address or id. Without
    headings the columns are video, theme, hook, format, call to action, offer. An empty cell
    leaves what the video has; several words in a cell are parted by | or ;.

    Args:
        store: where to read.
        campaign_id: whose videos.
        text: as it came from the clipboard.
    """
    require(store.principal, Action.READ, campaign_id)
    lines = [(number, cells) for number, cells in cells_of_paste(text) if any(cells)]
    if not lines:
        return PastedTags(rows=(), new_words=(), remarks=())
    columns = _columns(lines[0][1])
    body = lines[1:] if columns else lines
    columns = columns or (None, *TYPED)
    known = {video.video_id for video in list_tagged_videos(store, campaign_id)}
    rows: dict[str, TagRow] = {}
    remarks: list[Remark] = []
    for number, cells in body[:MOST_ROWS]:
        row = _row(number, cells, columns, known)
        if isinstance(row, Remark):
            remarks.append(row)
        elif row.video_id in rows:
            what = f"The video {row.video_id} stands on an earlier line too."
            remarks.append(remark("video", "repeated-row", what, "Keep one line for each video.", row=number))
        else:
            rows[row.video_id] = row
    words = {(tag.dimension, word_key(tag.value)) for tag in list_vocabulary(store, campaign_id)}
    fresh = {
        (dimension, word_key(word)): (dimension, word)
        for row in rows.values()
        for dimension, found in row.words.items()
        for word in found
        if (dimension, word_key(word)) not in words
    }
    return PastedTags(rows=tuple(rows.values()), new_words=tuple(fresh.values()), remarks=tuple(remarks))


def _columns(cells: Sequence[str]) -> tuple[Dimension | str | None, ...]:
    """Return what each column is (None: the video, '': not used) if the line holds headings, else nothing."""
    found: list[Dimension | str | None] = []
    for cell in cells:
        key = plain_text(cell).casefold().replace("_", " ").strip(" :")
        found.append(None if key in _VIDEO else _HEADINGS.get(key, ""))
    is_heading = None in found and any(isinstance(one, Dimension) for one in found)
    return tuple(found) if is_heading else ()


def _row(
    number: int, cells: Sequence[str], columns: Sequence[Dimension | str | None], known: set[str]
) -> TagRow | Remark:
    pairs = list(zip(columns, cells, strict=False))
    written = next((cell for column, cell in pairs if column is None), "")
    found = _ID.findall(written)
    if not found:
        what = f'"{written[:80]}" names no video.' if written else "This line names no video."
        return remark("video", "video-missing", what, "Paste the address or id of the video.", row=number)
    if found[-1] not in known:
        return remark(
            "video",
            "not-a-video-here",
            f"The video {found[-1]} is not in this campaign.",
            "Import the file that names it first, or put it into the campaign.",
            row=number,
        )
    words = {
        column: tuple(dict.fromkeys(word for part in _SEVERAL.split(cell) if (word := plain_text(part))))
        for column, cell in pairs
        if isinstance(column, Dimension) and cell
    }
    return TagRow(video_id=found[-1], words={one: found for one, found in words.items() if found})
