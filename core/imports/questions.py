"""Questions to people: completed with what the store knows, answers remembered per source."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select

from core.imports.frames import table_of
from core.imports.model import Answers, Ask, Question

if TYPE_CHECKING:
    from collections.abc import Mapping

REMEMBERED = frozenset(
    {
        Ask.CURRENCY,
        Ask.ZONE,
        Ask.DAY_ORDER,
        Ask.DECIMAL,
        Ask.ENCODING,
        Ask.SHOP,
    }
)
"""What stays true of a source. Account, video, campaign, period and export day belong to one file."""

_SEPARATOR = "|"
_IN_WORDS = {
    Ask.CURRENCY: "Currency of the amounts",
    Ask.ZONE: "Time zone of the file",
    Ask.ACCOUNT: "TikTok account of the file",
    Ask.CAMPAIGN: "Campaign of the file",
    Ask.VIDEO: "Video of the file",
    Ask.EXPORT_DAY: "Day of the export",
    Ask.PERIOD: "Days covered",
    Ask.DAY_ORDER: "Day or month first",
    Ask.DECIMAL: "Decimal sign",
    Ask.LABEL_SHIFT: "Shift of the day labels",
    Ask.ENCODING: "Encoding of the text",
    Ask.GRAIN: "What a row is",
    Ask.MAPPING: "What a column is",
    Ask.SHOP: "Name of the shop",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question with its answer.

    Attributes:
        question: as it was asked.
        value: the answer.
        origin: where the answer comes from, in words, for instance `answered now`.
    """

    question: Question
    value: str
    origin: str


def source_of(format_name: str, fingerprint: str, account: str) -> str:
    """Return the name under which answers of a source are remembered."""
    return _SEPARATOR.join((format_name, fingerprint, account))


def remembered(connection: Connection, source: str) -> dict[tuple[Ask, str], Answered]:
    """Return what people answered earlier for this source."""
    table = table_of("source_answer")
    found: dict[tuple[Ask, str], Answered] = {}
    for question, answer in connection.execute(
        select(table.c.question, table.c.answer).where(table.c.source == source)
    ):
        name, _, key = question.partition(_SEPARATOR)
        if name not in set(Ask):
            continue  # a kind of question that a later version asked
        said = json.loads(answer)
        asked = Question(
            ask=Ask(name),
            key=key,
            sentence=said["sentence"],
            choices=said["choices"],
            suggestion=said["value"],
            remembered=True,
        )
        found[Ask(name), key] = Answered(
            question=asked, value=said["value"], origin="remembered for this source"
        )
    return found


def remember(
    connection: Connection, source: str, answered: Mapping[tuple[Ask, str], Answered], who: str
) -> None:
    """Keep the answers that stay true of the source, replacing earlier ones."""
    table = table_of("source_answer")
    for (ask, key), said in answered.items():
        if ask not in REMEMBERED:
            continue
        question = f"{ask.value}{_SEPARATOR}{key}"
        answer = {
            "value": said.value,
            "sentence": said.question.sentence,
            "choices": dict(said.question.choices),
        }
        connection.execute(delete(table).where(table.c.source == source, table.c.question == question))
        connection.execute(
            insert(table).values(
                source=source,
                question=question,
                answer=json.dumps(answer, ensure_ascii=False),
                who=who,
                at=int(time.time()),
            )
        )


def forget(connection: Connection, source: str) -> None:
    """Forget every answer of a source, so that it is asked again."""
    table = table_of("source_answer")
    connection.execute(delete(table).where(table.c.source == source))


def complete(connection: Connection, question: Question) -> Question:
    """Return the question with the choices that only the store knows.

    A campaign is always chosen from the list; accounts are offered beside free text.
    """
    if question.choices:
        return question
    if question.ask is Ask.CAMPAIGN:
        campaign = table_of("campaign")
        rows = connection.execute(select(campaign.c.id, campaign.c.name).order_by(campaign.c.name))
        return replace(question, choices={str(row.id): row.name for row in rows})
    if question.ask is Ask.ACCOUNT and not question.evidence:
        handles = table_of("creator_handle")
        rows = connection.execute(select(handles.c.handle).order_by(handles.c.handle).limit(50))
        known = ", ".join(f"@{row.handle}" for row in rows)
        return replace(question, evidence=(f"Accounts known so far: {known}",)) if known else question
    return question


def volunteered(ask: Ask, key: str) -> Question:
    """Return the question behind an answer that was given before it was asked."""
    return Question(ask=ask, key=key, sentence=f"{_IN_WORDS[ask]}{f' ({key})' if key else ''}")


def given(answered: Mapping[tuple[Ask, str], Answered]) -> Answers:
    """Return the plain answers, as formats read them."""
    return {key: said.value for key, said in answered.items()}
