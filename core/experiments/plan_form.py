"""A plan of an experiment as people type it, checked before it is kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from core.entry.fields import UnreadableError, day_from, read_goal
from core.entry.forms import Form
from core.evidence.ages import AGES
from core.evidence.outcomes import comparable_metrics, default_traffic
from core.experiments.model import SMALLEST_LIFT, Design
from core.experiments.planned import FITTING, MOST_SECONDARY, MOST_VIDEOS, Topic
from core.keys import plain_text
from core.metrics.registry import BY_NAME
from core.scope import Traffic
from core.units import Unit, day_of


class ArmForm(Form):
    """A version as typed."""

    name: Annotated[str, Field(title="Name of the version", min_length=1, max_length=60)]
    brief: Annotated[str, Field(title="What creators are told", max_length=1000)] = ""
    tag_id: Annotated[int | None, Field(title="Tag")] = None


class PlanForm(Form):
    """A plan as typed.

    Attributes:
        secondary: names of one to three supporting metrics; they decide nothing.
        guardrails: name of the metric -> tolerable harm as typed, for instance 10%.
        worth: typed, for instance 10%.
    """

    name: Annotated[str, Field(title="Name", min_length=1, max_length=100)]
    topic: Annotated[Topic, Field(title="What you want to learn")]
    hypothesis: Annotated[str, Field(title="What you expect", max_length=1000)] = ""
    design: Annotated[Design, Field(title="Who decides")]
    primary: Annotated[str, Field(title="Metric that decides", min_length=1)]
    secondary: Annotated[tuple[str, ...], Field(title="Supporting metrics", max_length=MOST_SECONDARY)] = ()
    guardrails: Annotated[dict[str, float], Field(title="Guardrails")] = {}  # noqa: RUF012  (pydantic copies it)
    worth: Annotated[float, Field(title="Smallest lift worth having")] = SMALLEST_LIFT
    age_days: Annotated[int, Field(title="Read at the age of")] = 7
    videos_each: Annotated[int, Field(title="Videos of each creator", ge=0, le=MOST_VIDEOS)] = 0
    first_day: Annotated[int | None, Field(title="First day")] = None
    last_day: Annotated[int | None, Field(title="Last day")] = None
    owner: Annotated[str, Field(title="Owner", max_length=80)] = ""
    learning_id: Annotated[int | None, Field(title="Learning")] = None

    @field_validator("design")
    @classmethod
    def _fits(cls, value: Design, info: ValidationInfo) -> Design:
        topic = info.data.get("topic")
        if topic is not None and value not in FITTING[topic]:
            raise UnreadableError(
                "design-does-not-fit",
                f"A question about {topic.value} cannot be answered by a test of the kind “{value.value}”.",
                f"Choose {' or '.join(one.value for one in FITTING[topic])}.",
            )
        return value

    @field_validator("primary", "secondary")
    @classmethod
    def _comparable(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        known = {metric.name for metric in comparable_metrics()}
        for name in (value,) if isinstance(value, str) else value:
            if name not in known:
                raise UnreadableError(
                    "not-comparable",
                    f'"{name}" is not known for a single video.',
                    "Choose one of the metrics that the list offers.",
                )
        return value

    @field_validator("secondary")
    @classmethod
    def _others(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if info.data.get("primary") in value:
            raise UnreadableError(
                "metric-named-twice",
                "The metric that decides is named as a supporting one too.",
                "Take it out of the supporting ones.",
            )
        return tuple(dict.fromkeys(value))

    @field_validator("guardrails", mode="before")
    @classmethod
    def _harms(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        known = {metric.name for metric in comparable_metrics()}
        for name in value:
            if name not in known:
                raise UnreadableError(
                    "not-comparable",
                    f'"{name}" is not known for a single video.',
                    "Choose another guardrail.",
                )
        return {name: _share(harm, "harm") for name, harm in value.items()}

    @field_validator("worth", mode="before")
    @classmethod
    def _worth(cls, value: object) -> float:
        return _share(value, "lift")

    @field_validator("age_days")
    @classmethod
    def _age(cls, value: int) -> int:
        if value not in AGES:
            raise UnreadableError(
                "not-an-age",
                f'"{value}" days is not an age at which videos are read.',
                f"Choose one of {', '.join(str(age) for age in AGES)}.",
            )
        return value

    @field_validator("first_day", "last_day", mode="before")
    @classmethod
    def _day(cls, value: object) -> int | None:
        return day_from(value)

    @field_validator("last_day")
    @classmethod
    def _in_order(cls, value: int | None, info: ValidationInfo) -> int | None:
        first = info.data.get("first_day")
        if first is not None and value is not None and value < first:
            raise UnreadableError(
                "days-not-in-order",
                f'"{day_of(value)}" is before the first day, {day_of(first)}.',
                "Choose a last day on or after the first.",
            )
        return value

    @property
    def traffic(self) -> Traffic:
        """Return whose counts decide: organic, unless only ads have the metric."""
        if self.design is Design.AUDIENCE_SPLIT:
            return Traffic.PAID
        return default_traffic(BY_NAME[self.primary])


def _share(value: object, what: str) -> float:
    """Return a typed share such as 10% or 0.1; at least 1 %, at most 100 %."""
    share = float(value) if isinstance(value, (int, float)) else read_goal(str(value), Unit.SHARE, "")
    if not 0.01 <= share <= 1:
        raise UnreadableError(
            f"{what}-out-of-range",
            f'"{value}" is out of range.',
            "Write a share from 1% to 100%, for instance 10%.",
        )
    return share


def clean(text: str) -> str:
    """Return a name as it is kept."""
    return plain_text(text)
