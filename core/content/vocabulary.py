"""The list of words that videos are tagged with: kept small, edited by the team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, update

from core.access import Action, require
from core.content.model import DEFAULTS, MOST_VALUES, WordForm, word_key
from core.entry.forms import entry_error, read_form
from core.errors import refusal
from core.evidence.tags import TYPED, Dimension, Tag, all_tags
from core.store.written import add_row, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.store.engine import Store


def list_vocabulary(store: Store, campaign_id: int | None = None) -> tuple[Tag, ...]:
    """Return every word by kind and then as the list is kept, also those no longer offered.

    A workspace in which nobody tagged yet has the usual words, which have no id.

    Args:
        store: where to read.
        campaign_id: the campaign that the reader may see; None for readers who see all.
    """
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        return vocabulary_of(connection)


def vocabulary_of(connection: Connection) -> tuple[Tag, ...]:
    """Return every word, the usual ones where none is kept."""
    kept = all_tags(connection)
    if not kept:
        return tuple(
            Tag(tag_id=0, dimension=dimension, value=value)
            for dimension, values in DEFAULTS.items()
            for value in values
        )
    order = {dimension: place for place, dimension in enumerate(TYPED)}
    return tuple(sorted(kept, key=lambda tag: (order[tag.dimension], tag.tag_id)))


def kept_words(connection: Connection) -> dict[tuple[Dimension, str], Tag]:
    """Return the vocabulary by kind and key, keeping the usual words first where there are none."""
    if not all_tags(connection):
        rows = [
            {"dimension": dimension.value, "value": value, "value_key": word_key(value), "is_listed": True}
            for dimension, values in DEFAULTS.items()
            for value in values
        ]
        connection.execute(insert(table("tag_value")), rows)
    return {(tag.dimension, word_key(tag.value)): tag for tag in all_tags(connection)}


def keep_usual_words(store: Store, campaign_id: int) -> tuple[Tag, ...]:
    """Return the vocabulary; the usual words are kept first where none is, so that each has an id."""
    require(store.principal, Action.PLAN, campaign_id)
    known = list_vocabulary(store, campaign_id)
    if all(tag.tag_id for tag in known):
        return known
    with store.writing("usual words kept", "", {"campaign": campaign_id}) as connection:
        kept_words(connection)
    return list_vocabulary(store, campaign_id)


def add_word(store: Store, values: Mapping[str, object]) -> int:
    """Return the id of a new word; one that was taken off the list is offered again.

    Raises:
        EntryError: `word-exists`, `too-many-words`, and what the form finds.
    """
    require(store.principal, Action.PLAN)
    form = read_form(WordForm, values)
    with store.writing("word added", form.value, {"kind": form.dimension.value}) as connection:
        known = kept_words(connection)
        there = known.get((form.dimension, word_key(form.value)))
        if there is not None and there.is_listed:
            raise entry_error(
                "value", "word-exists", f'"{there.value}" is on the list already.', "Use that word."
            )
        if there is not None:
            _set(connection, there.tag_id, {"is_listed": True})
            return there.tag_id
        return new_word(connection, known, form.dimension, form.value)


def new_word(
    connection: Connection, known: Mapping[tuple[Dimension, str], Tag], dimension: Dimension, value: str
) -> int:
    """Return the id of a word that is added to the list.

    Raises:
        EntryError: `too-many-words`.
    """
    if sum(1 for key in known if key[0] is dimension) >= MOST_VALUES:
        raise entry_error(
            "value",
            "too-many-words",
            f"There are {MOST_VALUES} words for {dimension.value} already.",
            "Use one of them: a list that grows without end groups nothing.",
        )
    row = {"dimension": dimension.value, "value": value, "value_key": word_key(value), "is_listed": True}
    return add_row(connection, "tag_value", row)


def rename_word(store: Store, dimension: Dimension, value: str, becomes: str) -> None:
    """Write a word otherwise, on every video that has it.

    Raises:
        EntryError: `word-exists`, and what the form finds.
        PlumblineError: `not-found`.
    """
    require(store.principal, Action.PLAN)
    form = read_form(WordForm, {"dimension": dimension.value, "value": becomes})
    with store.writing("word renamed", value, {"to": form.value}) as connection:
        known = kept_words(connection)
        tag = known_word(known, dimension, value)
        other = known.get((dimension, word_key(form.value)))
        if other is not None and other.tag_id != tag.tag_id:
            what = f'"{other.value}" is another word of the list.'
            raise entry_error("value", "word-exists", what, "Tag the videos with that word instead.")
        _set(connection, tag.tag_id, {"value": form.value, "value_key": word_key(form.value)})


def set_listed(store: Store, dimension: Dimension, value: str, *, is_listed: bool) -> None:
    """Offer a word or offer it no longer; videos that have it keep it.

    Raises:
        PlumblineError: `not-found`.
    """
    require(store.principal, Action.PLAN)
    action = "word offered again" if is_listed else "word taken off the list"
    with store.writing(action, value, {"kind": dimension.value}) as connection:
        tag = known_word(kept_words(connection), dimension, value)
        _set(connection, tag.tag_id, {"is_listed": is_listed})


def known_word(known: Mapping[tuple[Dimension, str], Tag], dimension: Dimension, value: str) -> Tag:
    """Return a word of the kept list.

    Raises:
        PlumblineError: `not-found`.
    """
    tag = known.get((dimension, word_key(value)))
    if tag is None:
        raise refusal("not-found", f'"{value}" is not on the list of words.', "Reload the page.")
    return tag


def _set(connection: Connection, tag_id: int, values: Mapping[str, object]) -> None:
    rows = table("tag_value")
    connection.execute(update(rows).where(rows.c.id == tag_id).values(dict(values)))
