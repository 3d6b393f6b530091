"""Tagging videos, one or many at once; each act can be taken back exactly, in any order.

What a video is tagged with follows from the acts that stand, so taking one back
leaves what was tagged before or after it by others untouched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, RowMapping, func, insert, select, text, update

from core.access import Action, require
from core.campaigns.plans import campaign_of
from core.content.model import TaggedVideo, TagRow, TagWork, WordForm, word_key
from core.content.vocabulary import kept_words, known_word, new_word
from core.entry.forms import EntryError, Remark, entry_error, read_form
from core.entry.words import counted
from core.errors import refusal
from core.evidence.outcomes import length_of, time_of_day
from core.evidence.tags import SEVERAL, Dimension, Tag, standing_tags
from core.store.written import add_row, row_of, table
from core.units import day_of, instant_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.evidence.tags import Given
    from core.store.engine import Store

_VIDEOS = text(
    "SELECT v.video_id, v.handle, COALESCE(c.name, '') AS creator, v.caption, v.url, v.posted_at,"
    " v.posted_day, v.duration_seconds, (SELECT SUM(t.views) FROM video_total t WHERE t.video_id = v.video_id"
    " AND t.campaign_id = v.campaign_id AND t.traffic = 'total') AS views"
    " FROM video v LEFT JOIN creator c ON c.id = v.creator_id WHERE v.campaign_id = :campaign"
    " ORDER BY v.posted_day DESC, v.video_id"
)


def list_tagged_videos(store: Store, campaign_id: int) -> tuple[TaggedVideo, ...]:
    """Return the videos of a campaign with their tags, newest first.

    Raises:
        PlumblineError: `not-allowed`, `not-found`.
    """
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        zone = campaign_of(connection, campaign_id).zone
        given = standing_tags(connection)
        rows = connection.execute(_VIDEOS, {"campaign": campaign_id}).mappings().all()
    return tuple(_video(row, zone, given.get(row["video_id"], ())) for row in rows)


def _video(row: RowMapping, zone: str, given: tuple[Given, ...]) -> TaggedVideo:
    return TaggedVideo(
        video_id=row["video_id"],
        handle=row["handle"] or "",
        creator=row["creator"],
        caption=row["caption"] or "",
        url=row["url"] or "",
        posted_on=None if row["posted_day"] is None else day_of(row["posted_day"]),
        length=length_of(row["duration_seconds"]),
        posting_time=time_of_day(row["posted_at"], zone),
        views=None if row["views"] is None else float(row["views"]),
        given=given,
    )


def set_tags(store: Store, campaign_id: int, rows: Sequence[TagRow], *, about: str, now: int) -> int:
    """Return how many videos changed: each gets the words stated, in the dimensions stated.

    Words that are not on the list yet are added to it.

    Args:
        store: where to write.
        campaign_id: the campaign whose videos they are.
        rows: one for each video.
        about: how it came about, for the list of changes.
        now: Unix seconds.

    Raises:
        EntryError: `not-a-video-here`, `one-word-only`, `too-many-words`, and what the word's form finds.
    """
    require(store.principal, Action.PLAN, campaign_id)
    with store.writing("videos tagged", about, {"campaign": campaign_id}) as connection:
        _require_videos(connection, campaign_id, [row.video_id for row in rows])
        wanted = _wanted(connection, rows)
        given = standing_tags(connection)
        events = [
            event
            for row in rows
            for dimension, tag_ids in wanted[row.video_id].items()
            for event in _differences(row.video_id, dimension, tag_ids, given.get(row.video_id, ()))
        ]
        return _keep(store, connection, events, about, now)


def tag_videos(
    store: Store,
    campaign_id: int,
    video_ids: Sequence[str],
    word: tuple[Dimension, str],
    *,
    is_on: bool,
    now: int,
) -> int:
    """Return how many videos changed: one word given to, or taken from, many videos.

    Where a video can have one word of the kind only, the word replaces the one before.

    Args:
        store: where to write.
        campaign_id: the campaign whose videos they are.
        video_ids: which videos.
        word: kind and word, of the list.
        is_on: give it, or take it away.
        now: Unix seconds.

    Raises:
        EntryError: `not-a-video-here`.
        PlumblineError: `not-found` when the word is not on the list.
    """
    require(store.principal, Action.PLAN, campaign_id)
    with store.writing("videos tagged", word[1], {"campaign": campaign_id}) as connection:
        _require_videos(connection, campaign_id, video_ids)
        tag = known_word(kept_words(connection), *word)
        given = standing_tags(connection)
        events = []
        for video_id in dict.fromkeys(video_ids):
            has = {one.tag.tag_id for one in given.get(video_id, ()) if one.tag.dimension is tag.dimension}
            after = (
                (has if tag.dimension in SEVERAL else set()) | {tag.tag_id} if is_on else has - {tag.tag_id}
            )
            events += _differences(video_id, tag.dimension, after, given.get(video_id, ()))
        verb = "given to" if is_on else "taken from"
        changed = len({video_id for video_id, _, _ in events})
        return _keep(store, connection, events, f"{tag.label} {verb} {counted(changed, 'video')}", now)


_Event = tuple[str, int, bool]


def _differences(
    video_id: str, dimension: Dimension, after: Iterable[int], given: Sequence[Given]
) -> list[_Event]:
    """Return what has to change so that a video has exactly these words of a kind."""
    before = {one.tag.tag_id for one in given if one.tag.dimension is dimension}
    wanted = set(after)
    return [(video_id, tag, True) for tag in sorted(wanted - before)] + [
        (video_id, tag, False) for tag in sorted(before - wanted)
    ]


def _keep(store: Store, connection: Connection, events: Sequence[_Event], about: str, now: int) -> int:
    if not events:
        return 0
    change = {"about": about, "who": store.principal.name, "at": now, "undone_by": ""}
    change_id = add_row(connection, "tag_change", change)
    names = ("video_id", "tag_id", "is_on")
    connection.execute(
        insert(table("tag_event")),
        [dict(zip(names, event, strict=True)) | {"change_id": change_id} for event in events],
    )
    return len({video_id for video_id, _, _ in events})


def _require_videos(connection: Connection, campaign_id: int, video_ids: Sequence[str]) -> None:
    rows = table("video")
    known = set(
        connection.execute(select(rows.c.video_id).where(rows.c.campaign_id == campaign_id)).scalars()
    )
    strange = [video_id for video_id in dict.fromkeys(video_ids) if video_id not in known]
    if strange:
        raise entry_error(
            "video",
            "not-a-video-here",
            f'"{strange[0]}" is not a video of this campaign'
            + (f", nor are {len(strange) - 1} others." if len(strange) > 1 else "."),
            "Import the file that names it first, or put it into the campaign on the page Videos.",
        )


def _wanted(connection: Connection, rows: Sequence[TagRow]) -> dict[str, dict[Dimension, list[int]]]:
    """Return the ids of the words for each video, new words added to the list.

    Raises:
        EntryError: one remark for each problem.
    """
    known = kept_words(connection)
    remarks: list[Remark] = []
    found: dict[str, dict[Dimension, list[int]]] = {}
    for position, row in enumerate(rows):
        try:
            found[row.video_id] = {
                dimension: _ids(connection, known, dimension, words) for dimension, words in row.words.items()
            }
        except EntryError as error:
            remarks += [Remark(field=one.field, issue=one.issue, row=position) for one in error.remarks]
    if remarks:
        raise EntryError(remarks)
    return found


def _ids(
    connection: Connection,
    known: dict[tuple[Dimension, str], Tag],
    dimension: Dimension,
    words: Sequence[str],
) -> list[int]:
    forms = [read_form(WordForm, {"dimension": dimension.value, "value": word}) for word in words]
    keys = list(dict.fromkeys(word_key(form.value) for form in forms))
    if len(keys) > 1 and dimension not in SEVERAL:
        raise entry_error(
            dimension.value,
            "one-word-only",
            f"A video has one {dimension.value} only; {len(keys)} were given: {', '.join(words)}.",
            "Keep the one that fits best.",
        )
    for form in forms:
        key = (dimension, word_key(form.value))
        if key not in known:
            number = new_word(connection, known, dimension, form.value)
            known[key] = Tag(tag_id=number, dimension=dimension, value=form.value)
    return [known[dimension, key].tag_id for key in keys]


def list_tag_changes(store: Store, campaign_id: int, *, limit: int = 30) -> tuple[TagWork, ...]:
    """Return the acts of tagging that touched videos of a campaign, newest first."""
    require(store.principal, Action.READ, campaign_id)
    changes, events, videos = table("tag_change"), table("tag_event"), table("video")
    query = (
        select(
            changes, func.count(func.distinct(events.c.video_id)).label("videos")
        )
        .join(events, events.c.change_id == changes.c.id)
        .join(videos, videos.c.video_id == events.c.video_id)
        .where(videos.c.campaign_id == campaign_id)
        .group_by(*changes.c)
        .order_by(changes.c.id.desc())
        .limit(limit)
    )  # fmt: skip
    with store.reading() as connection:
        return tuple(
            TagWork(
                change_id=row["id"],
                about=row["about"],
                who=row["who"],
                at=instant_of(row["at"]),
                videos=row["videos"],
                undone_by=row["undone_by"],
                undone_at=None if row["undone_at"] is None else instant_of(row["undone_at"]),
            )
            for row in connection.execute(query).mappings()
        )


def undo_tag_change(store: Store, campaign_id: int, change_id: int, *, now: int) -> None:
    """Take one act of tagging back; what others did before and after it stands.

    Raises:
        PlumblineError: `not-found`, `undone-already`, `other-campaign` when it touched other campaigns too.
    """
    require(store.principal, Action.PLAN, campaign_id)
    with store.writing("tagging undone", "", {"campaign": campaign_id, "change": change_id}) as connection:
        row = row_of(connection, "tag_change", change_id, "change")
        if row["undone_at"] is not None:
            raise refusal("undone-already", "This was taken back already.", "Reload the page.")
        if not _is_of_campaign(connection, change_id, campaign_id):
            raise refusal(
                "other-campaign",
                "This change is about videos of another campaign.",
                "Choose that campaign first.",
            )
        changes = table("tag_change")
        done = {"undone_at": now, "undone_by": store.principal.name}
        connection.execute(update(changes).where(changes.c.id == change_id).values(done))


def _is_of_campaign(connection: Connection, change_id: int, campaign_id: int) -> bool:
    events, videos = table("tag_event"), table("video")
    query = (
        select(func.count())
        .select_from(events.join(videos, videos.c.video_id == events.c.video_id))
        .where(events.c.change_id == change_id, videos.c.campaign_id == campaign_id)
    )
    return bool(connection.execute(query).scalar_one())
