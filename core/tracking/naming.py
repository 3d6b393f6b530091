"""How tidy the names in a campaign are: links, codes, handles, and the tags that arrive in exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from core.access import Action, require
from core.keys import link_part
from core.store.written import row_of, table
from core.tracking.builder import MEDIUM, SOURCE, tags_of
from core.tracking.links import list_links

if TYPE_CHECKING:
    from core.store.engine import Store
    from core.tracking.model import TrackingLink


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingProblem:
    """One name that does not follow the pattern.

    Attributes:
        subject: what it is about: a link, or a tag met in an export.
        what: one plain sentence.
        suggestion: what it should be, '' where we cannot know.
    """

    subject: str
    what: str
    suggestion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingCheck:
    """The result of the naming check.

    Attributes:
        checked: how many names were looked at.
        problems: those that do not follow the pattern.
        hygiene: share that does, 0 to 1; None where nothing was checked.
        sentence: the result in words.
    """

    checked: int
    problems: tuple[NamingProblem, ...]
    hygiene: float | None
    sentence: str


def check_naming(store: Store, campaign_id: int) -> NamingCheck:
    """Return which links of a campaign, and which tags in its imported visits, break the pattern."""
    require(store.principal, Action.READ, campaign_id)
    links = list_links(store, campaign_id)
    with store.reading() as connection:
        code = str(row_of(connection, "campaign", campaign_id, "campaign")["code"])
        met = _tags_met(connection, code)
    problems = [problem for link in links if (problem := _of_link(link, code))]
    known = {link.link_key for link in links}
    problems += [problem for key in met if (problem := _of_tag(key, known))]
    checked = len(links) + len(met)
    hygiene = (checked - len(problems)) / checked if checked else None
    return NamingCheck(
        checked=checked, problems=tuple(problems), hygiene=hygiene, sentence=_sentence(checked, len(problems))
    )


def _sentence(checked: int, wrong: int) -> str:
    if not checked:
        return "There are no links or tagged visits to check yet."
    if not wrong:
        return f"All {checked:,} names follow the pattern."
    return f"{checked - wrong:,} of {checked:,} names follow the pattern."


def _tags_met(connection: Connection, code: str) -> tuple[str, ...]:
    """Return the keys of tagged visits in imported files whose campaign is or resembles ours."""
    stats = table("stat")
    query = select(stats.c.subject).where(stats.c.subject_kind.in_(("link", "web"))).distinct()
    ours = link_part(code).replace("-", "")
    keys = (str(key) for key in connection.execute(query).scalars())
    return tuple(
        sorted(
            key
            for key in keys
            if ours in _campaign_in(key).replace("-", "").replace("_", "").replace(" ", "")
        )
    )


def _campaign_in(key: str) -> str:
    parts = key.split("|")
    return parts[2] if len(parts) > 2 else ""


def _of_link(link: TrackingLink, code: str) -> NamingProblem | None:
    """Return what is wrong with a link we keep; None if it follows the pattern."""
    wanted = {
        "utm_source": SOURCE,
        "utm_medium": MEDIUM,
        "utm_campaign": code,
        "utm_content": f"{link.handle}-{link.asset}",
    }
    stated = tags_of(link.url)
    for name, value in wanted.items():
        if stated.get(name, "") != value:
            what = f'The link of {link.creator} for "{link.asset}" says {name}={stated.get(name, "nothing")}.'
            return NamingProblem(subject=link.url, what=what, suggestion=f"{name}={value}")
    return None


def _of_tag(key: str, known: set[str]) -> NamingProblem | None:
    """Return what is wrong with a tag met in an export; None if it is one of our links."""
    if key in known:
        return None
    shown = " / ".join(part for part in key.split("|") if part)
    close = _closest(key, known)
    return NamingProblem(
        subject=key,
        what=f'Visits arrived tagged "{shown}", which is none of the links made here.',
        suggestion=" / ".join(part for part in close.split("|") if part),
    )


def _closest(key: str, known: set[str]) -> str:
    """Return the link that a mistyped tag most likely meant, '' where none is near."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(key, sorted(known), scorer=fuzz.ratio, score_cutoff=80)
    return str(best[0]) if best else ""
