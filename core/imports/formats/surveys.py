"""Survey answers: recognised, and politely refused until they can be read.

They hold personal data (addresses, names, IP addresses), so nothing of them is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from core.errors import refusal
from core.imports.model import Column, ExportFormat, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.imports.model import SheetTable, TypedTable

_QUESTION = re.compile(r"[?？؟]\s*\Z|\S+(\s+\S+){3,}")  # ends as a question, or is a sentence


def _text(field: str, *headers: str) -> Column:
    return Column(field=field, headers=headers, kind=Kind.TEXT, required=True, words="not kept")


def _refuse_as(tool: str) -> Callable[[TypedTable], NoReturn]:
    def refuse(typed: TypedTable) -> NoReturn:
        raise refusal(
            "survey-not-read",
            f"{typed.table.file} holds survey answers from {tool}. Plumbline does not read survey answers: "
            "they hold what people said in private. Nothing was stored.",
            "Keep the file where it is. To have the result beside the figures, write it as a remark under "
            "Campaign and goals, Notes and decisions.",
        )

    return refuse


def _asks_questions(table: SheetTable) -> bool:
    """Return whether the columns after the first are questions to people."""
    headers = [header.strip() for header in table.header[1:] if header.strip()]
    return bool(headers) and sum(bool(_QUESTION.search(header)) for header in headers) * 2 > len(headers)


def _survey(
    name: str,
    tool: str,
    columns: tuple[Column, ...],
    recognise: Callable[[SheetTable], bool] = lambda _table: True,
) -> ExportFormat:
    return ExportFormat(
        name=name,
        label=f"{tool} answers",
        system=tool,
        grain="one answered questionnaire",
        how_to_export="Survey answers are not read.",
        columns=columns,
        recognise=recognise,
        build=_refuse_as(tool),
    )


FORMATS = (
    _survey("survey_qualtrics", "Qualtrics", (_text("response", "ResponseId"), _text("recorded", "RecordedDate"), _text("channel", "DistributionChannel"))),
    _survey("survey_qualtrics_legacy", "Qualtrics", tuple(_text(f"v{number}", f"V{number}") for number in range(1, 11))),
    _survey("survey_surveymonkey", "SurveyMonkey", (_text("respondent", "Respondent ID", "RespondentID"), _text("collector", "Collector ID", "CollectorID"))),
    _survey("survey_typeform", "Typeform", (_text("token", "#"), _text("submitted", "Submit Date (UTC)"))),
    _survey(
        "survey_google_forms", "Google Forms",
        (_text("timestamp", "Timestamp", "Marca temporal", "Carimbo de data/hora", "Horodateur", "Zeitstempel", "Χρονική σήμανση", "Informazioni cronologiche"),),
        recognise=_asks_questions,
    ),
)  # fmt: skip
