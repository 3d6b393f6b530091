"""Erasing in one transaction, and then rewriting the file so that no byte is left.

Backups made before still hold what was erased: they age out, or are removed by hand.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.access import Action, require
from core.erasing.gathering import trace_of_campaign, trace_of_creator, trace_of_person
from core.erasing.model import Erasure
from core.erasing.removing import empty_headers, remove_rows, strike_out
from core.erasing.words import foreseen_words
from core.errors import refusal
from core.rollups import rebuild_all
from core.store.audit import changeable
from core.store.compacting import compact, left_over
from core.store.workspace import install_key, pseudonym

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from core.erasing.model import Trace
    from core.store.engine import Store


def erase_campaign(store: Store, campaign_id: int) -> Erasure:
    """Return what was erased of a campaign: its plan, its videos' figures, its codes, links and records.

    Orders of the shop stay, without what tied them to the campaign; so do its creators.

    Raises:
        PlumblineError: `not-allowed`, `not-found`.
    """
    require(store.principal, Action.ADMINISTER)
    return _erase(store, "campaign erased", lambda connection: trace_of_campaign(connection, campaign_id))


def erase_creator(store: Store, creator_id: int) -> Erasure:
    """Return what was erased of a creator: accounts, videos and their figures, fees, codes, links, notes.

    Raises:
        PlumblineError: `not-allowed`, `not-found`.
    """
    require(store.principal, Action.ADMINISTER)
    return _erase(store, "creator erased", lambda connection: trace_of_creator(connection, creator_id))


def foresee_campaign(store: Store, campaign_id: int) -> str:
    """Return in a sentence what erasing a campaign would remove; nothing is changed.

    Raises:
        PlumblineError: `not-allowed`, `not-found`.
    """
    require(store.principal, Action.ADMINISTER)
    return _foresee(store, lambda connection: trace_of_campaign(connection, campaign_id))


def foresee_creator(store: Store, creator_id: int) -> str:
    """Return in a sentence what erasing a creator would remove; nothing is changed.

    Raises:
        PlumblineError: `not-allowed`, `not-found`.
    """
    require(store.principal, Action.ADMINISTER)
    return _foresee(store, lambda connection: trace_of_creator(connection, creator_id))


def foresee_customer(store: Store, address: str) -> str:
    """Return in a sentence what erasing a person would remove; nothing is changed and nothing is noted.

    Raises:
        PlumblineError: `not-allowed`.
    """
    require(store.principal, Action.ADMINISTER)
    people = _pseudonyms(store, address)
    return _foresee(store, lambda _connection: trace_of_person(people))


def _pseudonyms(store: Store, address: str) -> frozenset[str]:
    key = install_key(store)
    typed = address.strip()
    return frozenset({pseudonym(key, typed), pseudonym(key, typed.lstrip("@"))}) - {""}


class _OnlyLooked(Exception):  # noqa: N818  (it is no error: it leaves the transaction without a trace)
    def __init__(self, removed: dict[str, int], struck: int) -> None:
        self.removed = removed
        self.struck = struck


def _foresee(store: Store, gather: Callable[[Connection], Trace]) -> str:
    """Erase, count, and take all of it back: a count made in another way could differ from what happens."""
    try:
        with store.writing("erasing tried") as connection:
            _take_back(*_remove(connection, gather(connection)))
    except _OnlyLooked as seen:
        return foreseen_words(seen.removed, seen.struck)
    return foreseen_words({}, 0)


def _take_back(removed: dict[str, int], struck: int) -> None:
    raise _OnlyLooked(removed, struck)


def erase_customer(store: Store, address: str) -> Erasure:
    """Return what was erased of a person, told by the e-mail address or account name they ask with.

    What they wrote or bought is found by the pseudonym of that address; the address itself
    was never stored and is not kept now.

    Raises:
        PlumblineError: `not-allowed`; `nobody-found` where nothing of them is here.
    """
    require(store.principal, Action.ADMINISTER)
    people = _pseudonyms(store, address)
    done = _erase(store, "person erased", lambda _connection: trace_of_person(people))
    if not done.removed:
        raise refusal(
            "nobody-found",
            "Nothing of this person is stored here.",
            "Check the address. With another install key, or without orders of theirs, nobody can be found.",
        )
    return done


def _erase(store: Store, action: str, gather: Callable[[Connection], Trace]) -> Erasure:
    with store.writing(action) as connection:
        removed, struck = _remove(connection, gather(connection))
        rebuild_all(connection)
    is_compact = compact(store)
    sentence = _sentence(removed, struck) + ("" if is_compact else f" {left_over(store)}")
    return Erasure(removed=removed, struck_out=struck, is_compact=is_compact, sentence=sentence)


def _remove(connection: Connection, trace: Trace) -> tuple[dict[str, int], int]:
    """Return the rows removed by table, and how many texts lost a name."""
    with _without_references(connection):
        removed = remove_rows(connection, trace)
        empty_headers(connection, trace)
        with changeable(connection):
            struck = strike_out(connection, trace)
    return removed, struck


@contextmanager
def _without_references(connection: Connection) -> Iterator[None]:
    """Let rows that refer to each other go in any order; the references are checked at the end."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    yield


def _sentence(removed: dict[str, int], struck: int) -> str:
    rows = sum(removed.values())
    if not rows and not struck:
        return "There was nothing to erase."
    names = f" and struck out of {struck:,} {'text' if struck == 1 else 'texts'}" if struck else ""
    return f"Erased: {rows:,} {'row' if rows == 1 else 'rows'} removed{names}. This cannot be undone."
